"""What is paired is the same by one of the tests, and stands in one pair alone."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.merge.sequences import paired

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
