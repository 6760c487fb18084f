#!/usr/bin/env bash
# Three libraries that read Markdown and write it again do not write what keeps a title's signs from being marks, so
# a page that was only read and written shows something else, to themselves too. Markdoc 0.5.10, whose `format` is
# there for tidying pages as well, drops backslashes: stars become emphasis, a year with a full stop a numbered
# list. mistletoe 1.6.0 drops references: `&lt;T&gt;` becomes a tag, and T is not shown. marko 2.2.4 drops the angle
# brackets of an address with a blank in it, which is then no link. mdformat 1.0.0 keeps all four.
# Seen in November 2026: the lines at the end, as each library shows its own text before and after.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @markdoc/markdoc@0.5.10 > /dev/null
python3 -m venv venv
venv/bin/pip install --quiet mistletoe==1.6.0 marko==2.2.4 mdformat==1.0.0

seen=$(node -e '
  const Markdoc = require("@markdoc/markdoc");
  const shown = (page) => Markdoc.renderers.html(Markdoc.transform(Markdoc.parse(page))).match(/<li>(.*)<\/li>/)[1];
  for (const page of ["- 2\\*3\\*4", "- 2026\\. A year"])
    console.log(`Markdoc: ${shown(page)} then ${shown(Markdoc.format(Markdoc.parse(page)))}`);
'; venv/bin/python - <<'END_OF_PYTHON'
import marko
import mdformat
import mistletoe
from marko.md_renderer import MarkdownRenderer as MarkoWriter
from mistletoe.markdown_renderer import MarkdownRenderer as MistletoeWriter

page = "Vec&lt;T&gt; explained"
with MistletoeWriter() as writer:
    written = writer.render(mistletoe.Document(page))
print(f"mistletoe: {mistletoe.markdown(page).strip()} then {mistletoe.markdown(written).strip()}")
page = "[a](<https://a.example/x y>)"
written = marko.Markdown(renderer=MarkoWriter)(page)
print(f"marko: {marko.convert(page).strip()} then {marko.convert(written).strip()}")
pages = [r"- 2\*3\*4", r"- 2026\. A year", "Vec&lt;T&gt; explained", page]
kept = sum(marko.convert(mdformat.text(page)) == marko.convert(page) for page in pages)
print(f"mdformat: {kept} of {len(pages)}")
END_OF_PYTHON
)
echo "$seen"
[ "$seen" = 'Markdoc: 2*3*4 then 2<em>3</em>4
Markdoc: 2026. A year then <ol start="2026"><li>A year</li></ol>
mistletoe: <p>Vec&lt;T&gt; explained</p> then <p>Vec<T> explained</p>
marko: <p><a href="https://a.example/x%20y">a</a></p> then <p>[a](https://a.example/x y)</p>
mdformat: 4 of 4' ] || { echo 'this has changed'; exit 1; }
