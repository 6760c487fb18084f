"""One database for several processes: who holds what, and what one hears of the others."""

import asyncio
import os
from contextlib import AsyncExitStack, suppress

import pytest

from bot.core.events import EpisodeOpened
from bot.core.model import Lookup
from bot.errors import SettingsError, StoreBusy, StoreError
from bot.services.shards import Shards, Wanted
from storage.opening import opened
from storage.postgresql import shared
from storage.postgresql.shared import SharedStore
from tests.patience import LONGEST, until
from tests.storage.databases import OnServer
from tests.storage.happenings import EPISODE, did, keys, running, seen


@pytest.fixture
def join(on_server: OnServer):
    return lambda text: SharedStore.join(on_server.where, Wanted.parse(text))


@pytest.fixture
async def two(join):
    """Yield two stores, each with what it was told of the other's changes."""
    async with join("0/2") as first, join("1/2") as second:
        told = [[], []]
        for store, heard in zip((first, second), told, strict=True):
            store.follow(heard.append)
        yield first, second, *told


@pytest.fixture
def hurried(monkeypatch):
    monkeypatch.setattr(shared, "PATIENCE", 0.1)
    monkeypatch.setattr(shared, "_PAUSE", 0.05)


# --- shards ------------------------------------------------------------------------------------


def test_what_shards_are_asked_for():
    assert Wanted.parse("0-3/16").choices == (Shards((0, 1, 2, 3), 16),)
    assert Wanted.parse("7/16").choices == (Shards((7,), 16),)
    assert Wanted.parse("any:3/7").choices == (
        Shards((0, 1, 2), 7), Shards((3, 4, 5), 7), Shards((6,), 7),
    )  # fmt: skip
    for text in ("", "3", "4-3/16", "0-16/16", "any:0/4", "any:5/4", "0/0", "-1/4", "0-3/99999"):
        with pytest.raises(SettingsError, match="any:4/16"):
            Wanted.parse(text)


def test_a_server_is_on_one_shard():
    guild = 81384788765712384
    assert [n for n in range(16) if Shards((n,), 16).has(guild)] == [(guild >> 22) % 16]
    assert Shards((0,), 16).has_workspace("slack:T1")


async def test_each_shard_is_held_by_one_process(join, hurried):
    async with join("0-3/8"), join("4-7/8"):
        said = await refusal(join("3-5/8"))
    assert "Shard 3 of 8 is held by another Rundown" in said["en"]
    assert "8 個中の 3 番" in said["ja"]
    assert not any("another database" in one or "別のデータベース" in one for one in said.values())


async def refusal(joining) -> dict[str, str]:
    """Return what is said to a process that may not join, in each language."""
    with pytest.raises(StoreBusy) as info:
        async with joining:
            pass
    said = {language: info.value.say(language) for language in ("en", "ja")}
    assert all(str(os.getpid()) in one for one in said.values())
    return said


async def test_shards_are_counted_alike_by_all(join, hurried):
    async with join("0/8"):
        for text in ("1/16", "any:2/16"):
            said = await refusal(join(text))
            assert "into 8 shards, and this one into 16" in said["en"]
            assert "8 個" in said["ja"] and "16 個" in said["ja"]
            assert not any("another database" in one for one in said.values())


async def test_another_count_is_told_before_a_held_shard(join, hurried):
    async with join("0/2"), join("1/2"):
        assert "into 2 shards, and this one into 3" in (await refusal(join("any:1/3")))["en"]


async def test_whoever_wants_any_takes_what_is_free(join, hurried):
    async with AsyncExitStack() as stack:
        taken = [await stack.enter_async_context(join("any:2/6")) for _ in range(3)]
        assert [str(store.shards) for store in taken] == ["0-1/6", "2-3/6", "4-5/6"]
        assert "of 6 is held by" in (await refusal(join("any:2/6")))["en"]


async def test_a_bot_that_runs_everything_has_nobody_beside_it(join, on_server, hurried):
    async with join("0/2"):
        assert "without --shards" in (await refusal(on_server.open()))["en"]
    async with on_server.open():
        assert "without --shards" in (await refusal(join("0/2")))["en"]


def test_a_file_cannot_be_shared(path, clock):
    with pytest.raises(SettingsError, match="database on a server"):
        opened(path, clock=clock, shards=Wanted.parse("0/2"))


HOLD = """
import asyncio, sys
from bot.services.shards import Wanted
from storage.postgresql.shared import SharedStore

async def main():
    async with SharedStore.join(sys.argv[1], Wanted.parse("0/2")):
        print("held", flush=True)
        await asyncio.to_thread(sys.stdin.read)

asyncio.run(main())
"""


async def test_shards_of_a_killed_process_are_taken_over(join, on_server: OnServer):
    with running(HOLD, on_server.where) as process:
        assert process.stdout.readline() == "held\n"
        process.kill()
        waiting = asyncio.create_task(join("0/2").__aenter__())
        await until_waiting(waiting)
        await on_server.forget()
        store = await waiting
        assert str(store.shards) == "0-0/2"


async def until_waiting(task):
    done, _ = await asyncio.wait([task], timeout=0.5)
    assert not done


async def test_shards_of_a_process_that_ends_are_taken_at_once(join, on_server: OnServer):
    with running(HOLD, on_server.where) as process:
        assert process.stdout.readline() == "held\n"
        waiting = asyncio.create_task(join("0/2").__aenter__())
        await until_waiting(waiting)
        process.communicate("")
        assert (await waiting).shards == Shards((0,), 2)


async def test_a_workspace_is_taken_by_one(two):
    first, second, *_ = two
    assert await first.take("slack a")
    assert not await second.take("slack a")
    assert await second.take("slack b")


# --- what others change ------------------------------------------------------------------------


async def test_what_one_stores_the_other_hears_of(two):
    first, second, ours, theirs = two
    await first.append([seen("m1", "text")])
    await first.put_state("watched", "c1", "{}")
    await until(lambda: theirs and "watched" in theirs[-1].areas)
    assert EPISODE in frozenset().union(*(one.episodes for one in theirs))
    assert ours == []
    assert keys(await second.events(EPISODE)) == ["m1:1"]


async def test_many_changes_wake_the_others_twice_a_second_at_most(two):
    first, _, _, heard = two
    loop = asyncio.get_running_loop()
    start = loop.time()
    for number in range(40):
        await first.append([seen(f"m{number}", "text")])
        await asyncio.sleep(0.02)
    took = loop.time() - start
    assert 1 <= len(heard) <= took / shared.AGAIN + 1


async def test_look_ups_of_another_are_news(two):
    first, second, *_ = two
    before = second.lookups_version
    await first.put_lookups({"c": Lookup("u", "title")})
    await until(lambda: second.lookups_version > before)


async def test_an_erasure_may_have_changed_anything(two):
    first, _, _, theirs = two
    await first.append([seen("m1", "text")])
    await first.erase("m1", canonicals=[])
    await until(lambda: any(one.all for one in theirs))


async def test_nobody_goes_on_from_events_that_it_has_not_heard_of(two, monkeypatch):
    """Told at once, by the append itself: whatever was told besides may come later."""
    monkeypatch.setattr(shared, "SOON", 60)
    first, second, ours, theirs = two
    await first.append([did("o", EpisodeOpened("1")), seen("m1", "text")])
    await first.events(EPISODE)
    await second.events(EPISODE)
    await first.append([seen("m2", "text")])
    assert ours == theirs == []
    await second.append([seen("m3", "text")])
    assert [one.episodes for one in theirs] == [{EPISODE}]
    assert keys(await second.events(EPISODE)) == ["o", "m1:1", "m2:1", "m3:1"]
    await second.append([seen("m4", "text")])
    assert len(theirs) == 1
    await first.append([seen("m5", "text", episode="other#1")])
    assert ours == []


async def test_much_is_told_as_anything(two):
    first, _, _, theirs = two
    await first.append(
        [seen("m", "x", episode=f"a rather long name of a show {n}#1") for n in range(9)]
    )
    many = [seen(f"m{n}", "x", episode=f"a rather long name of a show {n}#1") for n in range(300)]
    await first.append(many)
    await until(lambda: any(one.all for one in theirs))


async def test_a_process_that_was_not_heard_of_for_a_while_takes_all_for_changed(
    two, on_server: OnServer
):
    first, _, ours, _ = two
    await on_server.rows(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    async with asyncio.timeout(LONGEST):
        while not ours:
            with suppress(StoreError):
                await first._registration._beat()
            await asyncio.sleep(0.05)
    assert ours[-1].all


async def test_one_at_a_time_is_at_a_file(two, monkeypatch):
    monkeypatch.setattr(shared, "_PAUSE", 0.05)
    first, second, *_ = two
    inside, most = 0, 0

    async def work(store):
        nonlocal inside, most
        async with store.exclusive("file show#1") as is_shared:
            assert is_shared
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.01)
            inside -= 1

    await asyncio.gather(*(work(store) for store in (first, second) for _ in range(3)))
    assert most == 1


async def test_whoever_does_not_let_go_is_not_waited_for_without_end(two, monkeypatch):
    monkeypatch.setattr(shared, "HELD", 0.1)
    first, second, *_ = two
    async with first.exclusive("file show#1"):
        with pytest.raises(StoreBusy, match="try again in a moment"):
            async with second.exclusive("file show#1"):
                pass
