"""A title becomes a part of an address; numbers are filled up with zeros."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.render.slug import LONGEST, padded, slug


@pytest.mark.parametrize(
    ("title", "made", "kept"),
    [
        ("How AI is changing the SDLC", "how-ai-is-changing-the-sdlc", None),
        ("Gödel, Escher & Bach's", "godel-escher-bachs", "gödel-escher-bachs"),
        ("ゲスト: A回", "a", "ゲスト-a回"),
        ("ゲスト", "", "ゲスト"),
        ("髙橋", "", "髙橋"),
        ("Straße — œuvre", "strasse-oeuvre", "straße-œuvre"),
        ("a/../b\\c?d#e", "a-b-c-d-e", None),
        ("", "", None),
    ],
)
def test_a_title_has_its_slug(title, made, kept):
    assert slug(title) == made
    assert slug(title, True) == (made if kept is None else kept)


@given(st.text(), st.booleans())
def test_a_slug_is_one_name_and_its_own_slug(title, keep):
    made = slug(title, keep)
    assert slug(made, keep) == made
    assert len(made) <= LONGEST
    assert not set(made) & set("/\\ .?#%:\n")


def test_numbers_are_padded_before_their_point():
    assert [padded(one, 3) for one in ("7", "7.5", "1234", "")] == ["007", "007.5", "1234", ""]
