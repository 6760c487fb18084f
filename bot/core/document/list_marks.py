"""What a line of Markdown begins with: the mark of a list's item, of a quotation, of a heading."""

import re
from collections.abc import Sequence
from typing import NamedTuple

NUMBER = r"\d{1,9}[.)]"
"""The number of a list's item, for patterns; of so many digits as CommonMark allows."""

ITEM_MARK = rf"(?:[-*+]|{NUMBER})"
"""The bullet or number of a list's item, for patterns."""

_ITEM = re.compile(rf"([ \t]*)({ITEM_MARK})([ \t]+)(?=\S)")
_ITEM_START = re.compile(rf"\s*{ITEM_MARK}(?:\s+|\Z)")
_MARKS = re.compile(rf"(?:\s*(?:{ITEM_MARK}|>|#{{1,6}})(?:\s+|\Z))*\s*")


class ItemMark(NamedTuple):
    """How an item begins: its indentation, its bullet or number, and the blanks behind that."""

    indent: str
    bullet: str
    gap: str

    @property
    def kind(self) -> tuple[str, str, str]:
        """What two marks of one list have in common: of numbers not the count."""
        bullet = f"1{self.bullet[-1]}" if self.bullet[0].isdigit() else self.bullet
        return self.indent, bullet, self.gap if bullet == self.bullet else " "

    @property
    def width(self) -> int:
        """The columns from the bullet to the item's words."""
        return len(self.bullet) + len(self.gap)

    @property
    def column(self) -> int:
        """Where the item's words begin."""
        return len(self.indent) + self.width


def item_mark(text: str) -> ItemMark | None:
    """Return how an item begins; None for what is none, or has no words behind its mark."""
    found = _ITEM.match(text)
    return ItemMark(*found.groups()) if found else None


def remarked(
    lines: Sequence[str], mark: ItemMark, wanted: ItemMark, *, each_level: bool = False
) -> list[str]:
    """Return the lines of an item that begins with a `mark`, as they are behind another one."""
    first, *rest = lines
    begin = f"{wanted.indent}{wanted.bullet}{wanted.gap}"
    below = (moved_in(line, mark, wanted, each_level=each_level) for line in rest)
    return [begin + first[mark.column :], *below]


def behind(text: str, wanted: ItemMark | None) -> str:
    """Return the lines of an item behind another mark, if there is one in either's place."""
    mark = item_mark(text)
    if mark is None or wanted in (None, mark):
        return text
    return "\n".join(remarked(text.split("\n"), mark, wanted))


def moved_in(line: str, mark: ItemMark, wanted: ItemMark, *, each_level: bool = False) -> str:
    """Return a line below an item's first one, as far in as another mark asks.

    What stands below keeps its own marks, so all of it moves by what the item's words move, and
    back again; or, with `each_level`, by so much for each level that it stands below: there are
    readers that take so many columns for one, whatever stands above, such as Python-Markdown.
    What begins before the item's words is no part of it, and is none behind another mark either.
    """
    bare = line.lstrip(" ")
    inside = len(line) - len(bare) - len(mark.indent)
    if not bare or inside <= 0:
        return line
    if inside < mark.width:
        return " " * (len(wanted.indent) + min(inside, wanted.width - 1)) + bare
    levels = inside // mark.width
    by = (levels if each_level else min(levels, 1)) * (wanted.width - mark.width)
    return " " * (len(wanted.indent) + inside + by) + bare


def item_start(line: str) -> int:
    """Return where a line's words begin, or might, behind an item's mark; 0 where it has none."""
    found = _ITEM_START.match(line)
    return found.end() if found else 0


def split_marks(line: str) -> tuple[str, str]:
    """Return all marks that a line begins with, one behind the other, and its words."""
    marks = _MARKS.match(line)
    end = marks.end() if marks else 0
    return line[:end], line[end:].strip()
