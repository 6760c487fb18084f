"""What the chat took out, and the file says still elsewhere."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.document.version import Side
from bot.core.episode.file_text import written
from bot.core.file_edits.left_in_file import LeftInFile
from bot.core.model import Bullet, Item, Link, Note, Noted, Patch

LINK = Link("https://example.org/b", "https://example.org/b")
TEXT = Item("m2", Bullet(("a baker comes",)), "m2", "buka", 1)
LINKED = Item("m3", Bullet(("see ", LINK)), "m3", "buka", 1)


@pytest.mark.parametrize(
    ("was", "file", "at"),
    [
        (LINKED, "# A\n\n<!-- https://example.org/b -->\n", 3),
        (LINKED, '# A\n<a href="https://example.org/b?x=1&amp;y=2">\n', None),
        (LINKED, "# A\n- see b\n", None),
        (TEXT, "# A\n| x | a baker comes |\n", 2),
        (TEXT, "# A\n<!-- - a baker comes -->\n", 2),
        (TEXT, "# A\n- a baker comes today\n", None),
        ("A walk", "x\n## A walk\n", 2),
    ],
)
def test_it_is_found_by_its_link_else_by_its_words(
    was: Item | str, file: str, at: int | None
) -> None:
    found = LeftInFile(file, Side(""), ()).line("m2", was, was_there=True)
    assert (found and found[1]) == at


@given(st.lists(st.sampled_from(["x", "- a baker comes", "- see <https://example.org/b>"])))
def test_what_another_gives_or_had_in_the_last_draft_is_not_told(lines: list[str]) -> None:
    file = "".join(f"{line}\n" for line in lines)
    for was, line in ((TEXT, "- a baker comes"), (LINKED, "- see <https://example.org/b>")):
        first = lines.index(line) + 1 if line in lines else None
        for owner, is_told in ((was.id, True), ("other", False), (None, False)):
            last = Side(f"{line}\n", (owner,))
            found = LeftInFile(file, last, ()).line(was.id, was, was_there=True)
            assert (found and found[1]) == (first if is_told else None)
            found = LeftInFile(file, last, ()).line(was.id, was, was_there=False)
            assert (found and found[1]) == first
        assert LeftInFile(file, Side(""), [was]).line(was.id, was, was_there=True) is None


def test_a_note_that_stands_below_something_else_by_now_is_found_but_not_what_others_say() -> None:
    notes = tuple(Note("bullet", 1, (text,)) for text in ("in *May*", "in June", "in July"))
    was = Item("m2", Bullet((LINK,), notes[:2]), "m2", "buka", 1, steps=(Noted(notes[2:]),))
    other = Item("m4", Bullet(("a walk",), (notes[2],)), "m4", "buka", 1)
    file = "- by Sam\n  - in *May*\n- a walk\n  - in July\n"
    found = LeftInFile(file, Side(""), (other,))
    assert list(found.notes("m2", was)) == [("in *May*", 2)]
    assert list(LeftInFile("- in May\n", Side(""), ()).notes("m2", "in May")) == []


@pytest.mark.parametrize("is_hosts", [True, False])
def test_a_line_that_people_wrote_below_it_is_found_unless_it_stood_elsewhere(
    is_hosts: bool,
) -> None:
    text = "- see <https://example.org/b>\n![a baker](b.png)\n\n  words"
    steps = (Patch("- see <https://example.org/b>", text, 2),)
    was = replace(LINKED, steps=steps) if is_hosts else replace(LINKED, content=written(text))
    file = "- a walk\n![a baker](b.png)\n"
    assert list(LeftInFile(file, Side(text), ()).notes("m3", was)) == [("![a baker](b.png)", 2)]
    last = Side(file, ("m1", "m1"))
    assert list(LeftInFile(file, last, ()).notes("m3", was)) == []
