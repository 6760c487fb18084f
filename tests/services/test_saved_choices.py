"""What buttons offer is kept by a short key."""

from pathlib import Path

from bot.app.app import clock
from bot.services.request import Choice
from bot.services.saved_choices import SavedChoices
from storage.store import SqliteStore


async def test_a_choice_is_found_by_a_short_key_also_after_a_restart(tmp_path: Path) -> None:
    choice = Choice("Ours", "draft", {"keep": "ours", "long": "x" * 5_000})
    async with SqliteStore.open(tmp_path / "db", clock=clock) as store:
        key = await SavedChoices(store, clock).keep(choice)
        assert await SavedChoices(store, clock).keep(choice) == key
        assert len(key) == 20
    async with SqliteStore.open(tmp_path / "db", clock=clock) as store:
        offer = await SavedChoices(store, clock).find(key)
        assert offer is not None
        assert (offer.command, offer.values) == (choice.command, choice.values)
        assert await SavedChoices(store, clock).find("nothing") is None
