"""A link that two messages gave is the second one's where the first goes, with all done to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.events import Event, ItemRemoved, ItemRetitled
from bot.core.grammar.message import LEAVE_OUT, OFF_RECORD
from bot.core.urls import canonical, fingerprint
from tests.talk import did, fold, gone, marked, said, told, url

FIRST = fold(said(1, url(1))).episode.items()[0].id
PRINT = fingerprint(canonical(url(1)))
TITLED = did(3, ItemRetitled(FIRST, PRINT, "A harbour"))
AGAIN = said(2, url(1), by="utti")


def titles(*events: Event) -> list[str]:
    return ["A harbour" in repr(item) for item in fold(*events).episode.items()]


@pytest.mark.parametrize("goes", [gone(1), marked(1, LEAVE_OUT)])
@pytest.mark.parametrize("again", [2, 4])
def test_the_next_one_has_what_was_done_to_the_link(goes: Event, again: int) -> None:
    assert titles(said(1, url(1)), said(again, url(1)), TITLED, goes) == [True]


def test_what_goes_off_the_record_takes_its_title_along() -> None:
    assert titles(said(1, url(1)), AGAIN, TITLED, marked(1, OFF_RECORD)) == [False]


@pytest.mark.parametrize("goes", [gone(1), marked(1, LEAVE_OUT)])
@pytest.mark.parametrize(("again", "stands"), [(2, False), (4, True)])
def test_taken_out_it_stays_out_but_where_it_was_posted_after_that(
    goes: Event, again: int, stands: bool
) -> None:
    outline = fold(said(1, url(1)), said(again, url(1)), did(3, ItemRemoved(FIRST)), goes)
    assert bool(told(outline.episode)) is stands


@given(st.permutations([said(1, url(1)), AGAIN, said(5, url(1)), TITLED, gone(1), gone(2)]))
def test_the_order_in_which_it_is_heard_of_changes_nothing(events: list[Event]) -> None:
    assert titles(*events) == [True]
