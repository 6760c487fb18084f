"""What people left of an item that they took out is not a part of it any more."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.file_edits.left_behind import left_behind
from bot.core.merge.words import words_in

ITEM = "- one\n  - two\n    - three\n  - four\n\n  five"


@pytest.mark.parametrize(
    ("left", "rest"),
    [
        ("  five\n", "- one\n  - two\n    - three\n  - four"),
        ("  - two\n    - three\n", "- one\n  - four\n\n  five"),
        ("- three\n", "- one\n  - two\n  - four\n\n  five"),
        ("- two\n", None),  # what stands below it is gone
        ("- one\n", None),  # as a whole, it stands for itself
    ],
)
def test_an_item_is_without_what_stands_in_the_file_still(left: str, rest: str | None) -> None:
    found = dict(left_behind({"x": ITEM}, f"- above\n{ITEM}\n", f"- above\n{left}"))
    assert found.get("x") == rest


def test_what_others_say_too_is_theirs() -> None:
    rendered = "- above\n  - same\n- gone\n  - same\n"
    assert not dict(left_behind({"x": "- gone\n  - same"}, rendered, "- above\n  - same\n"))


def test_each_line_that_is_left_is_taken_from_one() -> None:
    gone = {"x": "- one\n  - same", "y": "- two\n  - same"}
    found = dict(left_behind(gone, "\n".join(gone.values()), "- other\n  - same\n"))
    assert found == {"x": "- one"}


def test_what_was_an_item_of_its_own_below_is_told_of_as_that() -> None:
    assert not dict(left_behind({"x": ITEM}, ITEM, "  five\n", apart=["five"]))


def test_lines_of_code_may_be_alike() -> None:
    code = "```rb\ndef a\nend\n```"
    assert not dict(left_behind({"x": code}, code, "```rb\ndef b\nend\n```\n"))


WORDS = st.lists(st.sampled_from(["one", "two", "three", "four", "five"]), min_size=1, max_size=5)


@given(words=WORDS, left=WORDS, deep=st.lists(st.booleans(), min_size=5, max_size=5))
def test_nothing_is_lost_and_nothing_is_new(
    words: list[str], left: list[str], deep: Sequence[bool]
) -> None:
    """Each word of the item is in what is left of it, or in the file; it has no other words."""
    lines = [f"{'    ' if is_deep and at else '  '}- {one}"
             for at, (one, is_deep) in enumerate(zip(words, deep, strict=False))]  # fmt: skip
    text, file = "\n".join(["- item", *lines]), "".join(f"- {one}\n" for one in left)
    rest = dict(left_behind({"x": text}, text, file)).get("x", text)
    for word in set(words):
        stay = words_in(rest).count(word)
        assert words.count(word) - left.count(word) <= stay <= words.count(word)
    assert set(words_in(rest)) <= {*words_in(text)}
    assert rest.startswith("- item")
