"""Three versions of a file as one: which pieces are the same thing, and who has what of it."""

from bot.core.align import Alignment, align, align_new
from bot.core.document import Piece
from bot.core.tree import TOP, Tree

BASE, OURS, THEIRS = 0, 1, 2


class Union:
    """The pieces of three trees, each thing once.

    `nodes` has for each thing its number in each tree (-1: not there), `ids` the other way round.
    """

    def __init__(self, base: Tree, ours: Tree, theirs: Tree) -> None:
        self.trees = (base, ours, theirs)
        found = align(base, ours, theirs)
        for job in found:
            _agree_on_parts(job)
        added = align_new(*found)
        self.nodes = [[node, -1, -1] for node in range(len(base.nodes))]
        self.ids: list[list[int]] = [list(range(len(base.nodes))), [], []]
        for side, job in zip((OURS, THEIRS), found, strict=True):
            for node, at in enumerate(job.to_base):
                here = at
                if at < 0 and side == THEIRS and added.to_base[node] >= 0:
                    here = self.ids[OURS][added.to_base[node]]
                if here < 0:
                    here = len(self.nodes)
                    self.nodes.append([-1, -1, -1])
                self.nodes[here][side] = node
                self.ids[side].append(here)
        self.is_heading = [self._any(one).kind == "heading" for one in range(len(self.nodes))]

    def _any(self, one: int) -> Piece:
        side = next(side for side in (THEIRS, OURS, BASE) if self.nodes[one][side] >= 0)
        return self.trees[side].nodes[self.nodes[one][side]]

    def piece(self, one: int, side: int) -> Piece | None:
        """Give what a side has of a thing."""
        node = self.nodes[one][side]
        return self.trees[side].nodes[node] if node >= 0 else None

    def parent(self, one: int, side: int) -> int | None:
        """Give what a thing stands under in a side; None where the side does not have it."""
        node = self.nodes[one][side]
        if node < 0:
            return None
        parent = self.trees[side].parents[node]
        return self.ids[side][parent] if parent >= 0 else TOP

    def level(self, one: int, side: int) -> int | None:
        """Give the level of a heading in a side; None where the side does not have it."""
        piece = self.piece(one, side)
        return piece.level if piece else None


def _agree_on_parts(job: Alignment) -> None:
    """See that what belongs to an item in the base does so in a side, as long as it is below it.

    (The base may know by its owners what can only be guessed of the side.)
    """
    base, side = job.base, job.side
    for node, at in enumerate(job.to_base):
        if at < 1 or node < 1 or side.nodes[node].kind not in ("html", "block"):
            continue
        above = side.parents[node - 1] if side.is_part(node - 1) else node - 1
        if base.is_part(at):
            if job.to_base[above] == base.parents[at]:
                side.parents[node] = above
        elif side.is_part(node):
            before = base.parents[at - 1] if base.is_part(at - 1) else at - 1
            if job.to_base[above] == before:
                side.parents[node] = side.parents[above]
