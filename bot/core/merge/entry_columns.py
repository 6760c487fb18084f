"""How far in a list's entries stand: tools move all of them, and one alone would join another."""

from collections.abc import Sequence
from dataclasses import replace

from bot.core.front_matter.tree import Node, NumberedLine, is_trivia


def as_far_in(entries: Sequence[Node], others: Sequence[Node]) -> tuple[Node, ...]:
    """Return a list's entries as far in as the others stand: a tool may have moved them all."""
    shift = _column(others) - _column(entries) if entries and others else 0
    return tuple(_moved(entry, shift) for entry in entries) if shift else tuple(entries)


def _column(entries: Sequence[Node]) -> int:
    first = next((line.text for line in entries[0].body if not is_trivia(line.text)), "")
    return len(first) - len(first.lstrip(" "))


def _moved(entry: Node, shift: int) -> Node:
    def moved(lines: tuple[NumberedLine, ...]) -> tuple[NumberedLine, ...]:
        return tuple(replace(line, text=_shifted(line.text, shift)) for line in lines)

    return replace(
        entry,
        lead=moved(entry.lead),
        own=moved(entry.own),
        children=tuple(_moved(child, shift) for child in entry.children),
        dash=entry.dash + shift if entry.dash >= 0 else entry.dash,
    )


def _shifted(line: str, shift: int) -> str:
    if not line.strip():
        return line
    bare = line.lstrip(" ")
    return " " * max(0, len(line) - len(bare) + shift) + bare
