"""What the lines of a draft's file stand under, whose they are, and the numbered words in them."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from bot.core.document.pieces import lines_of, read
from bot.core.document.version import Side
from bot.core.file_edits.detect import known
from bot.core.file_edits.sections import shape
from bot.core.model import Episode
from tests.simulation.templates import PLAIN

WORD = re.compile(r"\b[ph]\d{4}\b|\bx\d{4}\b")
NOTE = re.compile(r"\b(?:note|quoted) h\d")
PEOPLES_LIQUID = re.compile(r"&#123;(?=% include p\d{4}\.html %})")
LINE = re.compile(r"\[([^\]]*)\]\((https://[^)]*)\)|<(https://[^>]*)>")


def counts(text: str) -> Counter[str]:
    return Counter(WORD.findall(text))


def givers(side: Side) -> dict[str, list[str | None]]:
    """Return for each word the items that have it, from above."""
    found: dict[str, list[str | None]] = {}
    for line, owner in zip(lines_of(side.text), side.owners, strict=True):
        for word in counts(line):
            found.setdefault(word, []).append(owner)
    return found


Givers = Mapping[str, Sequence[str | None]]
"""The items that give each word of a side."""


def times_anew(word: str, sides: Sequence[Givers]) -> int:
    """Return how many items give a word in the last side that did not, where others did before."""
    former, now = sides[-2:] if len(sides) > 1 else ({}, {})
    return len({*now.get(word, ())} - {*former[word]}) if word in former else 0


def says_more(word: str, sides: Sequence[Givers]) -> bool:
    """Return whether what gives a word says another one in the last side, which is new there."""
    former, now = sides[-2:] if len(sides) > 1 else ({}, {})
    new = (items for one, items in now.items() if one not in former)
    return any(not {*now.get(word, ())}.isdisjoint(items) for items in new)


def headings_above(lines: list[str], at: int) -> list[str]:
    """Return the headings under which a line stands, the next one first; a file's title is none."""
    found = list[str]()
    for line in reversed(lines[:at]):
        level = len(line) - len(line.lstrip("#"))
        if 1 < level < (len(found[-1]) - len(found[-1].lstrip("#")) if found else 7):
            found.append(line)
    return found


def with_tops(text: str) -> list[tuple[str, str]]:
    """Return each line with the one that it is indented below; that stands below none itself."""
    top, found = "", []
    for line in text.split("\n"):
        if line and not line.startswith(" "):
            top = line
        found.append(("" if line == top else top, line))
    return found


def is_left(lines: list[tuple[str, str]], file: str) -> bool:
    """Return whether one of these lines stands in a file below what it stood below."""
    return any(
        line == other and (top == above or set(counts(top)) & set(counts(above)))
        for top, line in lines
        for above, other in with_tops(file)
    )


def told(side: Side, episode: Episode) -> list[tuple[str, list[str]]]:
    parts = shape(read(side.text, side.owners), PLAIN, known=known(episode), sub_level=4).parts
    # A render has people's Liquid in a heading as text; a merge leaves it as it stands in the file.
    names = [PEOPLES_LIQUID.sub("{", part.name) for part in parts]
    return [(name, [it.text for it in part.spots]) for name, part in zip(names, parts, strict=True)]
