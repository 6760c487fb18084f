"""Which entries of three versions of a list are the same one, though people changed it."""

from collections.abc import Hashable, Iterator, Sequence

from bot.core.front_matter.tree import Node
from bot.core.merge.sequences import likeness, matched, paired, shingles

_ALIKE = 0.5
_FEW = 400


def same_entries(
    base: Sequence[Node], first: Sequence[Node], second: Sequence[Node]
) -> tuple[list[Hashable], list[Hashable], list[Hashable]]:
    """Return a name for each entry of three lists; the same one has the same name."""
    olds: list[Hashable] = list(range(len(base)))
    sides = [_known(base, side) for side in (first, second)]
    seen: dict[tuple[str, int], int] = {}
    for side, entries in zip(sides, (first, second), strict=True):
        counts: dict[str, int] = {}
        for at, entry in enumerate(entries):
            if side[at] is None:
                text = _said(entry)
                counts[text] = counts.get(text, -1) + 1
                side[at] = seen.setdefault((text, counts[text]), len(seen)) + len(base)
    return olds, list(sides[0]), list(sides[1])


def _said(entry: Node) -> str:
    return "\n".join(line.text.rstrip() for line in entry.body).strip()


def _known(base: Sequence[Node], side: Sequence[Node]) -> list[Hashable | None]:
    """Return for each entry of a side the one of the base that it is, or None."""
    texts, others = [_said(one) for one in base], [_said(one) for one in side]
    found: list[Hashable | None] = [None] * len(side)
    left = set(range(len(base)))
    for at, place in matched(texts, others):
        found[place] = at
        left.discard(at)
    for place, text in enumerate(others):
        moved = next((at for at in left if texts[at] == text), None)
        if found[place] is None and moved is not None:
            found[place] = moved
            left.discard(moved)
    new = [place for place, known in enumerate(found) if known is None]
    for at, place in _alike(base, side, sorted(left), new):
        found[place] = at
    return found


def _alike(
    base: Sequence[Node], side: Sequence[Node], olds: Sequence[int], news: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Pair tables that were changed: by their first key's value, else by likeness."""
    if len(olds) * len(news) > _FEW:
        return
    free = [one for one in news if side[one].kind == "mapping"]
    waiting = [one for one in olds if base[one].kind == "mapping"]
    yield from paired(
        waiting,
        free,
        lambda old, new: _same_head(base[old], side[new]),
        lambda old, new: _is_like(base[old], side[new]),
    )


def _same_head(one: Node, other: Node) -> bool:
    heads = [part.children[0].value_text.strip() if part.children else "" for part in (one, other)]
    return bool(heads[0]) and heads[0] == heads[1]


def _is_like(one: Node, other: Node) -> bool:
    return likeness(shingles(_said(one)), shingles(_said(other))) >= _ALIKE
