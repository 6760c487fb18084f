"""What people took out of a file but for lines that stood below it: those are not a part of it."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from bot.core.document.nesting import without_lines
from bot.core.document.pieces import read, words_of
from bot.core.document.sense import Sense, sense_of


def left_behind(
    gone: Mapping[str, str], rendered: str, file: str, *, apart: Collection[str] = ()
) -> Iterator[tuple[str, str]]:
    """Yield the items that are `gone` with what is left of their texts without such lines.

    A line is one if the file has it more often than what else was rendered does; those that are
    `apart` are items of their own, and told of as such.
    """
    if not any("\n" in text for text in gone.values()):
        return
    left = _senses(file) - (_senses(rendered) - _senses("\n".join(gone.values())))
    known = _senses("\n".join(apart))
    left = Counter({sense: count for sense, count in left.items() if sense not in known})
    for item, text in gone.items():
        lines = text.split("\n")
        if read(text)[0].kind == "item" and (away := set(_below(lines, left))):
            kept = (line for line in without_lines(lines, away) if line is not None)
            yield item, "\n".join(kept).rstrip("\n")


def _senses(text: str) -> Counter[Sense]:
    return Counter(sense_of(line) for line in text.splitlines() if words_of(line))


def _below(lines: Sequence[str], left: Counter[Sense]) -> Iterator[int]:
    """Yield the lines below the first whose blocks stand in the file as a whole, and take those."""
    rest = [line for line in without_lines(lines, {0})[1:] if line is not None]
    for piece in read("\n".join(rest)):
        block = range(piece.line, piece.line + piece.height)
        here = [rest[at] for at in block]
        said = _senses("\n".join(here))
        if said and said <= left:
            left.subtract(said)
            yield from (at + 1 for at in block)
        elif piece.kind == "item":
            yield from (at + piece.line + 1 for at in _below(here, left))
