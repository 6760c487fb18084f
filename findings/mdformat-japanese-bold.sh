#!/usr/bin/env bash
# mdformat 1.0.0 promises to keep what a page shows. Bold Japanese that ends in a bracket and goes on without
# a blank, `**「話題」**の`, is no emphasis for CommonMark, so mdformat escapes its stars; Python-Markdown (MkDocs)
# and kramdown (Jekyll) showed it bold before, and show the stars from then on.
# Seen in November 2026 with Markdown 3.10: "before: bold, after: stars"; with a blank behind it, bold and bold.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet mdformat==1.0.0 Markdown==3.10

shown() { # FILE: say what Python-Markdown makes of it
  if "$folder/venv/bin/python" -m markdown "$1" | grep -q '<strong>「話題」</strong>'; then echo bold; else echo stars; fi
}

for words in '**「話題」**の話' '**「話題」** の話'; do
  echo "$words" > "$folder/page.md"
  before=$(shown "$folder/page.md")
  "$folder/venv/bin/mdformat" "$folder/page.md"
  echo "before: $before, after: $(shown "$folder/page.md")"
done > "$folder/seen"
cat "$folder/seen"
diff - "$folder/seen" <<'END' || { echo 'this has changed'; exit 1; }
before: bold, after: stars
before: bold, after: bold
END
