#!/usr/bin/env bash
# Discord shows `[title](https://…)` as a link ("Markdown Text 101": masked links). Of three parsers of its Markdown
# none knows that: discord-markdown 2.5.1 and discord-markdown-parser 1.3.1 (npm) give brackets as text around a bare
# link, so the title is lost, and discord-markdown-ast-parser 1.0.6 (PyPI) takes the closing bracket into the address,
# which then leads nowhere. It also reads a_b_c as italics inside a word, and a timestamp as an emoji.
# Seen in November 2026: "https://a.example/x without title, https://a.example/x without title, https://a.example/x)".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund discord-markdown@2.5.1 discord-markdown-parser@1.3.1 > /dev/null
python3 -m venv venv
venv/bin/pip install --quiet discord-markdown-ast-parser==1.0.6

seen=$(node -e '
  const text = "[title](https://a.example/x)";
  const told = (url, words) => `${url} ${words === "title" ? "with" : "without"} title`;
  const [, url, words] = require("discord-markdown").toHTML(text).match(/href="([^"]*)">([^<]*)</);
  const link = require("discord-markdown-parser").parse(text, "normal").find((one) => one.target);
  console.log(told(url, words));
  console.log(told(link.target, link.content[0].content));
'; venv/bin/python - <<'END'
from discord_markdown_ast_parser import parse_to_dict

text, link = parse_to_dict("[title](https://a.example/x)")
italics = [one["node_type"] for one in parse_to_dict("a_b_c")]
time = [one["node_type"] for one in parse_to_dict("<t:1795816800:R>")]
print(link["url"], text["text_content"], *italics, time[1])
END
)
echo "$seen"
[ "$seen" = 'https://a.example/x without title
https://a.example/x without title
https://a.example/x) [title]( TEXT ITALIC TEXT EMOJI_UNICODE_ENCODED' ] || { echo 'this has changed'; exit 1; }
