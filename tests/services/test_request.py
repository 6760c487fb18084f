"""Answers come in pieces that a platform takes."""

from hypothesis import given
from hypothesis import strategies as st

from bot.services.request import parts


@given(
    st.lists(st.text(alphabet="ab ", max_size=30), max_size=9).map("\n".join), st.integers(1, 20)
)
def test_an_answer_comes_in_pieces_that_fit_and_lose_no_letter(text: str, longest: int) -> None:
    found = parts(text, longest)
    assert all(0 < len(part) <= longest for part in found)
    letters = "".join(text.split())
    assert "".join("".join(found).split()) == (letters or "–")


def test_an_answer_that_fits_is_one_piece_and_lines_are_broken_at_their_ends() -> None:
    text = "one two\nthree"
    assert parts(text, len(text)) == [text]
    assert parts(text, len(text) - 1) == ["one two", "three"]
    assert parts("abcdef", 3) == ["abc", "def"]
