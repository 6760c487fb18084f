"""What one side added looks like its neighbours: their bullet, indentation, count and level.

A host's new link is written as the site's profile says; where people write their lists in another
way by then, it is written as they do. What somebody wrote in another way than his own neighbours
was meant so, and stays.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from bot.core.document.list_marks import ItemMark, item_mark, item_start, moved_in, remarked
from bot.core.document.nesting import is_code
from bot.core.document.pieces import Piece
from bot.core.merge.union import BASE, OURS, THEIRS, Union
from bot.core.merge.words import Prefer

_ORG = re.compile(r"\*{2,} \S|#\+\w+")
_ATX = re.compile(r"#{1,6}(?=[ \t\u3000])")


def _mark_of(piece: Piece | None) -> ItemMark | None:
    return item_mark(piece.text) if piece and piece.kind == "item" else None


def _mark_in_list(piece: Piece | None) -> ItemMark | None:
    """Return the mark of an item that is one to a reader, too."""
    return None if piece is None or is_code(piece.text) else _mark_of(piece)


def same_but_for_marks(one: Piece, other: Piece) -> bool:
    """Return whether two items say the same, whatever bullet they begin with."""
    return _mark_of(one) is not None and _bare(one) == _bare(other)


def in_column(versions: Sequence[list[str]], *, prefer: Prefer) -> list[list[str]]:
    """Return the lines of an item's versions, all as far in as below the bullet it comes to have.

    Where what has that bullet has something below it that stands less far in, people left it so:
    then nothing is moved.
    """
    lines = list(versions)
    marks = [item_mark(one[0]) if one else None for one in lines]
    before, here, there = marks
    side = 2 if here == before or (there != before and prefer == "theirs") else 1
    wanted = marks[side]
    if wanted is None or None in marks:
        return lines
    column = wanted.column
    below = (line for line in lines[side][1:] if line.strip())
    if any(line[0] in " \t" and line[:column].strip(" ") for line in below):
        return lines
    for place, mark in enumerate(marks):
        if mark and mark.column != column:
            first, *rest = lines[place]
            lines[place] = [first, *(moved_in(line, mark, wanted) for line in rest)]
    return lines


def _bare(piece: Piece) -> list[str]:
    return [line[item_start(line) :].strip() for line in piece.text.split("\n")]


def restyled(union: Union, order: Sequence[int]) -> dict[int, list[str]]:
    """Return the lines of what is new in one side and has to look like its neighbours.

    `order` is what stands in the merge, from top to bottom.
    """
    blocks = (one for tree in union.trees for one in tree.nodes if one.kind == "block")
    if any(_ORG.match(block.text) for block in blocks):
        return {}  # there a star begins a heading
    job = _Job(union, order)
    for place, one in enumerate(order):
        if union.pieces[BASE][one] is None:
            job.take(place, one)
    return job.lines


class _Job:
    def __init__(self, union: Union, order: Sequence[int]) -> None:
        self._union = union
        self._order = order
        self._counts: dict[int, int] = {}
        self._usual: dict[tuple[int, bool], ItemMark | None] = {}
        self._marks: dict[int, list[ItemMark | None]] = {}
        self._near: dict[tuple[int, bool], list[int | None]] = {}
        self._near_headings: dict[tuple[int, int], list[int | None]] = {}
        self.lines: dict[int, list[str]] = {}

    def take(self, place: int, one: int) -> None:
        """Look at a thing of the merge."""
        side = self._only_in(one)
        piece = self._union.pieces[side][one] if side else None
        if piece is None:
            return
        if piece.kind == "heading":
            self._heading(place, one, side, piece)
        elif (mark := _mark_in_list(piece)) is not None:
            self._item(place, one, side, piece, mark)

    def _only_in(self, one: int) -> int:
        """Return the side that alone has a thing; 0 where it is not new, or both have it."""
        base, ours, theirs = self._union.pieces
        if base[one] or bool(ours[one]) == bool(theirs[one]):
            return 0
        return OURS if ours[one] else THEIRS

    # --- items -----------------------------------------------------------------------------------

    def _item(self, place: int, one: int, side: int, piece: Piece, mark: ItemMark) -> None:
        other = THEIRS if side == OURS else OURS
        # What both sides add does not change bullets with one another: people chose theirs.
        near = self._nearest(other, old=piece.owner is None)[place]
        wanted = (
            self._merged_mark(near, side, other) if near is not None else self._custom(piece, other)
        )
        if wanted is None or wanted.kind == mark.kind or self._is_meant(place, side, piece, mark):
            return
        if wanted.bullet[0].isdigit():
            wanted = wanted._replace(bullet=self._count(place, near, wanted))
            self._counts[one] = int(wanted.bullet[:-1])
        lines = piece.text.removesuffix("\n").split("\n")
        self.lines[one] = remarked(lines, mark, wanted, each_level=True)

    def _merged_mark(self, place: int, side: int, other: int) -> ItemMark | None:
        """Return the mark that an item of the other side comes to have: what this side made it."""
        was, mine, theirs = (self._marks_in(one)[place] for one in (BASE, side, other))
        is_mine = was and mine and theirs and was.kind == theirs.kind != mine.kind
        return mine if is_mine else theirs

    def _custom(self, piece: Piece, other: int) -> ItemMark | None:
        """Return the mark that the other side has everywhere.

        For people's own, that is what it made of all that was there, if it made anything of that.
        """
        if piece.owner is not None:
            return self._usual_in(other)
        before, now = self._usual_in(BASE, old=True), self._usual_in(other, old=True)
        return now if before is None or now is None or before.kind != now.kind else None

    def _usual_in(self, side: int, *, old: bool = False) -> ItemMark | None:
        """Return the mark of nearly all items of a side, or of the `old` ones in it."""
        if (side, old) not in self._usual:
            here = zip(self._marks_in(side), self._order, strict=True)
            base = self._union.pieces[BASE]
            marks = [mark for mark, one in here if mark and not (old and base[one] is None)]
            self._usual[side, old] = _usual(marks)
        return self._usual[side, old]

    def _marks_in(self, side: int) -> list[ItemMark | None]:
        """Return the marks of all that stands in the merge, as a side has them.

        A note of a paragraph is a piece of the same owner's, and no item of a list that goes on.
        """
        if side not in self._marks:
            pieces, owners = self._union.pieces[side], self._union.owners
            parts = _parts([owners[one] for one in self._order])
            self._marks[side] = [
                None if is_part else _mark_in_list(pieces[one])
                for one, is_part in zip(self._order, parts, strict=True)
            ]
        return self._marks[side]

    def _nearest(self, side: int, *, old: bool) -> list[int | None]:
        """Return for each place that of the nearest item of its topic, first from above.

        The side has the item and, where `old` ones are asked for, did not add it itself.
        """
        if (side, old) not in self._near:
            marks = self._marks_in(side)
            fits = [
                mark is not None and not (old and self._only_in(one) == side)
                for mark, one in zip(marks, self._order, strict=True)
            ]
            ends = [self._union.is_heading[one] for one in self._order]
            self._near[side, old] = nearest(fits, ends)
        return self._near[side, old]

    def _is_meant(self, place: int, side: int, piece: Piece, mark: ItemMark) -> bool:
        """Return whether somebody chose the mark: it is not that of its neighbours in its side.

        What the episode gives (it has an owner) has the profile's mark, which nobody chose.
        """
        near = self._nearest(side, old=True)[place] if piece.owner is None else None
        found = self._marks_in(side)[near] if near is not None else None
        return found is not None and found.kind != mark.kind

    def _count(self, place: int, near: int | None, wanted: ItemMark) -> str:
        """Return the next number of a list."""
        above = self._order[place - 1] if place else None
        number = self._counts.get(above, 0) if above is not None else 0
        if not number:
            number = int(wanted.bullet[:-1]) if near is not None else 0
            is_below = near is not None and near > place
            number -= is_below
        return f"{number + 1}{wanted.bullet[-1]}"

    # --- headings --------------------------------------------------------------------------------

    def _heading(self, place: int, one: int, side: int, piece: Piece) -> None:
        other = THEIRS if side == OURS else OURS
        found = _ATX.match(piece.text)
        if found is None:
            return
        near = self._nearest_heading(side, other, piece.level)[place]
        there = self._union.pieces[other][self._order[near]] if near is not None else None
        # As it is written: a level that a tool changed throughout is none of the tree's.
        mark = _ATX.match(there.text) if there else None
        if mark and mark[0] != found[0]:
            lines = piece.text.removesuffix("\n").split("\n")
            lines[0] = mark[0] + lines[0][found.end() :]
            self.lines[one] = lines

    def _nearest_heading(self, side: int, other: int, level: int) -> list[int | None]:
        """Return for each place that of the nearest heading of a level in a side that both have.

        The other side has it as it was where its level is this side's doing: nothing to follow.
        """
        if (side, level) not in self._near_headings:
            base, mine, others = (self._union.pieces[one] for one in (BASE, side, other))
            each = ((base[one], mine[one], others[one]) for one in self._order)
            fits = [
                here is not None
                and there is not None
                and here.kind == there.kind == "heading"
                and here.level == level
                and not (was and was.level == there.level != level)
                for was, here, there in each
            ]
            self._near_headings[side, level] = nearest(fits, [False] * len(fits))
        return self._near_headings[side, level]


def _parts(owners: Sequence[str | None]) -> list[bool]:
    """Return for each piece whether it goes on with what the one above it is of."""
    return [owner is not None and owner == above for above, owner in pairwise([None, *owners])]


def nearest(fits: Sequence[bool], ends: Sequence[bool]) -> list[int | None]:
    """Return for each place the nearest one that fits, first from above; none is beyond an end."""
    found: list[int | None] = [None] * len(fits)
    for places in (range(len(fits) - 1, -1, -1), range(len(fits))):
        last = None
        for at in places:
            found[at] = found[at] if last is None else last
            last = None if ends[at] else at if fits[at] else last
    return found


def _usual(marks: Sequence[ItemMark]) -> ItemMark | None:
    """Return the mark of nearly all of some items; None where there is no such custom."""
    kinds = Counter(mark.kind for mark in marks)
    if not kinds:
        return None
    kind, count = kinds.most_common(1)[0]
    if count < 0.8 * len(marks):
        return None
    return next(mark for mark in marks if mark.kind == kind)
