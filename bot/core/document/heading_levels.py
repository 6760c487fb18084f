"""Headings whose level was changed throughout, as tools do that want a page to begin at a level.

One that stands under the same heading as before, or under none still, is what it was.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.core.document.form import words_shown
from bot.core.document.pieces import Piece

_Name = tuple[object, ...]


def at_former_levels(pieces: Sequence[Piece], base: Sequence[Piece]) -> list[Piece]:
    """Return pieces with the levels that such headings had; their texts are as they are."""
    if not any(piece.kind == "heading" for piece in base):
        return list(pieces)
    known = {name: (level, above) for _, name, level, above in _headings(base)}
    made = list(pieces)
    for at, name, level, above in _headings(pieces):
        was = known.get(name, (level, above))
        if was[0] != level and was[1] == above:
            made[at] = replace(made[at], level=was[0])
    return made


def _headings(pieces: Sequence[Piece]) -> Iterator[tuple[int, _Name, int, _Name]]:
    """Yield the place of each heading, its name and level, and the name of the one above it."""
    above: list[tuple[int, _Name]] = []
    for at, piece in enumerate(pieces):
        if piece.kind == "heading":
            while above and above[-1][0] >= piece.level:
                above.pop()
            name = words_shown(piece.name)
            yield at, name, piece.level, above[-1][1] if above else ()
            above.append((piece.level, name))
