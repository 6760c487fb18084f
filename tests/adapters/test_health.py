"""What is complained of in the log: what lasts, once."""

from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.health import Ills

PARTS = st.lists(st.sets(st.sampled_from(["discord", "slack", "background tasks"])), max_size=12)


def test_a_connection_that_is_back_at_the_next_look_is_not_complained_of() -> None:
    ills = Ills()
    assert [ills.look(["discord"]), ills.look([]), ills.look(["discord"])] == [[], [], []]


def test_what_is_away_at_two_looks_is_complained_of_once_until_it_was_well() -> None:
    ills = Ills()
    away, well = ["slack"], list[str]()
    told = [ills.look(parts) for parts in (away, away, away, well, away, away)]
    assert told == [[], ["slack"], [], [], [], ["slack"]]


def test_what_joins_another_that_is_away_is_complained_of_alone() -> None:
    ills = Ills()
    told = [ills.look(parts) for parts in (["slack"], ["slack", "discord"], ["slack", "discord"])]
    assert told == [[], ["slack"], ["discord"]]


@given(PARTS)
def test_each_time_that_a_part_lasts_is_complained_of_once(looks: list[set[str]]) -> None:
    ills = Ills()
    told = [ills.look(look) for look in looks]
    for part in set().union(*looks):
        away = "".join("x" if part in look else " " for look in looks).split()
        assert sum(part in one for one in told) == sum(len(time) > 1 for time in away)
