"""Bullets that people made paragraphs or quotations are the same thing, in both directions."""

import pytest

from bot.core.document.version import Side
from bot.core.merge.merge import merge

OWNED = Side("### A\n\n- one thing here\n- our guest is a baker\n", ("a", None, "x", "y"))


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


def test_a_sentence_with_its_link_is_it_rather_than_a_bullet_that_looks_like_it() -> None:
    base = Side("### A\n\n- [Title one](https://e.org/a)\n", ("a", None, "x"))
    said = "So [Title one](https://e.org/a), says Sam."
    found = owners(f"### A\n\n{said}\n\n- [Title two](https://e.org/n)\n", base)
    assert found == {"### A": "a", said: "x", "- [Title two](https://e.org/n)": None}


@pytest.mark.parametrize("other", ["[by hand](https://e.org/h)", "[one thing](https://e.org/h)"])
def test_what_people_put_below_a_new_bullet_is_not_that_bullet(other: str) -> None:
    base = Side("### A\n\n- one thing\n- [one thing](https://e.org/a)\n", ("a", None, "x", "y"))
    found = owners(f"### A\n\n- one thing\n- {other}\n  - [one thing](https://e.org/a)\n", base)
    assert (found["- one thing"], found[f"- {other}"]) == ("x", None)


def test_what_people_put_out_of_a_bullet_that_they_took_out_is_not_that_one() -> None:
    base = Side(
        "### A\n\n- [a](https://e.org/a)\n  - [b](https://e.org/b)\n", ("a", None, "x", "x")
    )
    assert owners("### A\n\n- [b](https://e.org/b)\n", base)["- [b](https://e.org/b)"] is None


def test_a_sentence_that_became_a_bullet_is_it_rather_than_the_link_that_stands_in_both() -> None:
    said = "So [Title one](https://e.org/a), says Sam."
    base = Side(
        f"### A\n\n- [x](https://e.org/x)\n- <https://e.org/a>\n\n{said}\n",
        ("a", None, "x", "y", None, "z"),
    )
    file = f"### A\n\n- [x](https://e.org/x)\n  - <https://e.org/a>\n- now: {said}\n"
    found = owners(file, base)
    assert (found["- [x](https://e.org/x)"], found[f"- now: {said}"]) == ("x", "z")


def test_what_begins_with_a_link_is_it_rather_than_what_has_it_somewhere() -> None:
    base = Side(
        "### A\n\n- [Kim leaves the harbour](https://e.org/a)\n- <https://e.org/b>\n",
        ("a", None, "x", "y"),
    )
    file = "### A\n\n- <https://e.org/b>\n  - see [Kim\n    leaves the harbour](https://e.org/a)\n"
    assert owners(file, base)["- <https://e.org/b>"] == "y"
