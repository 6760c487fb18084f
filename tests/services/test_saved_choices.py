"""What buttons offer is kept by a short key."""

from pathlib import Path

from bot.app.app import clock
from bot.services.request import Choice, Field, Form
from bot.services.saved_choices import SavedChoices, forget_choices_of, forget_old_choices
from storage.store import SqliteStore


async def test_a_choice_is_found_by_a_short_key_also_after_a_restart(tmp_path: Path) -> None:
    choice = Choice("Ours", "draft", {"keep": "ours", "long": "x" * 5_000})
    async with SqliteStore.open(tmp_path / "db", clock=clock) as store:
        key = await SavedChoices(store, clock).keep(choice)
        assert await SavedChoices(store, clock).keep(choice) == key
        turned = Choice("Ours", "draft", {"long": "x" * 5_000, "keep": "ours"})
        assert await SavedChoices(store, clock).keep(turned) == key
        assert len(key) == 20
    async with SqliteStore.open(tmp_path / "db", clock=clock) as store:
        offer = await SavedChoices(store, clock).find(key)
        assert offer is not None
        assert (offer.command, offer.values) == (choice.command, choice.values)
        assert await SavedChoices(store, clock).find("nothing") is None


async def test_the_form_of_a_choice_is_kept_with_it(tmp_path: Path) -> None:
    form = Form("Which?", (Field("name", "Name", "x", long=True, required=False), Field("b", "B")))
    async with SqliteStore.open(tmp_path / "db", clock=clock) as store:
        saved = SavedChoices(store, clock)
        plain, asking = Choice("A", "topic add", {}), Choice("A", "topic add", {}, form)
        key = await saved.keep(asking)
        assert key != await saved.keep(plain)
        found = await saved.find(key)
        assert found is not None
        assert found.form == form


async def test_choices_about_a_message_go_with_it(tmp_path: Path) -> None:
    async with SqliteStore.open(tmp_path / "db", clock=clock) as store:
        saved = SavedChoices(store, clock)
        values = (
            {"link": "m1/abc/0", "x": "y"},
            {"a": "b", "link": "m1/abc/1"},
            {"link": "m2/c/0"},
        )
        keys = [await saved.keep(Choice("A", "link remove", one)) for one in values]
        await forget_choices_of(store, "m1")
        assert [await saved.find(key) is not None for key in keys] == [False, False, True]


async def test_choices_are_forgotten_once_they_were_found_old_long_enough_ago(
    tmp_path: Path,
) -> None:
    now = 100
    async with SqliteStore.open(tmp_path / "db", clock=clock) as store:
        saved = SavedChoices(store, lambda: now)
        key = await saved.keep(Choice("A", "draft", {}))

        async def look(*, before: int, found_before: int, at: int) -> bool:
            await forget_old_choices(store, before=before, found_before=found_before, now=at)
            return await saved.find(key) is not None

        assert await look(before=100, found_before=10**6, at=150)  # not older than that
        assert await look(before=101, found_before=149, at=150)  # found old for the first time
        assert await look(before=101, found_before=149, at=160)
        await look(before=50, found_before=10**6, at=170)  # a clock that was ahead is right again
        assert await look(before=101, found_before=179, at=180)
        assert not await look(before=101, found_before=180, at=190)


async def test_a_choice_of_an_earlier_version_has_its_time_from_now_on(tmp_path: Path) -> None:
    async with SqliteStore.open(tmp_path / "db", clock=clock) as store:
        await store.put_state("offers", "k", '{"command": "draft", "values": {}}')
        await forget_old_choices(store, before=50, found_before=10**6, now=50)
        assert (await store.state("offers"))["k"] == '{"command": "draft", "values": {}, "at": 50}'
        await forget_old_choices(store, before=51, found_before=10**6, now=60)
        assert (await store.state("offers")) == {}
