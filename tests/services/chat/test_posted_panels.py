"""Where a panel stands, and which page it shows."""

from pathlib import Path

from bot.app.app import clock
from bot.services.chat.posted_panels import PostedPanel, PostedPanels
from storage.store import SqliteStore


async def test_a_panel_is_known_after_a_restart_with_the_page_that_it_shows(tmp_path: Path) -> None:
    async with SqliteStore.open(tmp_path / "db", clock=clock) as store:
        panels = await PostedPanels.open(store)
        await panels.put(PostedPanel("10", "99", 5))
        await panels.turn("10", 3)
        await panels.turn("nowhere", 3)
    async with SqliteStore.open(tmp_path / "db", clock=clock) as store:
        panels = await PostedPanels.open(store)
        assert panels.of("10") == PostedPanel("10", "99", 5, 3)
        await panels.drop("10")
        assert panels.of("10") is None
