"""What MDX would take for code, or for a tag that never ends, is text.

What is right was seen by compiling it with @mdx-js/mdx 3, some thousand lines made at random too.
"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.model import Bullet, Episode, Found, Item, Link, Paragraph, Topic
from bot.core.profile.profile import load
from bot.core.render import escape
from bot.core.render.layout import body
from bot.core.render.mdx import mdx

PIECES = [
    "a", " ", "<", "{", "}", "<b>", "</b>", "<br>", "<i/>", "`", "\\", "<3", "<!--", "-->", "{%",
    "*", "<a@b>", "<https://a>", '<b c="x">', "<b c=>", "</b c>", "\n",
]  # fmt: skip
TEXT = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
KEPT = re.compile(r"""</?([a-z]+)(?: [a-z]+="[^"]*")*( ?/)?>""")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("f{x} of 1 < 2", r"f\{x} of 1 \< 2"),
        (r"\{x} \<b>", r"\{x} \<b>"),
        ("`{x} <b>` {", r"`{x} <b>` \{"),
        ("one<br>two<IMG src='a'>", "one<br />two<IMG src='a' />"),
        ("<ruby>漢字<rt>かんじ</rt></ruby>", "<ruby>漢字<rt>かんじ</rt></ruby>"),
        ("<b>never ends", r"\<b>never ends"),
        ("<b><i></b>", r"\<b>\<i>\</b>"),
        ("`<b>` x</b>", r"`<b>` x\</b>"),
        (r"\<b>x</b>", r"\<b>x\</b>"),
        ("<b c=1>x</b>", r"\<b c=1>x\</b>"),
        ("<b></b/>", r"\<b>\</b/>"),
        ("a <!-- b --> c", r"a \<!-- b --> c"),
        ("I <3 it", r"I \<3 it"),
        ("no more than this", "no more than this"),
    ],
)
def test_braces_and_what_does_not_end_are_text(text: str, shown: str) -> None:
    assert mdx(text) == shown
    assert mdx(shown) == shown


@given(TEXT, st.booleans())
def test_what_is_left_as_code_of_mdx_s_are_tags_that_end(text: str, is_title: bool) -> None:
    shown = mdx(escape.title(text) if is_title else escape.host(text))
    assert mdx(shown) == shown
    bare = shown
    for start, end in escape.code_spans(shown).items():
        bare = bare[:start] + " " * (end - start) + bare[end:]
    bare = re.sub(r"\\.", "", bare, flags=re.DOTALL)
    assert "{" not in bare
    assert "<" not in KEPT.sub("", bare)
    opened: list[str] = []
    for found in KEPT.finditer(bare):
        if found[0].startswith("</"):
            assert opened.pop() == found[1]
        elif not found[2]:
            opened.append(found[1])
    assert not opened


def test_a_draft_in_mdx_has_no_address_in_angle_brackets() -> None:
    url = "https://example.org/a_(b)?x={y}"
    bare = Link(url, url)
    titled = Link("https://example.org/t", "https://example.org/t")
    items = (
        Item("1", Bullet((bare,)), "m", "u", 0),
        Item("2", Bullet(("1 < 2: ", titled)), "m", "u", 0),
        Item("3", Paragraph((("import what you like {now}",), ("import it",))), "m", "u", 0),
        Item("4", Paragraph((("important, all of it",),)), "m", "u", 0),
    )
    topics = (Topic("t", "Sets {1, 2}", items),)
    found = {titled.url: Found("f{x} < <b>")}
    shown = "https://example.org/a_(b)?x=%7By}"
    assert body(
        Episode("", topics=topics), found, load("path: 'p/{{ number }}.MDX'", "{{ body }}")
    ).text == (
        "### Sets \\{1, 2}\n\n"
        f"- [{shown}]({shown})\n"
        "- 1 \\< 2: [f\\{x} \\< \\<b>](https://example.org/t)\n\n"
        "&#105;mport what you like \\{now}  \nimport it\n\n"
        "important, all of it"
    )
    plain = body(
        Episode("", topics=topics), found, load("path: 'p/{{ number }}.md'", "{{ body }}")
    ).text
    assert f"- <{shown}>\n" in plain
    assert "import what you like {now}" in plain
