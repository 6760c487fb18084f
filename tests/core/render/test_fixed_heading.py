"""A topic that is named as the template's heading right above the episode stands below that."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.document.pieces import lines_of
from bot.core.render.fixed_heading import below_fixed_heading

TOPICS = {"T", "U"}
ABOVE = "---\ntitle: x\n---\n\n### Opening\n\n- [site](https://s.example/)\n\n"


def joined(above: str, body: list[tuple[str, str | None]]) -> tuple[str, tuple[str | None, ...]]:
    owners = [None] * len(lines_of(above)) + [owner for _, owner in body]
    return below_fixed_heading(above + "".join(line for line, _ in body), owners, TOPICS)


def test_its_heading_is_in_the_place_of_the_templates() -> None:
    body = [
        ("### 0:05 opening\n", "T"),
        ("\n", None),
        ("- a\n", "a"),
        ("\n", None),
        ("### B\n", "U"),
    ]
    text, owners = joined(ABOVE, body)
    assert text == (
        "---\ntitle: x\n---\n\n### 0:05 opening\n\n- [site](https://s.example/)\n\n- a\n\n### B\n"
    )
    assert dict(zip(lines_of(text), owners, strict=True))["### 0:05 opening\n"] == "T"


@pytest.mark.parametrize(
    ("above", "heading"),
    [
        pytest.param(ABOVE, "### Other\n", id="another name"),
        pytest.param(ABOVE, "#### Opening\n", id="another level"),
        pytest.param(f"{ABOVE}### News\n\n", "### Opening\n", id="not right above"),
        pytest.param("```\n### Opening\n```\n\n", "### Opening\n", id="in a fence"),
        pytest.param("---\na: |\n  ### Opening\n---\n", "### Opening\n", id="in the front matter"),
    ],
)
def test_else_both_stay(above: str, heading: str) -> None:
    text, owners = joined(above, [(heading, "T"), ("\n", None), ("- a\n", "a")])
    assert text == f"{above}{heading}\n- a\n"
    assert owners[-3:] == ("T", None, "a")


def test_what_stands_before_the_first_topic_keeps_them_apart() -> None:
    text, _ = joined(ABOVE, [("- a\n", "a"), ("\n", None), ("### Opening\n", "T")])
    assert text.count("### Opening") == 2


LINES = st.sampled_from(
    ["### Opening\n", "### Other\n", "\n", "- words\n", "#### opening\n", "```\n"]
)
OWNED = st.tuples(LINES, st.sampled_from([None, "T", "U", "a"]))


@given(st.lists(LINES, max_size=6), st.lists(OWNED, max_size=8))
def test_at_most_a_heading_and_blank_lines_go(above: list[str], body: list) -> None:
    before = [*((line, None) for line in above), *body]
    text = "".join(line for line, _ in before)
    after, owners = below_fixed_heading(text, [owner for _, owner in before], TOPICS)
    lines = lines_of(after)
    assert len(lines) == len(owners)
    went = sorted(line for line in lines_of(text) if line.strip())
    for line in lines:
        went.remove(line) if line.strip() else None
    assert len(went) <= 1
    assert all(line.strip("# \n").casefold() in ("opening", "other") for line in went)
    assert below_fixed_heading(after, owners, TOPICS) == (after, owners) or len(went) == 1
