"""Blocks of a file in which each line is somebody's: the rows of a table that a template writes.

Only what we wrote tells whose they are. Without that such a block is one thing, and a row that
people changed would take the whole table along.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from bot.core.document.list_marks import item_start
from bot.core.document.pieces import bare_of, lines_of, read
from bot.core.document.sense import addresses_in
from bot.core.document.version import Side

_ALIKE = 0.6
_COMPARED = 500


def with_shared_blocks(base: Side, theirs: Side) -> Side:
    """Return a side of which nothing is known with the owners of the lines of such blocks."""
    if theirs.owners or not any(base.owners):
        return theirs
    lines = bare_of(lines_of(base.text))
    places = _shared(base, lines)
    if not places:
        return theirs
    others = bare_of(lines_of(theirs.text))
    owners: list[str | None] = [None] * len(others)
    shared = [lines[at] for at in places]
    for tag, start, end, first, last in SequenceMatcher(
        None, shared, others, autojunk=False
    ).get_opcodes():
        mine, other = range(start, end), range(first, last)
        same = zip(mine, other, strict=True) if tag == "equal" else ()
        for at, line in same or _alike(shared, mine, others, other):
            owners[line] = base.owners[places[at]]
    return replace(theirs, owners=tuple(owners))


def _shared(base: Side, lines: Sequence[str]) -> list[int]:
    """Return the lines of blocks that several own."""
    owners = base.owners
    meets = any(
        owners[at] != owners[at - 1]
        and lines[at].strip()
        and lines[at - 1].strip()
        and not lines[at].lstrip().startswith("#")
        and not item_start(lines[at])
        for at in range(1, len(lines))
    )
    if not meets:
        return []
    found: list[int] = []
    for piece in read(base.text):
        span = range(piece.line, piece.line + piece.height)
        if piece.kind in ("block", "html") and len({owners[at] for at in span}) > 1:
            found += span
    return found


def _alike(
    ours: Sequence[str], mine: range, theirs: Sequence[str], other: range
) -> Iterator[tuple[int, int]]:
    """Yield the lines of two stretches that are the same one: with its link, or much alike."""
    left = [(at, {*addresses_in(ours[at])}) for at in mine]
    for line in other:
        links = {*addresses_in(theirs[line])}
        for number, (at, known) in enumerate(left):
            if known & links or (not (known or links) and _is_like(ours[at], theirs[line])):
                yield at, line
                del left[: number + 1]
                break


def _is_like(one: str, two: str) -> bool:
    texts = one[:_COMPARED], two[:_COMPARED]
    return SequenceMatcher(None, *texts, autojunk=False).ratio() > _ALIKE
