"""Bullets that people made paragraphs or quotations are the same thing, in both directions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.document.version import Side
from bot.core.merge.lines import merge_lines
from bot.core.merge.merge import merge
from bot.core.merge.words import Prefer

OWNED = Side("### A\n\n- one thing here\n- our guest is a baker\n", ("a", None, "x", "y"))
WORDS = st.lists(st.sampled_from(["harbour", "guest", "leaves", "baker", "bread"]), min_size=2)


def owners(file: str, base: Side = OWNED) -> dict[str, str | None]:
    merged = merge(base, base, Side(file))
    lines = merged.text.split("\n")
    return {line: owner for line, owner in zip(lines, merged.owners, strict=False) if line.strip()}


@pytest.mark.parametrize(
    "line",
    [
        "our guest is a baker",
        "As you know, our guest is a baker, so bring bread.",
        "> our guest is a baker",
    ],
)
def test_a_bullet_is_known_as_a_text_of_another_kind(line: str) -> None:
    assert owners(f"### A\n\n- one thing here\n\n{line}\n")[line] == "y"


@pytest.mark.parametrize(
    "block",
    ["```\nour guest is a baker\n```", "<!--\n- our guest is a baker\n-->", "nothing of the kind"],
)
def test_what_is_put_away_or_says_else_is_not_it(block: str) -> None:
    found = owners(f"### A\n\n- one thing here\n\n{block}\n")
    assert "y" not in found.values()


def test_a_paragraph_is_known_as_a_bullet() -> None:
    base = Side("### A\n\nour guest is a baker\n", ("a", None, "y"))
    assert owners("### A\n\n- our guest is a baker\n", base)["- our guest is a baker"] == "y"


@pytest.mark.parametrize("between", ["\n  - ", " and "])
def test_of_two_that_became_one_it_is_the_first(between: str) -> None:
    file = f"### A\n\n- one thing here{between}our guest is a baker\n"
    assert set(owners(file).values()) == {"a", "x"}


def test_a_link_below_another_bullet_is_a_part_of_that() -> None:
    base = Side("### A\n\n- one thing here\n- <https://e.org/a>\n", ("a", None, "x", "y"))
    file = "### A\n\n- one thing here\n  - <https://e.org/a>\n"
    assert set(owners(file, base).values()) == {"a", "x"}


@given(WORDS, WORDS, st.integers(1, 9))
def test_words_of_a_wrapped_line_are_neither_lost_nor_doubled(
    was: list[str], more: list[str], at: int
) -> None:
    at = min(at, len(was) - 1)
    base, ours = " ".join(was), " ".join([*was, *more])
    wrapped = f"{' '.join(was[:at])}\n  {' '.join(was[at:])}"
    for first, second in ((ours, wrapped), (wrapped, ours)):
        text, disagree = merge_lines(f"- {base}", f"- {first}", f"- {second}", prefer="ours")
        assert text.split() == f"- {ours}".split()
        assert not disagree


@given(WORDS, WORDS)
def test_words_of_lines_that_were_joined_are_neither_lost_nor_doubled(
    one: list[str], two: list[str]
) -> None:
    base = f"{' '.join(one)},\n{' '.join(two)}."
    text, disagree = merge_lines(base, f"{base[:-1]} anew.", base.replace("\n", " "), prefer="ours")
    assert text.split() == f"{base[:-1]} anew.".split()
    assert not disagree


def test_any_number_of_bullets_may_be_wrapped() -> None:
    lines = [f"- the harbour {number} leaves" for number in range(1_200)]
    base, ours = "\n".join(lines), "\n".join(f"{line} now" for line in lines)
    text, disagree = merge_lines(base, ours, base.replace(" leaves", "\n  leaves"), prefer="ours")
    assert text.split() == ours.split()
    assert not disagree


@pytest.mark.parametrize("above", ["", "- our guest\n  is a baker\n"])
@pytest.mark.parametrize("prefer", ["ours", "theirs"])
def test_a_line_that_one_took_out_and_the_other_wrapped_is_gone_or_stands_whole(
    above: str, prefer: Prefer
) -> None:
    base, wrapped = "- the harbour leaves", "- the harbour\n  leaves"
    was, now = above.replace("\n  ", " ") + base, above + wrapped
    for ours, theirs in ((above, now), (now, above)):
        text, disagree = merge_lines(was, ours, theirs, prefer=prefer)
        assert text == (ours if prefer == "ours" else theirs)
        assert disagree
