#!/usr/bin/env bash
# gray-matter 4.0.3 refuses a page whose YAML cannot be read, once. Asked again for the same text by the same
# process, it says nothing: the page has no front matter and all of it, the fences included, is its words.
# (Where no options are given it keeps what it read by the text, and keeps it before the YAML is read.) So a
# site that is built in one process twice refuses a draft with an unquoted colon in its title at first, and then
# takes it for a page without `draft: true`. With options, an empty object too, it refuses each time.
# Seen in November 2026: "refused, 0 keys; with options: refused, refused".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund gray-matter@4.0.3 > /dev/null

seen=$(node -e '
  const matter = require("gray-matter");
  const page = "---\ntitle: 第3回: ゲスト\ndraft: true\n---\nWords.\n";
  const read = (...options) => {
    try { return Object.keys(matter(page, ...options).data).length + " keys"; } catch { return "refused"; }
  };
  console.log(`${read()}, ${read()}; with options: ${read({})}, ${read({})}`);
')
echo "$seen"
[ "$seen" = 'refused, 0 keys; with options: refused, refused' ] || { echo 'this has changed'; exit 1; }
