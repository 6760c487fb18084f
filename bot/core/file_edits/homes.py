"""Whose topic an item of a file is in, where the template shows topics by no heading.

A template may write all links as one list, as a table, or below words in bold: then their place in
the file does not tell a topic. What our own render has in the same place is in the topic that the
episode has it in.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.core.document.pieces import Piece
from bot.core.episode.sections import TOP
from bot.core.file_edits.sections import FileItem, Part


def is_told(rendered: Iterable[Piece], homes: Mapping[str, str]) -> bool:
    """Return whether our render has each item right below the heading of its topic, as most do."""
    topic: str | None = TOP
    for piece in rendered:
        if piece.kind == "heading":
            topic = piece.owner
        elif piece.owner is not None and homes.get(piece.owner, topic) != topic:
            return False
    return True


def with_homes(
    file: Sequence[Part], rendered: Sequence[Part], homes: Mapping[str, str]
) -> list[Part]:
    """Return the parts of a file by the episode's topics, as far as our render does not tell them.

    `homes` are the topics of the items. What people put among such items is in the topic of the one
    above it.
    """
    untold = {
        spot.id: part.id
        for part in rendered
        for spot in part.spots
        if spot.id is not None and homes.get(spot.id, part.id) != part.id
    }
    if not untold:
        return list(file)
    placed: dict[str | None, Part] = {}
    for part in file:
        placed.setdefault(part.id, Part(part.id, part.name, part.lines, part.under))
        for topic, spot in _by_topics(part, untold, homes):
            there = placed.setdefault(topic, Part(topic, "", range(0)))
            there.spots.append(spot)
    return list(placed.values())


def _by_topics(
    part: Part, untold: Mapping[str, str | None], homes: Mapping[str, str]
) -> Iterator[tuple[str | None, FileItem]]:
    own = [
        homes[spot.id] if spot.id and untold.get(spot.id, "") == part.id else None
        for spot in part.spots
    ]
    here = next((topic for topic in own if topic is not None), None)
    for topic, spot in zip(own, part.spots, strict=True):
        is_known = spot.id is not None and homes.get(spot.id) == part.id
        here = topic or (part.id if is_known else here)
        yield here or part.id, spot
