"""Bullets that people made paragraphs or quotations in the file, and the other way round."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence

from bot.core.document.pieces import Piece
from bot.core.document.tree import TOP, Tree
from bot.core.merge.alignment import Alignment
from bot.core.merge.sequences import matched
from bot.core.merge.words import words_in

_NEAR = 6
_NO_PROSE = re.compile(r"[ \t]*(?:`{3}|~{3}|\||\{[%{]|\[[^\]]+\]:|(?:[-*_][ \t]*){3,}$)")


Became = Callable[[Piece, Piece], bool]
"""Returns whether people made the second text, of another kind, of the first one."""


def pair_other_kinds(job: Alignment, became: Became) -> None:
    """Pair what is left with the text that it became, in the same topic; of several the nearest."""
    places: dict[int, list[int]] = defaultdict(list)
    for node in sorted(job.side_left):
        if _is_text(job.side.nodes[node]):
            places[_topic_of(job.side, node)].append(node)
    seen = expected = 0  # one would stand behind what stood before it in the base
    for at in sorted(job.left) if places else ():
        for before in range(seen, at):
            if job.to_side[before] >= 0:
                expected = job.to_side[before] + 1
        seen = at
        was = job.base.nodes[at]
        if not _is_text(was):
            continue
        topic = _topic_of(job.base, at)
        nodes = places.get(job.to_side[topic] if topic != TOP else TOP, ())
        for node in _nearest(nodes, expected):
            now = job.side.nodes[node]
            if node not in job.side_left or was.kind == now.kind or job.differ(at, node):
                continue
            if became(was, now):
                job.pair(at, node)
                break


def _is_text(piece: Piece) -> bool:
    """Return whether something is a bullet, a paragraph of words, or a row made of an item."""
    if piece.kind == "block":
        is_row = piece.owner is not None and piece.text.lstrip().startswith("|")
        return not piece.is_comment and (is_row or _NO_PROSE.match(piece.text) is None)
    return piece.kind == "item"


def _topic_of(tree: Tree, node: int) -> int:
    """Return the heading that something stands under."""
    while (node := tree.parents[node]) != TOP and tree.nodes[node].kind != "heading":
        pass
    return node


def _nearest(nodes: Sequence[int], expected: int) -> list[int]:
    """Return the few of nodes in order that stand nearest to a place, the nearest first."""
    middle = bisect_left(nodes, expected)
    near = nodes[max(0, middle - _NEAR) : middle + _NEAR]
    return sorted(near, key=lambda node: abs(node - expected))[:_NEAR]


def has_all_words(was: Piece, now: Piece) -> bool:
    """Return whether a text has all that another says, and links to the same."""
    words, others = _words(was), _words(now)
    return was.links == now.links and len(words) > 1 and len(matched(words, others)) == len(words)


def has_first_link(was: Piece, now: Piece) -> bool:
    return bool(was.links) and was.links[0] in now.links


def has_most_words(was: Piece, now: Piece) -> bool:
    """Return whether a text has most words of another, in their order, if neither has a link."""
    words = [] if was.links or now.links else _words(was)
    return len(words) > 1 and 2 * len(matched(words, _words(now))) > len(words)


def _words(piece: Piece) -> list[str]:
    return words_in(piece.words.casefold())
