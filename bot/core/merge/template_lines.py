"""The lines that a template makes of an episode, beside those of the episode's items and topics.

A table of contents or a list of all links is such. What people do in the file reaches the episode
when their edit is committed already, so what the template makes of that is not in the file then.
"""

from collections import Counter
from collections.abc import Iterator

from bot.core.document.pieces import lines_of
from bot.core.document.version import Side
from bot.core.front_matter.region import front_matter
from bot.core.merge.sequences import matched

_Piece = tuple[str, tuple[str | None, ...]]
"""Some lines, and whose each is."""


def as_committed(former: Side, before: Side, committed: str) -> Side:
    """Return what an episode gave with people's edits, its template's lines as we committed them.

    `former` has the edits, which came with that commit, `before` has not. The next merge is over
    that, and brings what the template makes of the edits. Lines that people changed are left, and
    so are keys of the front matter with all that is below them.
    """
    if former == before:
        return former
    now, was = _pieces(former), _pieces(before)
    known, there = (Counter(text for text, _ in one) for one in (was, _pieces(Side(committed))))
    pieces: list[_Piece] = []
    for new, old in _changed(now, was):
        said = {text for text, _ in (*new, *old) if text.strip()}
        is_template_s = bool(said) and not any(any(owners) for _, owners in (*new, *old))
        is_there = is_template_s and all(there[text] == known[text] for text in said)
        pieces += old if is_there else new
    owners = tuple(owner for _, owners in pieces for owner in owners)
    return Side("".join(text for text, _ in pieces), owners)


def _changed(now: list[_Piece], was: list[_Piece]) -> Iterator[tuple[list[_Piece], list[_Piece]]]:
    """Yield the pieces, with what they were: one by one, or as many as were put in or taken out."""
    start = other_start = 0
    for end, other_end in [*matched(now, was), (len(now), len(was))]:
        new, old = now[start:end], was[other_start:other_end]
        if len(new) == len(old):
            yield from (([one], [other]) for one, other in zip(new, old, strict=True))
        else:
            yield new, old
        yield now[end : end + 1], now[end : end + 1]
        start, other_start = end + 1, other_end + 1


def _pieces(side: Side) -> list[_Piece]:
    """Return the lines of a side; of its front matter, each key with what goes on with it."""
    lines, front = lines_of(side.text), front_matter(side.text)
    end = front.height - 1 if front else 0
    pieces: list[_Piece] = []
    for at, line in enumerate(lines):
        owner = side.owners[at] if side.owners else None
        if 1 < at < end and line[:1] in " \t-]}":
            text, owners = pieces.pop()
            pieces.append((text + line, (*owners, owner)))
        else:
            pieces.append((line, (owner,)))
    return pieces
