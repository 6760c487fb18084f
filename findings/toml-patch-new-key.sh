#!/usr/bin/env bash
# toml-patch 0.2.3 (it changes a TOML text and keeps its comments) writes a key that is new at the top level without
# a line break behind it, so the first line of the file goes on in the key's own: its own `parse` refuses what its
# `patch` made. A new key inside a table is written well, and the fork @decimalturn/toml-patch 3.3.0 writes both well.
# Seen in November 2026: `0.2.3: "\nnumber = 3title = \"t\"\n" refused` and `3.3.0: "title = \"t\"\nnumber = 3\n" read`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund toml-patch@0.2.3 @decimalturn/toml-patch@3.3.0 > /dev/null

cat > seen.mjs <<'END'
import first from 'toml-patch';
import * as fork from '@decimalturn/toml-patch';

for (const [version, library] of [['0.2.3', first], ['3.3.0', fork]]) {
  const page = 'title = "t"\n';
  const written = library.patch(page, { ...library.parse(page), number: 3 });
  let then = 'read';
  try { library.parse(written); } catch { then = 'refused'; }
  console.log(`${version}: ${JSON.stringify(written)} ${then}`);
}
END
seen=$(node seen.mjs)
echo "$seen"
[ "$seen" = '0.2.3: "\nnumber = 3title = \"t\"\n" refused
3.3.0: "title = \"t\"\nnumber = 3\n" read' ] || { echo 'this has changed'; exit 1; }
