"""Work by itself whose store call fails once is done all the same, and logged meanwhile."""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.app.app import clock
from bot.core.grammar.message import OFF_RECORD
from bot.errors import ProfileError, StoreError
from bot.services import tasks
from bot.services.capture.receipts import Receipt
from bot.services.chat.live_panels import LivePanels
from bot.services.chat.posted_panels import PostedPanels
from bot.services.chat.status_reactions import StatusReactions
from bot.services.drafting import erasure
from bot.services.notification import Notification
from bot.services.request import Choice
from bot.services.saved_choices import SavedChoices
from bot.services.tasks import Supervisor
from storage.store import SqliteStore
from tests.patience import LONGEST
from tests.services.desk.house import house


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "RETRY_PAUSES", (0.01,))
    monkeypatch.setattr(erasure, "PAUSE", 0.01)


def failing_once(call: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """Return a call of the store that fails the first time."""
    failed = []

    async def called(*values: Any, **named: Any) -> Any:
        if not failed:
            failed.append(True)
            raise StoreError("store.disk", file="rundown.db")
        return await call(*values, **named)

    return called


def again(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [one.task for one in caplog.records if one.getMessage() == "to be tried again"]


async def test_what_was_erased_is_scrubbed_once_nobody_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with house(tmp_path) as home:
        message = await home.say("https://example.org/secret")
        scrub, later = home.store.scrub, failing_once(home.store.scrub)

        async def scrubbed() -> bool:
            task: Any = asyncio.current_task()
            is_later = task.get_coro().__qualname__ == "Erasure._scrub_later"
            return bool(await (later if is_later else scrub)())

        monkeypatch.setattr(home.store, "scrub", scrubbed)
        with closing(sqlite3.connect(tmp_path / "rundown.db")) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM events").fetchone()
            await home.mark(message, OFF_RECORD)
        async with asyncio.timeout(LONGEST):
            while await home.store.scrub_due():  # noqa: ASYNC110 - nothing tells of it
                await asyncio.sleep(0.02)
    assert again(caplog) == ["erasure"]


class Shows(SimpleNamespace):
    """Shows whose listener a test calls."""

    def listen(self, listener: Any) -> None:
        self.tell = listener

    def unlisten(self, listener: Any) -> None:
        pass


async def test_a_status_follows_when_titles_come(caplog: pytest.LogCaptureFixture) -> None:
    shown = []

    async def change(channel: str, message: str, *, add: str | None, remove: str | None) -> None:
        shown.append((message, add))

    async def receipt(message: str) -> Receipt:
        return Receipt("untitled")

    shows: Any = Shows()
    reactions: Any = SimpleNamespace(change=change)
    desk: Any = SimpleNamespace(capture=SimpleNamespace(receipt=failing_once(receipt)))
    status = StatusReactions(reactions, shows, Supervisor())
    status.show(desk, "notes", "m1", Receipt("kept", waiting=True))
    shows.tell("show", Notification("show#1", "changed"))
    async with asyncio.timeout(LONGEST):
        await status._refreshing.wait_idle()
        await status.wait_idle()
    assert shown == [("m1", "✅"), ("m1", "❓")]
    assert again(caplog) == ["status after look-ups"]
    await status.aclose()


class Spoken:
    """A platform with one channel, and what was said there."""

    def __init__(self, open_show: Callable[[str], Awaitable[Any]]) -> None:
        watched = SimpleNamespace(channel="notes", show="show")
        channels = SimpleNamespace(watched=lambda show=None: [watched])
        self.shows: Any = Shows(channels=channels, open=open_show)
        self.port: Any = SimpleNamespace(
            reaches=lambda _: True, home=lambda channel, _: channel, say=self.say
        )
        self.said: list[tuple[str, int]] = []

    async def say(self, home: str, text: str, choices: list[tuple[str, str]]) -> None:
        self.said.append((text, len(choices)))


def asked() -> Notification:
    choice = Choice("Yes", "draft", {})
    return Notification("show#1", "said", lambda _: "Really?", lambda _: [choice])


async def spoken(folder: Path, platform: Spoken, *, fails: bool) -> None:
    async with SqliteStore.open(folder / "rundown.db", clock=clock) as store:
        posted = await PostedPanels.open(store)
        if fails:
            store.put_state = failing_once(store.put_state)  # type: ignore[method-assign]
        live = LivePanels(
            port=platform.port, shows=platform.shows, posted=posted,
            saved=SavedChoices(store, clock), clock=clock, supervisor=Supervisor(),
        )  # fmt: skip
        live._is_connected = True
        platform.shows.tell("show", asked())
        async with asyncio.timeout(LONGEST):
            await live.wait_idle()
        await live.aclose()


async def test_a_line_for_the_hosts_is_said_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def opened(_: str) -> Any:
        return SimpleNamespace(language="en")

    platform = Spoken(opened)
    await spoken(tmp_path, platform, fails=True)
    assert platform.said == [("Really?", 1)]
    assert again(caplog) == ["lines said"]


async def test_a_show_that_cannot_be_opened_is_told_nothing_and_is_no_fault_of_the_bots(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(_: str) -> Any:
        raise ProfileError("profile.too-long", file="site.yml", most=1)

    platform = Spoken(broken)
    with caplog.at_level(logging.WARNING):
        await spoken(tmp_path, platform, fails=False)
    assert platform.said == []
    assert again(caplog) == []
    assert [one.getMessage() for one in caplog.records] == ["not said"]
