"""What the store is in PostgreSQL alone: its sessions, its migrations, and a server that goes."""

import asyncio
import os
import signal

import asyncpg
import pytest

from bot.core.model import Lookup
from bot.errors import StoreBusy, StoreError, StoreNewer
from bot.services.ports import Person
from storage import queries
from storage.postgresql import connection, processes
from storage.postgresql import store as stores
from storage.postgresql.dialect import postgresql
from storage.postgresql.schema import FENCED, LOST, MIGRATIONS, migrate
from storage.postgresql.store import PostgresStore
from tests.patience import LONGEST
from tests.storage.databases import OnServer
from tests.storage.happenings import EPISODE, drafted, keys, output, seen
from tests.storage.test_erasure import erase, fill, found


@pytest.fixture
def database(on_server: OnServer) -> OnServer:
    return on_server


@pytest.fixture
async def reader(database: OnServer):
    db = await asyncpg.connect(database.where)
    yield db
    await db.close()


# --- sessions ----------------------------------------------------------------------------------


async def test_each_commit_waits_for_the_disk_whatever_the_database_says(database: OnServer):
    await database.rows(f"ALTER DATABASE {database.name} SET synchronous_commit = off")
    async with database.open() as store:
        assert await store.run("SHOW synchronous_commit") == [("on",)]


async def test_statements_find_their_rows_by_an_index(store, reader):
    await store.append([seen(f"t{n}") for n in range(50)] + [seen("m", "x", reply_to="t7")])
    await reader.execute("SET enable_seqscan = off")
    for name in ("OF_EPISODE", "LIFECYCLE", "TALK_OF", "EPISODE_OF", "STATES_TO_ERASE", "LOOKUPS"):
        sql = postgresql(getattr(queries, name))
        plan = [row[0] for row in await reader.fetch(f"EXPLAIN {sql}", "[]")]
        assert not [step for step in plan if "Seq Scan on events" in step], (name, plan)


async def test_the_planner_keeps_no_words(store, reader):
    await fill(store)
    await reader.execute("ANALYZE")
    assert await reader.fetchval("SELECT count(*) FROM pg_stats WHERE tablename = 'events'") > 5
    kept = str(await reader.fetch("SELECT tablename, attname, pg_stats::text FROM pg_stats"))
    assert "confidential" not in kept
    assert "unpublished" not in kept


# --- one process at a time ---------------------------------------------------------------------


async def test_a_second_process_is_told_who_has_the_database(store, database: OnServer):
    for language in ("en", "ja"):
        with pytest.raises(StoreBusy) as info:
            async with database.open():
                pass
        assert str(os.getpid()) in info.value.say(language)
    await store.append([seen("m1", "text")])


async def test_whoever_ends_hands_over_at_once(database: OnServer):
    for n in range(3):
        async with database.open() as store:
            await store.append([seen(f"m{n}", "text")])
    assert await database.rows("SELECT count(*) FROM processes") == [(0,)]


async def test_nothing_is_stored_of_a_process_that_was_taken_for_dead(store, database: OnServer):
    await store.append([seen("m1", "text")])
    await database.forget()
    async with database.open() as other:
        for writing in (
            store.append([seen("m2", "text")]),
            store.append([seen("m3", "text", episode="new#1")]),
            store.put_state("area", "name", "{}"),
            store.put_lookups({"c": Lookup("u", "title")}),
            store.erase("m1", canonicals=[]),
        ):
            with pytest.raises(StoreBusy, match="no longer registered"):
                await writing
        assert keys(await other.events(EPISODE)) == ["m1:1"]
        assert await other.state("area") == {}
        assert await other.append([seen("m2", "text")])
        await store._registration._beat()
        await store.lost()


async def test_every_table_is_fenced(database: OnServer):
    await database.rows("SELECT set_config('rundown.process', 'nobody', false)")
    db = await asyncpg.connect(database.where, server_settings={"rundown.process": "nobody"})
    try:
        for table in FENCED:
            with pytest.raises(asyncpg.PostgresError) as info:
                await db.execute(f"DELETE FROM {table}")  # noqa: S608
            assert info.value.sqlstate == LOST
    finally:
        await db.close()


# --- migrations --------------------------------------------------------------------------------

NEXT = ["CREATE TABLE more (x INTEGER)", "INSERT INTO more VALUES (1)"]


async def migrated(database: OnServer, migrations):
    db = await asyncpg.connect(database.where)
    try:
        await migrate(db, migrations)
    finally:
        await db.close()


async def test_two_processes_may_make_the_tables_at_once(empty: OnServer):
    await asyncio.gather(*(migrated(empty, MIGRATIONS) for _ in range(3)))
    assert await empty.rows("SELECT version FROM rundown") == [(len(MIGRATIONS),)]


async def test_an_older_database_is_brought_up_to_date_and_keeps_its_events(database: OnServer):
    async with database.open() as store:
        await store.append([seen("m1", "text")])
    for _ in range(2):  # the second time there is nothing to do
        await migrated(database, [*MIGRATIONS, NEXT])
    assert await database.rows("SELECT x FROM more") == [(1,)]
    assert await database.rows("SELECT key FROM events") == [("m1:1",)]


async def test_a_migration_that_fails_leaves_nothing_half_done(database: OnServer):
    broken = [*MIGRATIONS, NEXT, [*NEXT[1:], "INSERT INTO nowhere VALUES (1)"]]
    with pytest.raises(asyncpg.UndefinedTableError):
        await migrated(database, broken)
    assert await database.rows("SELECT count(*) FROM more") == [(1,)]
    assert await database.rows("SELECT version FROM rundown") == [(len(MIGRATIONS) + 1,)]


async def test_a_database_of_a_newer_version_is_refused(database: OnServer):
    await database.rows("UPDATE rundown SET version = 7")
    with pytest.raises(StoreNewer, match="format is 7"):
        async with database.open():
            pass


async def test_another_programs_database_is_refused(empty: OnServer):
    await empty.rows("CREATE TABLE events (id INTEGER)")
    with pytest.raises(StoreError, match="Another program"):
        async with empty.open():
            pass
    with pytest.raises(StoreError, match="Another program"):
        async with PostgresStore.glance(empty.where):
            pass


async def test_an_encoding_that_cannot_hold_everything_is_refused(postgresql):
    await postgresql.tell("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
    with pytest.raises(StoreError, match="UTF-8"):
        async with OnServer(postgresql, "latin").open():
            pass


# --- the server --------------------------------------------------------------------------------


async def test_connections_that_are_cut_cost_nothing_that_was_said(store, database: OnServer):
    for n in range(20):
        writing = asyncio.gather(*(store.append([seen(f"m{n}-{i}", "text")]) for i in range(4)))
        await database.rows(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        stored = await writing
        assert [len(each) for each in stored] == [1] * 4
    assert len(await store.events(EPISODE)) == 80


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT], ids=["restarted", "crashed"])
async def test_a_server_that_starts_again_is_waited_for(database: OnServer, monkeypatch, how):
    monkeypatch.setattr(processes, "BEAT", 0.2)
    async with database.open() as store:
        await store.append([seen("m0", "text")])
        await asyncio.to_thread(database.server.stop, how)
        waiting = asyncio.create_task(store.append([seen("m1", "text")]))
        await asyncio.to_thread(database.server.start)
        if how is signal.SIGINT:
            assert len(await waiting) == 1
            assert keys(await store.events(EPISODE)) == ["m0:1", "m1:1"]
        else:  # what the others hold in memory may be lost: everybody begins anew
            with pytest.raises(StoreBusy, match="or the database's server crashed") as info:
                await waiting
            assert "took over" not in str(info.value)
            await store.lost()
    async with database.open() as store:
        assert "m0:1" in keys(await store.events(EPISODE))


async def test_a_database_that_may_only_be_read_for_a_while_is_written_to_again(
    database: OnServer, monkeypatch
):
    """The sessions that were begun meanwhile may only read for as long as they live."""
    monkeypatch.setattr(processes, "BEAT", 0.1)
    monkeypatch.setattr(connection, "PATIENCE", 0.5)
    async with database.open() as store:
        await store.append([seen("m0", "text")])
        await only_read(database, "on")
        for work in (store.append([seen("m1", "text")]), store.put_people([Person("p1", "Mika")])):
            with pytest.raises(StoreError, match="may only be read"):
                await work
        await asyncio.sleep(0.3)
        await only_read(database, "off", cut=False)
        assert len(await store.append([seen("m1", "text")])) == 1
        await store.put_draft(drafted("d1", "text"))
        ((before,),) = await database.rows("SELECT beat FROM processes")
        async with asyncio.timeout(LONGEST):
            while await database.rows("SELECT beat FROM processes") <= [(before,)]:  # noqa: ASYNC110 - nothing tells of it
                await asyncio.sleep(0.05)


async def only_read(database: OnServer, whether: str, *, cut: bool = True) -> None:
    """Have new sessions write or not, and end those that are there."""
    value = f"default_transaction_read_only = {whether}"
    await database.server.tell(f"ALTER DATABASE {database.name} SET {value}")
    if cut:
        ours = f"datname = '{database.name}'"
        cutting = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {ours}"  # noqa: S608
        await database.server.tell(cutting)


def told(where: str) -> str:
    """Return all that a process says of a database that it cannot open, its log too."""
    return output(TRY, where)


TRY = """
import asyncio, sys
from bot import config, logs
from bot.errors import StoreError
from storage.postgresql import connection
from storage.opening import opened
import logging

connection.PATIENCE = 0.1
settings = config.read({"RUNDOWN_DB": sys.argv[1], "HOME": "/"})
logs.setup("debug", settings.secrets(), sys.stdout)

async def main():
    try:
        async with opened(settings.db.reveal(), clock=lambda: 0):
            print("opened")
    except StoreError as error:
        logging.getLogger("bot.x").error("no", exc_info=True)
        print(error)
        print(settings.db, settings)

asyncio.run(main())
"""


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("postgresql://guarded:the%20wrong%20word@/{name}?host={folder}", "refuses the user"),
        ("postgresql://rundown:the%20wrong%20word@/nothing?host={folder}", "no such database"),
        ("postgresql://rundown:the%20wrong%20word@/x?host={folder}/nowhere", "does not answer"),
        ("postgresql://rundown:the%20wrong%20word@/x?host={folder}&sslmode=odd", "cannot be read"),
        ("postgresql://guarded:the%20right%20word@/{name}?host={folder}", "not let our user"),
    ],
)
async def test_what_cannot_be_opened_is_told_without_its_address(database: OnServer, address, says):
    where = address.format(name=database.name, folder=database.server.folder)
    said = told(where)
    assert says in said
    for secret in ("wrong", "right", str(database.server.folder)):
        assert secret not in said


@pytest.mark.parametrize("limited", ["ROLE few", "DATABASE {name}"])
async def test_a_server_without_a_free_connection_is_told_as_that(database: OnServer, limited):
    name = limited.format(name=database.name)
    await database.rows("DROP ROLE IF EXISTS few")
    await database.rows("CREATE ROLE few LOGIN")
    await database.rows(f"ALTER {name} CONNECTION LIMIT 1")
    where = database.where.replace("rundown@", "few@")
    db = await asyncpg.connect(where)
    try:
        for use in (opened_by_a_bot, PostgresStore.refuse_unusable):
            with pytest.raises(StoreError, match=r"no connection free.*CONNECTION LIMIT"):
                await use(where)
    finally:
        await db.close()
    with pytest.raises(StoreError, match="no connection free"):  # by what we have ourselves
        await opened_by_a_bot(where)


# --- rights ------------------------------------------------------------------------------------


async def refusals(where: str) -> list[str]:
    """Return what the bot says of a database, and what whoever looks at it beforehand does."""
    said = []
    for use in (opened_by_a_bot, PostgresStore.refuse_unusable):
        with pytest.raises(StoreError) as info:
            await use(where)
        said.append(str(info.value))
    return said


async def opened_by_a_bot(where: str) -> None:
    async with PostgresStore.open(where):
        pass


async def test_a_user_who_may_only_read_is_told_before_the_bot_runs(database: OnServer):
    await database.rows("GRANT SELECT ON ALL TABLES IN SCHEMA public TO guarded")
    by_bot, before = await refusals(guarded(database))
    assert by_bot == before
    assert "not let our user" in before


@pytest.mark.parametrize("right", ["SELECT", "INSERT", "UPDATE", "DELETE"])
async def test_a_right_that_lacks_on_one_table_is_told(database: OnServer, right):
    await give(database)
    await PostgresStore.refuse_unusable(guarded(database))
    await opened_by_a_bot(guarded(database))
    await database.rows(f"REVOKE {right} ON notes FROM guarded")
    by_bot, before = await refusals(guarded(database))
    assert by_bot == before
    assert "not let our user" in before


async def test_tables_that_belong_to_another_user_are_told(database: OnServer):
    """Who does not own them may blank their rows, but not have their files written anew."""
    await database.rows("GRANT ALL ON ALL TABLES IN SCHEMA public TO guarded")
    by_bot, before = await refusals(guarded(database))
    assert by_bot == before
    assert "OWNER TO" in before
    await database.rows(f"ALTER DATABASE {database.name} OWNER TO guarded")
    await PostgresStore.refuse_unusable(guarded(database))
    await opened_by_a_bot(guarded(database))


async def test_a_database_that_may_only_be_read_is_told_before_the_bot_runs(database: OnServer):
    await only_read(database, "on")
    by_bot, before = await refusals(database.where)
    assert by_bot == before
    assert "default_transaction_read_only" in before


async def test_a_user_who_may_make_no_tables_is_told_before_the_bot_runs(empty: OnServer):
    await empty.rows("REVOKE CREATE ON SCHEMA public FROM public")  # as from PostgreSQL 15 on
    by_bot, before = await refusals(guarded(empty))
    assert by_bot == before
    assert "not let our user" in before


async def test_a_schema_that_is_not_there_is_told(empty: OnServer):
    where = f"{empty.where}&search_path=nowhere"
    by_bot, before = await refusals(where)
    assert by_bot == before
    assert "CREATE SCHEMA" in before
    await empty.rows("CREATE SCHEMA nowhere")
    await PostgresStore.refuse_unusable(where)
    await opened_by_a_bot(where)
    await PostgresStore.refuse_unusable(where)


async def test_a_database_that_is_half_moved_is_told_before_the_bot_runs(database: OnServer):
    await database.rows("INSERT INTO chores VALUES ('moving abc')")
    by_bot, before = await refusals(database.where)
    assert by_bot == before
    assert "`rundown migrate` again" in before


async def test_a_database_that_a_bot_has_is_well(store, database: OnServer):
    await PostgresStore.refuse_unusable(database.where)


async def give(database: OnServer) -> None:
    """Have the tables belong to a user who is nothing else there."""
    for table in ("rundown", "log", "processes", "leases", *FENCED):
        await database.rows(f"ALTER TABLE {table} OWNER TO guarded")


def guarded(database: OnServer) -> str:
    """Return the address for a user to whom nothing belongs."""
    return database.where.replace("rundown@", "guarded:the%20right%20word@")


# --- off the record ----------------------------------------------------------------------------


async def test_a_reader_of_the_time_before_is_waited_for(store, reader, database: OnServer):
    await fill(store)
    async with reader.transaction(isolation="repeatable_read"):
        await reader.fetch("SELECT count(*) FROM events")
        await erase(store)
        assert not await store.scrub()
        assert await store.scrub_due()
    assert await store.scrub()
    assert await found(database) == []


async def test_large_tables_are_not_locked_for_it(store, reader, monkeypatch):
    monkeypatch.setattr(stores, "REWRITTEN", 0)
    await fill(store)
    await erase(store)
    before = await reader.fetchval("SELECT pg_relation_filenode('events')")
    assert await store.scrub()
    assert not await store.scrub_due()
    assert await reader.fetchval("SELECT pg_relation_filenode('events')") == before
