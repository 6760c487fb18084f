"""Where the pieces of a merged file stand: under what, and behind what.

What one side did to a place holds: a piece stands where the side that moved it has it, under the
topic that it has it under. What is new stands behind what it was put behind. Where both sides
moved the same thing, the preferred side's place counts; that is nothing to ask hosts about.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from bot.core.document.tree import TOP
from bot.core.merge.sequences import increasing
from bot.core.merge.union import BASE, OURS, THEIRS, Union

Slot = tuple[int, bool]
"""Where nodes stand in a row: what they stand under, and whether they are topics."""

_LEVELS = 7
Place = Slot | int
"""What something stands behind: a node, or the beginning of a slot."""


def chosen(base: int | None, ours: int | None, theirs: int | None, *, prefer: int) -> int | None:
    """Return what one side changed; of what both did, what the preferred one made of it."""
    if ours is None or theirs is None:
        return theirs if ours is None else ours
    if ours == base:
        return theirs
    return ours if theirs == base or prefer == OURS else theirs


def in_order(
    union: Union, stays: Sequence[bool], prefer: int, asked: Collection[int] = ()
) -> list[int]:
    """Return the nodes that stay in the order in which they stand in the result.

    Headings that are `asked` about hold what they held, though it fell where one side has it.
    """
    order = None if asked else as_in_one_side(union, stays)
    order = order or placed(union, stays, prefer, asked)
    # Front matter is that only where a file begins.
    fronts = {
        ids[0]
        for ids, tree in zip(union.ids, union.trees, strict=True)
        if tree.nodes and tree.nodes[0].kind == "front"
    }
    first = [one for one in order if one in fronts]
    return [*first, *(one for one in order if one not in fronts)]


def as_in_one_side(union: Union, stays: Sequence[bool]) -> list[int] | None:
    """Return the order of one side, where the other has everything still where the base has it."""
    if not union.is_as_read:
        return None
    outline = union.trees[BASE].outline
    for side, other in ((OURS, THEIRS), (THEIRS, OURS)):
        is_as_base = union.ids[other] == union.ids[BASE] and union.trees[other].outline == outline
        if is_as_base:
            order = [one for one in union.ids[side] if stays[one]]
            if len(order) == sum(stays):
                return order
    return None


def placed(
    union: Union, stays: Sequence[bool], prefer: int, asked: Collection[int] = ()
) -> list[int]:
    """Return the order where each side may have moved and added something."""
    job = _Places(union, stays, prefer, asked)
    job.place_known()
    for side in (job.first, job.second):
        job.place_new(side)
    return list(job.walk())


class _Places:
    """The places that are found so far: `behind` has for each what stands next."""

    def __init__(
        self, union: Union, stays: Sequence[bool], prefer: int, asked: Collection[int]
    ) -> None:
        self.first = prefer
        self.second = THEIRS if prefer == OURS else OURS
        self._union = union
        self._stays = stays
        self._asked = asked
        self._behind: dict[Place, int] = {}
        self._before: dict[int, int] = {}  # the topic that stays before one, in its side
        self._placed = [False] * len(stays)
        self._levels: list[int] = []
        self._parents: list[int] = []
        for one, (base, ours, theirs) in enumerate(zip(*union.parents, strict=True)):
            same = ours == theirs
            self._parents.append(self._or_top(ours) if same else self._parent(base, ours, theirs))
            level = 0
            if union.is_heading[one]:
                levels = [piece.level if (piece := side[one]) else None for side in union.pieces]
                level = chosen(*levels, prefer=prefer) or 0
            self._levels.append(level)
        self._origins = self._found_origins()
        self._reached = -1
        self._slots = [self._slots_of(side) for side in (BASE, OURS, THEIRS)]
        self._rows = [self._rows_of(side) for side in (BASE, OURS, THEIRS)]

    def _parent(self, base: int | None, ours: int | None, theirs: int | None) -> int:
        """Return what a node stands under: where it was moved, then under what new topic it came.

        A topic that is put in above takes in what stands there, but that moves nothing; nor does
        one that is taken out: what fell, stands under what was before.
        """
        if base is not None and base in self._asked:
            ours, theirs = (
                base if to is not None and self._fell(to, base, side) else to
                for side, to in ((OURS, ours), (THEIRS, theirs))
            )
        parents = (ours, theirs)
        if base is not None and None not in parents and base not in parents:
            moved = [
                to
                for side, to in zip((OURS, THEIRS), parents, strict=True)
                if to is not None and not self._is_new(to) and not self._fell(to, base, side)
            ]
            if len(moved) == 1:
                return self._or_top(moved[0])
        if base is None and ours is not None and theirs is not None:  # both put the same in
            taken_in = [
                to
                for to, other in ((ours, THEIRS), (theirs, OURS))
                if self._is_new(to) and not self._is_in(to, other)
            ]
            if len(taken_in) == 1:
                return taken_in[0]
        return self._or_top(chosen(base, ours, theirs, prefer=self.first))

    @staticmethod
    def _or_top(parent: int | None) -> int:
        return TOP if parent is None else parent

    def _found_origins(self) -> dict[int, int]:
        """Return for each new topic from which place of the base on it holds something."""
        origins: dict[int, int] = {}
        for one in range(len(self._union.trees[BASE].nodes)):
            parent = self._parents[one] if self._stays[one] else TOP
            for _ in range(_LEVELS):
                if parent == TOP:
                    break
                origins.setdefault(parent, one)
                parent = self._parents[parent]
        return origins

    def _rows_of(self, side: int) -> dict[Slot, list[int]]:
        """Return what stands in each slot of a side, in order."""
        rows: dict[Slot, list[int]] = defaultdict(list)
        for one, slot in zip(self._union.ids[side], self._slots[side], strict=True):
            if self._stays[one]:
                rows[slot].append(one)
        return rows

    def _slots_of(self, side: int) -> list[Slot]:
        """Return the slot of each node of a side, in order."""
        ids, parents = self._union.ids[side], self._union.parents[side]
        return [(self._or_top(parents[one]), self._union.is_heading[one]) for one in ids]

    def _put(self, one: int, behind: Place) -> None:
        if behind in self._behind:
            self._behind[one] = self._behind[behind]
        self._behind[behind] = one
        self._placed[one] = True

    def _is_new(self, one: int) -> bool:
        return one != TOP and self._union.pieces[BASE][one] is None

    def _fell(self, to: int, base: int, side: int) -> bool:
        """Return whether what stood under a topic that a side took out may have fallen there."""
        return base != TOP and not self._is_in(base, side) and to < base

    def _is_in(self, one: int, side: int) -> bool:
        return self._union.pieces[side][one] is not None

    # --- what was there before -------------------------------------------------------------------

    def place_known(self) -> None:
        """Place what the base has: in the first side's order, but where the second moved it."""
        for slot in dict.fromkeys([*self._rows[self.first], *self._rows[self.second]]):
            if slot[0] != TOP and not self._stays[slot[0]]:
                continue
            first, second = (
                [one for one in self._rows[side].get(slot, ()) if self._is_here(one, slot)]
                for side in (self.first, self.second)
            )
            still, moved = self._moves(slot, first, second)
            place: Place = slot
            for one in first:
                if one not in moved or one not in still:
                    self._put(one, place)
                    place = one
            place = slot
            for one in second:
                if not self._placed[one]:
                    self._put(one, place)
                place = one

    def _moves(
        self, slot: Slot, first: Sequence[int], second: Sequence[int]
    ) -> tuple[set[int], set[int]]:
        """Return what the first side left in its place, and what the second moved."""
        if first == second:  # then what one moved, both did
            return set(), set()
        base = {one: at for at, one in enumerate(self._rows[BASE].get(slot, ()))}
        return _unmoved(base, first), set(second) - _unmoved(base, second)

    def _is_here(self, one: int, slot: Slot) -> bool:
        """Return whether a node of the base comes to stand in this slot."""
        if self._parents[one] != slot[0] or self._is_new(one):
            return False
        return self._may_hold(slot[0], one)

    def _may_hold(self, parent: int, one: int) -> bool:
        """Return whether a node may stand under another by their levels."""
        return (
            parent == TOP
            or not self._union.is_heading[one]
            or self._levels[parent] < self._levels[one]
        )

    # --- what is new -----------------------------------------------------------------------------

    def place_new(self, side: int) -> None:
        """Place what a side added behind what it stands behind there.

        Where that went under a new topic, or its own topic is gone, it goes along.
        """
        last: dict[Slot, int] = {}  # what stands last in a slot of the side
        here: dict[Slot, int] = {}  # the same, of what stands there in the result too
        topic, self._reached = TOP, -1
        for one, slot in zip(self._union.ids[side], self._slots[side], strict=True):
            while not self._is_there(slot[0]) and not self._union.is_heading[slot[0]]:
                slot = self._or_top(self._union.parents[side][slot[0]]), slot[1]
            if self._union.is_heading[one]:
                self._before[one] = topic
                topic = one if self._stays[one] else topic
            if not self._stays[one]:
                continue
            if not self._is_new(one):
                self._reached = one
            if self._is_taken_in(one, side):
                continue  # it is placed with what the other side has there
            if not self._placed[one]:
                self._place(one, slot, side, last.get(slot), here.get(slot, slot))
            last[slot] = one
            stands = self._parents[one], slot[1]
            if stands == slot or self._is_new(one):
                here[stands] = one

    def _is_taken_in(self, one: int, side: int) -> bool:
        """Return whether what both added stands under a heading that only the second put in."""
        if side == self.second or not self._is_new(one) or not self._is_in(one, self.second):
            return False
        return self._parents[one] != self._or_top(self._union.parents[side][one])

    def _is_there(self, parent: int) -> bool:
        return parent == TOP or self._stays[parent]

    def _place(self, one: int, slot: Slot, side: int, last: int | None, here: Place) -> None:
        parent = slot[0]
        is_there = self._is_there(parent)
        went = parent if last is None else self._parents[last]
        goes_along = not is_there or self._is_new(went) or not self._may_hold(parent, one)
        if last is not None and went != parent and goes_along:
            self._put_below(one, went, last, side)
        elif not is_there:  # what was said under it falls to the topic before
            while not self._is_there(parent):
                parent = self._before[parent]
            self._put_below(one, parent, self._end((parent, slot[1])), side)
        elif self._is_there(moved := self._parents[one]) and not self._is_new(one):
            place = here if moved == parent else self._end((moved, slot[1]))
            self._put_below(one, moved, place, side)
        else:
            self._put_below(one, parent, here, side)

    def _end(self, place: Place) -> Place:
        while (behind := self._behind.get(place)) is not None:
            place = behind
        return place

    def _put_below(self, one: int, parent: int, place: Place, side: int) -> None:
        """Put a node under a parent, or what that stands under, if its level asks for it."""
        if self._union.is_heading[one]:
            for _ in range(_LEVELS):
                if self._may_hold(parent, one):
                    break
                place, parent = parent, self._parents[parent]
            else:
                place, parent = self._end((TOP, True)), TOP
        self._parents[one] = parent
        if side == self.second and not self._goes_on(one, place):
            while (behind := self._behind.get(place)) is not None and self._is_firsts(behind):
                place = behind
        self._put(one, place)

    def _goes_on(self, one: int, place: Place) -> bool:
        """Return whether what the second side added is a row right below another of a table."""
        pieces = self._union.pieces[self.second]
        above, piece = pieces[place] if isinstance(place, int) and place >= 0 else None, pieces[one]
        if above is None or piece is None or above.kind != "block" or piece.kind != "block":
            return False
        return piece.line == above.line + above.height and piece.text.lstrip().startswith("|")

    def _is_firsts(self, one: int) -> bool:
        """Return whether only the first side added a node: what it put in at one place is a run.

        A topic that holds what comes further down in the second side is not part of it. Nor is a
        comment: people put away in it what stood further down, and a list goes on above it.
        """
        if not self._is_new(one) or self._is_in(one, self.second):
            return False
        piece = self._union.pieces[self.first][one]
        if piece is not None and piece.is_comment:
            return False
        return self._origins.get(one, -1) <= self._reached

    # --- the result ------------------------------------------------------------------------------

    def walk(self) -> Iterator[int]:
        """Yield the nodes in order: under each its parts and items, then its sub-topics."""
        seen = [False] * len(self._stays)
        waiting: list[Place] = [(TOP, True), (TOP, False)]
        rest = iter(range(len(self._stays)))
        while True:
            while waiting:
                one = self._behind.get(waiting.pop())
                if one is None or seen[one]:
                    continue
                seen[one] = True
                yield one
                waiting += [one, (one, True), (one, False)]
            # Two topics of which each side put one under the other stand in no row that begins.
            lost = next((one for one in rest if self._stays[one] and not seen[one]), None)
            if lost is None:
                return
            seen[lost] = True
            yield lost
            waiting += [(lost, True), (lost, False)]


def _unmoved(base: dict[int, int], row: Sequence[int]) -> set[int]:
    """Return of a row what is still in the order that it had in the base."""
    known = [one for one in row if one in base]
    return {known[place] for place in increasing([base[one] for one in known])}
