"""An episode as it stands: its words, its links, its parts and its people."""

import pytest

from bot.core.episode.file_text import written
from bot.core.model import (
    Bullet,
    Episode,
    Item,
    Link,
    Note,
    Paragraph,
    Topic,
    Verbatim,
    Waiting,
    links_within,
    words_of,
)

A, B = (Link(url, url) for url in ("https://a.example/", "https://b.example/"))
TITLED = Link("https://a.example/", "https://a.example/", "T \\[1\\]")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ((), ""),
        (("a ", A, " b "), "a Title b"),
        ((B, " b"), "https://b.example/ b"),
        ((TITLED,), "T [1]"),
        (("a \\* b &amp; c &#60; \\d &nosuch;",), "a * b & c < \\d &nosuch;"),
        (("100 % & more",), "100 % & more"),
        (("a\\_b",), "a_b"),
        (("&lt;b&gt;",), "<b>"),
    ],
)
def test_a_line_is_read_as_plain_words_with_titles_for_addresses(line, words):
    assert words_of(line, {A.url: "Title"}) == words


def test_the_links_of_an_item_are_those_of_its_lines_and_notes_in_order():
    notes = (Note("text", 0, ("x ", B)), Note("bullet", 1, ("y",)))
    bullet = Bullet(("see ", A), notes)
    assert links_within(bullet) == (A, B)
    assert bullet.links == (A,)
    assert links_within(Paragraph((("a ", B), (A,)))) == (B, A)
    assert [link.url for link in links_within(written("- https://a.example/"))] == [A.url]
    assert links_within(Verbatim("https://a.example/")) == ()


def item(name, at, *also, by="mika"):
    return Item(name, Bullet((name,)), name, by, at, also)


def test_an_episode_is_its_topics_and_what_stands_below_them():
    below = Topic("s", "S", (item("c", 1, by="oka"),))
    topics = (
        Topic("t", "T", (item("a", 3),), (below,)),
        Topic("u", "U", (item("b", 2, "leo", "oka"),)),
    )
    kept, gone = item("d", 4), item("e", 5)
    waiting = (
        Waiting("k", Topic("w", "W", (kept,), (Topic("x", "X", (gone,)),))),
        Waiting("l", Topic("", "", (item("f", 6),)), (Topic("t", "T"),)),
    )
    episode = Episode("show#1", topics, waiting=waiting)
    assert [one.id for one in episode.sections()] == ["t", "s", "u"]
    assert [one.id for one in episode.items()] == ["a", "c", "b"]
    assert [one.id for one in episode.waiting_items()] == ["d", "e", "f"]
    assert episode.people() == ("oka", "mika", "leo")
