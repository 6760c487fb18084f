"""Lines of one side in the bullets and indents that the other gave their list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.document.form import same_but_for_form
from bot.core.merge.lines import merge_lines
from bot.core.merge.list_form import in_marks

WAS = ["- a", "  - b", "    goes on", "- c"]
NOW = ["*   a", "    *   b", "        goes on", "*   c"]


def test_new_lines_have_the_marks_of_their_level() -> None:
    lines = ["- a", "  - new", "    with more", "    - deeper", "- c"]
    wanted = ["*   a", "    *   new", "        with more", "        - deeper", "*   c"]
    assert in_marks(lines, WAS, NOW) == wanted


@pytest.mark.parametrize("now", [["- a", "  - b"], ["* a"], ["* a", "- b", "  - c"], ["> a"], []])
def test_where_there_is_no_one_custom_nothing_is_changed(now: list[str]) -> None:
    lines = ["- x", "  - y"]
    assert in_marks(lines, ["- a", "  - b"], now) == lines


@pytest.mark.parametrize("was_below", ["  ", "\t"])
@pytest.mark.parametrize("is_ours", [True, False])
def test_a_note_that_a_tab_puts_below_another_stays_there(was_below: str, is_ours: bool) -> None:
    base, formed = "- a\n  - b\n", "* a\n  * b\n"
    said = f"- a\n{was_below}- b\n\t- new\n"
    sides = (said, formed) if is_ours else (formed, said)
    assert merge_lines(base, *sides, prefer="theirs") == (said, False)


ROWS = st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["kim", "sea", "baker"])), max_size=6)


@given(ROWS, ROWS)
def test_only_the_form_of_lines_changes(
    was: list[tuple[int, str]], new: list[tuple[int, str]]
) -> None:
    def text(rows: list[tuple[int, str]], bullet: str, width: int) -> list[str]:
        deep, lines = -1, list[str]()
        for level, word in rows:
            deep = min(level, deep + 1)
            lines.append(f"{' ' * (width * deep)}{bullet}{' ' * (width - 1)}{word}")
        return lines

    lines = text(new, "-", 2)
    made = in_marks(lines, text(was, "-", 2), text(was, "*", 4))
    assert same_but_for_form("\n".join(made), "\n".join(lines))


@given(ROWS.filter(bool), ROWS, st.booleans())
def test_what_one_side_says_stands_where_the_other_changed_the_form_alone(
    was: list[tuple[int, str]], new: list[tuple[int, str]], is_ours: bool
) -> None:
    def text(rows: list[tuple[int, str]], bullet: str) -> str:
        return "\n".join(f"{bullet} {word}" for _, word in rows)

    base, said, formed = text(was, "-"), text(new, "-"), text(was, "*")
    if same_but_for_form(base, said):
        return
    sides = (said, formed) if is_ours else (formed, said)
    merged, disagree = merge_lines(base, *sides, prefer="theirs")
    assert not disagree
    assert same_but_for_form(merged, said)
