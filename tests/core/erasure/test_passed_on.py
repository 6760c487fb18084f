"""What was done to a link outlives that its message goes off the record, where another gives it."""

import pytest

from bot.core.erasure.lock import Lock
from bot.core.erasure.passed_on import passed_on
from bot.core.events import Event, ItemMoved, ItemRemoved, ItemRetitled, MessageSeen, What
from bot.core.file_events import StandsIn
from bot.core.grammar.message import OFF_RECORD
from bot.core.urls import canonical, fingerprint
from tests.talk import did, fold, in_file, marked, said, told, url

PRINT = fingerprint(canonical(url(1)))
FIRST, SECOND = f"0001/{PRINT}/0", f"0002/{PRINT}/0"
TALK = [said(1, url(1)), said(2, url(1)), said(3, "# B"), said(4, "- last")]
TOPIC, LAST = "0003/0", fold(*TALK).episode.items()[-1].id
LOCKED = marked(1, OFF_RECORD)


def erased(*events: Event) -> list[Event]:
    """What is left of these events where the first message is erased."""
    passed = {one.key: one for one in passed_on(events, Lock(fold(*events, LOCKED), "0001"))}
    return [
        passed.get(event.key, event)
        for event in events
        if not (isinstance(event.what, MessageSeen) and event.what.message.id == "0001")
    ]


def test_taken_out_the_link_stays_out() -> None:
    assert told(fold(*erased(*TALK, did(10, ItemRemoved(FIRST)))).episode) == ["# B", "last"]


def test_moved_it_stays_there() -> None:
    moved = did(10, ItemMoved(FIRST, TOPIC, LAST, None))
    assert told(fold(*erased(*TALK, moved)).episode) == ["# B", "last", "1"]


@pytest.mark.parametrize("what", [ItemRemoved(LAST), ItemRetitled(FIRST, PRINT, "Words")])
def test_nothing_else_is_passed_on(what: What) -> None:
    assert not passed_on([did(10, what)], Lock(fold(*TALK, did(10, what), LOCKED), "0001"))


def test_a_link_that_the_message_alone_gave_takes_all_along() -> None:
    removed = did(10, ItemRemoved(FIRST))
    assert not passed_on([removed], Lock(fold(TALK[0], removed, LOCKED), "0001"))


def test_of_a_message_that_gave_another_link_it_is_passed_on_as_done_to_what_it_was() -> None:
    edited = said(1, url(2), edited=900_000_000)
    events = [*TALK, edited, did(10, ItemRemoved(FIRST)), did(2_000, ItemRemoved(FIRST))]
    assert [one.what for one in erased(*events)[-2:]] == [ItemRemoved(SECOND), ItemRemoved(FIRST)]


def test_it_is_known_by_the_link_though_the_other_message_once_said_another() -> None:
    was, now = said(2, url(5)), said(2, url(1), edited=20_000_000)
    events = [TALK[0], was, now, said(3, url(5)), did(10, ItemRemoved(FIRST))]
    assert told(fold(*erased(*events)).episode) == ["5"]


def test_what_people_put_into_its_lines_stands_by_itself_though_the_message_comes_back() -> None:
    put = [in_file(10, ItemRemoved(LAST)), in_file(11, StandsIn(LAST, FIRST))]
    passed = passed_on(put, Lock(fold(TALK[0], *TALK[2:], *put, LOCKED), "0001"))
    left = [put[0], *passed]
    assert told(fold(TALK[0], *TALK[2:], *left).episode) == ["1", "# B", "last"]
