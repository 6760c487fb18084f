"""The pieces of a file as a tree: topics hold what stands under them, items their embeds."""

from collections.abc import Sequence

from bot.core.document.pieces import Piece, read

TOP = -1
"""The parent of what stands in no topic."""


class Tree:
    """The pieces of a file but for the gaps, each with its parent, in their order.

    An HTML block right below an item is taken for its embed, unless they are known to be two
    people's; what has the owner of the piece before it belongs to that.
    """

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.nodes: list[Piece] = []
        self.texts: list[str] = []  # of each node, without the ends of its last lines
        self.is_owned = False  # whether anything in it is known to be somebody's
        self.parents: list[int] = []
        self.gaps: list[str] = []  # before each node, and behind the last
        gap = ""
        opened: list[int] = []
        for piece in pieces:
            if piece.kind == "gap":
                gap = piece.text
                continue
            here = len(self.nodes)
            self.gaps.append(gap)
            gap = ""
            if piece.kind == "heading":
                while opened and self.nodes[opened[-1]].level >= piece.level:
                    opened.pop()
            holder = self._holder(piece)
            if holder is None:
                holder = opened[-1] if opened else TOP
            self.nodes.append(piece)
            self.texts.append(piece.text.rstrip("\n"))
            self.is_owned = self.is_owned or piece.owner is not None
            self.parents.append(holder)
            if piece.kind == "heading":
                opened.append(here)
        self.gaps.append(gap)

    def _holder(self, piece: Piece) -> int | None:
        """Return the item that a piece is a part of, if it is one."""
        before = len(self.nodes) - 1
        if before < 0 or piece.kind not in ("html", "block"):
            return None
        above = self.nodes[before]
        if above.kind in ("heading", "front"):
            return None
        if self.is_part(before):
            before = self.parents[before]
        owner = self.nodes[before].owner
        if piece.owner is not None and piece.owner == owner:
            return before
        is_embed = piece.kind == "html" and self.nodes[before].kind == "item"
        return before if is_embed and (piece.owner is None or owner is None) else None

    def is_part(self, node: int) -> bool:
        """Return whether a node is a part of the item above it."""
        parent = self.parents[node]
        return parent >= 0 and self.nodes[parent].kind != "heading"


def tree_of(text: str, owners: Sequence[str | None] = ()) -> Tree:
    """Read a text into its tree."""
    return Tree(read(text, owners))
