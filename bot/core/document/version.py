"""One version of a file that is merged: its tree, and how its lines end."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.core.document.heading_levels import at_former_levels
from bot.core.document.pieces import bare_of, lines_of, read_lines
from bot.core.document.tree import Tree

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Side:
    """One version of a file; `owners` names for each line whose it is, where that is known.

    Those are the ids of items and topics, an entry for each line as `document.lines_of` splits
    them; none at all where nothing is known.
    """

    text: str
    owners: tuple[str | None, ...] = ()


class Version:
    """A side, taken apart: `bare` are its lines without their `ends`.

    Most lines end in `end`; it `is_even` if all do. The tree is that of `lines`, which all end in a
    line feed.
    """

    def __init__(
        self, side: Side, apart: Collection[str] = (), base: "Version | None" = None
    ) -> None:
        """Take a side apart; lines that are `apart` are pieces of their own (pieces.py).

        Headings have the levels that they had in the `base` (heading_levels.py).
        """
        lines = lines_of(side.text)
        self.bare = bare_of(lines)
        self.is_ended = not side.text or side.text.endswith(("\n", "\r"))
        ends = ["\n"] * len(lines)
        if "\r" in side.text:
            ends = [line[len(bare) :] for line, bare in zip(lines, self.bare, strict=True)]
        self.is_even = len(set(filter(None, ends))) <= 1
        usual = Counter(filter(None, ends)).most_common(1)
        self.end = usual[0][0] if usual else "\n"
        self.ends = [end or self.end for end in ends]
        if not self.is_ended or "\r" in side.text:
            lines = [f"{line}\n" for line in self.bare]
        self.lines = lines
        pieces = read_lines(lines, self.bare, side.owners, apart=apart)
        self.tree: Tree = Tree(at_former_levels(pieces, base.tree.nodes) if base else pieces)


class Ends:
    """How the lines of a merge end: as they did, and new ones like the rest of the file.

    What one side made of the line ends of the whole file holds.
    """

    def __init__(self, versions: Sequence[Version], prefer: int) -> None:
        self._versions = versions
        even = [version.end if version.is_even else None for version in versions]
        self.end = _chosen(even, prefer) or next(
            version.end for version in reversed(versions) if not version.is_even
        )
        self.is_ended = bool(_chosen([version.is_ended for version in versions], prefer))

    def lines(self, side: int, start: int, end: int) -> list[str]:
        """Return lines of a side as they end in the merge."""
        version = self._versions[side]
        if version.is_even and self.end == "\n":
            return version.lines[start:end]
        bare = version.bare[start:end]
        if version.is_even:
            return [f"{line}{self.end}" for line in bare]
        return [f"{line}{ending}" for line, ending in zip(bare, version.ends[start:], strict=False)]


def _chosen(values: Sequence[T], prefer: int) -> T:
    """Return what one side changed; of what both did, what the preferred one made of it."""
    base, ours, theirs = values
    if ours == base:
        return theirs
    return ours if theirs == base else values[prefer]
