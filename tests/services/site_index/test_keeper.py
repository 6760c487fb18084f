"""What is known of a site is as old as is said: when it is read, and that addresses follow it."""

import pytest

from bot.core.urls import canonical
from bot.services.desk.desk import Desk
from tests.services.site_index.test_memory import commit, find, known, remembering


async def test_addresses_follow_the_settings_of_the_site_each_time_they_change(tmp_path):
    async with remembering(tmp_path) as house:
        for name in ("one", "two", "three", "four"):
            (house.site / "_config.yml").write_text(
                f"url: https://{name}.example\npermalink: /{name}/:title\n"
            )
            commit(house.site)
            await known(house.desk)
            (first, *_) = await find(house, "paper")
            address = f"https://{name}.example/{name}/ep1"
            assert first == f"1: Title 1 (2026-01-01): {address}"
            memory = house.desk._show.memory
            assert [page.title for page in memory.own_pages([canonical(address)]).values()] == [
                "Title 1"
            ]


def reads(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note each time that the site is read."""
    keeper, noted = desk.keeper, list[str]()
    assert keeper is not None
    refresh = keeper.refresh

    async def noting() -> None:
        noted.append("read")
        await refresh()

    monkeypatch.setattr(keeper, "refresh", noting)
    return noted


async def test_a_site_is_waited_for_once_until_all_of_it_was_read(tmp_path, monkeypatch):
    async with remembering(tmp_path, is_read=False) as house:
        noted = reads(house.desk, monkeypatch)
        for _ in range(2):
            await house.desk.keeper.ensure_whole(seconds=120)
            assert (await find(house, "paper"))[0].startswith("1: ")
        assert noted == ["read"]


async def test_what_is_known_to_have_changed_is_read_before_an_answer(tmp_path, monkeypatch):
    async with remembering(tmp_path) as house:
        noted = reads(house.desk, monkeypatch)
        await house.desk.keeper.ensure_current(seconds=120)
        assert noted == []
        house.desk._show.memory.wanted.set()
        await house.desk.keeper.ensure_current(seconds=120)
        assert noted == ["read"]
