"""The pieces of a file as a tree: topics hold what stands under them, items their embeds."""

from collections.abc import Sequence

from bot.core.document.list_marks import item_start
from bot.core.document.pieces import Piece, read
from bot.core.document.sense import addresses_in

TOP = -1
"""The parent of what stands in no topic."""


class Tree:
    """The pieces of a file but for the gaps, each with its parent, in their order.

    An HTML block right below an item is taken for its embed, unless they are known to be two
    people's, or it begins with the end of what was opened further up; what has the owner of the
    piece before it belongs to that.
    """

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.nodes: list[Piece] = []
        self.parents: list[int] = []
        self.gaps: list[str] = []  # before each node, and behind the last
        gap, opened = "", [TOP]
        for piece in pieces:
            kind = piece.kind
            if kind == "gap":
                gap = piece.text
                continue
            holder = opened[-1]
            if kind == "heading":
                while holder != TOP and self.nodes[holder].level >= piece.level:
                    opened.pop()
                    holder = opened[-1]
                opened.append(len(self.nodes))
            elif kind == "html" or kind == "block":
                holder = self._holder(piece, holder)
            self.nodes.append(piece)
            self.parents.append(holder)
            self.gaps.append(gap)
            gap = ""
        self.gaps.append(gap)
        # Of each node, without the ends of its last lines.
        self.texts = [piece.text.rstrip("\n") for piece in self.nodes]
        # Whether anything in it is known to be somebody's.
        self.is_owned = any(piece.owner is not None for piece in self.nodes)
        self._begun_below: dict[int, frozenset[str]] = {}

    @property
    def outline(self) -> tuple[list[int], list[int]]:
        """What each node stands under, and the level of each."""
        return self.parents, [node.level for node in self.nodes]

    def _holder(self, piece: Piece, topic: int) -> int:
        """Return what a block belongs to: the item that it is a part of, or else its topic."""
        before = len(self.nodes) - 1
        if before < 0:
            return topic
        above = self.nodes[before]
        if above.kind in ("heading", "front"):
            return topic
        if self.is_part(before):
            before = self.parents[before]
        owner = self.nodes[before].owner
        if piece.owner is not None and piece.owner == owner:
            return before
        is_embed = piece.kind == "html" and self.nodes[before].kind == "item"
        is_embed = is_embed and not piece.text.lstrip(" \t").startswith("</")
        return before if is_embed and (piece.owner is None or owner is None) else topic

    def is_part(self, node: int) -> bool:
        """Return whether a node is a part of the item above it."""
        parent = self.parents[node]
        return parent >= 0 and self.nodes[parent].kind != "heading"

    def has_below(self, node: int, piece: Piece) -> bool:
        """Return whether what another piece begins with is a bullet of its own below this node."""
        begun = self._begun_below.get(node)
        if begun is None:  # read once: a node is compared with many
            lines = self.nodes[node].text.split("\n")[1:]
            first = (addresses_in(line)[:1] for line in lines if item_start(line))
            begun = self._begun_below[node] = frozenset(one for some in first for one in some)
        if not begun or not (links := piece.first_links):
            return False
        return links[0] in begun and links[0] not in self.nodes[node].first_links


def tree_of(text: str, owners: Sequence[str | None] = ()) -> Tree:
    """Read a text into its tree."""
    return Tree(read(text, owners))
