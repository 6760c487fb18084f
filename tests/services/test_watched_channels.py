"""Which channel feeds which show, and who may: kept over restarts, asked without any I/O."""

import asyncio
from pathlib import Path

import pytest

from bot.app.app import clock
from bot.services.watched_channels import PERSON, Caller, Watched, WatchedChannels, site_key
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


async def test_a_person_may_be_a_host_and_a_role_of_the_same_id_is_not(tmp_path: Path) -> None:
    async with SqliteStore.open(tmp_path / "db", clock=clock) as store:
        channels = await WatchedChannels.open(store)
        await channels.set_hosts(HERE, [f"{PERSON}7"])
        assert channels.is_host(Caller(HERE, user="7"))
        assert not channels.is_host(Caller(HERE, user="8"))
        assert not channels.is_host(Caller(HERE, frozenset({"7"})))
        assert not channels.is_host(Caller(HERE))


async def test_channels_are_told_by_workspace_and_by_show(tmp_path: Path) -> None:
    async with SqliteStore.open(tmp_path / "db", clock=clock) as store:
        channels = await WatchedChannels.open(store)
        made = [Watched("1", "w1", "a"), Watched("2", "w1", "b"), Watched("3", "w2", "a")]
        for one in made:
            await channels.watch(one)
        assert channels.watched() == made
        assert channels.watched(workspace="w1") == made[:2]
        assert channels.watched(show="a") == [made[0], made[2]]
        assert channels.watched(workspace="w2", show="b") == []
        assert channels.has("w2")
        await channels.unwatch("3")
        await channels.unwatch("3")
        assert not channels.has("w2")
        assert channels.has("w1")


async def test_what_others_set_up_is_there_once_it_is_read_anew(tmp_path: Path) -> None:
    async with SqliteStore.open(tmp_path / "db", clock=clock) as store:
        ours, theirs = await WatchedChannels.open(store), await WatchedChannels.open(store)
        await theirs.watch(Watched("1", "w1", "a"))
        await theirs.set_hosts("w1", ["5"])
        await theirs.add_show("a", "own/pod@main")
        await theirs.bind("w1", "b")
        assert ours.watched() == []
        await ours.reload()
        assert ours.watched() == [Watched("1", "w1", "a")]
        assert ours.hosts("w1") == {"5"}
        assert ours.site("a") == "own/pod@main"
        assert ours.bound("w1") == {"a", "b"}
        assert ours.has("w1")


@pytest.mark.parametrize(
    ("site", "key"),
    [
        ("Own/Pod", "own/pod"),
        ("Own/Pod@Main", "own/pod"),
        ("Own/Pod/.rundown/Two@Main", "own/pod/.rundown/two"),
        ("/srv/Pod", "/srv/Pod"),
        ("Pod", "Pod"),
        ("C:/srv/Pod@x", "C:/srv/Pod@x"),
    ],
)
def test_a_repository_is_the_same_in_any_case_and_a_folder_is_not(site: str, key: str) -> None:
    assert site_key(site) == key
