#!/usr/bin/env bash
# markdownlint's rule MD001 wants headings to go down a level at a time. rumdl 0.3.0 and pymarkdownlnt 0.9.41 mend that
# heading by heading: of a page whose title stands in the front matter and whose topics are on level 3, the first topic
# is raised to level 2 and the others are let be, as level 3 may follow level 2. So the second topic is a part of the
# first from then on, in each table of contents. markdownlint-cli2 0.22.1, whose rule it is, tells of it and mends nothing.
# Seen in November 2026: the lines at the end; rumdl's is its default, `rumdl fmt` without a configuration.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund markdownlint-cli2@0.22.1 > /dev/null
python3 -m venv venv
venv/bin/pip install --quiet rumdl==0.3.0 pymarkdownlnt==0.9.41

levels() { # NAME COMMAND…: say the levels of the topics after a tool was run, and whether it tells of the rule
  printf -- '---\ntitle: Episode 3\n---\n\n### One\n\nWords.\n\n### Two\n\nWords.\n\n### Three\n\nWords.\n' > page.md
  "${@:2}" > told 2>&1 || true
  echo "$1: $(grep '^#' page.md | cut -d ' ' -f 1 | tr '\n' ' ')$(grep -o -m 1 'MD001' told || true)"
}

seen=$(
  levels rumdl venv/bin/rumdl fmt --no-cache page.md
  levels pymarkdown venv/bin/pymarkdown --enable-extensions front-matter fix page.md
  levels markdownlint node_modules/.bin/markdownlint-cli2 --fix page.md
)
echo "$seen"
[ "$seen" = 'rumdl: ## ### ### MD001
pymarkdown: ## ### ### 
markdownlint: ### ### ### MD001' ] || { echo 'this has changed'; exit 1; }
