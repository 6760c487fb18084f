"""Three versions of a file as one: which pieces are the same thing, and who has what of it."""

from bot.core.document.pieces import Piece
from bot.core.document.tree import TOP, Tree
from bot.core.merge.align import align, align_new
from bot.core.merge.alignment import Alignment

BASE, OURS, THEIRS = 0, 1, 2


class Union:
    """The pieces of three trees, each thing once.

    Things are numbered from 0, those of the base first, in its order; `ids` has for each side the
    numbers of its nodes. `pieces` and `parents` have for each side what it has of a thing, and what
    that stands under; that `is_as_read` where no embed was found to belong to another item than the
    one above it.
    """

    def __init__(self, base: Tree, ours: Tree, theirs: Tree) -> None:
        self.trees = (base, ours, theirs)
        found = align(base, ours, theirs)
        as_read = [list(job.side.parents) for job in found]
        for job in found:
            _agree_on_parts(job)
        self.is_as_read = as_read == [job.side.parents for job in found]
        added = align_new(*found)
        count = len(base.nodes)
        self.ids: list[list[int]] = [list(range(count)), [], []]
        for side, job in zip((OURS, THEIRS), found, strict=True):
            ids = self.ids[side]
            for node, here in enumerate(job.to_base):
                if here < 0 and side == THEIRS and (twin := added.to_base[node]) >= 0:
                    here = self.ids[OURS][twin]
                if here < 0:
                    here, count = count, count + 1
                ids.append(here)
        self.count = count
        self.pieces: list[list[Piece | None]] = [[None] * count for _ in self.trees]
        self.parents: list[list[int | None]] = [[None] * count for _ in self.trees]
        self.is_heading = [False] * count
        self.owners: list[str | None] = [None] * count
        for side in (THEIRS, BASE, OURS):  # ours knows best whose a thing is
            self._look_at(side)

    def _look_at(self, side: int) -> None:
        tree, ids = self.trees[side], self.ids[side]
        pieces, parents = self.pieces[side], self.parents[side]
        for one, piece, parent in zip(ids, tree.nodes, tree.parents, strict=True):
            pieces[one] = piece
            parents[one] = ids[parent] if parent >= 0 else TOP
            if piece.kind == "heading":
                self.is_heading[one] = True
            if piece.owner is not None:
                self.owners[one] = piece.owner


def _agree_on_parts(job: Alignment) -> None:
    """See that what belongs to an item in the base does so in a side, as long as it is below it.

    The base may know by its owners what can only be guessed of the side. What is new between an
    item and its embed does not take the embed over.
    """
    base, side = job.base, job.side
    for node, at in enumerate(job.to_base):
        if at < 1 or node < 1 or side.nodes[node].kind not in ("html", "block"):
            continue
        if base.is_part(at):
            above = node - 1
            while above > 0 and job.to_base[above] < 0 and side.nodes[above].kind == "item":
                above -= 1
            above = side.parents[above] if side.is_part(above) else above
            if job.to_base[above] == base.parents[at]:
                side.parents[node] = above
        elif side.is_part(node):
            above = side.parents[node]
            before = base.parents[at - 1] if base.is_part(at - 1) else at - 1
            if job.to_base[above] == before:
                side.parents[node] = side.parents[above]
