"""What a line says, whatever people put it into."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.erasure.line_containers import in_other_containers, is_scant, said_in
from bot.core.erasure.line_places import place_of
from bot.core.erasure.line_prints import fingerprint

KEY = "a key"
CONTAINERS = [
    "{}",
    "- {}",
    "  * {}",
    "1. {}",
    "> {}",
    "- > {}",
    "### {}",
    "## {} ##",
    "- [ ] {}",
    "| {} |",
    "<p>{}</p>",
    "<li>{}</li>",
    "<!-- {} -->",
]
SAID = [
    "Words: [Title](https://e.example/a)",
    "<https://e.example/b>",
    "a note, C#",
    "来週",
    "x y z",
]


@pytest.mark.parametrize("container", CONTAINERS)
@pytest.mark.parametrize("words", SAID)
def test_a_line_says_the_same_whatever_it_is_in(words: str, container: str) -> None:
    assert said_in(words)[0] in said_in(container.format(words))


def test_each_cell_of_a_row_says_something_of_its_own() -> None:
    assert set(said_in("| a note | mine |")) >= {*said_in("a note"), *said_in("mine")}
    assert said_in("a \\| b") == said_in("- a \\| b")


@pytest.mark.parametrize("line", ["", "-", "> ", "---", "| | |", "<!-- -->", "***"])
def test_a_line_without_words_says_nothing(line: str) -> None:
    assert said_in(line) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("- a note", "- a note of mine"), ("C# is", "C is"), ("[A](https://e.example/a)", "- A")],
)
def test_what_else_a_line_says_is_not_what_it_is_in(one: str, other: str) -> None:
    assert said_in(one) != said_in(other)


def test_one_word_is_scant_unless_it_is_a_link_s() -> None:
    assert is_scant("- word")
    assert not is_scant("- two words")
    assert not is_scant("- [word](https://e.example/a)")


def found(lines: list[str], before: list[str], hidden: set[int], gone: set[int]) -> set[int]:
    kept = [line for at, line in enumerate(before) if at not in hidden]
    marks = [
        (fingerprint(KEY, said_in(before[at])[0]), place_of(KEY, before, at, set(kept)))
        for at in sorted(hidden)
    ]
    return in_other_containers(lines, marks, kept, gone, key=KEY)


def test_what_went_already_is_not_looked_for_again() -> None:
    lines = ["- a note", "a note"]
    assert found(lines, ["- a note"], {0}, {0}) == set()
    assert found(lines, ["- a note", "1. a note"], {0, 1}, {0}) == {1}


def test_of_two_the_one_goes_that_stands_where_the_hidden_one_stood() -> None:
    before = ["- top", "- the end", "- a note", "- last"]
    assert found(["> a note", *before[:2], "a note", "- last"], before, {2}, set()) == {3}


def test_a_line_that_is_kept_stays_where_people_took_the_hidden_one_out() -> None:
    assert found(["a note", "- last"], ["- a note", "a note", "- last"], {0}, set()) == set()
    assert len(found(["a note", "a note"], ["- a note", "a note"], {0}, set())) == 1


def test_one_word_alone_goes_only_where_the_hidden_line_stood() -> None:
    before = ["- top", "- word", "- last", "- more"]
    assert found(["- top", "word", "- last", "- more"], before, {1}, set()) == {1}
    assert found(["- top", "- last", "- more", "", "word"], before, {1}, set()) == set()


@given(
    st.lists(
        st.tuples(st.sampled_from(SAID), st.booleans(), st.sampled_from(CONTAINERS)), max_size=8
    )
)
def test_whatever_the_hidden_lines_are_in_as_many_go_as_there_were(
    given_lines: list[tuple[str, bool, str]],
) -> None:
    before = [f"- {words}" for words, _, _ in given_lines]
    hidden = {at for at, (words, is_hidden, _) in enumerate(given_lines) if is_hidden and words}
    lines = [
        (container if at in hidden else "- {}").format(words)
        for at, (words, _, container) in enumerate(given_lines)
    ]
    gone = found(lines, before, hidden, set())
    left = sorted(line for at, line in enumerate(lines) if at not in gone)
    stays = sorted(line for at, line in enumerate(before) if at not in hidden)
    scant = [line for at, line in enumerate(lines) if at in hidden and is_scant(line)]
    assert left == stays or (scant and set(stays) <= set(left) <= {*stays, *scant})
