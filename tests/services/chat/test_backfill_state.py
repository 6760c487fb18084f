"""What is noted of how far a platform's channels were read, over a restart too."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app.app import clock
from bot.services.chat.backfill_state import BackfillState
from storage.store import SqliteStore


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    async with SqliteStore.open(tmp_path / "rundown.db", clock=clock) as opened:
        yield opened


async def test_before_the_first_start_nothing_is_known(store: SqliteStore) -> None:
    state = BackfillState(store, "slack")
    assert await state.alive() is None
    assert await state.owed() == {}


async def test_each_part_of_a_platform_has_its_own_time(store: SqliteStore) -> None:
    first, second = (BackfillState(store, "discord", part=part) for part in ("0/2", "1/2"))
    await first.note_alive(9)
    await second.note_alive(5)
    await BackfillState(store, "slack").note_alive(2)
    assert (await first.alive(), await second.alive()) == (9, 5)
    assert await BackfillState(store, "slack").alive() == 2


async def test_cut_into_other_parts_a_platform_goes_on_where_the_first_of_them_ended(
    store: SqliteStore,
) -> None:
    for part, at in (("0/2", 9), ("1/2", 5)):
        await BackfillState(store, "discord", part=part).note_alive(at)
    for other in ("a", "slack", "telegram"):
        await BackfillState(store, other).note_alive(2)
    assert await BackfillState(store, "discord").alive() == 5
    assert await BackfillState(store, "discord", part="0/3").alive() == 5
    assert await BackfillState(store, "irc").alive() is None


async def test_a_channel_is_owed_from_the_earliest_time_until_it_is_paid(
    store: SqliteStore,
) -> None:
    state = BackfillState(store, "slack")
    await state.owe("C1", 5)
    await state.owe("C1", 9)
    await state.owe("C2", 9)
    await state.owe("C2", 3)
    assert await state.owed() == {"C1": 5, "C2": 3}
    assert await BackfillState(store, "slack").owed() == {"C1": 5, "C2": 3}
    await state.pay("C1")
    await state.pay("C1")
    assert await state.owed() == {"C2": 3}
    assert await BackfillState(store, "slack").owed() == {"C2": 3}


async def test_one_platform_owes_nothing_of_another_nor_of_channels_that_others_have(
    store: SqliteStore,
) -> None:
    await BackfillState(store, "slack").owe("C1", 5)
    assert await BackfillState(store, "discord").owed() == {}
    assert await BackfillState(store, "slack", has=lambda one: one != "C1").owed() == {}
    assert await BackfillState(store, "slack", has=lambda one: one == "C1").owed() == {"C1": 5}
