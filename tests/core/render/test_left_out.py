"""What a site's template leaves out of an episode is counted: links, and lines of words."""

import pytest

from bot.core.model import Bullet, Episode, Item, Link, Note, Paragraph, Topic, Verbatim
from bot.core.render.left_out import LeftOut, left_out

A, B = (Link(url, url) for url in ("https://a.example/1", "https://b.example/(2"))
NOTES = (Note("text", 0, ("a *fine* note",)), Note("bullet", 1, ("see ", B)))
CONTENTS = (
    Bullet(("About ", A), NOTES),
    Bullet(("a bullet of words",)),
    Paragraph((("talk, talk",), ("and more",))),
    Verbatim("| table |"),
)
EPISODE = Episode(
    "e", (Topic("t", "T", tuple(Item(str(n), one, "m", "u", n) for n, one in enumerate(CONTENTS))),)
)


@pytest.mark.parametrize(
    ("text", "links", "words"),
    [
        ("", 2, 5),
        ("https://a.example/1", 1, 5),
        ("https://b.example/(2", 1, 5),
        ("https://b.example/%282", 1, 5),
        ("a fine note", 2, 4),
        ("<b>A</b> bullet of words", 2, 5),  # other letters
        ("a **bullet** of words; see", 2, 3),
        ("talk talk", 2, 4),
        ("talk-talk and more", 2, 3),
        ("the whole body", 0, 0),
    ],
)
def test_links_and_lines_that_are_not_in_the_text_are_counted(text, links, words):
    assert left_out(EPISODE, "the whole body", text) == LeftOut(links, words)


def test_of_an_episode_without_a_body_nothing_is_left_out():
    assert left_out(EPISODE, "", "") == LeftOut()
