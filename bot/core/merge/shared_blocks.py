"""Blocks of a file in which each line is somebody's: the rows of a table that a template writes.

Only what we wrote tells whose they are. Without that such a block is one thing, and a row that
people changed would take the whole table along.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, pairwise

from bot.core.document.list_marks import item_start
from bot.core.document.pieces import bare_of, lines_of, read
from bot.core.document.sense import addresses_in
from bot.core.document.version import Side
from bot.core.merge.sequences import likeness, matched, shingles

_ALIKE = 0.5
_NEAR = 50  # rows that are looked at for one without a link that people changed


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
    same = matched(shared, others)
    for (at, line), (end, last) in pairwise([(-1, -1), *same, (len(shared), len(others))]):
        if at >= 0:
            owners[line] = base.owners[places[at]]
        for one, other in _alike(shared, range(at + 1, end), others, range(line + 1, last)):
            owners[other] = base.owners[places[one]]
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
    linked: defaultdict[str, list[int]] = defaultdict(list)
    plain: list[int] = []
    for one in mine if other else ():
        links = {*addresses_in(ours[one])}
        for row in [linked[link] for link in links] or [plain]:
            row.append(one)
    known = {one: shingles(ours[one]) for one in plain}
    start = mine.start
    for line in other if mine else ():
        at: int | None = None
        if links := {*addresses_in(theirs[line])}:
            nexts = (_next_in(linked.get(link, ()), start, 1) for link in links)
            at = min(chain.from_iterable(nexts), default=None)
        elif near := _next_in(plain, start, _NEAR):
            letters = shingles(theirs[line])
            at = next((one for one in near if likeness(known[one], letters) >= _ALIKE), None)
        if at is not None:
            yield at, line
            start = at + 1


def _next_in(places: Sequence[int], start: int, most: int) -> Sequence[int]:
    """Return the first places from one on, at most so many."""
    at = bisect_left(places, start)
    return places[at : at + most]
