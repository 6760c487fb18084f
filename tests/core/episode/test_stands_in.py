"""What people put into another line of the file stands for itself again where that line goes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.events import Event, ItemRemoved, ItemWritten, StandsIn
from bot.core.grammar.message import LEAVE_OUT, OFF_RECORD
from tests.talk import did, fold, gone, marked, said, told, url

TALK = (said(1, "# A"), said(2, url(1)), said(3, url(2), by="utti"))
FIRST, SECOND_ITEM = (item.id for item in fold(*TALK).episode.items())
JOINED = (
    did(10, ItemWritten(FIRST, f"- <{url(1)}>", f"- [one]({url(1)}) and [two]({url(2)})")),
    did(11, ItemRemoved(SECOND_ITEM)),
    did(12, StandsIn(SECOND_ITEM, FIRST)),
)


def test_a_line_that_was_put_into_another_is_none_of_its_own() -> None:
    assert [item.id for item in fold(*TALK, *JOINED).episode.items()] == [FIRST]


@pytest.mark.parametrize("goes", [gone(2), marked(2, LEAVE_OUT), marked(2, OFF_RECORD)])
def test_it_stands_for_itself_where_the_message_of_that_one_goes(goes: Event) -> None:
    assert told(fold(*TALK, *JOINED, goes).episode) == ["# A", "2"]


def test_it_goes_with_a_line_that_hosts_take_out_as_they_see_it() -> None:
    assert told(fold(*TALK, *JOINED, did(20, ItemRemoved(FIRST))).episode) == ["# A"]


@given(st.permutations([*TALK, *JOINED, gone(2)]))
def test_the_order_in_which_it_is_heard_of_changes_nothing(events: list[Event]) -> None:
    assert told(fold(*events).episode) == ["# A", "2"]
