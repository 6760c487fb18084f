"""Lines that one side breaks elsewhere, and the other changes or takes out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.merge.lines import merge_lines
from bot.core.merge.words import Prefer

WORDS = st.lists(st.sampled_from(["harbour", "guest", "leaves", "baker", "bread"]), min_size=2)


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


@given(st.permutations(range(12)), st.integers(3, 5), st.sampled_from(["", "  "]))
def test_words_that_both_changed_where_one_side_breaks_no_line_all_stand(
    places: list[int], height: int, indent: str
) -> None:
    words = [f"word{number}" for number in range(12)]
    mine, other = places[0], places[1]
    if abs(mine - other) == 1:
        return

    def said(*changed: int) -> list[str]:
        return [f"new{at}" if at in changed else word for at, word in enumerate(words)]

    def broken(said: list[str]) -> str:
        lines = [" ".join(said[at : at + height]) for at in range(0, 12, height)]
        return "- " + f"\n{indent}".join(lines)

    one, two = "- " + " ".join(said(mine)), broken(said(other))
    for ours, theirs in ((one, two), (two, one)):
        text, disagree = merge_lines(broken(words), ours, theirs, prefer="theirs")
        assert text.split() == ["-", *said(mine, other)]
        assert not disagree


def test_any_number_of_bullets_may_be_wrapped() -> None:
    lines = [f"- the harbour {number} leaves" for number in range(1_200)]
    base, ours = "\n".join(lines), "\n".join(f"{line} now" for line in lines)
    text, disagree = merge_lines(base, ours, base.replace(" leaves", "\n  leaves"), prefer="ours")
    assert text.split() == ours.split()
    assert not disagree


@given(WORDS, WORDS, st.sampled_from(["  ", "\\"]), st.sampled_from(["ours", "theirs"]))
def test_a_line_that_stays_is_apart_from_the_one_above_though_the_other_side_took_it_out(
    note: list[str], anew: list[str], broken: str, prefer: Prefer
) -> None:
    line, note_line, reworded = "- [title](https://example.org/)", *map(" ".join, (note, anew))
    base, theirs = f"{line}{broken}\n  {note_line}", f"{line}{broken}\n  {reworded}"
    for texts in ((base, line, theirs), (base, theirs, line)):
        text, _ = merge_lines(*texts, prefer=prefer)
        assert text in (line, f"{line}{broken}", theirs)


@pytest.mark.parametrize("prefer", ["ours", "theirs"])
def test_a_break_that_one_took_out_between_two_lines_is_gone(prefer: Prefer) -> None:
    base, joined, theirs = "a guest  \nleaves", "a guest\nleaves", "a guest  \nleaves now"
    assert merge_lines(base, joined, theirs, prefer=prefer)[0] == "a guest\nleaves now"


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
@pytest.mark.parametrize("notes", ["  - note", "  - note\n  - more", "    > said"])
def test_a_line_whose_notes_go_ends_as_the_whole_did(notes: str, end: str) -> None:
    line, changed = "- [title](https://example.org/)", "- [Sam's title](https://example.org/)"
    for ours, theirs in ((line, f"{changed}\n{notes}"), (f"{changed}\n{notes}", line)):
        text, disagree = merge_lines(
            f"{line}\n{notes}{end}", ours + end, theirs + end, prefer="theirs"
        )
        assert (text.replace("\r", ""), disagree) == (changed + end.replace("\r", ""), False)


@pytest.mark.parametrize("above", ["", "- our guest\n  is a baker\n"])
@pytest.mark.parametrize("prefer", ["ours", "theirs"])
def test_a_line_that_one_took_out_and_the_other_wrapped_is_gone(above: str, prefer: Prefer) -> None:
    base, wrapped = "- the harbour leaves", "- the harbour\n  leaves"
    was, now = above.replace("\n  ", " ") + base, above + wrapped
    for ours, theirs in ((above, now), (now, above)):
        assert merge_lines(was, ours, theirs, prefer=prefer) == (above, False)


@given(WORDS, st.integers(0, 2))
def test_what_both_sides_added_has_its_first_line_once(words: list[str], blank: int) -> None:
    """Below it one side has more, behind blank lines or not."""
    first = f"- {' '.join(words)}"
    more = "\n" * (blank + 1) + "  a note of it"
    for one, two in ((first, first + more), (first + more, first)):
        text, disagree = merge_lines("\n", f"{one}\n", f"{two}\n", prefer="theirs")
        assert (text.strip("\n"), disagree) == (first + more, False)


def test_of_lines_that_changed_the_most_alike_are_the_same() -> None:
    """The other one was taken out, on both sides."""
    base = "- a link\n  - note one\n  - note two"
    text, _ = merge_lines(base, "- another\n  note two", "- a link\n  - note one", prefer="theirs")
    assert "note two" not in text


@pytest.mark.parametrize("link", ["<https://a.example/>", "[Host](https://a.example/)"])
@pytest.mark.parametrize("prefer", ["ours", "theirs"])
def test_two_links_that_were_made_of_one_text_are_no_link_in_another_ones_title(
    link: str, prefer: Prefer
) -> None:
    ours, theirs = f"- {link}", "- [bullet](https://b.example/)"
    wanted = ours if prefer == "ours" else theirs
    assert merge_lines("- bullet", ours, theirs, prefer=prefer) == (wanted, True)
    both = merge_lines(
        "- bullet", f"- {link} bullet", "- bullet <https://b.example/>", prefer="ours"
    )
    assert both == (f"- {link} bullet <https://b.example/>", False)
