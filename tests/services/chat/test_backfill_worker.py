"""A channel that cannot be read holds up no other, and not what can be read of itself."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.app.app import clock
from bot.errors import ChatClosed, ChatError, StoreError
from bot.services.chat import backfill_worker
from bot.services.chat.backfill import Caught, Outcome
from bot.services.chat.backfill_state import BackfillState
from bot.services.chat.backfill_worker import BackfillWorker
from bot.services.tasks import Supervisor
from bot.services.watched_channels import Watched, WatchedChannels
from storage.store import SqliteStore
from tests.patience import LONGEST, until

NOTES, OTHER = (Watched(channel=one, workspace="ours", show="show") for one in ("notes", "other"))
THEIRS = Watched(channel="theirs", workspace="theirs", show="show")
NOW = 1000
FOUND = Caught(added=2)


class Platform:
    """One whose channels answer to nobody until the test says so; `fails`: not even then.

    `outcome` is what reading what is new gives, or raises; `left` what reading all does.
    """

    def __init__(self, *, fails: bool = False, answers: bool = False) -> None:
        self.answers = asyncio.Event()
        if answers:
            self.answers.set()
        self.outcome: Outcome | Exception = Outcome(Caught())
        if fails:
            self.outcome = ChatError("shows.no-thread", channel="notes")
        self.left: Outcome | Exception = Outcome(Caught())
        self.new: list[tuple[str, int]] = []
        self.whole: list[str] = []
        self.since: list[int] = []
        self.newest: int | None = None
        self.is_connected = True
        self.said: list[tuple[str, str]] = []
        self.now = NOW

    async def catch_up(self, channel: str, *, since: int) -> Outcome:
        self.new.append((channel, since))
        if not isinstance(self.outcome, Exception):
            await self.answers.wait()
        return _given(self.outcome)

    async def read_all(self, channel: str, *, since: int) -> Outcome:
        self.whole.append(channel)
        self.since.append(since)
        return _given(self.left)

    async def newest_known(self, channel: str) -> int | None:
        return self.newest

    async def say(self, channel: str, text: str) -> None:
        self.said.append((channel, text))


def _given(of: Outcome | Exception) -> Outcome:
    if isinstance(of, Exception):
        raise of
    return of


@dataclass
class Working:
    """A worker over a real store; a channel of another connection is watched as well."""

    worker: BackfillWorker
    state: BackfillState
    supervisor: Supervisor
    channels: WatchedChannels
    openings: list[Callable[[str], None]]


@asynccontextmanager
async def at_work(folder: Path, platform: Platform) -> AsyncIterator[Working]:
    backfill: Any = platform
    openings: list[Callable[[str], None]] = []
    async with SqliteStore.open(folder / "rundown.db", clock=clock) as store:
        channels = await WatchedChannels.open(store)
        for one in (NOTES, OTHER, THEIRS):
            await channels.watch(one)
        desk = SimpleNamespace(language="en")
        shows: Any = SimpleNamespace(
            channels=channels,
            on_late_opening=openings.append,
            off_late_opening=openings.remove,
            desk_for=lambda channel: asyncio.sleep(0, desk),
        )
        state, supervisor = BackfillState(store, "test"), Supervisor(timer=lambda: 0)
        worker = BackfillWorker(
            shows=shows,
            backfill=backfill,
            state=state,
            say=platform.say,
            owns=lambda one: one.workspace == "ours",
            hears=lambda one: platform.is_connected,
            clock=lambda: platform.now,
            supervisor=supervisor,
        )
        try:
            yield Working(worker, state, supervisor, channels, openings)
        finally:
            await worker.aclose()


@asynccontextmanager
async def working(folder: Path, platform: Platform) -> AsyncIterator[BackfillWorker]:
    async with at_work(folder, platform) as it:
        yield it.worker


async def noted(it: Working, at: int) -> None:
    async with asyncio.timeout(LONGEST):
        while True:
            if await it.state.alive() == at:
                return
            await asyncio.sleep(0.001)


async def test_all_is_told_once_nothing_is_read_but_a_channel_that_was_just_done(
    tmp_path: Path,
) -> None:
    platform = Platform()
    async with working(tmp_path, platform) as worker:
        assert worker.is_whole()
        worker.want([NOTES])
        assert not worker.is_whole(but="notes")  # it has not even begun
        await until(lambda: not worker._due)
        assert worker.is_whole(but="notes")
        assert not worker.is_whole()
        assert not worker.is_whole(but="other")
        worker.want([OTHER])
        await until(lambda: not worker._due)
        assert not worker.is_whole(but="notes")
        platform.answers.set()
        await until(worker.is_whole)


async def test_what_is_left_of_a_channel_is_read_though_what_is_new_there_fails_again_and_again(
    tmp_path: Path,
) -> None:
    platform = Platform(fails=True)
    async with working(tmp_path, platform) as worker:
        await worker.owe("notes", 1)
        worker.want([NOTES])
        await until(lambda: "notes" in worker._resting)
        await worker.complete([NOTES], seconds=LONGEST)
        assert platform.whole == ["notes"]
        assert not await worker.is_owed("notes")


# --- since when --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("alive", "newest", "owed", "since"),
    [
        (None, 5, None, NOW),  # the first start: its past is not read
        (400, 5, None, 400),
        (NOW, 5, None, NOW),
        (NOW + 1, 5, None, 5),  # the clock was ahead when that was noted
        (NOW + 1, None, None, NOW),
        (NOW + 1, NOW + 2, None, NOW),
        (400, 5, 300, 300),
        (400, 5, 600, 400),
    ],
)
async def test_a_gap_began_when_the_platform_was_last_heard_for_sure(
    tmp_path: Path, alive: int | None, newest: int | None, owed: int | None, since: int
) -> None:
    platform = Platform(answers=True)
    platform.newest = newest
    async with at_work(tmp_path, platform) as it:
        if alive is not None:
            await it.state.note_alive(alive)
        if owed is not None:
            await it.state.owe("notes", owed)
        it.worker.want([NOTES])
        await it.worker.wait_idle()
    assert platform.new == [("notes", since)]


async def test_what_is_read_whole_is_paid_and_what_is_not_is_owed_since_the_gap(
    tmp_path: Path,
) -> None:
    platform = Platform(answers=True)
    async with at_work(tmp_path, platform) as it:
        await it.state.note_alive(400)
        platform.outcome = Outcome(Caught(), is_whole=False)
        it.worker.want([NOTES])
        await it.worker.wait_idle()
        assert await it.state.owed() == {"notes": 400}
        assert await it.worker.is_owed("notes")
        assert not await it.worker.is_owed("other")
        platform.outcome = Outcome(Caught())
        it.worker.want([NOTES])
        await it.worker.wait_idle()
        assert await it.state.owed() == {}
    assert platform.said == []  # nothing was found that anybody has to know


async def test_what_was_found_is_told_in_its_channel(tmp_path: Path) -> None:
    platform = Platform(answers=True)
    platform.outcome = Outcome(FOUND)
    async with at_work(tmp_path, platform) as it:
        it.worker.want([NOTES])
        await it.worker.wait_idle()
    assert platform.said == [("notes", FOUND.report("en"))]


async def test_a_channel_that_is_closed_to_us_is_read_from_then_on_when_it_can_be(
    tmp_path: Path,
) -> None:
    platform = Platform()
    platform.outcome = ChatClosed("shows.no-thread", channel="notes")
    async with at_work(tmp_path, platform) as it:
        await it.state.note_alive(400)
        it.worker.want([NOTES])
        await it.worker.wait_idle()
        assert await it.state.owed() == {"notes": 400}
        assert "notes" not in it.worker._resting
    assert len(platform.new) == 1
    assert platform.said == []


async def test_a_channel_that_was_left_alone_meanwhile_is_owed_nothing(tmp_path: Path) -> None:
    platform = Platform(answers=True)
    async with at_work(tmp_path, platform) as it:
        await it.worker.owe("notes")
        assert await it.state.owed() == {"notes": NOW}
        await it.channels.unwatch("notes")
        it.worker.want([NOTES])
        await it.worker.wait_idle()
        assert await it.state.owed() == {}
    assert platform.new == []


# --- whose, and at whose wish ------------------------------------------------------------------


async def test_channels_of_another_connection_are_left_to_it(tmp_path: Path) -> None:
    platform = Platform(answers=True)
    async with at_work(tmp_path, platform) as it:
        it.worker.want([THEIRS, OTHER])
        it.worker.want_channel("theirs")
        it.worker.want_channel("elsewhere")
        it.worker.want_channel("notes")
        assert await it.worker.complete([THEIRS], seconds=LONGEST) == []
        await it.worker.wait_idle()
    assert sorted(one for one, _ in platform.new) == ["notes", "other"]


async def test_the_channels_of_a_show_that_opens_late_are_read(tmp_path: Path) -> None:
    platform = Platform(answers=True)
    async with at_work(tmp_path, platform) as it:
        it.openings[0]("show")
        await it.worker.wait_idle()
        assert sorted(one for one, _ in platform.new) == ["notes", "other"]
        it.openings[0]("another")
        await it.worker.wait_idle()
    assert len(platform.new) == 2
    assert it.openings == []


async def test_a_past_that_somebody_asked_for_is_read_whole_and_told_of_in_any_case(
    tmp_path: Path,
) -> None:
    platform = Platform(answers=True)
    async with at_work(tmp_path, platform) as it:
        it.worker.read_past("notes", 7)
        it.worker.want([NOTES])  # a wish is not forgotten over what was missed as well
        await it.worker.wait_idle()
        assert (platform.whole, platform.since, platform.new) == (["notes"], [7], [])
        assert platform.said == [("notes", Caught().report("en"))]
        it.worker.want([NOTES])
        it.worker.read_past("notes", 8)
        it.worker.read_past("notes", 9)  # the first wish stands until it is done
        await it.worker.wait_idle()
    assert platform.since == [7, 8]


# --- what fails --------------------------------------------------------------------------------


async def test_what_fails_is_tried_again_after_ever_longer_pauses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backfill_worker, "PAUSES", (0.01, LONGEST))
    platform = Platform(fails=True)
    async with at_work(tmp_path, platform) as it:
        it.worker.want([NOTES])
        await until(lambda: len(platform.new) == 2 and "notes" in it.worker._resting)
        assert not it.worker.is_whole()
        assert it.worker._due
        platform.outcome = Outcome(FOUND)
        platform.answers.set()
        it.worker.want([NOTES])  # it does not wait for the end of its pause
        await until(it.worker.is_whole)
    assert len(platform.new) == 3
    assert platform.said == [("notes", FOUND.report("en"))]


@pytest.mark.parametrize(
    ("error", "is_ill"),
    [
        (ChatError("shows.no-thread", channel="notes"), False),
        (StoreError("store.same"), True),
        (ZeroDivisionError(), True),
    ],
)
@pytest.mark.parametrize("thorough", [False, True])
async def test_what_is_our_own_fault_is_told_of_as_ill_until_it_is_read(
    tmp_path: Path, error: Exception, is_ill: bool, thorough: bool
) -> None:
    platform = Platform(answers=True)
    async with at_work(tmp_path, platform) as it:
        platform.outcome = platform.left = error
        if thorough:
            await it.worker.owe("notes")
            assert await it.worker.complete([NOTES], seconds=LONGEST) == ["notes"]
        else:
            it.worker.want([NOTES])
            await until(lambda: "notes" in it.worker._resting)
        assert list(it.supervisor._failing) == ["backfill notes"] * is_ill
        platform.outcome = platform.left = Outcome(Caught())
        if thorough:
            assert await it.worker.complete([NOTES], seconds=LONGEST) == []
        else:
            it.worker.want([NOTES])
            await until(it.worker.is_whole)
        assert not it.supervisor._failing


# --- until when nothing was missed -------------------------------------------------------------


async def test_once_all_is_read_it_is_noted_that_nothing_was_missed(tmp_path: Path) -> None:
    platform = Platform(answers=True)
    async with at_work(tmp_path, platform) as it:
        it.worker.want([NOTES])
        await it.worker.wait_idle()
        assert await it.state.alive() == NOW


@pytest.mark.parametrize("began", [False, True])
@pytest.mark.parametrize("is_connected", [False, True])
async def test_at_the_end_it_is_noted_where_the_platform_was_heard_to_the_last(
    tmp_path: Path, began: bool, is_connected: bool
) -> None:
    platform = Platform(answers=True)
    async with at_work(tmp_path, platform) as it:
        assert not it.worker.has_begun
        if began:
            it.worker.begin()
            assert it.worker.has_begun
            await noted(it, NOW)
        platform.now = NOW + 5
        platform.is_connected = is_connected
        await it.worker.aclose()
        it.openings.append(it.worker._opened)  # closed once more below
        assert await it.state.alive() == (None if not began else NOW + 5 if is_connected else NOW)
        assert it.worker.tasks() == []
        it.worker.begin()
        it.worker.want([NOTES])
        assert it.worker.tasks() == []


async def test_while_something_is_missing_it_is_not_noted_that_nothing_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backfill_worker, "BEAT", 0.001)
    platform = Platform()
    async with at_work(tmp_path, platform) as it:
        it.worker.want([NOTES])
        it.worker.begin()
        await asyncio.sleep(0.02)
        assert await it.state.alive() is None
        platform.answers.set()
        await it.worker.wait_idle()
        platform.now = NOW + 9
        await noted(it, NOW + 9)


# --- the second pass ---------------------------------------------------------------------------


async def test_the_second_pass_reads_what_is_owed_while_the_platform_is_heard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backfill_worker, "SECOND_PASS", 0.001)
    monkeypatch.setattr(backfill_worker, "SECOND_PASS_PAUSE", 0.001)
    platform = Platform(answers=True)
    platform.is_connected = False
    platform.left = Outcome(FOUND)
    async with at_work(tmp_path, platform) as it:
        await it.worker.owe("notes", 7)
        await it.worker.owe("other", 8)
        it.worker.begin()
        await asyncio.sleep(0.02)
        assert platform.whole == []
        platform.is_connected = True
        await until(lambda: len(platform.said) == 2)
        assert await it.state.owed() == {}
    assert dict(zip(platform.whole, platform.since, strict=True)) == {"notes": 7, "other": 8}
    assert platform.said[0] == ("notes", FOUND.report("en"))
