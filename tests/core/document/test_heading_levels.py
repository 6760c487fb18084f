"""Headings that a tool raised or lowered with all that stands under them."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.document.heading_levels import at_former_levels
from bot.core.document.pieces import Piece, read

WAS = "### A\n\n- a\n\n#### Below\n\n- b\n\n### C\n\n- c\n"


def levels(text: str, base: str = WAS) -> list[int]:
    return [one.level for one in at_former_levels(read(text), read(base)) if one.kind == "heading"]


def test_a_topic_and_its_sub_topic_that_were_raised_are_what_they_were() -> None:
    assert levels("## A\n\n### Below\n\n### C\n") == [3, 4, 3]
    assert levels("# A\n\n## Below\n\n# C\n") == [3, 4, 3]


def test_one_that_was_raised_alone_or_put_under_another_has_the_level_that_it_was_given() -> None:
    assert levels("### A\n\n### Below\n\n### C\n") == [3, 3, 3]
    assert levels("### A\n\n#### Below\n\n#### C\n") == [3, 4, 4]
    assert levels("### C\n\n#### Below\n\n### A\n") == [3, 4, 3]


def test_what_is_new_has_its_own_level() -> None:
    assert levels("## A\n\n### Below\n\n### New\n\n### C\n") == [3, 4, 3, 3]


FILES = st.lists(st.tuples(st.integers(1, 6), st.sampled_from("ABCD")), max_size=6).map(
    lambda all_of_them: "".join(f"{'#' * level} {name}\n\n- x\n\n" for level, name in all_of_them)
)


@given(FILES, FILES)
def test_levels_alone_change_and_those_of_a_file_beside_itself_do_not(one: str, other: str) -> None:
    pieces, base = read(one), read(other)

    def but_levels(all_of_them: list[Piece]) -> list[tuple[str, str, int]]:
        return [(piece.kind, piece.text, piece.line) for piece in all_of_them]

    assert but_levels(at_former_levels(pieces, base)) == but_levels(pieces)
    assert at_former_levels(pieces, []) == pieces
