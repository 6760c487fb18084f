"""What hosts type that a renderer would swallow, from the message to kramdown's page."""

import html
import re

import pytest

from bot.core.grammar.line import read_line
from bot.core.grammar.message import parse
from bot.core.model import Found, Heading, Item, Link
from bot.core.profile.profile import load
from bot.core.render import layout
from tests.core.ruby import html_of, needs_ruby

PROFILE = load("name: T\naround_links: keep\n", "{{ body }}")


def draft(text: str, **titles: str) -> str:
    """Return the lines that a message gives in a draft."""
    blocks = [one for one in parse(text, PROFILE.rules).blocks if not isinstance(one, Heading)]
    items = [Item(str(n), block, "1", "me", n) for n, block in enumerate(blocks)]
    found = {f"https://{host}.example/": Found(title) for host, title in titles.items()}
    return "\n".join(layout.item_text(item, found, PROFILE) for item in items)


def read(page: str) -> str:
    """Return what a reader sees of a page."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", page)).split())


TYPED = [
    "- *[HTML]: は略",
    "- *[a b]: c",
    "- x\n  - *[HTML]: が先",
    "- [論文 [^1] の話](https://a.example/3)",
    "- [[^note]](https://a.example/3) を読む",
    "- 表 [^1] と [^2]",
    "- it costs $$5 -- or more...",
]


@needs_ruby
@pytest.mark.parametrize("gfm", [True, False])
def test_what_a_host_typed_is_seen(gfm):
    for typed, page in zip(TYPED, html_of([draft(one) for one in TYPED], gfm=gfm), strict=True):
        seen = re.sub(r"\[((?:[^\[\]]|\[[^\]]*\])*)\]\(\S+\)", r"\1", typed)
        assert read(page) == " ".join(re.sub(r"(?m)^ *- ", "", seen).split())
        assert page.count("<a ") == typed.count("](")


FRAME = '<iframe src="https://e.example/"></iframe>'


FRAMED = {
    f"- 見る {FRAME}": ("見る", 1),
    f"- {FRAME}": ("", 1),
    f"- 前 {FRAME} 後": ("前 後", 1),
    f"- 一 {FRAME} 二 {FRAME}": ("一 二", 2),
    f"- x\n  - 見る {FRAME}": ("x 見る", 1),
    f"- [題](https://a.example/) {FRAME}": ("題", 1),
    f"- `{FRAME}` と書く": (f"{FRAME} と書く", 0),
}


@needs_ruby
@pytest.mark.parametrize("gfm", [True, False])
def test_a_frame_in_a_line_is_a_frame_on_the_page(gfm):
    pages = html_of([draft(typed) for typed in FRAMED], gfm=gfm)
    for (seen, frames), page in zip(FRAMED.values(), pages, strict=True):
        assert read(page) == seen
        assert page.count("<iframe ") == frames


@pytest.mark.parametrize("unseen", ["\u200b", "\u2060", "\ufeff", "\u200c", "\u200d", "\u200e"])
def test_what_nobody_sees_behind_an_address_is_left_out(unseen):
    assert draft(f"https://a.example/{unseen}") == "- <https://a.example/>"
    assert draft(f"- {unseen}https://a.example/{unseen} 話") == "- <https://a.example/> 話"


def test_joiners_within_a_word_stay():
    assert draft("- می\u200cروم 👩\u200d🚀") == "- می\u200cروم 👩\u200d🚀"


@pytest.mark.parametrize(
    "typed",
    [
        "[https://a.example/](https://a.example/)",
        "[https://a.example](https://a.example/)",
        "[<https://a.example/>](https://a.example/)",
        "[http://www.a.example/?utm_source=x](https://a.example/)",
        "[https://a.exam…](https://a.example/)",
    ],
)
def test_a_link_whose_text_is_its_address_is_looked_up(typed):
    [link] = [part for part in read_line(typed) if isinstance(part, Link)]
    assert link.title is None
    assert draft(typed, a="A page") == "- [A page](https://a.example/)"


@pytest.mark.parametrize(
    "typed",
    [
        "[https://b.example/](https://a.example/)",
        "[a.example](https://a.example/)",
        "[see https://a.example/](https://a.example/)",
        "[https is safer](https://a.example/)",
    ],
)
def test_a_link_whose_text_is_something_else_has_its_title(typed):
    [link] = [part for part in read_line(typed) if isinstance(part, Link)]
    assert link.title is not None
