"""Marks on messages: which stand, and when 🔒 was taken away."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.episode.marks import Marks
from bot.core.events import Event, Marked
from bot.core.grammar.message import OFF_RECORD

CHANGES = st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=12)


def events(changes: list[tuple[str, bool]]) -> list[Event]:
    return [
        Event(f"k{at:02}", "e", at, by, Marked("m1", OFF_RECORD, on=on))
        for at, (by, on) in enumerate(changes)
    ]


def marks(told: list[Event]) -> Marks:
    found = Marks()
    for event in told:
        assert isinstance(event.what, Marked)
        found.put(event, event.what)
    return found


@given(CHANGES)
def test_a_lock_is_lifted_when_the_last_of_those_who_set_it_takes_it_away(
    changes: list[tuple[str, bool]],
) -> None:
    lifted, by = None, set[str]()
    for at, (who, on) in enumerate(changes):
        was_on = bool(by)
        by = by | {who} if on else by - {who}
        lifted = at if was_on and not by else lifted
    assert marks(events(changes)).lifted("m1") == (None if by else lifted)


@given(CHANGES, st.data())
def test_in_any_order_and_partly_new_it_was_lifted_at_the_same_time(
    changes: list[tuple[str, bool]], data: st.DataObject
) -> None:
    told = events(changes)
    other = data.draw(st.permutations(told))
    cut = data.draw(st.integers(0, len(told)))
    assert marks(other[:cut]).lifted("m1", other[cut:]) == marks(told).lifted("m1")


@given(CHANGES)
def test_taking_away_a_lock_that_is_not_there_lifts_nothing(
    changes: list[tuple[str, bool]],
) -> None:
    told = [*events(changes), Event("z", "e", 99, "nobody", Marked("m1", OFF_RECORD, on=False))]
    assert marks(told).lifted("m1") == marks(told[:-1]).lifted("m1")
