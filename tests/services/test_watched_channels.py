"""Which channel feeds which show, and who may: kept over restarts, asked without any I/O."""

import asyncio
from pathlib import Path

from bot.app.app import clock
from bot.services.watched_channels import Caller, Watched, WatchedChannels
from storage.store import SqliteStore

HERE = "discord:1"


async def test_what_is_set_up_is_there_after_a_restart(tmp_path: Path) -> None:
    async with SqliteStore.open(tmp_path / "db", clock=clock) as store:
        channels = await WatchedChannels.open(store)
        await channels.watch(Watched("10", HERE, "show"))
        await channels.watch(Watched("11", HERE, "owner/repo"))
        await channels.set_hosts(HERE, ["5", "6"])
        await channels.add_show("owner/repo", "owner/repo@main")
        await channels.unwatch("11")
    async with SqliteStore.open(tmp_path / "db", clock=clock) as store:
        channels = await WatchedChannels.open(store)
        assert channels.watched() == [Watched("10", HERE, "show")]
        assert channels.hosts(HERE) == {"5", "6"}
        assert channels.site("owner/repo") == "owner/repo@main"
        assert channels.show_of("owner/repo@main") == "owner/repo"
        assert channels.has(HERE)
        assert not channels.has("discord:2")
        assert channels.of("11") is None


async def test_hosts_are_those_with_a_role_or_else_all_who_may_write(tmp_path: Path) -> None:
    async with SqliteStore.open(tmp_path / "db", clock=clock) as store:
        channels = await WatchedChannels.open(store)
        assert channels.is_host(Caller(HERE))
        assert not channels.is_host(Caller(HERE, writes=False))
        await channels.set_hosts(HERE, ["5"])
        assert not channels.is_host(Caller(HERE))
        assert channels.is_host(Caller(HERE, frozenset({"5", "9"})))
        assert channels.is_host(Caller(HERE, manages=True))
        assert channels.is_host(Caller("discord:2"))


async def test_a_channel_that_an_earlier_version_noted_is_watched(tmp_path: Path) -> None:
    async with SqliteStore.open(tmp_path / "db", clock=clock) as store:
        body = '{"channel": "10", "place": "discord:1", "show": "show"}'
        await store.put_state("watched", "10", body)
        channels = await WatchedChannels.open(store)
        assert channels.of("10") == Watched("10", HERE, "show")
        await channels.watch(Watched("10", HERE, "show"))
        assert await store.state("watched") == {"10": body}


async def test_what_is_set_up_while_all_is_read_anew_stays(tmp_path: Path) -> None:
    async with SqliteStore.open(tmp_path / "db", clock=clock) as store:
        watched = await WatchedChannels.open(store)
        reading = [asyncio.create_task(watched.reload()) for _ in range(3)]
        await asyncio.sleep(0)
        watched.name_site("show", "owner/repo")
        await watched.watch(Watched("c1", "discord:1", "show"))
        await asyncio.gather(*reading)
        assert watched.of("c1") == Watched("c1", "discord:1", "show")
        assert watched.site("show") == "owner/repo"
