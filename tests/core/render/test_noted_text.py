"""Notes that come to a bullet which people wrote in the file: they stand with those it has."""

import pytest

from bot.core.model import Note
from bot.core.profile.profile import load
from bot.core.render.layout import noted_text

PLAIN = load("", "{{ body }}")
WIDE = load("list: {marker: '*   ', indent: 4}", "{{ body }}")


def noted(text, *notes, profile=PLAIN):
    return noted_text(text, notes, {}, profile)


BULLET, TEXT, QUOTE = (
    Note("bullet", 1, ("new",)),
    Note("text", 0, ("new",)),
    Note("quote", 0, ("new",)),
)


@pytest.mark.parametrize(
    ("text", "with_note"),
    [
        ("- a", "- a\n  - new"),
        ("* a", "* a\n  - new"),
        ("a", "a\n  - new"),
        ("- a\n  - b", "- a\n  - b\n  - new"),
        ("1. a", "1. a\n   - new"),
        ("10. a", "10. a\n    - new"),
        ("1. a\n   - b", "1. a\n   - b\n   - new"),
        ("1. a\n  - b", "1. a\n  - b\n  - new"),  # people put it less far in
        ("1. a\n - b", "1. a\n - b\n  - new"),  # but no less than the site's lists
        ("-    a", "-    a\n     - new"),
        ("- a\n\n  more", "- a\n\n  more\n  - new"),
        ("- a\n\n<p>embed</p>", "- a\n  - new\n\n<p>embed</p>"),
        ("- a\n  - b\n\n<p>embed</p>", "- a\n  - b\n  - new\n\n<p>embed</p>"),
        ("- a\n\n", "- a\n  - new\n\n"),
    ],
)
def test_a_note_stands_below_a_bullets_own_and_before_its_embed(text, with_note):
    assert noted(text, BULLET) == with_note


@pytest.mark.parametrize(
    ("text", "note", "with_note"),
    [
        ("- a", TEXT, "- a  \n  new"),
        ("- a", QUOTE, "- a  \n  > new"),
        ("- a\n  > b", QUOTE, "- a\n  > b\n  > new"),
        ("- a\n  > b", TEXT, "- a\n  > b\n\n  new"),
        ("- a\n  > b", BULLET, "- a\n  > b\n  - new"),
        ("- a\n  > b\n\n<p>embed</p>", TEXT, "- a\n  > b\n\n  new\n\n<p>embed</p>"),
        ("1. a\n   > b", TEXT, "1. a\n   > b\n\n   new"),
        ("- a\n  - b", TEXT, "- a\n  - b\n\n  new"),
        ("- a\n  - b\n    c", TEXT, "- a\n  - b\n    c\n\n  new"),
        ("- a\n  - b\n\n  more", TEXT, "- a\n  - b\n\n  more  \n  new"),
        ("- a\n  more", TEXT, "- a\n  more  \n  new"),
    ],
)
def test_a_note_goes_on_with_a_quotation_or_stands_apart_from_what_is_below(text, note, with_note):
    assert noted(text, note) == with_note


def test_several_notes_follow_each_other_at_the_columns_of_the_sites_lists():
    assert noted("*   a", BULLET, Note("bullet", 2, ("deeper",)), TEXT, profile=WIDE) == (
        "*   a\n    *   new\n        *   deeper  \n    new"
    )
