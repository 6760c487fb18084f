#!/usr/bin/env bash
# Pelican 4.12.0 with Markdown 3.11.3: one key in Japanese letters ends a page's head without a word. `Status: draft`
# below it is part of the page's words, and the draft is published. A blank before the colon does the same.
# (The head is read by Python-Markdown's "meta", whose keys are of Latin letters, digits, `_` and `-` alone.)
# Seen in November 2026: "plain: draft, below a Japanese key: published, with a blank: published".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet pelican==4.12.0 Markdown==3.11.3

mkdir content
printf 'Title: plain\nDate: 2026-11-28\nStatus: draft\n\nWords.\n' > content/plain.md
printf 'Title: key\nDate: 2026-11-28\n収録: 11月26日\nStatus: draft\n\nWords.\n' > content/key.md
printf 'Title: blank\nDate: 2026-11-28\nStatus : draft\n\nWords.\n' > content/blank.md
echo 'SITEURL = "http://t.example"' > settings.py
venv/bin/pelican --quiet --settings settings.py --output site content

where() {
  if [ -e "site/$1.html" ]; then echo published; elif [ -e "site/drafts/$1.html" ]; then echo draft; else echo neither; fi
}
seen="plain: $(where plain), below a Japanese key: $(where key), with a blank: $(where blank)"
echo "$seen"
[ "$seen" = 'plain: draft, below a Japanese key: published, with a blank: published' ] || { echo 'this has changed'; exit 1; }
