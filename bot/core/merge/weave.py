"""The order of what has a name of its own: keys of front matter, entries of lists."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from typing import TypeVar

N = TypeVar("N", bound=Hashable)


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
