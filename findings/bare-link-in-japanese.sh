#!/usr/bin/env bash
# Where a bare address ends in Japanese text, which has no blanks, depends on who asks. markdown-it 15.0.3 ends it
# before 、 。 」 and ）; remark-gfm 4.0.1 goes by GitHub's rules (GFM, "Autolinks (extended)": up to a blank or `<`) and
# takes them and all that follows in; linkify-it-py 2.2.0, which is markdown-it's part ported to Python, does that as
# well, so a page looks right where markdown-it shows it and its link is dead where markdown-it-py does.
# Kana right behind the address go in with all three. `<https://…>` or a blank is what ends it everywhere.
# Seen in November 2026, of 「https://a.example/b」の and of https://a.example/b、続き: markdown-it right 2 of 2,
# remark-gfm 0 of 2, markdown-it-py 4.3.0 with linkify-it-py 0 of 2.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund markdown-it@15.0.3 remark@15.0.1 remark-gfm@4.0.1 mdast-util-to-hast@13 hast-util-to-html@9 > /dev/null
python3 -m venv venv
venv/bin/pip install --quiet markdown-it-py==4.3.0 linkify-it-py==2.2.0
printf '「https://a.example/b」の\n\nhttps://a.example/b、続き\n' > page.md

cat > seen.mjs <<'END'
import { readFileSync } from 'node:fs';
import markdownIt from 'markdown-it';
import { remark } from 'remark';
import gfm from 'remark-gfm';
import { toHast } from 'mdast-util-to-hast';
import { toHtml } from 'hast-util-to-html';

const page = readFileSync('page.md', 'utf8');
const right = (html) => html.split('href="https://a.example/b"').length - 1;
console.log(`markdown-it ${right(markdownIt({ linkify: true }).render(page))} of 2`);
console.log(`remark-gfm ${right(toHtml(toHast(remark().use(gfm).parse(page))))} of 2`);
END
seen=$(node seen.mjs; venv/bin/python - <<'END'
from markdown_it import MarkdownIt

html = MarkdownIt("commonmark", {"linkify": True}).enable("linkify").render(open("page.md", encoding="utf-8").read())
print("markdown-it-py", html.count('href="https://a.example/b"'), "of 2")
END
)
echo "$seen"
[ "$seen" = 'markdown-it 2 of 2
remark-gfm 0 of 2
markdown-it-py 0 of 2' ] || { echo 'this has changed'; exit 1; }
