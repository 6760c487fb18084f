"""From hostile pages to a page that Jekyll builds: the link, its text, and nothing else of them."""

import html
import json
import os
import re
import subprocess
from collections.abc import AsyncIterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.adapters.web.fetcher import Web
from tests.fakes.pages import Pages, pages
from tests.needs import need
from tests.patience import LONGEST
from tests.services.desk.house import house, make_site

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]

TITLES = [
    "](https://evil.example) [x",
    "a | b | c",
    "`code` and ``more",
    "{{ site.title }} {% include x.html %} {% raw %}",
    "--> <!-- <script>alert(1)</script> <b>bold</b>",
    "*stars* _under_ ~~gone~~ $$x^2$$",
    "{: .class} {::options parse_block_html='true' /}",
    "[^1]: note & &amp; &lt;i&gt;",
    "# not a heading",
    "--- x ...",
    "日本語の題 【速報】「引用」",
    "x \\",
]
TWEET = (
    '<blockquote lang="en"><p lang="en" dir="ltr">So it says {{ site.title }}</p>'
    '&mdash; Ada <a href="https://twitter.com/ada/status/1?ref_src=x">today</a></blockquote>\n'
)
SETTINGS = r"""
name: Test
path: '_posts/{{ date }}-ep{{ number }}.md'
embeds:
- {match: '%s/\w+/status/\d+', oembed: '%s/oembed', html: '{{ html }}'}
"""
TEMPLATE = "---\nlayout: page\ntitle: {{ number | yaml }}\n---\n\n{{ body }}\n"


@pytest.fixture
async def served() -> AsyncIterator[Pages]:
    async with pages() as site:
        yield site


class Links(HTMLParser):
    """The text of each link in a list item, by its address; and every tag of the page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: dict[str, str] = {}
        self.tags: set[str] = set()
        self._href: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "a":
            self._href = dict(attrs)["href"]
            self.texts[self._href or ""] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._href = None

    def handle_data(self, data: str) -> None:
        if self._href is not None:
            self.texts[self._href] += data


def built(site: Path) -> str:
    """Build the site as Jekyll does, and give its one episode's page."""
    (site / "_layouts").mkdir(exist_ok=True)
    (site / "_layouts/page.html").write_text("{{ content }}", encoding="utf-8")
    command = ["jekyll", "build", "--quiet", "--future", "--strict_front_matter"]
    quiet = {"JEKYLL_NO_BUNDLER_REQUIRE": "true", "LANG": "C.UTF-8"}
    environment = {**os.environ, **quiet}
    subprocess.run(command, cwd=site, check=True, capture_output=True, env=environment)
    [page] = (site / "_site").rglob("ep1.html")
    return page.read_text(encoding="utf-8")


def straight(text: str) -> str:
    """Return a text without the typography that kramdown adds to plain text by itself."""
    for odd, plain in {"“": '"', "”": '"', "’": "'", "‘": "'", "–": "--", "—": "---"}.items():
        text = text.replace(odd, plain)
    return text.replace("…", "...").strip()


async def test_no_title_from_the_web_leaves_its_link(tmp_path: Path, served: Pages) -> None:
    need("jekyll")
    make_site(tmp_path / "site")
    addresses = [
        served.put(f"/{number}", f"<title>{html.escape(title)}</title>")
        for number, title in enumerate(TITLES)
    ]
    settings = SETTINGS % (re.escape(served.root), served.root)
    async with (
        Web(allow_private=True) as web,
        house(tmp_path, settings=settings, template=TEMPLATE, web=web) as home,
    ):
        await home.say("\n".join(f"- {address}" for address in addresses))
        assert "wait" not in (await home.draft()).text
    page = Links(built(tmp_path / "site"))
    assert [straight(page.texts[one]) for one in addresses] == TITLES
    assert page.tags == {"ul", "li", "a"}


async def test_a_good_embed_keeps_its_bytes_and_a_bad_one_is_left_out(
    tmp_path: Path, served: Pages
) -> None:
    need("jekyll")
    make_site(tmp_path / "site")
    served.put("/oembed", json.dumps({"title": "T", "html": TWEET}), kind="application/json")
    settings = SETTINGS % (re.escape(served.root), served.root)
    async with (
        Web(allow_private=True) as web,
        house(tmp_path, settings=settings, template=TEMPLATE, web=web) as home,
    ):
        await home.say(f"{served.root}/ada/status/1")
        await home.desk.look_up("notes", seconds=LONGEST)
        bad = TWEET.replace("<p", '<img src=x onerror="alert(1)"><p')
        served.put("/oembed", json.dumps({"title": "T", "html": bad}), kind="application/json")
        await home.say(f"{served.root}/ada/status/2")
        await home.draft()
    page = built(tmp_path / "site")
    assert page.count("<blockquote") == 1
    assert "onerror" not in page
    assert "So it says {{ site.title }}" in html.unescape(page)
    assert f'href="{served.root}/ada/status/2"' in page
