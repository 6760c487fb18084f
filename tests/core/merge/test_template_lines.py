"""What a template makes of people's edits is told from what is in the file."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.document.version import Side
from bot.core.merge.template_lines import as_committed

LINES = st.lists(st.tuples(st.sampled_from("abc\n"), st.sampled_from([None, None, "x", "y"])))


def side(lines: list[tuple[str, str | None]]) -> Side:
    text = "".join(line if line == "\n" else f"{line}\n" for line, _ in lines)
    return Side(text, tuple(owner for _, owner in lines))


def owned(one: Side) -> list[tuple[str, str | None]]:
    lines = zip(one.text.splitlines(), one.owners, strict=True)
    return [(line, owner) for line, owner in lines if owner is not None]


@given(LINES, LINES, LINES)
def test_the_lines_of_items_and_topics_stay_as_they_are(
    now: list[tuple[str, str | None]],
    before: list[tuple[str, str | None]],
    file: list[tuple[str, str | None]],
) -> None:
    found = as_committed(side(now), side(before), side(file).text)
    assert owned(found) == owned(side(now))


@given(LINES, LINES)
def test_nothing_changes_where_the_edits_made_no_difference(
    now: list[tuple[str, str | None]], file: list[tuple[str, str | None]]
) -> None:
    assert as_committed(side(now), side(now), side(file).text) == side(now)


def test_a_list_is_as_it_was_committed_and_what_people_made_of_it_is_left() -> None:
    before = side([("- a", None), ("\n", None), ("# A", "a"), ("\n", None), ("1 of it", None)])
    now = side(
        [("- b", None), ("\n", None), ("# B", "a"), ("- x", "x"), ("\n", None), ("2 of it", None)]
    )
    found = as_committed(now, before, before.text)
    assert found.text == "- a\n\n# B\n- x\n\n1 of it\n"
    people = before.text.replace("- a\n", "- mine\n")
    assert as_committed(now, before, people).text == "- b\n\n# B\n- x\n\n1 of it\n"


def test_a_key_of_the_front_matter_is_as_committed_whole_or_not_at_all() -> None:
    """Else a list that people wrote in another form would have what they added twice."""
    before = Side('---\ntags:\n  - "a"\nlinks:\n- x\n---\n', (None,) * 6)
    now = Side('---\ntags:\n  - "a"\n  - "b"\nlinks:\n- x\n- y\n---\n', (None,) * 8)
    found = as_committed(now, before, "---\ntags: [a, b] # ours\nlinks:\n- x\n---\n")
    assert found.text == '---\ntags:\n  - "a"\n  - "b"\nlinks:\n- x\n---\n'
