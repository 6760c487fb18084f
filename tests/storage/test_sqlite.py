"""What the store is in SQLite alone: a file, its threads, and how statements find their rows."""

import asyncio
import random
import sqlite3
import threading
from contextlib import closing
from itertools import count

import pytest

from bot.core.model import Lookup
from bot.errors import StoreError
from storage import queries
from storage.store import SqliteStore
from tests.patience import LONGEST
from tests.storage.databases import SqliteFile
from tests.storage.happenings import EPISODE, seen
from tests.storage.test_erasure import erase, fill, found


@pytest.fixture
def database(path, clock):
    return SqliteFile(path, clock)


async def test_each_append_waits_for_the_disk(store: SqliteStore):
    assert await store.run("PRAGMA journal_mode") == [("wal",)]
    assert await store.run("PRAGMA synchronous") == [(2,)]  # FULL


async def test_a_thousand_events_are_found_without_looking_through_talk(store: SqliteStore):
    await store.append([seen(f"t{n}") for n in range(500)] + [seen("m", "x", reply_to="t7")])
    for name in ("OF_EPISODE", "LIFECYCLE", "TALK_OF", "EPISODE_OF", "STATES_TO_ERASE"):
        sql = getattr(queries, name)
        plan = [row[-1] for row in await store.run(f"EXPLAIN QUERY PLAN {sql}", ("[]",))]
        assert not [step for step in plan if "SCAN events" in step], (name, plan)


# --- opening and closing -----------------------------------------------------------------------


def sqlite_threads() -> list[threading.Thread]:
    return [t for t in threading.enumerate() if "_connection_worker_thread" in t.name]


def threads_end() -> bool:
    """Return whether all threads end by themselves; the last one may be at its last line still."""
    for thread in sqlite_threads():
        thread.join(timeout=LONGEST)
    return not sqlite_threads()


async def test_closing_ends_all_threads_and_leaves_one_whole_file(path, clock):
    async with SqliteStore.open(path, clock=clock) as store:
        await store.append([seen("m1", "text")])
        assert sqlite_threads()
    assert threads_end()
    assert sorted(each.name for each in path.parent.iterdir()) == [path.name, f"{path.name}.lease"]


@pytest.mark.parametrize("ticks", range(0, 40, 4))
async def test_an_opening_that_is_cancelled_leaves_no_thread_and_no_lease(path, clock, ticks):
    async def hold():
        async with SqliteStore.open(path, clock=clock):
            await asyncio.sleep(60)

    task = asyncio.create_task(hold())
    for _ in range(ticks):
        await asyncio.sleep(0.0005)
    task.cancel()
    await asyncio.wait([task])
    assert task.cancelled()
    assert threads_end()
    async with SqliteStore.open(path, clock=clock) as store:
        await store.append([seen("m1", "text")])


async def opened(path, clock):
    async with SqliteStore.open(path, clock=clock):
        pass


def test_a_loop_that_ends_right_after_a_refusal_leaves_no_broken_thread(tmp_path, clock):
    for _ in range(40):
        with pytest.raises(StoreError):
            asyncio.run(opened(tmp_path / "no" / "such.db", clock))
    assert threads_end()


def test_a_loop_that_ends_right_after_a_cancellation_leaves_no_broken_thread(path, clock):
    async def cancelled(ticks):
        task = asyncio.create_task(opened(path, clock))
        for _ in range(ticks):
            await asyncio.sleep(0)
        task.cancel()
        await task

    for n in range(40):
        with pytest.raises(asyncio.CancelledError):
            asyncio.run(cancelled(n % 6))
    assert threads_end()


def in_memory():
    return SqliteStore.open(None, clock=count().__next__)


async def test_in_memory_it_leaves_no_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with in_memory() as store, in_memory() as other:
        await store.append([seen("m1", "text")])
        assert await other.events(EPISODE) == []
        assert await store.scrub()
    assert list(tmp_path.iterdir()) == []


async def test_others_may_read_while_it_is_open(store: SqliteStore, path):
    await store.append([seen("m1", "text")])
    reader = sqlite3.connect(path)
    try:
        assert reader.execute("SELECT episode, about FROM log").fetchall() == [(EPISODE, "m1")]
    finally:
        reader.close()


# --- scrubbing ---------------------------------------------------------------------------------


async def test_nothing_is_left_where_pages_were_split_and_filled_again(store, database):
    """Without VACUUM a few of these leave a copy behind, although SQLite deletes securely."""
    chance = random.Random(3)  # noqa: S311 - a seed makes the same test of it again
    names = [f"secret-{n:03d}!" for n in range(400)]
    addresses = {name: f"https://example.org/{chance.random()}/{name}" for name in names}

    def told(name):
        return name + "x" * chance.randrange(400)

    await store.append([seen(name[7:10], told(name)) for name in names])
    await store.put_lookups({addresses[name]: Lookup("u", told(name)) for name in names})
    again = chance.sample(names, 150)
    await store.put_lookups({addresses[name]: Lookup("u", told(name)) for name in again})
    erased = chance.sample(names, 200)
    for name in erased:
        await store.erase(name[7:10], canonicals=[addresses[name]])
    assert await store.scrub()
    raw = await database.held()
    assert {name for name in names if name.encode() in raw} == set(names) - set(erased)


async def test_an_idle_reader_is_not_in_the_way(store, path, database):
    with closing(sqlite3.connect(path)) as reader:
        await fill(store)
        assert reader.execute("SELECT count(*) FROM events").fetchone()
        await erase(store)
        assert await store.scrub()
        assert await found(database) == []
        assert reader.execute("SELECT max(seq) FROM events").fetchone() == (93,)


@pytest.mark.parametrize("since", ["before the words", "the words", "the erasure"])
async def test_a_reader_in_the_middle_is_waited_for(store, path, database, since):
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:

        async def reach(moment):
            if moment == since:
                reader.execute("BEGIN")
                reader.execute("SELECT count(*) FROM events").fetchone()

        await reach("before the words")
        await fill(store)
        await reach("the words")
        await erase(store)
        await reach("the erasure")
        for _ in range(2):
            assert not await store.scrub()
            assert await store.scrub_due()
        assert await store.append([seen("m9", "goes on")])
        reader.execute("COMMIT")
        assert await store.scrub()
    assert not await store.scrub_due()
    assert await found(database) == []


async def test_another_writer_is_waited_for_too(store, path, database):
    await fill(store)
    await erase(store)
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        assert not await store.scrub()
        writer.execute("COMMIT")
    assert await store.scrub()
    assert await found(database) == []
