"""Jekyll's own parts, asked what they make of our Markdown: kramdown, and Liquid."""

import json
import subprocess
from html.parser import HTMLParser

import pytest

_SCRIPT = r"""
require "json"
require "kramdown"
require "kramdown-parser-gfm"
require "liquid"
asked = JSON.parse(STDIN.read)
plain = {smart_quotes: %w[apos apos quot quot], typographic_symbols: {
  hellip: "...", mdash: "---", ndash: "--", laquo: "<<", raquo: ">>",
  laquo_space: "<< ", raquo_space: " >>"}}
html = asked["pages"].map do |page|
  page = Liquid::Template.parse(page, error_mode: :strict).render! if asked["liquid"]
  Kramdown::Document.new(page, plain.merge(asked["gfm"] ? {input: "GFM"} : {})).to_html
end
puts JSON.generate(html)
"""

needs_ruby = pytest.mark.usefixtures("ruby")


def html_of(pages: list[str], *, gfm: bool = True, liquid: bool = True) -> list[str]:
    """Return each page's HTML as Jekyll makes it, without typographic quotation marks."""
    done = subprocess.run(
        ["ruby", "-E", "UTF-8:UTF-8", "-W0", "-e", _SCRIPT],
        input=json.dumps({"pages": pages, "gfm": gfm, "liquid": liquid}).encode(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    html: list[str] = json.loads(done.stdout)
    return html


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
