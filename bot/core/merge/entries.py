"""Which entries of three versions of a list are the same one, though people changed it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from bot.core.merge.sequences import matched, paired

T = TypeVar("T")

_FEW = 400


def same_entries(
    versions: tuple[Sequence[T], Sequence[T], Sequence[T]],
    said: Callable[[T], str],
    *tests: Callable[[T, T], bool],
) -> list[list[int]]:
    """Return a name for each entry of three lists, the base first; the same one has the same name.

    Those are the same that say the same; of what is left, those that pass the first of the tests
    that any two pass.
    """
    base, *sides = versions
    olds = [said(one) for one in base]
    names = [list(range(len(base)))]
    new: dict[tuple[str, int], int] = {}  # what both sides added is one entry, too
    for side in sides:
        texts = [said(one) for one in side]
        known = _by_text(olds, texts)
        known |= _by_tests(base, side, known, tests)
        counts: Counter[str] = Counter()
        for place, text in enumerate(texts):
            if place not in known:
                known[place] = new.setdefault((text, counts[text]), len(base) + len(new))
                counts[text] += 1
        names.append([known[place] for place in range(len(side))])
    return names


def _by_text(olds: Sequence[str], texts: Sequence[str]) -> dict[int, int]:
    """Return for places of a list those of another's entries that say the same, moved ones last."""
    known = {place: at for at, place in matched(olds, texts)}
    moved = defaultdict(list)
    for at in sorted({*range(len(olds))} - {*known.values()}, reverse=True):
        moved[olds[at]].append(at)
    for place, text in enumerate(texts):
        if place not in known and moved[text]:
            known[place] = moved[text].pop()
    return known


def _by_tests(
    base: Sequence[T],
    side: Sequence[T],
    known: Mapping[int, int],
    tests: Iterable[Callable[[T, T], bool]],
) -> dict[int, int]:
    """Return the same of what was changed; nothing where so much was that it would take long."""
    left = sorted({*range(len(base))} - {*known.values()})
    free = [place for place in range(len(side)) if place not in known]
    if len(left) * len(free) > _FEW:
        return {}

    def of_places(test: Callable[[T, T], bool]) -> Callable[[int, int], bool]:
        return lambda at, place: test(base[at], side[place])

    return {place: at for at, place in paired(left, free, *map(of_places, tests))}
