"""What a guest wrote gives words and links, and nothing that acts on the page."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.grammar.guest import as_text
from bot.core.grammar.message import parse
from bot.core.model import Bullet, Heading, Link, Paragraph, Verbatim

ACTING = re.compile(r"<|\{|(?<!\\)[\[\]$]|\\(?![\[\]$])")
words = st.text(st.sampled_from("ab <>{}[]()$\\%:!`*_-#\n/題"), max_size=60)


@given(words)
def test_what_acts_is_text_and_the_words_come_back(typed):
    text = as_text(typed)
    assert ACTING.search(text) is None
    assert as_read(text) == typed


@given(words, st.booleans())
def test_no_message_of_a_guest_gives_anything_that_acts(typed, marked):
    for block in parse(typed, marked=marked, guest=True).blocks:
        assert not isinstance(block, Verbatim)
        assert all(ACTING.search(text) is None for text in texts(block))


def as_read(markdown):
    """Return what readers of Markdown show of a text in which nothing acts."""
    return html.unescape(re.sub(r"\\(?=[\[\]$])", "", markdown))


def texts(block):
    match block:
        case Heading(_, name):
            yield name
        case Bullet(line, notes):
            yield from parts([line, *(note.line for note in notes)])
        case Paragraph(lines):
            yield from parts(lines)


def parts(lines):
    for line in lines:
        for part in line:
            yield (part.title or "") if isinstance(part, Link) else part


@pytest.mark.parametrize("word", ["md", "html", "python", ""])
def test_a_fence_of_a_guest_is_never_put_into_the_page_as_it_is(word):
    typed = f"```{word}\n<b>bold</b> {{{{ site.time }}}}\n```"
    assert parse(typed, guest=True).blocks == ()
    (paragraph,) = parse(typed, marked=True, guest=True).blocks
    assert isinstance(paragraph, Paragraph)
    assert "&lt;b>bold&lt;/b> &#123;&#123; site.time }}" in [line[0] for line in paragraph.lines]


def test_links_of_a_guest_are_links_as_anybody_s():
    (bullet,) = parse("Paper: [the {% title %}](https://example.org/{x})", guest=True).blocks
    assert isinstance(bullet, Bullet)
    (link,) = bullet.links
    assert (link.url, link.title) == ("https://example.org/{x}", "the &#123;% title %}")


def test_what_has_nothing_that_acts_is_as_a_host_s():
    typed = "# A topic\n\n- *one* `two`\n  > three\n\nhttps://example.org/a"
    assert parse(typed, guest=True) == parse(typed)
