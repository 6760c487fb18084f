"""A database belongs to one process at a time."""

import os
import sqlite3
from contextlib import closing

import pytest

from bot.errors import StoreBusy
from storage.store import SqliteStore
from tests.storage.databases import SqliteFile
from tests.storage.happenings import EPISODE, keys, running, seen


@pytest.fixture
def database(path, clock):
    return SqliteFile(path, clock)


HOLD = """
import asyncio, pathlib, sys, time
from storage.store import SqliteStore

async def main():
    path = pathlib.Path(sys.argv[1])
    async with SqliteStore.open(path, clock=lambda: 1_780_272_000_000_000):
        print("open", flush=True)
        await asyncio.to_thread(sys.stdin.read)

asyncio.run(main())
"""


async def refused(path, clock) -> StoreBusy:
    with pytest.raises(StoreBusy) as info:
        async with SqliteStore.open(path, clock=clock):
            pass
    return info.value


@pytest.fixture
def holder(path):
    """Yield another process that has the database; it lets go when its input ends."""
    with running(HOLD, path) as process:
        assert process.stdout.readline() == "open\n"
        yield process


async def test_a_second_process_is_told_who_has_the_database_since_when(path, clock, holder):
    error = await refused(path, clock)
    for language in ("en", "ja"):
        said = error.say(language)
        assert all(each in said for each in (str(path), str(holder.pid), "2026-06-01 00:00:00 UTC"))
        assert len(said.splitlines()) == 1


async def test_a_second_opening_in_the_same_process_is_refused_too(store, path, clock):
    await store.append([seen("m1", "text")])
    assert str(os.getpid()) in (await refused(path, clock)).say()
    await store.append([seen("m2", "text")])
    assert keys(await store.events(EPISODE)) == ["m1:1", "m2:1"]


async def test_it_is_refused_by_whatever_link_it_comes(store, path, clock, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.db"
    link.symlink_to(path)
    assert str(link) in (await refused(link, clock)).say()


async def test_a_holder_that_ends_frees_the_database(path, clock, holder):
    holder.communicate("")
    async with SqliteStore.open(path, clock=clock) as store:
        assert await store.append([seen("m1", "text")])


async def test_a_holder_that_is_killed_frees_the_database(path, clock, holder):
    holder.kill()
    holder.wait()
    async with SqliteStore.open(path, clock=clock) as store:
        assert await store.append([seen("m1", "text")])
        assert str(os.getpid()) in (await refused(path, clock)).say()


async def test_a_holder_that_is_just_ending_is_waited_for(path, clock, holder):
    holder.stdin.close()
    async with SqliteStore.open(path, clock=clock) as store:
        assert await store.append([seen("m1", "text")])


async def test_two_databases_in_one_folder_do_not_disturb_each_other(store, path, clock):
    async with SqliteStore.open(path.with_name("other.db"), clock=clock) as other:
        await other.append([seen("m1", "text")])
        assert await store.events(EPISODE) == []


async def test_the_lease_can_be_read_by_anybody(store, path):
    with closing(sqlite3.connect(f"{path}.lease")) as db:
        assert db.execute("SELECT pid FROM holder").fetchall() == [(os.getpid(),)]
