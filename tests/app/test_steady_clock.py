"""A clock that jumps is not believed at once, and what stands is."""

from hypothesis import given
from hypothesis import strategies as st

from bot.app.steady_clock import HOLD, SLACK, SteadyClock, steady

SECOND = 1_000_000
YEAR = 366 * 86_400 * SECOND
NOW = 1_764_000_000 * SECOND
steps = st.lists(st.integers(0, HOLD // 4), max_size=30)
jumps = st.integers(-10 * YEAR, 10 * YEAR).filter(lambda jump: abs(jump) > 2 * SLACK)


class Clocks:
    """Both clocks of a machine; `ahead` is how far people set the one that they see."""

    def __init__(self) -> None:
        self.grown = 0
        self.ahead = 0
        self.clock = SteadyClock(wall=lambda: self.now + self.ahead, steady=lambda: self.grown)

    @property
    def now(self) -> int:
        return NOW + self.grown

    def wrong_by(self, later: int) -> int:
        self.grown += later
        return self.clock() - self.now


@given(steps, st.integers(-SLACK, SLACK))
def test_a_clock_that_is_kept_right_is_followed(later, ahead):
    clocks = Clocks()
    clocks.ahead = ahead
    assert all(clocks.wrong_by(one) == ahead for one in later)


@given(st.lists(st.integers(0, HOLD // 4), max_size=3), steps, jumps)
def test_a_clock_that_is_set_back_right_did_nothing(meanwhile, later, jump):
    clocks = Clocks()
    clocks.wrong_by(SECOND)
    clocks.ahead = jump
    assert all(clocks.wrong_by(one) == 0 for one in meanwhile)
    clocks.ahead = 0
    assert all(clocks.wrong_by(one) == 0 for one in later)


@given(jumps)
def test_what_stands_is_right(jump):
    clocks = Clocks()
    clocks.ahead = jump
    assert clocks.wrong_by(SECOND) == 0
    assert clocks.wrong_by(HOLD - SECOND) == 0
    assert clocks.wrong_by(SECOND) == jump
    assert clocks.wrong_by(SECOND) == jump


@given(jumps, jumps)
def test_another_jump_is_waited_for_anew(jump, other):
    clocks = Clocks()
    clocks.ahead = jump
    clocks.wrong_by(HOLD // 2)
    clocks.ahead = jump + other
    clocks.wrong_by(HOLD // 2 + SECOND)
    assert clocks.wrong_by(HOLD // 2 - 2 * SECOND) == 0


def test_the_machine_s_own_clock_only_grows():
    assert steady() <= steady()
