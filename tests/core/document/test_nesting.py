"""Of lines that stand below each other some go: what stood below those takes their place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.document.nesting import below, indent_of, is_code, without_lines


def left(lines: list[str], *gone: int) -> list[str]:
    return [line for line in without_lines(lines, gone) if line is not None]


@pytest.mark.parametrize(
    ("lines", "gone", "right"),
    [
        (["- a", "  - b", "    - c", "- d"], [0], ["- b", "  - c", "- d"]),
        (["- a", "  - b", "    - c", "- d"], [1], ["- a", "  - c", "- d"]),
        (["- a", "  - b", "    - c", "- d"], [0, 1], ["- c", "- d"]),
        (["1. a", "   - b", "     more of b", "2. d"], [0], ["- b", "  more of b", "2. d"]),
        (["* 港", "    * パン屋", "", "    * 朝"], [0], ["* パン屋", "", "* 朝"]),
        (["- a", "\t- b", "\t\t- c"], [0], ["- b", "\t- c"]),
        (["- a", "      - far in", "  - less"], [0], ["- far in", "- less"]),
        (["- a", "　a paragraph", "- b"], [0], ["　a paragraph", "- b"]),
    ],
)
def test_what_stood_below_takes_the_place(
    lines: list[str], gone: list[int], right: list[str]
) -> None:
    assert left(lines, *gone) == right


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("    - a", True),
        ("\ta", True),
        ("  \ta", True),
        ("   - a", False),
        ("- a", False),
        ("", False),
    ],
)
def test_four_columns_in_it_is_code(line: str, right: bool) -> None:
    assert is_code(line) is right


LINES = st.lists(
    st.one_of(
        st.just(""),
        st.builds(
            lambda depth, word: "  " * depth + f"- {word}",
            st.integers(0, 4),
            st.sampled_from(["a", "b", "パン"]),
        ),
    ),
    max_size=12,
)


@given(lines=LINES, data=st.data())
def test_no_word_goes_but_those_that_go(lines: list[str], data: st.DataObject) -> None:
    gone = data.draw(st.sets(st.sampled_from(range(len(lines)))) if lines else st.just(set[int]()))
    result = without_lines(lines, gone)
    assert [at for at, line in enumerate(result) if line is None] == sorted(gone)
    for at, line in enumerate(result):
        if line is not None:
            assert line.lstrip() == lines[at].lstrip()
            assert indent_of(line) <= indent_of(lines[at])


@given(lines=LINES)
def test_without_any_all_stays(lines: list[str]) -> None:
    assert without_lines(lines, ()) == lines


@given(lines=LINES, data=st.data())
def test_what_stands_below_what_stays_does_so_afterwards(
    lines: list[str], data: st.DataObject
) -> None:
    gone = data.draw(st.sets(st.sampled_from(range(len(lines)))) if lines else st.just(set[int]()))
    result = without_lines(lines, gone)
    rest = [at for at, line in enumerate(result) if line is not None]
    after = [result[at] or "" for at in rest]
    for place, at in enumerate(rest):
        if lines[at].strip():
            now = {rest[one] for one in below(after, place)}
            assert set(below(lines, at)) - gone <= now
