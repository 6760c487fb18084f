"""Lines that go leave no comment or element without its other end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.document.enclosing import ends_left, uncommented

LINES = st.lists(
    st.sampled_from(
        ["- a", "<!-- - a", "- a -->", "<!-- a -->", "a --> b", "<details>", "</details>", "<div>"]
    ),
    max_size=8,
)


@pytest.mark.parametrize(
    ("lines", "gone", "left"),
    [
        (["<!-- - a\n", "- b -->\n"], {1}, {1: "-->\n"}),
        (["<!-- - a\n", "- b -->\n"], {0}, {0: "<!--\n"}),
        (["<!-- - a\n", "- b -->\n"], {0, 1}, {}),
        (["<!-- - a -->\n"], {0}, {}),
        (["- from Kiel --> Rome\n"], {0}, {}),
        (["<!-- never closed\n", "- b\n"], {0}, {}),
        (["{% comment %} a\r\n", "b {%- endcomment -%}\r\n"], {1}, {1: "{%- endcomment -%}\r\n"}),
        (
            ['<details open title="a">a\n', "b</details>"],
            {0},
            {0: "<details>\n"},
        ),
        (["<div>a</div><div>\n", "<!-- </div> -->\n", "</div>\n"], {0}, {0: "<div>\n"}),
        (["| a | b |\n", "|---|:-:|\n", "| c | d |\n"], {0}, {0: "| | |\n"}),
        (["a | b\r\n", "--|--\r\n", "c | d\r\n"], {0}, {0: "| | |\r\n"}),
        (["| a | b |\n", "|---|---|\n", "| c | d |\n"], {0, 1, 2}, {}),
        (["| a | b |\n", "|---|---|\n", "| c | d |\n"], {2}, {}),
        (["- a\n", "---\n", "b\n"], {0}, {}),
        (["- a | b\n", "- c | d\n"], {0}, {}),
        (["<DIV>\n", "a</div></section>\n"], {1}, {1: "</div>\n"}),
    ],
)
def test_an_end_stays_whose_other_one_does(
    lines: list[str], gone: set[int], left: dict[int, str]
) -> None:
    assert ends_left(lines, gone) == left


@given(LINES, st.data())
def test_what_stays_of_a_text_has_its_ends_in_pairs_as_before(
    lines: list[str], data: st.DataObject
) -> None:
    gone = data.draw(st.sets(st.integers(0, max(0, len(lines) - 1))))
    left = ends_left(lines, gone)
    assert left.keys() <= gone
    rest = [left.get(at, line) for at, line in enumerate(lines) if at not in gone or at in left]
    kept = {at for at in range(len(lines)) if at not in gone}
    where = [at for at in range(len(lines)) if at in kept or at in left]
    for new, old in enumerate(where):
        if old in kept:  # were it to go now, it would leave what it would have left before
            assert set(ends_left(rest, {new})) == ({new} if ends_left(lines, {old}) else set())


@given(st.text(alphabet="ab <!->"))
def test_a_line_is_read_without_the_marks_of_a_comment(line: str) -> None:
    read = uncommented(line)
    assert "<!--" not in read
    assert "-->" not in read
    assert [one for one in read if one in "ab"] == [one for one in line if one in "ab"]
