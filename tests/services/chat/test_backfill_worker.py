"""A channel that cannot be read holds up no other, and not what can be read of itself."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from bot.app.app import clock
from bot.errors import ChatError
from bot.services.chat.backfill import Caught, Outcome
from bot.services.chat.backfill_state import BackfillState
from bot.services.chat.backfill_worker import BackfillWorker
from bot.services.tasks import Supervisor
from bot.services.watched_channels import Watched, WatchedChannels
from storage.store import SqliteStore
from tests.patience import LONGEST

NOTES, OTHER = (Watched(channel=one, workspace="ours", show="show") for one in ("notes", "other"))


class Platform:
    """One whose channels answer to nobody until the test says so; `fails`: not even then."""

    def __init__(self, *, fails: bool = False) -> None:
        self.fails = fails
        self.answers = asyncio.Event()
        self.whole: list[str] = []

    async def catch_up(self, channel: str, *, since: int) -> Outcome:
        if self.fails:
            raise ChatError("shows.no-thread", channel=channel)
        await self.answers.wait()
        return Outcome(Caught())

    async def read_all(self, channel: str, *, since: int) -> Outcome:
        self.whole.append(channel)
        return Outcome(Caught())


@asynccontextmanager
async def working(folder: Path, platform: Platform) -> AsyncIterator[BackfillWorker]:
    backfill: Any = platform
    async with SqliteStore.open(folder / "rundown.db", clock=clock) as store:
        channels = await WatchedChannels.open(store)
        for one in (NOTES, OTHER):
            await channels.watch(one)
        shows: Any = SimpleNamespace(
            channels=channels, on_late_opening=lambda _: None, off_late_opening=lambda _: None
        )
        worker = BackfillWorker(
            shows=shows,
            backfill=backfill,
            state=BackfillState(store, "test"),
            say=lambda channel, text: asyncio.sleep(0),
            owns=lambda one: True,
            is_connected=lambda: True,
            clock=clock,
            supervisor=Supervisor(),
        )
        try:
            yield worker
        finally:
            await worker.aclose()


async def until(is_so: Any) -> None:
    async with asyncio.timeout(LONGEST):
        while True:
            if is_so():
                return
            await asyncio.sleep(0.01)


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
