"""One side's lines with the bullets and indentation that the other side gave the same list."""

from collections.abc import Mapping, Sequence

from bot.core.document.list_marks import ItemMark, item_mark
from bot.core.document.nesting import indent_of


def in_marks(lines: Sequence[str], was: Sequence[str], now: Sequence[str]) -> list[str]:
    """Return lines as somebody would have written them who made `now` of what `was` there.

    Where a level has marks of several kinds, or is not there any more, nothing is changed; nor
    where somebody's tabs say how far in a line stands.
    """
    old, new = _levels(was), _levels(now)
    if not old or not new or old == new or old.keys() != new.keys():
        return list(lines)
    if any("\t" in line[: indent_of(line)] for line in lines):
        return list(lines)
    made: list[str] = []
    open_: list[tuple[int, int, int]] = []  # of each list: its indent, where words stood, and stand
    for line in lines:
        bare = line.lstrip(" ")
        indent = len(line) - len(bare)
        mark = item_mark(line)
        if mark is None:
            inside = [one for one in open_ if one[1] <= indent]
            shift = inside[-1][2] - inside[-1][1] if inside and bare else 0
            made.append(" " * (indent + shift) + bare)
            continue
        while open_ and open_[-1][0] >= indent:
            open_.pop()
        wanted = _wanted(mark, len(open_), old, new, open_[-1][2] if open_ else indent)
        open_.append((indent, mark.column, wanted.column))
        made.append("".join(wanted) + line[mark.column :])
    return made


def _wanted(
    mark: ItemMark,
    level: int,
    old: Mapping[int, ItemMark],
    new: Mapping[int, ItemMark],
    inside: int,
) -> ItemMark:
    """Return the mark of an item; one that is not that of its level stays and moves along."""
    if level in old and old[level].bullet == mark.bullet:
        return new[level]
    return ItemMark(" " * inside, mark.bullet, mark.gap)


def _levels(lines: Sequence[str]) -> dict[int, ItemMark]:
    """Return the one mark of each level of a list; nothing where there is no such custom."""
    found: dict[int, ItemMark] = {}
    indents: list[int] = []
    for line in lines:
        if (mark := item_mark(line)) is None:
            continue
        indent = len(mark.indent)
        while indents and indents[-1] >= indent:
            indents.pop()
        level = len(indents)
        indents.append(indent)
        if "\t" in "".join(mark) or found.setdefault(level, mark) != mark:
            return {}
    return found
