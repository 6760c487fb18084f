"""A panel is shown anew soon after a change, and never more often than EVERY."""

import asyncio
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.app.app import clock
from bot.services.chat import posted_panels
from bot.services.chat.live_panels import LivePanels
from bot.services.chat.posted_panels import PostedPanel, PostedPanels
from bot.services.saved_choices import SavedChoices
from bot.services.tasks import Supervisor
from storage.store import SqliteStore

MILLISECOND = 1_000


class Port:
    """A platform that notes when it was asked to show a panel."""

    slows_old = False

    def __init__(self) -> None:
        self.edited: list[float] = []

    async def edit(self, conversation: str, message: str, panel: Any) -> None:
        self.edited.append(time.monotonic())


class Shows:
    """Shows of which every channel has a panel."""

    def listen(self, listener: Any) -> None:
        pass

    unlisten = listen

    async def desk_for(self, channel: str) -> Any:
        async def panel(channel: str, *, page: int) -> str:
            return "drawn"

        return SimpleNamespace(panels=SimpleNamespace(panel=panel))


async def test_a_panel_that_changes_all_the_time_is_shown_no_more_often_than_it_may(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posted_panels, "SOON", 10 * MILLISECOND)
    monkeypatch.setattr(posted_panels, "EVERY", 300 * MILLISECOND)
    port = Port()
    async with SqliteStore.open(tmp_path / "rundown.db", clock=clock) as store:
        posted = await PostedPanels.open(store)
        await posted.put(PostedPanel("notes", "m1", clock()))
        shows: Any = Shows()
        live = LivePanels(
            port=port,  # type: ignore[arg-type]
            shows=shows,
            posted=posted,
            saved=SavedChoices(store, clock),
            clock=clock,
            supervisor=Supervisor(),
        )
        for _ in range(3):
            live.changed("notes")
            live.changed("notes")  # two changes are shown at once
            await live.wait_idle()
            await asyncio.sleep(0)
        await live.aclose()
    assert len(port.edited) == 3
    gaps = [after - before for before, after in zip(port.edited, port.edited[1:], strict=False)]
    assert min(gaps) >= 0.29
