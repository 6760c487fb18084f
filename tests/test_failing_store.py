"""A store that fails now and then: each call of each background task once, and nothing missing."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.web.fetcher import Web
from bot.services import tasks
from bot.services.chat import backfill_worker, posted_panels
from bot.services.desk import draft_scheduler, quiet_time
from tests.cogs import front as on_discord
from tests.failing_store import Faults
from tests.fakes.pages import pages
from tests.front import Home, needs_network
from tests.patience import LONGEST
from tests.slack import front as on_slack

pytestmark = needs_network

PROFILE = on_slack.PROFILE + "autodraft: 2s\n"

BY_THEMSELVES = (
    "Intake._take",
    "BackfillWorker._work",
    "BackfillWorker._read_rest",
    "BackfillWorker._second_pass",
    "BackfillWorker._beat",
    "LivePanels._work",
    "LivePanels._speak",
    "StatusReactions._refresh",
    "DraftScheduler._run",
    "Publishing._run",
    "PublicationWatch._look",
    "Erasure._erase_left",
    "Erasure._scrub_later",
)

ALWAYS = (
    "Intake._take", "BackfillWorker._work", "BackfillWorker._read_rest", "BackfillWorker._beat",
    "LivePanels._work", "DraftScheduler._run", "Publishing._run", "PublicationWatch._look",
    "Erasure._erase_left",
)  # fmt: skip
"""Tasks that call the store in each such week, whatever comes first."""


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a test wait for the next attempts a fraction of their time."""
    monkeypatch.setattr(tasks, "RETRY_PAUSES", (0.01,))
    monkeypatch.setattr(backfill_worker, "PAUSES", (0.05,))
    monkeypatch.setattr(backfill_worker, "BEAT", 0.2)
    monkeypatch.setattr(backfill_worker, "SECOND_PASS", 0.2)
    monkeypatch.setattr(backfill_worker, "SECOND_PASS_PAUSE", 0.05)
    monkeypatch.setattr(posted_panels, "SOON", posted_panels.SOON // 100)
    monkeypatch.setattr(posted_panels, "EVERY", posted_panels.EVERY // 100)
    monkeypatch.setattr(draft_scheduler, "PATIENCE", 0.1)
    monkeypatch.setattr(quiet_time, "EVERY", 100_000)
    monkeypatch.setattr(quiet_time, "LONGEST_PAUSE", 100_000)


async def whole(home: Any, front: Callable[[], Any]) -> None:
    """Wait until the app has read and stored all that it missed."""
    async with asyncio.timeout(LONGEST):
        while True:
            await home.settled()
            worker = front().backfill
            if worker.is_whole() and not await worker._state.owed():
                return
            await asyncio.sleep(0.05)


async def said(home: Any, front: Callable[[], Any], text: str) -> Any:
    post = await home.say(text)
    await whole(home, front)
    return post


async def a_week(home: Any, front: Callable[[], Any], mark: Callable[[Any, str], Any]) -> str:
    """Say, mark and miss things; return the draft's body in the end."""
    await said(home, front, "# Robots")
    await home.outline()
    await said(home, front, "[A](https://example.org/a)")
    talk = await said(home, front, "a word worth keeping")
    secret = await said(home, front, "[S](https://example.org/secret)")
    await mark(talk, "memo")
    with closing(sqlite3.connect(home.folder / "rundown.db")) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM events").fetchone()
        await mark(secret, "lock")
        async with asyncio.timeout(LONGEST):
            while not await home.store.scrub_due():  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        await asyncio.sleep(0.1)  # let it try in vain
    await whole(home, front)
    await home.restart()
    await said(home, front, "[B](https://example.org/b)")
    await home.say(home.late)
    home.go.set()  # its title comes once it is marked
    await whole(home, front)
    await home.kill()
    await home.start()
    await whole(home, front)
    await front().backfill.owe(home.watched)  # as if it had not been read whole
    await whole(home, front)
    await said(home, front, "- a note")
    await whole(home, front)
    async with asyncio.timeout(LONGEST):
        while home.committed_or_none() is None:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    return str(await home.body()).replace(home.late, "https://late.example/")


@asynccontextmanager
async def opened(
    name: str, folder: Path, faults: Faults | None
) -> AsyncIterator[tuple[Any, Callable[[], Any], Callable[[Any, str], Any]]]:
    module: Any = on_slack if name == "slack" else on_discord
    async with pages() as served, Web(allow_private=True) as web:
        late, held = served.put("/late", "<title>A late title</title>"), served.hold("/late")
        manager: AbstractAsyncContextManager[Home] = module.front(folder, profile=PROFILE, web=web)
        async with _opened(name, manager, faults) as parts:
            parts[0].late, parts[0].go = late, held.go
            yield parts


@asynccontextmanager
async def _opened(
    name: str, manager: AbstractAsyncContextManager[Home], faults: Faults | None
) -> AsyncIterator[tuple[Any, Callable[[], Any], Callable[[Any, str], Any]]]:
    async with manager as home:
        any_home: Any = home
        connect = home.connect

        async def armed() -> None:
            if faults is not None:
                faults.arm(home.store)
            await connect()

        any_home.connect = armed
        if faults is not None:
            faults.arm(home.store)
        signs = {"memo": "📝", "lock": "🔒"}

        async def mark(post: Any, sign: str) -> None:
            if name == "slack":
                await any_home.slack.react(any_home.jonas, post, sign)
            else:
                await any_home.discord.react(any_home.jonas, post.id, signs[sign])
            await home.settled()

        def front() -> Any:
            return any_home.app.front if name == "slack" else any_home.bot.front

        def committed_or_none() -> str | None:
            try:
                return home.committed("_drafts/ep1.md")
            except Exception:  # noqa: BLE001 - not there yet
                return None

        async def outline() -> None:
            await any_home.command("/outline" if name == "slack" else "outline")

        any_home.outline = outline
        any_home.committed_or_none = committed_or_none
        yield home, front, mark


@pytest.mark.long
@pytest.mark.parametrize("name", ["slack", "discord"])
async def test_each_store_call_of_each_task_fails_once_and_nothing_is_missing(
    name: str, tmp_path: Path
) -> None:
    async with opened(name, tmp_path / "calm", None) as parts:
        calm = await a_week(*parts)
    faults = Faults(BY_THEMSELVES)
    async with opened(name, tmp_path / "rough", faults) as parts:
        assert await a_week(*parts) == calm
        database = (tmp_path / "rough/rundown.db").read_bytes()
        assert b"example.org/secret" not in database
    failed = {task: faults.of(task) for task in BY_THEMSELVES}
    assert min(failed[task] for task in ALWAYS) > 0, str(failed)
