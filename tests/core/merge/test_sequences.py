"""What two sequences have in common, beside the plain way to find it."""

from functools import cache
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.core.merge.sequences import increasing, matched, paired

letters = st.lists(st.sampled_from("abcd"), max_size=12)


def longest(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """Return the length of a longest common subsequence, as it is defined."""

    @cache
    def of(at: int, place: int) -> int:
        if at == len(one) or place == len(other):
            return 0
        if one[at] == other[place]:
            return 1 + of(at + 1, place + 1)
        return max(of(at + 1, place), of(at, place + 1))

    return of(0, 0)


def grow(pairs: list[tuple[int, int]]) -> bool:
    return all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))


@given(letters, letters)
def test_short_sequences_are_matched_as_far_as_they_can_be(
    one: list[str], other: list[str]
) -> None:
    pairs = matched(one, other)
    assert grow(pairs)
    assert all(one[at] == other[place] for at, place in pairs)
    assert len(pairs) == longest(tuple(one), tuple(other))


@given(st.permutations(range(60)), st.sets(st.integers(0, 59), max_size=20))
def test_long_sequences_are_matched_in_order(order: list[int], gone: set[int]) -> None:
    other = [one for one in order if one not in gone]
    assert [order[at] for at, _ in matched(order, other)] == other
    mixed = sorted(other)
    pairs = matched(order, mixed)
    assert grow(pairs)
    assert all(order[at] == mixed[place] for at, place in pairs)
    assert bool(pairs) == bool(other)


@given(st.lists(st.integers(0, 99), unique=True, max_size=9))
def test_the_longest_run_that_grows_is_found(values: list[int]) -> None:
    run = [values[place] for place in increasing(values)]
    assert run == sorted(run)
    assert len(run) == longest(tuple(map(str, values)), tuple(map(str, sorted(values))))


NUMBERS = st.lists(st.integers(0, 20), unique=True, max_size=12)


def same(one: int, other: int) -> bool:
    return one == other


def near(one: int, other: int) -> bool:
    return abs(one - other) <= 1


@given(NUMBERS, NUMBERS)
def test_each_is_paired_once_and_by_the_strictest_test_first(olds, news):
    pairs = list(paired(olds, news, same, near))
    assert len({old for old, _ in pairs}) == len({new for _, new in pairs}) == len(pairs)
    assert {old for old, new in pairs if old == new} == {*olds} & {*news}
    assert all(near(*pair) for pair in pairs)
    left = {*olds} - {old for old, _ in pairs}
    free = {*news} - {new for _, new in pairs}
    assert not any(near(old, new) for old in left for new in free)


def test_what_stands_once_in_two_long_sequences_is_matched_between_all_that_differs():
    one = ["x", *range(600), "y"]
    other = ["z", *(n for n in range(600) if n % 7), "w"]
    assert [one[at] for at, _ in matched(one, other)] == other[1:-1]
    parted = ["z", *range(300), *("-" * 50), *range(300, 600), "w"]
    assert [one[at] for at, _ in matched(one, parted)] == one[1:-1]
