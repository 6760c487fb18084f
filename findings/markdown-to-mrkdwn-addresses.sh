#!/usr/bin/env bash
# Of four libraries that turn Markdown, links among it, into Slack's mrkdwn, three change where a link leads:
# markdown-to-mrkdwn 0.3.3 and md2mrkdwn 0.4.5 take `__` inside an address for bold and write `*`, and both and
# slackstyler 0.0.3 end an address with a pair of brackets in it, as Wikipedia has them, before the last bracket
# (CommonMark, "Links": a destination may hold balanced brackets). The first two also leave `&` and `<` bare, which
# Slack wants as references. slackify-markdown 0.2.4 (PyPI) does all three right.
# Seen in November 2026: the lines at the end.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet markdown-to-mrkdwn==0.3.3 md2mrkdwn==0.4.5 slackstyler==0.0.3 slackify-markdown==0.2.4

seen=$(venv/bin/python - <<'END_OF_PYTHON'
from markdown_to_mrkdwn import SlackMarkdownConverter
from md2mrkdwn import convert
from slackify_markdown import slackify_markdown
from slackstyler import SlackStyler

LIBRARIES = {
    "markdown-to-mrkdwn": SlackMarkdownConverter().convert,
    "md2mrkdwn": convert,
    "slackstyler": SlackStyler().convert,
    "slackify-markdown": slackify_markdown,
}
for name, mrkdwn in LIBRARIES.items():
    print(f"{name}:")
    for page in ("[a](https://a.example/x__y__z)", "[a](https://a.example/x_(y))", "a < b"):
        print(" ", mrkdwn(page).strip())
END_OF_PYTHON
)
echo "$seen"
[ "$seen" = 'markdown-to-mrkdwn:
  <https://a.example/x*y*z|a>
  <https://a.example/x_(y|a>)
  a < b
md2mrkdwn:
  <https://a.example/x*y*z|a>
  <https://a.example/x_(y|a>)
  a < b
slackstyler:
  <https://a.example/x__y__z|a>
  <https://a.example/x_(y|a>)
  a &lt; b
slackify-markdown:
  <https://a.example/x__y__z|a>
  <https://a.example/x_(y)|a>
  a &lt; b' ] || { echo 'this has changed'; exit 1; }
