"""What people put into another line of the file stands for itself again where that line goes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.events import Event, ItemRemoved, ItemRestored, Undone
from bot.core.file_events import (
    ConflictFound,
    ConflictSettled,
    ItemAdded,
    ItemNested,
    ItemWritten,
    StandsIn,
)
from bot.core.grammar.message import LEAVE_OUT, OFF_RECORD
from tests.talk import SECOND, did, fold, gone, in_file, marked, said, told, url

TALK = (said(1, "# A"), said(2, url(1)), said(3, url(2), by="utti"))
FIRST, SECOND_ITEM = (item.id for item in fold(*TALK).episode.items())
JOINED = (
    in_file(10, ItemWritten(FIRST, f"- <{url(1)}>", f"- [one]({url(1)}) and [two]({url(2)})")),
    in_file(11, ItemRemoved(SECOND_ITEM)),
    in_file(12, StandsIn(SECOND_ITEM, FIRST)),
)


def test_a_line_that_was_put_into_another_is_none_of_its_own() -> None:
    assert [item.id for item in fold(*TALK, *JOINED).episode.items()] == [FIRST]


@pytest.mark.parametrize("goes", [gone(2), marked(2, LEAVE_OUT), marked(2, OFF_RECORD)])
def test_it_stands_for_itself_where_the_message_of_that_one_goes(goes: Event) -> None:
    assert told(fold(*TALK, *JOINED, goes).episode) == ["# A", "2"]


def test_it_goes_with_a_line_that_hosts_take_out_as_they_see_it() -> None:
    assert told(fold(*TALK, *JOINED, did(20, ItemRemoved(FIRST))).episode) == ["# A"]


def test_what_hosts_took_out_before_stays_out_where_that_line_goes() -> None:
    removed = did(9, ItemRemoved(SECOND_ITEM))
    assert told(fold(*TALK, removed, *JOINED, gone(2)).episode) == ["# A"]
    undone = did(21, Undone(removed.key))
    assert told(fold(*TALK, removed, *JOINED, gone(2), undone).episode) == ["# A", "2"]


@given(st.permutations([*TALK, *JOINED, gone(2)]))
def test_the_order_in_which_it_is_heard_of_changes_nothing(events: list[Event]) -> None:
    assert told(fold(*events).episode) == ["# A", "2"]


ASKED = (  # the line's message is gone, but people changed it: it stands until hosts chose
    gone(2, at=15),
    in_file(20, ItemRestored(FIRST)),
    in_file(21, ItemRemoved(SECOND_ITEM)),
    in_file(22, StandsIn(SECOND_ITEM, FIRST)),
    in_file(23, ConflictFound("item", FIRST, "one and two", "", f"1. [one]({url(1)})")),
)


@pytest.mark.parametrize(("ours", "there"), [(True, [SECOND_ITEM]), (False, [FIRST])])
def test_where_the_chat_has_the_line_no_more_it_stands_for_itself_once_that_is_chosen(
    ours: bool, there: list[str]
) -> None:
    asked = fold(*TALK, *JOINED, *ASKED)
    assert [item.id for item in asked.episode.items()] == [FIRST]
    (conflict,) = asked.conflicts()
    chosen = fold(*TALK, *JOINED, *ASKED, did(30, ConflictSettled(conflict, ours)))
    assert [item.id for item in chosen.episode.items()] == there


def test_it_does_not_where_its_own_message_is_gone_too() -> None:
    events = (*TALK, *JOINED, gone(3), *ASKED)
    (conflict,) = fold(*events).conflicts()
    assert not list(fold(*events, did(30, ConflictSettled(conflict, ours=True))).episode.items())


def test_posted_again_it_is_there_already() -> None:
    again = fold(*TALK, *JOINED, said(40, url(2), by="kim"))
    assert [item.id for item in again.episode.items()] == [FIRST]
    assert again.outcome("0040") == "already"


def test_what_holds_it_is_known_also_by_the_link_that_another_host_posted() -> None:
    twin = said(4, url(2), by="kim")
    (other,) = (item.id for item in fold(twin).episode.items())
    joined = fold(*TALK, twin, *JOINED)
    assert [joined.holder(one) for one in (SECOND_ITEM, other, FIRST)] == [FIRST, FIRST, None]
    assert fold(*TALK, twin, *JOINED, did(20, ItemRemoved(FIRST))).holder(SECOND_ITEM) is None


def test_what_an_edit_puts_in_the_place_of_what_hosts_took_out_is_not_taken_out() -> None:
    """Where people put that into another line, the chat has nothing against it."""
    taken = did(5, ItemRemoved(SECOND_ITEM))
    outline = fold(*TALK, taken, said(3, url(4), by="utti", edited=9 * SECOND))
    assert not outline.is_taken_in_chat(SECOND_ITEM)
    assert fold(*TALK, taken, said(3, url(2), by="utti", edited=9 * SECOND)).is_taken_in_chat(
        SECOND_ITEM
    )


def test_a_link_of_people_is_theirs_though_an_edit_gives_it_in_place_of_one_in_that_line() -> None:
    """That line holds what was put there: were the link its own, people's would go with it."""
    nested = (
        in_file(10, ItemNested(SECOND_ITEM, FIRST, topic="0001/0", after=FIRST)),
        in_file(11, StandsIn(SECOND_ITEM, FIRST)),
    )
    theirs = in_file(12, ItemAdded(f"- [four]({url(4)})", topic="0001/0", after=FIRST))
    outline = fold(*TALK, *nested, theirs, said(3, url(4), by="utti", edited=20 * SECOND))
    assert [item.id for item in outline.episode.items()] == [FIRST, theirs.key]
