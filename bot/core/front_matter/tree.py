"""Front matter as a tree of keys and entries, each with its lines: put together, they are the text.

Trees are read by line, so that they give any text again, whether or not it can be read by a site.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["value", "mapping", "list"]


@dataclass(frozen=True, slots=True)
class NumberedLine:
    """A line without its end, and its place in the text, from 0."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Node:
    """A key with its value, or an entry of a list, with all its lines.

    `lead` are the comments and blank lines above it, `own` the lines of its key (of a value: all),
    `children` what stands below. `dash` is the column of the mark of a YAML list's entry, whose
    place is blank in the lines of its first child; -1 where there is none. `rank` orders what
    cannot stand anywhere: 0 keys, 1 TOML's tables, which take in all that follows them.
    """

    name: str
    kind: Kind = "value"
    lead: tuple[NumberedLine, ...] = ()
    own: tuple[NumberedLine, ...] = ()
    children: tuple["Node", ...] = ()
    dash: int = -1
    rank: int = 0

    @property
    def lines(self) -> tuple[NumberedLine, ...]:
        """All its lines, in order."""
        return (*self.lead, *self.body)

    @property
    def body(self) -> tuple[NumberedLine, ...]:
        """Its lines without what leads to it."""
        below = [line for child in self.children for line in child.lines]
        return (*self.own, *dashed(below, self.dash))

    @property
    def text(self) -> str:
        """Its lines as a text."""
        return "\n".join(line.text for line in self.lines)

    @property
    def value_text(self) -> str:
        """Its lines without what leads to it, as a text."""
        return "\n".join(line.text for line in self.body)


def dashed(lines: Sequence[NumberedLine], dash: int) -> list[NumberedLine]:
    """Put a list's mark back before the first line that says something."""
    done = list(lines)
    if dash >= 0:
        for at, line in enumerate(done):
            if not is_trivia(line.text):
                marked = f"{line.text[:dash].ljust(dash)}-{line.text[dash + 1 :]}"
                done[at] = replace(line, text=marked)
                break
    return done


def is_trivia(line: str) -> bool:
    """Return whether a line is blank or a comment."""
    bare = line.strip()
    return not bare or bare.startswith("#")


def numbered(lines: Iterable[str], first: int = 0) -> list[NumberedLine]:
    """Return lines with their places."""
    return [NumberedLine(text, number) for number, text in enumerate(lines, first)]


def with_names(entries: Iterable[Node]) -> Iterator[tuple[tuple[str, int], Node]]:
    """Yield entries with their names; a name that stands there twice is two."""
    seen: dict[str, int] = {}
    for entry in entries:
        seen[entry.name] = seen.get(entry.name, -1) + 1
        yield (entry.name, seen[entry.name]), entry
