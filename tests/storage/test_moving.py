"""A database moved from a file to a server and back: all of it, and never half of it in use."""

import random
from itertools import islice

import pytest

from bot.core.model import Lookup
from bot.errors import StoreBusy, StoreError
from bot.services.ports import Person
from storage import moving
from storage.moving import TABLES, move
from storage.postgresql.schema import FENCED
from tests.storage.databases import SqliteFile, database_at
from tests.storage.happenings import EPISODE, drafted, marked, running, seen

ODD = 'a\ud800"\\u0000\x00\n日本'


@pytest.fixture
def file(path, clock) -> SqliteFile:
    return SqliteFile(path, clock)


async def fill(database, *, events=40):
    async with database.open() as store:
        await store.append([seen(f"m{n}", f"text {n} {ODD}", at=n) for n in range(events)])
        await store.append([marked("m1"), seen("t1"), seen("x", "y", episode="other#1")])
        await store.put_lookups(
            {f"https://example.org/{n}": Lookup("u", ODD, at=n) for n in range(30)}
            | {"https://example.org/" + "x" * 5_000: Lookup("u", "given", source="file")}
        )
        await store.put_people([Person(f"u{n}", f"name {n}") for n in range(9)])
        await store.put_draft(drafted("d1", ODD, commit="c"))
        await store.put_state("area", "name", "{}")
        await store.put_state("area", "other", "[1]")


async def contents(database):
    async with database_at(database.where) as store:
        return {table.name: await store.run(table.first_rows) for table in TABLES}


async def test_what_was_moved_to_a_server_and_back_is_the_same(file, on_server, tmp_path, clock):
    await fill(file)
    moved = await move(file.path, on_server.where, clock=clock)
    assert (moved.events, moved.episodes) == (43, 2)
    again = SqliteFile(tmp_path / "again.db", clock)
    back = await move(on_server.where, again.path, clock=clock)
    assert back == moved
    assert await contents(again) == await contents(file)


async def test_a_moved_database_goes_on(file, on_server, clock):
    await fill(file)
    await move(file.path, on_server.where, clock=clock)
    async with on_server.open() as store:
        (new,) = await store.append([seen("m1", "again", at=1), seen("new", "text")])
        assert new.seq == 44
        assert len(await store.events(EPISODE)) == 42
        await store.prune_lookups(10**9)
        assert len(await store.lookups(["https://example.org/" + "x" * 5_000])) == 1
        assert await store.lookups(["https://example.org/3"]) == {}
        await store.append([seen("z", "first of it", episode="third#1")])
        assert await store.episode_of("z") == "third#1"


async def test_a_database_that_holds_something_is_not_moved_into(file, on_server, clock):
    await fill(file)
    async with on_server.open() as store:
        await store.put_state("area", "name", "{}")
    with pytest.raises(StoreError, match="holds something already"):
        await move(file.path, on_server.where, clock=clock)
    assert await on_server.rows("SELECT count(*) FROM events") == [(0,)]


async def test_a_database_that_a_bot_uses_is_not_moved(file, on_server, clock):
    await fill(file)
    async with file.open():
        with pytest.raises(StoreBusy):
            await move(file.path, on_server.where, clock=clock)
    async with on_server.open():
        with pytest.raises(StoreBusy):
            await move(file.path, on_server.where, clock=clock)


async def test_a_file_that_is_not_there_is_not_made(on_server, tmp_path, clock):
    with pytest.raises(StoreError, match="not there"):
        await move(tmp_path / "no.db", on_server.where, clock=clock)
    assert list(tmp_path.iterdir()) == []


MOVE = """
import asyncio, sys
from contextlib import asynccontextmanager
from pathlib import Path
from storage import moving
from storage.sql_store import SqlStore

moving.BATCH = 7

def where(text):
    return text if text.startswith("postgresql://") else Path(text)

async def copied(old, new, table, copy=moving._copy):
    writing = new.transaction
    @asynccontextmanager
    async def told():
        async with writing() as db:
            yield db
        print(table.name, flush=True)
    new.transaction = told
    if table is moving.TABLES[-1]:
        print("last", flush=True)
        sys.stdin.read()  # whoever holds on to it sees no end before his kill
    await copy(old, new, table)
    new.transaction = writing

moving._copy = copied
print(asyncio.run(moving.move(where(sys.argv[1]), where(sys.argv[2]), clock=lambda: 0)))
"""


@pytest.mark.parametrize("way", ["to a server", "to a file"])
async def test_a_move_that_is_killed_goes_on_and_is_no_database_until_then(
    file, on_server, tmp_path, clock, way
):
    await fill(file)
    source, to = file, on_server
    if way == "to a file":
        await move(file.path, on_server.where, clock=clock)
        source, to = on_server, SqliteFile(tmp_path / "to.db", clock)
    expected, chance = await contents(source), random.Random(5)  # noqa: S311 - the same each time
    for _ in range(3):
        with running(MOVE, source.where, to.where) as process:
            lines = iter(process.stdout.readline, "last\n")  # so far it may have come at once
            assert all(islice(lines, chance.randrange(1, 5)))
            process.kill()
        await on_server.forget()
        with pytest.raises(StoreError, match="cut short"):
            async with to.open():
                pass
        await on_server.forget()
    with running(MOVE, source.where, to.where) as process:
        assert process.communicate()[0].splitlines()[-1].startswith("Moved(events=43, episodes=2")
    assert await contents(to) == expected


async def test_a_move_goes_on_from_its_own_source_alone(file, on_server, tmp_path, clock):
    await fill(file)
    other = SqliteFile(tmp_path / "other.db", clock)
    await fill(other)
    with running(MOVE, file.where, on_server.where) as process:
        process.stdout.readline()
        process.kill()
    await on_server.forget()
    with pytest.raises(StoreError, match="holds something already"):
        await move(other.path, on_server.where, clock=clock)
    with pytest.raises(StoreError, match="cut short"):
        await move(on_server.where, tmp_path / "third.db", clock=clock)


async def test_a_source_that_changed_meanwhile_is_noticed(file, on_server, clock, monkeypatch):
    await fill(file)

    async def cut_short(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(moving, "_compare", cut_short)
        with pytest.raises(KeyboardInterrupt):
            await move(file.path, on_server.where, clock=clock)
    async with file.open() as store:
        await store.erase("m1", canonicals=[])
    with pytest.raises(StoreError, match="do not hold the same"):
        await move(file.path, on_server.where, clock=clock)


def test_every_table_is_moved():
    assert {table.name for table in TABLES} == set(FENCED) - {"chores"}
