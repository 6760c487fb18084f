"""Which events a message's snapshot tells of, over what is known. Pure."""

from dataclasses import replace

import pytest

from bot.core.episode.fold import Outline
from bot.core.episode.marks import BY_MENU
from bot.core.events import Event, Marked, Message, MessageSeen, Thread
from bot.core.grammar.message import KEEP, LEAVE_OUT, OFF_RECORD
from bot.core.profile.profile import load
from bot.services.capture.snapshot_events import (
    channel_of,
    is_talk,
    lookups_of,
    mark_events,
    marked,
    seen,
    seen_after,
    stands_in,
    unnamed_if_locked,
)
from bot.services.ports import Person, Preview, Reaction, Snapshot

RULES = load("name: T\n", "{{ body }}").rules
MESSAGE = Message("m1", "notes", 10, "buka", "- words", 20)
THREAD = Thread("t1", "Topic", "notes", starter="m0")
TALK = Event("x", "e", 1, "b", Marked("m1", KEEP, on=True))


def known(*events: Event) -> Outline:
    outline = Outline("e", RULES)
    outline.extend(replace(event, seq=at) for at, event in enumerate(events, 1))
    return outline


def mark(
    emoji: str = KEEP, by: str = "oka", *, on: bool = True, at: int = 5, message: str = "m1"
) -> Event:
    return marked(message, by, emoji, "e", on=on, at=at)


def told(
    reactions: tuple[Reaction, ...] | None, outline: Outline, read_at: int | None = None
) -> list[tuple[str, str, bool, int]]:
    snapshot = Snapshot(MESSAGE, Person("buka", "Buka"), reactions)
    found = []
    for event in mark_events(snapshot, "e", outline, read_at):
        assert isinstance(event.what, Marked)
        assert event.what.message == "m1"
        found.append((event.by, event.what.emoji, event.what.on, event.at))
    return found


def test_new_marks_are_of_the_time_of_what_they_stand_below() -> None:
    shown = (Reaction(KEEP, "oka"), Reaction(LEAVE_OUT + "\ufe0f", "mika"), Reaction("👍", "oka"))
    new = [("mika", LEAVE_OUT, True, 20), ("oka", KEEP, True, 20)]
    assert told(shown, known()) == new
    assert told(shown, known(), read_at=99) == new


def test_what_is_known_is_told_once_and_what_came_back_at_the_time_of_the_reading() -> None:
    shown = (Reaction(KEEP, "oka"),)
    assert told(shown, known(mark())) == told(shown, known(mark()), read_at=99) == []
    lifted = known(mark(), mark(on=False, at=6))
    assert told(shown, lifted, read_at=99) == [("oka", KEEP, True, 99)]
    assert told(shown, lifted) == [("oka", KEEP, True, 20)]


def test_a_mark_is_taken_away_by_a_reading_that_has_a_time_alone() -> None:
    outline = known(mark(), mark(by="mika"))
    assert told((Reaction(KEEP, "mika"),), outline) == []
    assert told((Reaction(KEEP, "mika"),), outline, read_at=99) == [("oka", KEEP, False, 99)]
    assert told((), known(mark(), mark(on=False, at=6)), read_at=99) == []


def test_of_marks_that_the_platform_does_not_tell_nothing_is_known() -> None:
    assert told(None, known(mark()), read_at=99) == []


def test_a_menus_mark_stands_below_no_message() -> None:
    assert told((), known(mark(by=BY_MENU + "oka")), read_at=99) == []


def test_a_mark_of_somebody_who_may_not_is_none_but_stays_where_it_counted() -> None:
    shown = (Reaction(KEEP, "oka", counts=False),)
    assert told(shown, known()) == []
    assert told(shown, known(mark()), read_at=99) == []


def test_a_state_with_its_text_is_another_than_that_without() -> None:
    silent = replace(MESSAGE, text=None)
    assert seen(MESSAGE, "e").key != seen(silent, "e").key
    assert seen(MESSAGE, "e").key != seen(replace(MESSAGE, stamp=21), "e").key
    assert seen(MESSAGE, "e").key == seen(replace(MESSAGE, text="other"), "e").key
    assert (seen(MESSAGE, "e").at, seen(MESSAGE, "e").by) == (10, "buka")
    assert is_talk(seen(silent, "e"))
    assert is_talk(TALK)
    assert not is_talk(seen(MESSAGE, "e"))


def test_a_state_that_was_erased_and_comes_back_has_a_key_of_its_own() -> None:
    usual, lock, lift = seen(MESSAGE, "e"), mark(OFF_RECORD), mark(OFF_RECORD, on=False, at=7)
    assert seen_after(MESSAGE, "e", known()).key == usual.key
    erased = known(lock, lift)
    assert seen_after(MESSAGE, "e", erased).key != usual.key
    assert seen_after(MESSAGE, "e", known(lock), [lift]).key == seen_after(MESSAGE, "e", erased).key
    assert seen_after(replace(MESSAGE, text=None), "e", erased) == seen(
        replace(MESSAGE, text=None), "e"
    )
    assert seen_after(MESSAGE, "e", known(usual, lock, lift)).key == usual.key  # it stands still


def test_a_threads_name_goes_with_the_message_that_it_hangs_on() -> None:
    within = replace(MESSAGE, thread=THREAD)
    lock = mark(OFF_RECORD, message="m0")
    assert unnamed_if_locked(within, known()) == within
    assert unnamed_if_locked(within, known(mark(OFF_RECORD))) == within
    assert unnamed_if_locked(MESSAGE, known(lock)) == MESSAGE
    for outline, batch in ((known(lock), []), (known(), [lock])):
        unnamed = unnamed_if_locked(within, outline, batch)
        assert unnamed.thread is not None
        assert (unnamed.thread.name, unnamed.thread.id) == ("", "t1")
    alone = replace(MESSAGE, thread=replace(THREAD, starter=None))
    assert unnamed_if_locked(alone, known(lock)) == alone


def test_a_message_feeds_the_channel_of_its_thread_and_is_read_with_that() -> None:
    within = replace(MESSAGE, channel="t1", thread=THREAD)
    assert (channel_of(MESSAGE), channel_of(within)) == ("notes", "notes")
    assert (stands_in(MESSAGE), stands_in(within)) == ("notes", "t1")
    reply = replace(MESSAGE, reply_to="m0")
    assert stands_in(reply) == "notes"
    assert stands_in(replace(reply, threaded=True)) == "m0"
    assert stands_in(replace(MESSAGE, threaded=True)) == "notes"


@pytest.mark.parametrize(
    ("title", "is_one"), [("A paper", True), ("", False), ("Just a moment...", False)]
)
def test_a_platforms_title_is_one_unless_it_says_nothing(title: str, is_one: bool) -> None:
    text = "as [they](https://example.org/A) say"
    found = lookups_of([Preview("https://example.org/A?utm_source=x", title)], text, 7)
    assert [(one.title, one.source, one.at) for one in found.values()] == [
        (title, "preview", 7)
    ] * is_one
    assert lookups_of([], text, 7) == {}


def test_a_preview_of_what_a_text_does_not_say_gives_no_title() -> None:
    shown = [Preview(f"https://example.org/{one}", one.upper()) for one in "ab"]
    (found,) = lookups_of(shown, "https://example.org/b, they say", 7).values()
    assert found.title == "B"


def test_keys_stay_what_they_are_in_the_logs_there_are() -> None:
    assert mark(on=True).key == f"mark:m1:oka:{KEEP}:on:5"
    assert mark(on=False).key == f"mark:m1:oka:{KEEP}:off:5"
    assert seen(MESSAGE, "e").key == "m1@20+"
    assert seen(replace(MESSAGE, text=None), "e", again="~7").key == "m1@20~7"


def test_seen_is_of_its_message() -> None:
    assert seen(MESSAGE, "e").what == MessageSeen(MESSAGE)
