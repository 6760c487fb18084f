"""What two sequences have in common, and in which order; in time that grows with their length."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TypeVar

T = TypeVar("T")

_SMALL = 400
_LARGE = 40_000
_DEEP = 6


def increasing(values: Sequence[int]) -> list[int]:
    """Return the places of a longest increasing run through different values."""
    tails: list[int] = []
    places: list[int] = []
    before = [-1] * len(values)
    for place, value in enumerate(values):
        at = bisect_left(tails, value)
        if at == len(tails):
            tails.append(value)
            places.append(place)
        else:
            tails[at], places[at] = value, place
        before[place] = places[at - 1] if at else -1
    run = []
    place = places[-1] if places else -1
    while place >= 0:
        run.append(place)
        place = before[place]
    return run[::-1]


def matched(one: Sequence[Hashable], other: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return the places of equal parts of both, in order: a longest choice where they are short.

    Where they are long, what stands once in both comes first.
    """
    pairs: list[tuple[int, int]] = []
    waiting = [(0, len(one), 0, len(other), 0)]
    while waiting:
        low, high, other_low, other_high, depth = waiting.pop()
        while low < high and other_low < other_high and one[low] == other[other_low]:
            pairs.append((low, other_low))
            low, other_low = low + 1, other_low + 1
        while low < high and other_low < other_high and one[high - 1] == other[other_high - 1]:
            high, other_high = high - 1, other_high - 1
            pairs.append((high, other_high))
        size = (high - low) * (other_high - other_low)
        if not size:
            continue
        anchors = _anchors(one, other, low, high, other_low, other_high) if size > _SMALL else []
        if anchors and depth < _DEEP:
            pairs += anchors
            edges = [(low - 1, other_low - 1), *anchors, (high, other_high)]
            for (end, other_end), (start, other_start) in pairwise(edges):
                waiting.append((end + 1, start, other_end + 1, other_start, depth + 1))
        elif size <= _LARGE:
            pairs += _longest(one, other, low, high, other_low, other_high)
    pairs.sort()
    return pairs


def _anchors(
    one: Sequence[Hashable], other: Sequence[Hashable], low: int, high: int, first: int, last: int
) -> list[tuple[int, int]]:
    """Return the pairs of what stands once in both, as many as are in the same order."""
    seen = Counter(one[low:high])
    others = Counter(other[first:last])
    places = {other[at]: at for at in range(first, last)}
    pairs = [
        (at, places[one[at]])
        for at in range(low, high)
        if seen[one[at]] == 1 and others.get(one[at]) == 1
    ]
    return [pairs[place] for place in increasing([at for _, at in pairs])]


def _longest(
    one: Sequence[Hashable], other: Sequence[Hashable], low: int, high: int, first: int, last: int
) -> list[tuple[int, int]]:
    """Return a longest common subsequence of two short stretches."""
    width = last - first
    rows = [[0] * (width + 1)]
    for at in range(high - 1, low - 1, -1):
        below, row = rows[-1], [0] * (width + 1)
        value = one[at]
        for column in range(width - 1, -1, -1):
            if value == other[first + column]:
                row[column] = below[column + 1] + 1
            else:
                row[column] = max(below[column], row[column + 1])
        rows.append(row)
    rows.reverse()
    pairs = []
    at, column = low, 0
    while at < high and column < width:
        if one[at] == other[first + column]:
            pairs.append((at, first + column))
            at, column = at + 1, column + 1
        elif rows[at - low + 1][column] >= rows[at - low][column + 1]:
            at += 1
        else:
            column += 1
    return pairs


_LOOKED_AT = 400


def shingles(text: str) -> frozenset[str]:
    """Return the pairs of letters next to each other at a text's beginning, without case."""
    text = "".join(text[:_LOOKED_AT].split()).casefold()
    return frozenset(text[at : at + 2] for at in range(max(len(text) - 1, min(len(text), 1))))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how much two texts have in common by their shingles: 0 nothing, 1 all."""
    both = len(one) + len(other)
    return 2 * len(one & other) / both if both else 0.0


def paired(
    olds: Iterable[T], news: Iterable[T], *tests: Callable[[T, T], bool]
) -> Iterator[tuple[T, T]]:
    """Pair what is the same by one test after the other, each with the first that is free yet."""
    waiting, free = list(olds), list(news)
    for is_same in tests:
        for old in list(waiting):
            new = next((one for one in free if is_same(old, one)), None)
            if new is not None:
                yield old, new
                waiting.remove(old)
                free.remove(new)
