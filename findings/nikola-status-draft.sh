#!/usr/bin/env bash
# Nikola 8.3.3 hides a post by `status: draft` and publishes it with a capital letter: `status: Draft` is a status
# that it does not know, of which it says a line and then puts the post on the front page and into the feed; the
# build succeeds. `draft: true`, which hides a post elsewhere, it publishes without that line.
# Seen in November 2026: "draft hidden, Draft shown, draft: true shown, exit code 0".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet Nikola==8.3.3 ruamel.yaml==0.19.1 Markdown==3.11.3
venv/bin/nikola init --quiet site > /dev/null 2>&1
cd site
sed -i 's/^POSTS = (/&("posts\/*.md", "posts", "post.tmpl"),/' conf.py

post() { # NAME LINE: a post with a line of front matter
  printf -- '---\ntitle: %s\nslug: %s\ndate: 2026-11-28 07:00:00\n%s\n---\n\nWords of %s.\n' "$1" "$1" "$2" "$1" > "posts/$1.md"
}
post small 'status: draft'
post capital 'status: Draft'
post other 'draft: true'
code=0
../venv/bin/nikola build --quiet > /dev/null 2>&1 || code=$?

is() { if grep -q "<title>$1<" output/rss.xml; then echo shown; else echo hidden; fi; }
seen="draft $(is small), Draft $(is capital), draft: true $(is other), exit code $code"
echo "$seen"
[ "$seen" = 'draft hidden, Draft shown, draft: true shown, exit code 0' ] || { echo 'this has changed'; exit 1; }
