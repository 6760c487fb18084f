"""A topic that is named as the template's heading right above the episode stands below that.

Hosts who open a topic by the name of a heading that each page has mean that one; else it would
stand there twice.
"""

from collections.abc import Container, Sequence

from bot.core.document.pieces import Piece, lines_of, read
from bot.core.grammar.topic_name import same_name

Owners = tuple[str | None, ...]


def below_fixed_heading(
    text: str, owners: Sequence[str | None], topics: Container[str]
) -> tuple[str, Owners]:
    """Return a rendered file with whose its lines are, its first topic below such a heading.

    The topic's own heading, which may have a time, is in the place of the template's then.
    """
    above: Piece | None = None
    for piece in read(text, owners):
        if piece.owner is not None:
            if above is None or piece.owner not in topics or not _is_same(above, piece):
                break
            return _joined(lines_of(text), list(owners), above, piece)
        if piece.kind == "heading":
            above = piece
    return text, tuple(owners)


def _is_same(one: Piece, other: Piece) -> bool:
    named = one.kind == other.kind == "heading" and one.level == other.level
    return named and same_name(one.title) == same_name(other.title)


def _joined(
    lines: list[str], owners: list[str | None], above: Piece, heading: Piece
) -> tuple[str, Owners]:
    end = heading.line + heading.height
    while end < len(lines) and not lines[end].strip():
        end += 1
    own = lines[heading.line : heading.line + heading.height]
    del lines[heading.line : end], owners[heading.line : end]
    lines[above.line : above.line + above.height] = own
    owners[above.line : above.line + above.height] = [heading.owner] * len(own)
    return "".join(lines), tuple(owners)
