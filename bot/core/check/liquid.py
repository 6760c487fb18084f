"""Liquid that breaks a page: what nothing closes, and what closes nothing."""

import re
from collections.abc import Iterator, Sequence

from bot.core.check.fault import Fault

_SIGN = re.compile(r"\{\{|\{%|\}\}|%\}")
_ENDS = {"{{": "}}", "{%": "%}"}
_NAME = re.compile(r"-?\s*(\w{1,40})")

BLOCKS = frozenset({
    "raw", "if", "for", "comment", "capture", "unless", "case", "highlight",
})  # fmt: skip
"""Tags that have an end; those of plug-ins are not known."""

_AS_IS = frozenset({"raw", "comment"})
"""Blocks within which nothing counts but their end."""


def liquid_faults(lines: Sequence[str], first: int) -> Iterator[Fault]:
    """Yield what is wrong with Liquid in lines, of which the first has the number `first`."""
    text = "\n".join(lines)
    opened: list[tuple[str, int]] = []
    counts = dict.fromkeys(BLOCKS, 0)  # of those that are open, by name
    line, counted = first, 0
    for start, sign, inside in _marks(text):
        line, counted = line + text.count("\n", counted, start), start
        found = _NAME.match(inside or "") if sign == "{%" else None
        name = found[1] if found else ""
        ended = name.removeprefix("end")
        if opened and opened[-1][0] in _AS_IS and name != f"end{opened[-1][0]}":
            continue
        if inside is None:
            yield Fault(line, "liquid-open", {"sign": sign})
        elif name in BLOCKS:
            opened.append((name, line))
            counts[name] += 1
        elif ended != name and ended in BLOCKS and not counts[ended]:
            yield Fault(line, "liquid-extra", {"tag": ended})
        elif ended != name and ended in BLOCKS:
            yield from _closed(ended, opened, counts)
    yield from (Fault(begun, "liquid", {"tag": one}) for one, begun in opened)


def _marks(text: str) -> Iterator[tuple[int, str, str | None]]:
    """Yield where each tag or value begins, its sign, and what is in it; None if it has no end."""
    opened: re.Match[str] | None = None
    for found in _SIGN.finditer(text):
        begins = found[0] in _ENDS
        if opened is not None and found[0] == _ENDS[opened[0]]:
            yield opened.start(), opened[0], text[opened.end() : found.start()]
            opened = None
        elif begins and opened is None:
            opened = found
        elif begins and opened is not None and (found[0], opened[0]) != ("{{", "{%"):
            yield opened.start(), opened[0], None
            opened = found
    if opened is not None:
        yield opened.start(), opened[0], None


def _closed(name: str, opened: list[tuple[str, int]], counts: dict[str, int]) -> Iterator[Fault]:
    """Close a block that is open, and tell those inside it that are open still."""
    while counts[name]:
        one, begun = opened.pop()
        counts[one] -= 1
        if one == name:
            return
        yield Fault(begun, "liquid", {"tag": one})
