"""What people changed, though the chat took it out, stands with what is nested below it."""

from bot.core.document.version import Side
from bot.core.merge.file_merge import merge_with_file
from bot.core.merge.merge import merge
from bot.core.model import Bullet, Episode, Item, Nested

A, C = "- [a](https://example.org/a)", "- [c](https://example.org/c)"
BASE = Side(f"{A}\n  - b\n{C}\n", ("a", "a", "c"))
B = Item("b", Bullet("b"), "m2", "jonas", 2)
FORMER = Episode("1", nested=(Nested("a", B),))
TAKEN_OUT = Side(f"- b\n{C}\n", ("b", "c"))


def test_where_people_changed_what_the_chat_took_out_its_parts_stand_there_once() -> None:
    theirs = Side(f"{A}, by hand\n  - b\n{C}\n")
    merged = merge_with_file(BASE, TAKEN_OUT, theirs, FORMER)
    assert merged.text == theirs.text
    assert [one.owner for one in merged.conflicts] == ["a"]


def test_where_they_did_not_its_parts_stand_for_themselves() -> None:
    theirs = Side(f"{A}\n  - b\n{C}, by hand\n")
    merged = merge_with_file(BASE, TAKEN_OUT, theirs, FORMER)
    assert merged == merge(BASE, TAKEN_OUT, theirs)
    assert merged.text == f"- b\n{C}, by hand\n"
