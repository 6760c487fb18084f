#!/usr/bin/env bash
# Tools that put blanks between Japanese and Latin letters do it inside addresses, too, and what has a blank there is no
# link any more (CommonMark, "Autolinks" and "Links"). autocorrect-node 2.14.0 keeps `[words](address)`, but not
# `<https://…/日本A>`; pangu 7.2.1 (npm) keeps neither, nor `[words](#話題A)`, the place on the page of a Japanese heading,
# which is all that pangu 6.1.0 (PyPI) breaks.
# Seen in November 2026: the lines at the end, as markdown-it 15.0.3 has each text afterwards.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund autocorrect-node@2.14.0 pangu@7.2.1 markdown-it@15.0.3 > /dev/null
python3 -m venv venv
venv/bin/pip install --quiet pangu==6.1.0

cat > seen.mjs <<'END_OF_SCRIPT'
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import markdownIt from 'markdown-it';

const require = createRequire(import.meta.url);
const { formatFor } = require('autocorrect-node');
const { pangu } = require('pangu');
const python = 'import pangu, sys; print(pangu.space_text(sys.argv[1]))';
const tools = {
  autocorrect: (text) => { const made = formatFor(text, 'page.md'); return made.out ?? made; },
  pangu: (text) => pangu.spacingText(text),
  'pangu.py': (text) => execFileSync('venv/bin/python', ['-c', python, text]).toString(),
};
const links = ['<https://t.example/日本A>', '[題](https://t.example/X線)', '[題](#話題A)'];
const isLink = (text) => markdownIt().render(text).includes('<a ');
for (const [name, space] of Object.entries(tools))
  console.log(`${name}: ${links.map((link) => (isLink(space(link)) ? 'a link' : 'no link')).join(', ')}`);
END_OF_SCRIPT
seen=$(node seen.mjs)
echo "$seen"
[ "$seen" = 'autocorrect: no link, a link, a link
pangu: no link, no link, no link
pangu.py: a link, a link, no link' ] || { echo 'this has changed'; exit 1; }
