"""The three-way merge of an episode's file: what hosts did in the chat, and on the site.

Ours and theirs are merged over the base that both were made from (docs/design.md). Pieces are
known by what they are about, wherever they stand (align.py), stay or go (resolve.py), and stand
where somebody put them (order.py). All that is left are real conflicts: the preferred side
stands in the text then, and each is told.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.core.document.nesting import indent_of
from bot.core.document.pieces import around, lines_of
from bot.core.document.version import Ends, Side, Version
from bot.core.merge.conflict import Conflict
from bot.core.merge.neighbour_style import restyled
from bot.core.merge.order import in_order
from bot.core.merge.resolve import resolve
from bot.core.merge.shared_blocks import with_shared_blocks
from bot.core.merge.union import BASE, OURS, THEIRS, Union
from bot.core.merge.words import Prefer

_HEAD = -2
_KINDS: dict[str, Literal["item", "topic", "front-matter", "text"]] = {
    "item": "item",
    "html": "item",
    "heading": "topic",
    "front": "front-matter",
}


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge gives: a text, the owner of each of its lines, and the conflicts.

    `both` has what an item was, and what theirs made of it, by owner, where ours changed it too.
    """

    text: str
    owners: tuple[str | None, ...]
    conflicts: tuple[Conflict, ...]
    both: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def merge(
    base: Side,
    ours: Side,
    theirs: Side,
    *,
    prefer: Prefer = "theirs",
    prefer_of_template: Prefer | None = None,
) -> Merged:
    """Merge two versions of a file over their base.

    Another side may be preferred for what is of no item or topic. A side that changed nothing
    leaves the other's bytes as they are; what the chat adds looks like what people made of the
    lines around it.
    """
    whole = -1
    if ours.text in (base.text, theirs.text):
        whole = THEIRS
    elif theirs.text == base.text:
        whole = OURS
    if whole >= 0 and not (base.owners or ours.owners or theirs.owners):
        text = (ours if whole == OURS else theirs).text
        return Merged(text, (None,) * len(lines_of(text)), ())
    sides = (base, ours, with_shared_blocks(base, theirs))
    apart = set[str]().union(*(around(side.text, side.owners) for side in sides))
    first = Version(base, apart)
    versions = [first, *(Version(side, apart, first) for side in sides[1:])]
    union = Union(*(version.tree for version in versions))
    if whole >= 0:
        owners = _owners_in(union, whole, len(versions[whole].bare))
        text = theirs.text if whole == THEIRS else _like_neighbours(ours.text, union)
        return Merged(text, owners, ())
    sides_preferred = [
        OURS if one == "ours" else THEIRS for one in (prefer, prefer_of_template or prefer)
    ]
    return _Merge(versions, union, *sides_preferred).run()


def _like_neighbours(text: str, union: Union) -> str:
    """Return the text of ours, where theirs is the base, with what is new written like the rest.

    It stands as far in as ours has it: what stands further in may be what is left of something.
    """
    lines = lines_of(text)
    for one, bare in restyled(union, union.ids[OURS]).items():
        piece = union.pieces[OURS][one]
        if piece and indent_of(piece.text) == indent_of(bare[0]):
            span = range(piece.line, piece.line + piece.height)
            for at, line in zip(span, bare, strict=True):
                lines[at] = line + lines[at][len(lines[at].rstrip("\r\n")) :]
    return "".join(lines)


def _owners_in(union: Union, side: int, count: int) -> tuple[str | None, ...]:
    """Return the owners of the lines of a side, as far as any side knows them."""
    owners: list[str | None] = [None] * count
    above, end = None, 0
    for one, piece in zip(union.ids[side], union.trees[side].nodes, strict=True):
        owner = union.owners[one]
        start = end if owner is not None and owner == above else piece.line
        above, end = owner, piece.line + piece.height
        owners[start:end] = [owner] * (end - start)
    return tuple(owners)


class _Merge:
    """A merge on its way: the lines that are written so far, and where what stands."""

    def __init__(
        self, versions: list[Version], union: Union, prefer: int, prefer_of_template: int
    ) -> None:
        self._versions = versions
        self._union = union
        self._prefer = prefer
        self._other = THEIRS if prefer == OURS else OURS
        uneven = [side for side in (OURS, THEIRS) if not versions[side].is_even]
        self._same = uneven[0] if len(uneven) == 1 else prefer
        self._resolved = resolve(union, prefer, self._same, prefer_of_template)
        self._above = [_neighbours(union, side) for side in (BASE, OURS, THEIRS)]
        self._gaps = [_gaps_above(union, side) for side in (BASE, OURS, THEIRS)]
        self._below: dict[int, dict[int | None, int]] = {}
        self._ends = Ends(versions, prefer)
        self._lines: list[str] = []
        self._owners: list[str | None] = []
        self._spans: dict[int, tuple[int, int]] = {}
        self._restyled: dict[int, list[str]] = {}
        self._end = union.count  # what stands below the last piece

    def run(self) -> Merged:
        """Write the merge."""
        stays = [resolved.side >= 0 for resolved in self._resolved]
        above = _HEAD
        asked = [
            one
            for one, resolved in enumerate(self._resolved)
            if resolved.disagree and stays[one] and self._union.is_heading[one]
        ]
        order = list(in_order(self._union, stays, self._prefer, asked))
        self._restyled = restyled(self._union, order)
        for one in order:
            self._write_gap(above, one)
            self._write(one)
            above = one
        self._write_gap(above, self._end)
        for line, text in enumerate(self._lines):
            if text == "\n" and line and self._lines[line - 1].endswith("\r"):
                self._lines[line] = "\r"  # else the two would make one line end
        text = "".join(self._lines)
        if not self._ends.is_ended and self._lines:
            text = text[: len(text) - len(self._lines[-1]) + len(self._lines[-1].rstrip("\r\n"))]
        return Merged(text, tuple(self._owners), tuple(self._conflicts()), self._both())

    def _both(self) -> dict[str, tuple[str, str]]:
        """Return the items that both sides changed: what they were, and what theirs made of it."""
        found: dict[str, tuple[str, str]] = {}
        for one, owner in enumerate(self._union.owners):
            if owner is None:
                continue
            base, ours, theirs = (side[one] for side in self._union.pieces)
            if not (base and ours and theirs) or base.kind == "heading":
                continue
            texts = [piece.text.rstrip("\r\n") for piece in (base, ours, theirs)]
            if texts[0] not in texts[1:] and texts[1] != texts[2]:
                found.setdefault(owner, (texts[0], texts[2]))
        return found

    # --- writing ---------------------------------------------------------------------------------

    def _write(self, one: int) -> None:
        resolved = self._resolved[one]
        start = len(self._lines)
        if resolved.taken is None:
            if piece := self._union.pieces[resolved.side][one]:
                end = piece.line + piece.height
                lines = self._ends.lines(resolved.side, piece.line, end)
                if one in self._restyled:
                    bare = self._restyled[one]
                    lines = [text + line[len(line.rstrip("\r\n")) :]
                             for text, line in zip(bare, lines, strict=True)]  # fmt: skip
                self._lines += lines
        else:
            for taken in resolved.taken:
                side = OURS if taken.side == "ours" else THEIRS
                [line] = self._ends.lines(side, taken.line, taken.line + 1)
                self._lines.append(taken.text + line[len(line.rstrip("\r\n")) :])
        height = len(self._lines) - start
        self._owners += [self._union.owners[one]] * height
        self._spans[one] = (start, height)

    def _write_gap(self, above: int, below: int) -> None:
        """Write the blank lines between two pieces."""
        side = self._gap_side(above, below)
        start = len(self._lines)
        if side is None:
            self._lines += [self._ends.end] * self._new_gap(above, below)
        elif gap := self._gaps[side][below]:
            piece = None if below == self._end else self._union.pieces[side][below]
            end = piece.line if piece else len(self._versions[side].bare)
            self._lines += self._ends.lines(side, end - gap.count("\n"), end)
        if len(self._lines) == start:
            return
        owners = self._union.owners
        inside = above != _HEAD and below != self._end and owners[above] == owners[below]
        owner = owners[above] if inside else None
        self._owners += [owner] * (len(self._lines) - start)

    def _gap_side(self, above: int, below: int) -> int | None:
        """Return the side whose blank lines stand between two pieces; None if none has both so."""
        side = self._prefer
        if self._above[side][below] != above:
            side = self._other
            if self._above[side][below] != above:
                return None
        elif self._above[self._other][below] == above:
            gap, second = self._gaps[side][below], self._gaps[self._other][below]
            if gap == second:
                side = self._same
            elif self._above[BASE][below] == above and gap == self._gaps[BASE][below]:
                side = self._other
        if self._gaps[side][below] or not self._parts_needed(above, below):
            return side
        return side if self._is_as_in(side, above, below) else None

    def _is_as_in(self, side: int, above: int, below: int) -> bool:
        """Return whether two pieces are still of the kind that they have in a side."""
        return all(
            one in (_HEAD, self._end)
            or self._kind(one) == getattr(self._union.pieces[side][one], "kind", None)
            for one in (above, below)
        )

    def _kind(self, one: int) -> str:
        piece = self._union.pieces[self._resolved[one].side][one]
        return piece.kind if piece else "block"

    def _parts_needed(self, above: int, below: int) -> bool:
        """Return whether Markdown would take two pieces for one without a blank line between."""
        if above == _HEAD or below == self._end:
            return False
        return not self._kind(above) == self._kind(below) == "item"

    def _new_gap(self, above: int, below: int) -> int:
        """Return how many blank lines part two pieces that did not stand together before."""
        if below == self._end:
            return 0
        needed = int(self._parts_needed(above, below) and not self._are_rows(above, below))
        for side in (self._resolved[below].side, self._prefer, self._other):
            before = self._above[side][below]
            if above != _HEAD and before not in (None, _HEAD):
                piece = self._union.pieces[side][before]
                if piece and piece.kind == self._kind(above):
                    return max(needed, self._gaps[side][below].count("\n"))
        return needed

    def _are_rows(self, above: int, below: int) -> bool:
        """Return whether two pieces stood close to others of their kind, as a table's rows do."""
        if above == _HEAD or self._kind(above) not in ("block", "html"):
            return False
        side, other = self._resolved[above].side, self._resolved[below].side
        behind = self._behind(side).get(above, self._end)
        before = self._above[other][below]
        return self._are_close(other, before, below) and self._are_close(side, above, behind)

    def _behind(self, side: int) -> dict[int | None, int]:
        """Return for each thing in a side what stands below it there."""
        if side not in self._below:
            self._below[side] = {above: one for one, above in enumerate(self._above[side])}
        return self._below[side]

    def _are_close(self, side: int, above: int | None, below: int) -> bool:
        """Return whether two pieces of one kind stand in a side without a blank line between."""
        if above is None or above == _HEAD or below == self._end or self._gaps[side][below]:
            return False
        one, other = self._union.pieces[side][above], self._union.pieces[side][below]
        return one is not None and other is not None and one.kind == other.kind

    # --- conflicts -------------------------------------------------------------------------------

    def _conflicts(self) -> list[Conflict]:
        """Return what the sides disagreed on, in the order of the result."""
        asked = [one for one, it in enumerate(self._resolved) if it.disagree or it.conflicts]
        places = self._places() if asked else {}
        found = []
        for one in asked:
            resolved = self._resolved[one]
            start, height = self._spans.get(one, (places.get(one, 0), 0))
            pieces = [side[one] for side in self._union.pieces]
            owner = self._union.owners[one]
            if resolved.disagree:
                shown = next(piece for piece in (pieces[self._prefer], *pieces) if piece)
                base, ours, theirs = (one.text.rstrip("\n") if one else "" for one in pieces)
                if not ours and resolved.taken is not None:  # some of it stands elsewhere
                    theirs = "\n".join(line.text for line in resolved.taken)
                kind = _KINDS.get(shown.kind, "text")
                found.append(Conflict(kind, shown.name, base, ours, theirs, owner, start, height))
            for key in resolved.conflicts:
                texts = (key.base, key.ours, key.theirs)
                place = (start + key.line, key.height)
                found.append(Conflict("front-matter", key.name, *texts, owner, *place))
        return sorted(found, key=lambda conflict: conflict.line)

    def _places(self) -> dict[int, int]:
        """Return for what is gone the line where it would stand."""
        places = {}
        line = 0
        for one in self._union.ids[BASE]:
            if one in self._spans:
                line = sum(self._spans[one])
            else:
                places[one] = line
        return places


def _neighbours(union: Union, side: int) -> list[int | None]:
    """Return for each thing in a side, and for its end, what stands above it there."""
    found: list[int | None] = [None] * (union.count + 1)
    above = _HEAD
    for one in union.ids[side]:
        found[one] = above
        above = one
    found[-1] = above
    return found


def _gaps_above(union: Union, side: int) -> list[str]:
    """Return for each thing in a side, and for its end, the blank lines above it there."""
    found = [""] * (union.count + 1)
    *gaps, last = union.trees[side].gaps
    for one, gap in zip(union.ids[side], gaps, strict=True):
        found[one] = gap
    found[-1] = last
    return found


def marked(merged: Merged, *, ours: str = "ours", theirs: str = "theirs") -> str:
    """Return the text with git's marks around what the sides disagreed on."""
    lines = lines_of(merged.text)
    end = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    for conflict in sorted(merged.conflicts, key=lambda one: one.line, reverse=True):
        texts = [
            f"{mark}{end}{''.join(line + end for line in text.split(chr(10)) if text)}"
            for mark, text in (("<<<<<<< " + ours, conflict.ours), ("=======", conflict.theirs))
        ]
        at = conflict.line
        lines[at : at + conflict.height] = [*texts, f">>>>>>> {theirs}{end}"]
        if at and not lines[at - 1].endswith(("\n", "\r")):
            lines[at - 1] += end
    return "".join(lines)
