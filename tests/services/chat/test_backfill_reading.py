"""What of a channel and its threads is read after a gap, and what is taken in of it."""

from collections.abc import AsyncIterator, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from bot.core.events import Message, Thread
from bot.core.model import Bullet, Episode, Item, Topic
from bot.errors import ChatClosed
from bot.services.chat.backfill import Activity, Backfill, Caught, Outcome, Stretch
from bot.services.ports import Person, Snapshot

SECOND = 1_000_000
GAP = 1000 * SECOND
BEFORE = GAP - 120 * SECOND
NOTHING = Stretch((), (), 0)
GONE = Stretch((), (), 7, exists=False)
Known = Mapping[str, Mapping[str, int]]


def stretch(after: int | None, *ids: int, **more: Any) -> Stretch:
    return Stretch(tuple(map(str, ids)), (), 7, after=None if after is None else str(after), **more)


def channel(*ids: int, **threads: tuple[float, int]) -> Stretch:
    """A channel of which all behind 100 was read; of each thread, when it was used, and its size.

    Times are in seconds after the gap began.
    """
    used = {
        one.removeprefix("t"): Activity(GAP + round(last * SECOND), count)
        for one, (last, count) in threads.items()
    }
    return stretch(100, *ids, threads=used, has_all_threads=True)


def said(identity: str, *, thread: str | None = None) -> Snapshot:
    within = Thread(thread, "Topic", "notes") if thread else None
    message = Message(identity, "notes", 1, "b", "words", 1, None, thread=within)
    return Snapshot(message, Person("b", "B"))


class Recorded:
    """A platform whose channel and thread hold what a test says, and a desk that takes it in."""

    def __init__(
        self,
        stretches: Mapping[str, Stretch | ChatClosed],
        known: Known | None = None,
        carried: Mapping[str, Sequence[str]] | None = None,
        *,
        parts: Sequence[Stretch] = (),
        threads: Sequence[str] | None = (),
        alone: Mapping[str, Stretch | ChatClosed] | None = None,
    ) -> None:
        self._stretches = stretches
        self._known = known or {}
        self._carried = carried or {}
        self._parts = parts
        self._threads = threads
        self._alone = alone or {}
        self.asked: list[tuple[str, int]] = []
        self.by_name: list[str] = []
        self.read: list[tuple[str, int]] = []
        self.gone: list[tuple[str, str]] = []
        self.told_at: set[int] = set()
        self.renamed: list[tuple[str, int]] = []
        self.known_since: list[int | None] = []
        self.capture = SimpleNamespace(read=self._read, gone=self._gone, known_in=self._known_in)
        self.views = SimpleNamespace(episode=self._episode)
        self.thread_names = SimpleNamespace(rename=self._rename)
        self._of = Backfill(shows=self, history=self)  # type: ignore[arg-type]

    async def desk(self, channel: str) -> Any:
        return self if channel == "notes" else None

    async def _known_in(self, channel: str, *, since: int | None = None) -> Known:
        self.known_since.append(since)
        return self._known

    async def carried_in(self, channel: str) -> Mapping[str, Sequence[str]]:
        return self._carried

    async def _episode(self, channel: str) -> Episode:
        items = [Item(one, Bullet((one,)), one, "b", 0) for one, _ in self.read]
        return Episode("show#1", (Topic("t", "", tuple(items)),))

    async def newest(self, conversation: str, *, since: int) -> Stretch:
        self.asked.append((conversation, since))
        return _given(self._stretches[conversation])

    async def stretches(self, conversation: str, *, since: int) -> AsyncIterator[Stretch]:
        self.asked.append((conversation, since))
        for one in self._parts:
            yield one

    async def threads(self, channel: str, *, since: int) -> list[str]:
        self.asked.append((f"threads of {channel}", since))
        if self._threads is None:
            raise ChatClosed("shows.no-thread", channel=channel)
        return list(self._threads)

    async def one(self, conversation: str, message: str) -> Stretch:
        self.by_name.append(message)
        return _given(self._alone.get(message, GONE))

    async def _read(self, snapshots: Sequence[Snapshot], *, at: int) -> None:
        self.read += [(one.message.id, at) for one in snapshots]

    async def _gone(self, message: str, *, channel: str, person: Person, at: int) -> None:
        assert not person.id
        self.told_at.add(at)
        self.gone.append((channel, message))

    async def _rename(self, thread: Thread, *, at: int) -> None:
        self.renamed.append((thread.id, at))

    async def new(self, since: int = GAP) -> Outcome:
        return await self._of.catch_up("notes", since=since)

    async def all(self, since: int = GAP) -> Outcome:
        return await self._of.read_all("notes", since=since)

    @property
    def threads_read(self) -> list[str]:
        return [one for one, _ in self.asked if one.isdecimal()]


def _given(of: Stretch | ChatClosed) -> Stretch:
    if isinstance(of, ChatClosed):
        raise of
    return of


def closed() -> ChatClosed:
    return ChatClosed("shows.no-thread", channel="notes")


# --- what is new ---------------------------------------------------------------------------------


async def test_of_a_channel_that_nobody_watches_nothing_is_read() -> None:
    home = Recorded({})
    of = Backfill(shows=home, history=home)  # type: ignore[arg-type]
    assert await of.catch_up("elsewhere", since=GAP) == Outcome(Caught(), is_whole=True)
    assert await of.newest_known("elsewhere") is None
    assert home.asked == []
    assert home.known_since == []


async def test_the_newest_known_message_is_that_of_the_channel_or_of_any_thread() -> None:
    home = Recorded({}, {"notes": {"1": 5, "2": 9}, "77": {"3": 20, "4": 11}})
    of = Backfill(shows=home, history=home)  # type: ignore[arg-type]
    assert await of.newest_known("notes") == 20
    home = Recorded({}, {"notes": {}})
    of = Backfill(shows=home, history=home)  # type: ignore[arg-type]
    assert await of.newest_known("notes") is None


async def test_a_little_before_the_gap_is_read_too_in_the_channel_and_in_its_threads() -> None:
    home = Recorded({"notes": channel(150, t150=(0, 1)), "150": stretch(100)})
    assert (await home.new()).is_whole
    assert home.asked == [("notes", BEFORE), ("150", BEFORE)]
    assert home.known_since == [BEFORE]


async def test_what_was_said_is_taken_in_and_counted_by_the_time_at_which_it_was_asked_for() -> (
    None
):
    spoken = Stretch(("150", "160"), (said("150"), said("160")), 7, "100", has_all_threads=True)
    home = Recorded({"notes": spoken})
    assert await home.new() == Outcome(Caught(added=2), is_whole=True)
    assert home.read == [("150", 7), ("160", 7)]


async def test_a_known_message_behind_the_last_is_asked_for_by_its_name() -> None:
    home = Recorded(
        {"notes": channel(150, 160)},
        {"notes": {"150": 1, "155": 1, "170": 1, "180": 1}},
        alone={"170": stretch(None, 170)},
    )
    assert (await home.new()).is_whole
    assert home.by_name == ["170", "180"]
    assert home.gone == [("notes", "155"), ("notes", "180")]
    assert home.told_at == {7}


async def test_what_reading_does_not_reach_back_to_is_left_for_the_second_pass() -> None:
    recent = Stretch(("150",), (), 7, has_all_threads=True)
    assert (await Recorded({"notes": recent}, {"notes": {"150": 1}}).new()).is_whole
    home = Recorded({"notes": recent}, {"notes": {"90": 1, "150": 1}})
    assert not (await home.new()).is_whole
    assert home.gone == []
    assert home.by_name == []


async def test_threads_that_the_platform_does_not_show_are_left_for_the_second_pass() -> None:
    home = Recorded({"notes": stretch(100, 150)}, {"notes": {"150": 1}})
    assert not (await home.new()).is_whole


async def test_a_known_thread_without_news_is_left_for_the_second_pass() -> None:
    known = {"notes": {"150": 1}, "150": {"151": GAP - 500 * SECOND}}
    home = Recorded({"notes": channel(150, t150=(-500, 1))}, known)
    assert not (await home.new()).is_whole
    assert home.threads_read == []


@pytest.mark.parametrize(
    ("last", "count", "known", "is_busy"),
    [
        (0, 0, {}, True),  # something was said, in the moment of the gap
        (0, 9, {"160": 0}, True),  # and more may have been, in the same moment
        (1, 9, {}, True),
        (-0.000001, 9, {"160": -0.000001}, False),  # before it, and known
        (-0.000001, 9, {"160": -0.000002}, True),  # within the margin, and not known
        (-120, 9, {}, True),  # at its very edge
        (-120.000001, 9, {}, False),
        (-500, 1, {"160": -500, "170": -501}, True),  # fewer than are known: one was deleted
        (-500, 2, {"160": -500, "170": -501}, False),
        (-500, 3, {"160": -500, "170": -501}, False),
        (-501, 9, {"160": -500}, True),  # the last one that is known was deleted
        (-499, 9, {"160": -500}, False),
    ],
)
async def test_a_thread_is_read_where_something_may_have_happened_there(
    last: float, count: int, known: Mapping[str, float], is_busy: bool
) -> None:
    times = {one: GAP + round(at * SECOND) for one, at in known.items()}
    home = Recorded(
        {"notes": channel(150, t150=(last, count)), "150": stretch(100)}, {"150": times}
    )
    assert (await home.new()).is_whole == is_busy
    assert home.threads_read == ["150"] * is_busy


@pytest.mark.parametrize(
    ("thread", "is_read"),
    [
        ("155", True),  # it hung on a message that is gone
        ("150", False),  # it stands there, without a thread
        ("90", False),  # older than what was read
    ],
)
async def test_a_thread_that_is_not_shown_is_read_where_its_first_message_is_missing(
    thread: str, is_read: bool
) -> None:
    home = Recorded({"notes": channel(150, 160), thread: GONE}, {thread: {"170": 1, "180": 2}})
    assert (await home.new()).is_whole == is_read
    assert home.threads_read == [thread] * is_read
    assert home.gone == [(thread, "170"), (thread, "180")] * is_read


async def test_the_channel_is_read_once_and_a_thread_of_any_name() -> None:
    shown = stretch(100, 150, threads={"reply": Activity(GAP, 1)}, has_all_threads=True)
    home = Recorded({"notes": shown, "reply": stretch(1)}, {"notes": {"150": GAP}})
    assert (await home.new()).is_whole
    assert [one for one, _ in home.asked] == ["notes", "reply"]


async def test_a_thread_is_read_from_the_first_that_is_known_of_it() -> None:
    known = {"150": {"160": 30 * SECOND, "170": 20 * SECOND}}
    home = Recorded({"notes": channel(150, t150=(0, 2)), "150": stretch(150, 160, 170)}, known)
    assert (await home.new()).is_whole
    assert home.asked[1:] == [("150", 19 * SECOND)]


async def test_a_thread_that_is_not_shown_any_more_is_kept_where_it_hangs_too_far_back() -> None:
    shown = stretch(100, 150, threads={"90": Activity(GAP, 1)}, has_all_threads=True)
    home = Recorded({"notes": shown, "90": GONE}, {"90": {"170": 1}})
    assert (await home.new()).is_whole
    assert home.threads_read == ["90"]
    assert home.gone == []


async def test_a_thread_that_cannot_be_read_stays_as_it_is_known_and_the_next_is_read() -> None:
    home = Recorded(
        {"notes": channel(150, 160, t150=(0, 1), t160=(0, 1)), "150": closed(), "160": stretch(0)},
        {"150": {"170": 1}},
    )
    assert (await home.new()).is_whole
    assert home.threads_read == ["150", "160"]
    assert home.gone == []


async def test_in_a_thread_the_deleted_are_found_and_its_name_is_followed() -> None:
    within = Stretch(("151", "153"), (said("151"), said("153", thread="150")), 9, "150")
    home = Recorded(
        {"notes": channel(150, t150=(0, 2)), "150": within},
        {"150": {"151": 1, "152": 1, "160": 1}},
        alone={"160": GONE},
    )
    assert (await home.new()).is_whole
    assert home.gone == [("150", "152"), ("150", "160")]
    assert home.told_at == {9}
    assert home.renamed == [("150", 9)]
    assert [one for one, _ in home.read] == ["151", "153"]


async def test_a_thread_without_a_name_of_its_own_renames_nothing() -> None:
    within = Stretch(("151",), (said("151"),), 9, "150")
    home = Recorded({"notes": channel(150, t150=(0, 1)), "150": within})
    await home.new()
    assert home.renamed == []


async def test_of_closed_episodes_just_what_no_stretch_reached_is_asked_for_by_its_name() -> None:
    carried = {"notes": ("90", "150", "160")}
    home = Recorded({"notes": channel(150, 170)}, None, carried)
    assert (await home.new()).is_whole
    assert home.by_name == ["90"]
    assert home.gone == [("notes", "160"), ("notes", "90")]


async def test_what_is_asked_for_by_its_name_is_taken_in_where_it_still_stands() -> None:
    there = Stretch(("90",), (said("90"),), 7)
    home = Recorded(
        {"notes": channel(150)}, None, {"notes": ("90", "91")}, alone={"90": there, "91": NOTHING}
    )
    assert await home.new() == Outcome(Caught(added=1))
    assert home.by_name == ["90", "91"]
    assert home.gone == []


async def test_where_a_conversation_does_not_tell_by_name_the_next_one_is_asked() -> None:
    home = Recorded(
        {"notes": channel(150)},
        None,
        {"77": ("90", "91"), "notes": ("92",)},
        alone={"90": closed()},
    )
    assert (await home.new()).is_whole
    assert home.by_name == ["90", "92"]
    assert home.gone == [("notes", "92")]


async def test_what_is_left_for_the_second_pass_is_not_asked_for_by_name_before() -> None:
    home = Recorded({"notes": stretch(100, 150)}, None, {"notes": ("90",)})
    assert not (await home.new()).is_whole
    assert home.by_name == []


# --- all of it -----------------------------------------------------------------------------------


async def test_all_is_read_from_the_first_that_is_known_and_in_all_of_its_parts() -> None:
    parts = [stretch(100, 150, 160), stretch(160, 170, 180)]
    known = {"notes": {"150": 50 * SECOND, "155": GAP, "175": GAP, "190": GAP}}
    home = Recorded({}, known, parts=parts)
    assert await home.all() == Outcome(Caught(), is_whole=True)
    assert home.asked == [("notes", 49 * SECOND), ("threads of notes", 49 * SECOND)]
    assert home.by_name == ["190"]
    assert home.gone == [("notes", one) for one in ("155", "175", "190")]
    assert home.told_at == {7}


async def test_all_is_read_from_the_margin_where_nothing_older_is_known() -> None:
    home = Recorded({}, {"notes": {"150": GAP}}, parts=[stretch(100, 150)])
    await home.all()
    assert home.asked[0] == ("notes", BEFORE)


async def test_of_a_channel_that_gives_nothing_at_all_nothing_is_judged() -> None:
    home = Recorded({}, {"notes": {"150": 1}}, {"notes": ("90",)}, threads=["77"])
    await home.all()
    assert home.gone == []
    assert home.by_name == home.threads_read == []


async def test_threads_that_are_known_and_those_that_are_found_are_read_once_each() -> None:
    known = {"notes": {"150": GAP}, "60": {"61": GAP}, "77": {"78": GAP}}
    threads = {one: stretch(1) for one in ("60", "77", "500", "reply")}
    found = ["77", "500", "notes", "reply"]
    home = Recorded(threads, known, parts=[stretch(100, 150)], threads=found)
    await home.all()
    assert [one for one, _ in home.asked[2:]] == ["60", "77", "500", "reply"]


async def test_where_the_threads_are_not_told_those_that_are_known_are_read() -> None:
    home = Recorded(
        {"77": stretch(1)}, {"77": {"78": GAP}}, parts=[stretch(100, 150)], threads=None
    )
    await home.all()
    assert home.threads_read == ["77"]


async def test_a_thread_is_gone_where_the_whole_channel_reaches_back_to_it() -> None:
    parts = [stretch(100, 150), stretch(150, 160)]
    known = {"120": {"121": GAP}, "90": {"91": GAP}}
    home = Recorded({"120": GONE, "90": GONE}, known, parts=parts)
    await home.all()
    assert home.gone == [("120", "121")]


async def test_of_closed_episodes_what_all_that_is_read_does_not_reach_is_asked_for() -> None:
    home = Recorded({}, None, {"notes": ("90", "150")}, parts=[stretch(100, 150)])
    await home.all()
    assert home.by_name == ["90"]
