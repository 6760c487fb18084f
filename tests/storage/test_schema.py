"""Migrations: numbered, each whole or not at all, and never of a newer version."""

import sqlite3
from contextlib import closing

import pytest

from bot.core.event_json import VERSION
from bot.core.model import Lookup
from bot.errors import StoreError, StoreNewer, StoreUnusable
from storage.schema import APPLICATION, MIGRATIONS, migrate
from storage.sqlite import connected
from storage.store import SqliteStore
from tests.storage.databases import SqliteFile
from tests.storage.happenings import EPISODE, keys, seen


@pytest.fixture
def database(path, clock):
    return SqliteFile(path, clock)


NEXT = ["CREATE TABLE more (x)", "INSERT INTO more VALUES (1)"]


def told(path, sql):
    with closing(sqlite3.connect(path)) as db:
        return db.execute(sql).fetchall()


async def migrated(path, migrations):
    async with connected(str(path), patience=1) as db:
        await migrate(db, str(path), migrations)


async def test_a_new_database_has_had_all_migrations(store, path):
    assert told(path, "PRAGMA user_version") == [(len(MIGRATIONS),)]
    assert told(path, "PRAGMA application_id") == [(APPLICATION,)]


async def test_an_older_database_is_brought_up_to_date_and_keeps_its_events(path, clock):
    async with SqliteStore.open(path, clock=clock) as store:
        await store.append([seen("m1", "text")])
    for _ in range(2):  # the second time there is nothing to do
        await migrated(path, [*MIGRATIONS, NEXT])
    assert told(path, "SELECT x FROM more") == [(1,)]
    assert told(path, "PRAGMA user_version") == [(len(MIGRATIONS) + 1,)]
    assert told(path, "SELECT key FROM events") == [("m1:1",)]


async def test_look_ups_of_an_older_database_keep_their_ranks(path, clock):
    await migrated(path, MIGRATIONS[:3])
    bodies = {  # by the ranks that they had
        "answer": (1, '{"url":"a","answer":{"html":"<b>"},"source":"provider"}'),
        "preview": (1, '{"url":"p","title":"Preview","source":"preview"}'),
        "page": (2, '{"url":"t","title":"Page"}'),
    }
    with closing(sqlite3.connect(path)) as db:
        rows = [(name, rank, body) for name, (rank, body) in bodies.items()]
        db.executemany("INSERT INTO lookups VALUES (?, ?, ?)", rows)
        db.commit()
    preview = Lookup("u", title="Later", source="preview")
    async with SqliteStore.open(path, clock=clock) as store:
        await store.put_lookups(dict.fromkeys(bodies, preview))
        kept = await store.lookups(bodies)
    assert kept["answer"].answer == {"html": "<b>"}
    assert (kept["preview"].title, kept["page"].title) == ("Later", "Page")


async def test_a_migration_that_fails_leaves_nothing_half_done(path, clock):
    async with SqliteStore.open(path, clock=clock) as store:
        await store.append([seen("m1", "text")])
    with pytest.raises(StoreUnusable, match="damaged"):
        await migrated(path, [*MIGRATIONS, NEXT, [*NEXT[1:], "INSERT INTO nowhere VALUES (1)"]])
    assert told(path, "SELECT count(*) FROM more") == [(1,)]
    assert told(path, "PRAGMA user_version") == [(len(MIGRATIONS) + 1,)]


async def test_a_database_of_a_newer_version_is_refused_and_not_touched(path, clock):
    async with SqliteStore.open(path, clock=clock) as store:
        await store.append([seen("m1", "text")])
    told(path, "PRAGMA user_version = 7")
    before = path.read_bytes()
    with pytest.raises(StoreNewer) as info:
        async with SqliteStore.open(path, clock=clock):
            pass
    assert path.read_bytes() == before
    for language in ("en", "ja"):
        said = info.value.say(language)
        assert all(each in said for each in (str(path), "7", str(len(MIGRATIONS))))
    told(path, f"PRAGMA user_version = {len(MIGRATIONS)}")
    async with SqliteStore.open(path, clock=clock) as store:
        assert keys(await store.events(EPISODE)) == ["m1:1"]


async def test_an_event_of_a_newer_version_is_refused(path, clock):
    async with SqliteStore.open(path, clock=clock) as store:
        await store.append([seen("m1", "text")])
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE events SET version = ?", (VERSION + 1,))
    async with SqliteStore.open(path, clock=clock) as store:
        with pytest.raises(StoreNewer, match=f"version {VERSION + 1}"):
            await store.events(EPISODE)


async def test_another_programs_database_is_refused_and_not_touched(path, clock):
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE bookmarks (url)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        async with SqliteStore.open(path, clock=clock):
            pass
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]
