"""A link that two messages gave is the second one's where the first goes, with all done to it."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.events import Event, ItemRemoved, ItemRestored, ItemRetitled
from bot.core.file_events import ItemNested, ItemWritten
from bot.core.grammar.message import LEAVE_OUT, OFF_RECORD
from bot.core.urls import canonical, fingerprint
from tests.talk import did, fold, gone, in_file, marked, said, told, url

FIRST = fold(said(1, url(1))).episode.items()[0].id
PRINT = fingerprint(canonical(url(1)))
TITLED = did(3, ItemRetitled(FIRST, PRINT, "A harbour"))
AGAIN = said(2, url(1), by="utti")
LATE = 900_000_000
TO_LINK = said(1, url(2), edited=LATE)
TO_WORDS = [said(1, text, edited=LATE) for text in (None, "- words")]
GOES = [gone(1), marked(1, LEAVE_OUT), *TO_WORDS, TO_LINK]


def titles(*events: Event) -> list[str]:
    return ["A harbour" in repr(item) for item in fold(*events).episode.items()]


@pytest.mark.parametrize("goes", GOES)
@pytest.mark.parametrize("again", [2, 4])
def test_the_next_one_has_what_was_done_to_the_link(goes: Event, again: int) -> None:
    assert sorted(titles(said(1, url(1)), said(again, url(1)), TITLED, goes))[-1]


def test_what_goes_off_the_record_takes_its_title_along() -> None:
    assert titles(said(1, url(1)), AGAIN, TITLED, marked(1, OFF_RECORD)) == [False]


@pytest.mark.parametrize("goes", GOES)
@pytest.mark.parametrize(("again", "stands"), [(2, False), (4, True)])
def test_taken_out_it_stays_out_but_where_it_was_posted_after_that(
    goes: Event, again: int, stands: bool
) -> None:
    outline = fold(said(1, url(1)), said(again, url(1)), did(3, ItemRemoved(FIRST)), goes)
    assert ("1" in told(outline.episode)) is stands


def test_what_is_done_after_the_edit_is_done_to_what_the_message_says_by_then() -> None:
    first, removed = said(1, url(2), edited=LATE), did(2_000, ItemRemoved(FIRST))
    assert told(fold(said(1, url(1)), AGAIN, removed, first).episode) == ["1"]


def test_a_link_posted_after_the_edit_is_new() -> None:
    first, late = said(1, url(2), edited=LATE), said(2_000, url(1))
    assert titles(said(1, url(1)), TITLED, first, late) == [False, False]


def test_where_the_second_one_goes_what_was_done_to_it_while_the_first_was_away_stays() -> None:
    second = fold(AGAIN).episode.items()[0].id
    removed = did(3, ItemRemoved(second))
    assert told(fold(said(1, url(1)), AGAIN, removed, gone(2)).episode) == []


def test_what_is_done_to_a_link_before_its_message_comes_waits_but_that_it_was_taken_out() -> None:
    assert titles(TITLED, said(4, url(1))) == [False]
    second = fold(said(4, url(1))).episode.items()[0].id
    title = did(2, ItemRetitled(second, PRINT, "A harbour"))
    assert titles(title, said(4, url(1))) == [True]
    assert titles(title, did(3, ItemRemoved(second)), said(4, url(1))) == [False]


def test_what_people_put_below_another_line_stays_there_where_it_was_posted_again_after_that() -> (
    None
):
    above = fold(said(2, "- above")).episode.items()[0].id
    nested = in_file(3, ItemNested(FIRST, above, "top", above))
    for goes in (one for one in GOES if one is not TO_LINK):
        episode = fold(said(1, url(1)), said(2, "- above"), nested, said(4, url(1)), goes).episode
        assert [one.under for one in episode.nested] == [above]


def test_the_next_one_stands_for_itself_where_the_line_above_came_back_on_the_record() -> None:
    """The text of that line is new, and has nothing of what people put below it."""
    above = fold(said(2, url(2))).episode.items()[0].id
    nested = in_file(3, ItemNested(FIRST, above, "top", above))
    back = [marked(2, OFF_RECORD, on=on, at=at) for on, at in ((True, 4), (False, 5))]
    outline = fold(said(1, url(1)), said(2, url(2)), nested, *back, said(6, url(1)), gone(1))
    assert told(outline.episode) == ["2", "1"]


@pytest.mark.parametrize(("now", "shown"), [(url(3), ["1"]), (url(1), [])])
def test_an_edit_that_people_put_another_address_over_is_no_link_that_is_there(
    now: str, shown: list[str]
) -> None:
    """What the message says by now stands in no file until hosts chose."""
    bullet = said(1, "- bullet")
    written = ItemWritten(fold(bullet).episode.items()[0].id, "- bullet", f"- [bullet]({now})")
    events = [bullet, in_file(3, written), said(1, url(1), edited=LATE), said(5, url(1))]
    items = fold(*events).episode.items()
    assert [one.id for one in items[1:]] == [fold(events[-1]).episode.items()[0].id][: len(shown)]
    assert told(fold(*events).episode)[1:] == shown
    for order in permutations(events):
        assert fold(*order).episode == fold(*events).episode


SECOND = fold(AGAIN).episode.items()[0].id
BROUGHT_BACK = [
    *(gone(1, at=10), gone(2, at=11), did(12, ItemRestored(FIRST))),
    did(13, ItemRetitled(FIRST, PRINT, "A harbour")),
]


def test_one_that_another_gives_is_not_among_what_was_taken_out() -> None:
    assert not fold(said(1, url(1)), AGAIN, gone(1)).episode.removed


def test_brought_back_it_is_what_the_second_one_was_when_that_went() -> None:
    title = did(5, ItemRetitled(SECOND, PRINT, "A harbour"))
    there = said(1, url(1)), AGAIN, title, *BROUGHT_BACK[:3]
    assert titles(*there) == [True]
    assert not fold(*there).episode.removed
    assert titles(*there, did(20, ItemRemoved(SECOND))) == []


@given(
    st.permutations([said(1, url(1)), AGAIN, *BROUGHT_BACK, said(30, url(1))]),
    st.sampled_from([FIRST, SECOND]),
)
def test_brought_back_it_stands_once_whoever_gives_it_too(events: list[Event], item: str) -> None:
    assert titles(*events) == [True]
    assert titles(*events, did(20, ItemRemoved(item))) == [False]


@given(st.permutations([said(1, url(1)), AGAIN, said(5, url(1)), TITLED, gone(1), gone(2)]))
def test_the_order_in_which_it_is_heard_of_changes_nothing(events: list[Event]) -> None:
    assert titles(*events) == [True]
