"""Of a link whose title goes over several lines, all those lines are found by any of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.document.wrapped_links import whole_links

WORD = st.sampled_from(["harbour", "a [note]", "leaves", r"\[sic", "now]", "(once)"])


@given(st.lists(WORD, min_size=1, max_size=4), st.lists(WORD, max_size=3), st.data())
def test_any_line_of_a_link_finds_all_of_it(
    words: list[str], more: list[str], data: st.DataObject
) -> None:
    title = [word.replace("now]", "now") for word in words]
    link = [f"- see [{title[0]}", *(f"  {word}" for word in title[1:]), "  x](https://e.org/a)"]
    around = [f"- {word.replace(']', '').replace('[', '')}" for word in more]
    lines = [*around, *link, *around]
    places = range(len(around), len(around) + len(link))
    ends = data.draw(st.sampled_from([places[0], places[-1]]))
    assert whole_links(lines, {ends}) == {*places}


@pytest.mark.parametrize("between", ["", "- another", "  1. another"])
def test_no_link_goes_on_behind_a_blank_line_or_into_another_item(between: str) -> None:
    lines = ["- [Kim", between, "  leaves](https://e.org/a)"]
    assert whole_links(lines, {2}) == {2}
    assert whole_links(lines, {0}) == {0}


@given(st.lists(st.text("[]\\ ab-", max_size=8), max_size=8), st.data())
def test_what_was_asked_for_stays_and_asking_again_changes_nothing_of_whole_links(
    lines: list[str], data: st.DataObject
) -> None:
    some = data.draw(st.sets(st.integers(0, len(lines) - 1))) if lines else set()
    found = whole_links(lines, some)
    assert some <= found <= {*range(len(lines))}
    assert all(lines[at].strip() for at in found - some)


def test_a_bracket_without_another_end_hides_no_link_beside_it() -> None:
    assert whole_links(["- ] [Kim", "  leaves](https://e.org/a)"], {0}) == {0, 1}
    assert whole_links(["- [sic [Kim", "  leaves](https://e.org/a)"], {1}) == {0, 1}


def test_brackets_that_nobody_closes_are_looked_at_once() -> None:
    lines = ["[x"] * 50_000
    assert whole_links(lines, range(len(lines))) == {*range(len(lines))}
    nested = [*lines, *["x]"] * len(lines)]
    assert whole_links(nested, {0}) == {*range(len(nested))}
