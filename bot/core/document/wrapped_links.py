"""Links whose title goes over several lines."""

import re
from collections.abc import Collection, Iterator, Sequence

from bot.core.document.list_marks import item_start

_BRACKET = re.compile(r"\\.|([\[\]])")


def whole_links(lines: Sequence[str], some: Collection[int]) -> set[int]:
    """Return some of the lines, with those over which a link goes that begins or ends on them."""
    found = set(some)
    ends: dict[int, int] = {}
    for first, last in _wrapped(lines):
        if first in found or last in found:
            ends[first] = max(last, ends.get(first, last))
    end = -1
    for first in sorted(ends):
        found.update(range(max(first, end + 1), ends[first] + 1))
        end = max(end, ends[first])
    return found


def with_whole_links(text: str) -> str:
    """Return a text in which each link stands on one line."""
    lines = text.split("\n")
    inside = {at for first, last in _wrapped(lines) for at in range(first + 1, last + 1)}
    joined: list[str] = []
    for at, line in enumerate(lines):
        if at in inside:
            joined[-1] = f"{joined[-1].rstrip()} {line.strip()}"
        else:
            joined.append(line)
    return "\n".join(joined)


def _wrapped(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the lines on which two brackets stand that belong together, if they are two.

    No link goes on behind a blank line, or into another item.
    """
    opened: list[int] = []
    for at, line in enumerate(lines):
        if not line.strip() or item_start(line):
            opened.clear()
        for bracket in _BRACKET.findall(line):
            if bracket == "[":
                opened.append(at)
            elif bracket and opened and (first := opened.pop()) != at:
                yield first, at
