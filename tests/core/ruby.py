"""Jekyll's own parts, asked what they make of our Markdown: kramdown, and Liquid."""

import atexit
import json
import subprocess
from functools import cache
from html.parser import HTMLParser
from typing import IO

import pytest

_SCRIPT = r"""
require "json"
require "kramdown"
require "kramdown-parser-gfm"
require "liquid"
plain = {smart_quotes: %w[apos apos quot quot], typographic_symbols: {
  hellip: "...", mdash: "---", ndash: "--", laquo: "<<", raquo: ">>",
  laquo_space: "<< ", raquo_space: " >>"}}
STDIN.each_line do |line|
  asked = JSON.parse(line)
  html = asked["pages"].map do |page|
    page = Liquid::Template.parse(page, error_mode: :strict).render! if asked["liquid"]
    Kramdown::Document.new(page, plain.merge(asked["gfm"] ? {input: "GFM"} : {})).to_html
  end
  puts JSON.generate({html: html})
rescue StandardError => error
  puts JSON.generate({error: error.full_message(highlight: false)})
ensure
  STDOUT.flush
end
"""

needs_ruby = pytest.mark.usefixtures("ruby")


def html_of(pages: list[str], *, gfm: bool = True, liquid: bool = True) -> list[str]:
    """Return each page's HTML as Jekyll makes it, without typographic quotation marks."""
    asking, answering = _ruby()
    asking.write(json.dumps({"pages": pages, "gfm": gfm, "liquid": liquid}).encode() + b"\n")
    asking.flush()
    answer = json.loads(answering.readline())
    assert "error" not in answer, answer["error"]
    html: list[str] = answer["html"]
    return html


@cache
def _ruby() -> tuple[IO[bytes], IO[bytes]]:
    """Start the one process that answers all tests of a worker: Ruby starts slowly."""
    process = subprocess.Popen(
        ["ruby", "-E", "UTF-8:UTF-8", "-W0", "-e", _SCRIPT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    atexit.register(process.communicate)
    assert process.stdin and process.stdout
    return process.stdin, process.stdout


class Outline(HTMLParser):
    """The list items of a page: the text of each, and what links stand in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.items: list[str] = []
        self.links: list[list[tuple[str, str]]] = []
        self._href: str | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag == "li":
            self.items.append("")
            self.links.append([])
        elif tag == "a":
            self.links[-1].append((dict(attrs).get("href") or "", ""))
            self._href = "in"

    def handle_endtag(self, tag):
        if tag == "a":
            self._href = None

    def handle_data(self, data):
        if self.items:
            self.items[-1] += data
        if self._href:
            href, text = self.links[-1][-1]
            self.links[-1][-1] = (href, text + data)
