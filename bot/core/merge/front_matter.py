"""Merge front matter: key by key, lists entry by entry; everything else stays as it is."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.core.document.pieces import keys_of
from bot.core.merge.lines import Taken, merge_bare
from bot.core.merge.words import Prefer

N = TypeVar("N", bound=Hashable)

_ENTRY = re.compile(r"([ \t]*)-(?:[ \t]|\Z)")
_FLOW = re.compile(r"([^\[\]{}'\"#]*:[ \t]*)\[([^\[\]{}'\"#]*)\][ \t]*\Z")


@dataclass(frozen=True, slots=True)
class Dispute:
    """A key of which both sides made something else, and the lines of the merge that stand for it.

    `line` counts from the first line of the front matter.
    """

    name: str
    base: str
    ours: str
    theirs: str
    line: int
    height: int


@dataclass(frozen=True, slots=True)
class _Part:
    """The lines of a key, or of an entry of a list."""

    lines: tuple[Taken, ...]

    @property
    def bare(self) -> list[str]:
        return [one.text for one in self.lines]

    @property
    def text(self) -> str:
        return "\n".join(self.bare)


def merge_front(
    base: str, ours: str, theirs: str, prefer: Prefer
) -> tuple[list[Taken], list[Dispute]]:
    """Merge three versions of front matter, whose lines end in line feeds."""
    sides = [_keys(base, "ours"), _keys(ours, "ours"), _keys(theirs, "theirs")]
    names = dict.fromkeys(name for side in sides for name in side)
    merged = {
        name: _merge_key(sides[0].get(name), sides[1].get(name), sides[2].get(name), prefer)
        for name in names
    }
    first, second = sides[1:] if prefer == "ours" else sides[:0:-1]
    stays = {name for name, (lines, _) in merged.items() if lines}
    taken: list[Taken] = []
    disputes = []
    shown = woven(list(sides[0]), list(first), list(second), stays)
    for name in [*shown, *(name for name in names if name not in stays)]:
        lines, disagree = merged[name]
        if disagree:
            old, mine, other = (side[name].text if name in side else "" for side in sides)
            disputes.append(Dispute(name[0], old, mine, other, len(taken), len(lines)))
        taken += lines
    return taken, disputes


def _keys(front: str, side: Prefer) -> dict[tuple[str, int], _Part]:
    """Return the parts of front matter by name; one that is there twice is two."""
    found = {}
    seen: Counter[str] = Counter()
    keys = keys_of(front) if front else []
    for number, key in enumerate(keys):
        name = "---" if number == len(keys) - 1 else key.name
        lines = key.text.removesuffix("\n").split("\n")
        taken = [Taken(line, side, key.line + at) for at, line in enumerate(lines)]
        found[name, seen[name]] = _Part(tuple(taken))
        seen[name] += 1
    return found


def _merge_key(
    base: _Part | None, ours: _Part | None, theirs: _Part | None, prefer: Prefer
) -> tuple[Sequence[Taken], bool]:
    """Merge a key; nothing where it goes. Return whether the sides disagreed."""
    if ours is None or theirs is None:
        left = theirs if ours is None else ours
        if left is None:
            return (), False
        if base is None or left.text.rstrip() == base.text.rstrip():
            return (left.lines if base is None else ()), False
        return (left.lines if (left is ours) == (prefer == "ours") else ()), True
    preferred = ours if prefer == "ours" else theirs
    if ours.text == theirs.text:
        return preferred.lines, False
    if base and base.text in (ours.text, theirs.text):
        return (theirs if ours.text == base.text else ours).lines, False
    ranked = (preferred, theirs if prefer == "ours" else ours)
    lists = _merge_blocks(base or _Part(ours.lines[:1]), *ranked)
    if lists is None and base is not None:
        lists = _merge_flows(base, *ranked)
    if lists is not None:
        return lists, False
    if base is None:
        return preferred.lines, True
    taken, disagree = merge_bare(base.bare, ours.bare, theirs.bare, prefer=prefer)
    sides = {*ours.bare, *theirs.bare}
    if disagree or any(one.text not in sides for one in taken):
        return preferred.lines, True  # a value is one thing: half of each would be neither's
    return taken, False


# --- lists ---------------------------------------------------------------------------------------


def _merge_blocks(base: _Part, first: _Part, second: _Part) -> Sequence[Taken] | None:
    """Merge lists with an entry a line, or some; None if they are something else."""
    parts = (base, first, second)
    lists = [_entries(part) for part in parts]
    if len({part.bare[0].rstrip() for part in parts}) > 1 or any(one is None for one in lists):
        return None
    one, two, three = (entries or {} for entries in lists)
    taken = [first.lines[0]]
    for name in woven(list(one), list(two), list(three), _staying(one, two, three)):
        taken += two[name] if name in two else three[name]
    return taken


def _entries(part: _Part) -> dict[Hashable, list[Taken]] | None:
    """Return the entries of a list by what they say; None if there are other lines too."""
    entries: list[list[Taken]] = []
    depth = 0
    for one in part.lines[1:]:
        found = _ENTRY.match(one.text)
        if found and (not entries or len(found[1]) <= depth):
            depth = len(found[1])
            entries.append([one])
        elif entries and (not one.text.strip() or one.text.startswith((" ", "\t"))):
            entries[-1].append(one)
        else:
            return None
    names = _named(["\n".join(one.text.rstrip() for one in entry).rstrip() for entry in entries])
    return dict(zip(names, entries, strict=True))


def _merge_flows(base: _Part, first: _Part, second: _Part) -> Sequence[Taken] | None:
    """Merge lists in brackets, of plain words; None if they are something else."""
    flows = [_FLOW.match(part.text) for part in (base, first, second)]
    found = [flow for flow in flows if flow]
    if len(found) < len(flows):
        return None
    one, two, three = (
        _named([entry.strip() for entry in flow[2].split(",") if entry.strip()]) for flow in found
    )
    names = woven(one, two, three, _staying(one, two, three))
    text = f"{found[1][1]}[{', '.join(text for text, _ in names)}]"
    return [Taken(text, first.lines[0].side, first.lines[0].line)]


def _named(texts: Iterable[str]) -> list[tuple[str, int]]:
    """Tell texts apart that are there more than once."""
    seen: Counter[str] = Counter()
    names = []
    for text in texts:
        names.append((text, seen[text]))
        seen[text] += 1
    return names


def _staying(base: Collection[N], first: Collection[N], second: Collection[N]) -> set[N]:
    """Return what neither side took out."""
    old, one, two = set(base), set(first), set(second)
    return {name for name in one | two if name not in old or (name in one and name in two)}


def woven(base: Sequence[N], first: Sequence[N], second: Sequence[N], stays: set[N]) -> list[N]:
    """Put in order what stays of different names: as a side changed it, what is new at its place.

    Where both changed the order, the first side's counts.
    """
    old = {name: place for place, name in enumerate(base)}
    both = {*first} & {*second}
    places = [old[name] for name in first if name in old and name in both]
    lead = second if places == sorted(places) else first
    core = [name for name in lead if name in old and name in stays]
    placed = set(core)
    behind: dict[N | None, list[N]] = defaultdict(list)
    for side in (first, second):
        before: N | None = None
        for name in side:
            if name in stays and name not in placed:
                behind[before].append(name)
                placed.add(name)
            before = name if name in stays else before
    order: list[N] = []
    waiting = [*core[::-1], *behind[None][::-1]]
    while waiting:
        name = waiting.pop()
        order.append(name)
        waiting += behind[name][::-1]
    return order
