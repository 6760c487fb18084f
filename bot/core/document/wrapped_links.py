"""Links whose title goes over several lines."""

import re
from collections.abc import Collection, Sequence

from bot.core.document.list_marks import item_start

_ESCAPED = re.compile(r"\\.")


def whole_links(lines: Sequence[str], some: Collection[int]) -> set[int]:
    """Return some of the lines, with those over which a link goes that begins or ends on them."""
    found = set(some)
    for at in some:
        closed, opened = _open_ends(lines[at])
        above = _reach(lines, at, -1, closed) if closed else at
        below = _reach(lines, at, 1, opened) if opened else at
        found.update(range(above, below + 1))
    return found


def _reach(lines: Sequence[str], at: int, step: int, left: int) -> int:
    """Return the line on which the last of so many brackets has its other end, or the same line.

    No link goes on behind a blank line, or into another item.
    """
    there = at
    while left:
        later = there if step < 0 else there + 1
        there += step
        if not 0 <= there < len(lines) or not lines[there].strip() or item_start(lines[later]):
            return at
        closed, opened = _open_ends(lines[there])
        ends, more = (opened, closed) if step < 0 else (closed, opened)
        left = max(left - ends, 0)
        left += more if left else 0
    return there


def _open_ends(line: str) -> tuple[int, int]:
    """Return how many brackets a line closes, and opens, whose other ends it has not."""
    closed = opened = 0
    for char in _ESCAPED.sub("", line):
        if char == "[":
            opened += 1
        elif char == "]":
            opened, closed = (opened - 1, closed) if opened else (0, closed + 1)
    return closed, opened
