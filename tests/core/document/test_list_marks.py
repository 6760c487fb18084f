"""The marks of lines: taken off, they and what is left are the line again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.document.list_marks import (
    ItemMark,
    item_mark,
    item_start,
    moved_in,
    remarked,
    split_marks,
)

LINES = st.text("-*+1239.)># \tかa", max_size=12)


@given(LINES)
def test_marks_and_words_are_the_line(line: str):
    marks, words = split_marks(line)
    assert marks + words == line.rstrip() or not words
    assert split_marks(words) == ("", words)
    assert marks.startswith(line[: item_start(line)])


@pytest.mark.parametrize(
    ("line", "marks", "words"),
    [
        ("- a ", "- ", "a"),
        ("  1. > b", "  1. > ", "b"),
        ("### c", "### ", "c"),
        ("#tag", "", "#tag"),
        ("", "", ""),
    ],
)
def test_a_line_is_marks_and_words(line: str, marks: str, words: str):
    assert split_marks(line) == (marks, words)


@given(LINES)
def test_an_items_mark_ends_where_its_words_begin(line: str):
    mark = item_mark(line)
    if mark is not None:
        assert line.startswith(mark.indent + mark.bullet + mark.gap)
        assert item_start(line) == mark.column
        assert not line[mark.column].isspace()


@pytest.mark.parametrize(
    ("line", "start"),
    [
        ("- a", 2),
        ("  12. a", 6),
        ("* ", 2),
        ("+", 1),
        ("-a", 0),
        ("1234567890. a", 0),
        ("3.5 a", 0),
        ("> a", 0),
        ("", 0),
    ],
)
def test_an_item_begins_with_a_bullet_or_a_number_and_a_blank(line: str, start: int):
    assert item_start(line) == start


MARKS = st.builds(
    ItemMark,
    indent=st.sampled_from(["", " ", "  "]),
    bullet=st.sampled_from(["-", "*", "+", "1.", "12)", "123."]),
    gap=st.sampled_from([" ", "  ", "   "]),
)


@given(MARKS, MARKS, st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["", "b"])), max_size=4))
def test_an_item_behind_another_mark_says_the_same_and_is_itself_behind_its_own(mark, other, below):
    begin = mark.indent + mark.bullet + mark.gap
    lines = [f"{begin}a", *(word and " " * (mark.column + more) + word for more, word in below)]
    moved = remarked(lines, mark, other)
    assert item_mark(moved[0]) == other
    assert [line.strip() for line in moved[1:]] == [line.strip() for line in lines[1:]]
    assert all(line[: other.column].isspace() for line in moved[1:] if line)
    assert remarked(moved, other, mark) == lines


@given(MARKS, MARKS, st.lists(st.integers(1, 9), max_size=4))
def test_what_stands_before_an_items_words_does_so_behind_another_mark(mark, other, inside):
    lines = [f"{mark.indent}{mark.bullet}{mark.gap}a"]
    lines += [" " * (len(mark.indent) + one) + "b" for one in inside]
    moved = remarked(lines, mark, other)
    was, now = (
        [len(line) - len(line.lstrip()) < one.column for line in some[1:]]
        for some, one in ((lines, mark), (moved, other))
    )
    assert now == was


@given(MARKS, MARKS, st.integers(1, 4))
def test_each_level_below_an_item_may_be_as_wide_as_its_mark(mark, other, level):
    line, moved = (f"{one.indent}{' ' * one.width * level}b" for one in (mark, other))
    assert moved_in(line, mark, other, each_level=True) == moved
