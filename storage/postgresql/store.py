"""The store in PostgreSQL."""

from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Self

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from bot.core.events import Event
from bot.errors import StoreError
from storage import queries
from storage.bodies import without_nul
from storage.contents import Contents
from storage.postgresql.connection import NAME, Server, ServerPool, closed, explained
from storage.postgresql.dialect import postgresql
from storage.postgresql.group_commit import Append, GroupCommit
from storage.postgresql.processes import Registration, registered
from storage.postgresql.schema import FENCED, MIGRATIONS, check, migrate
from storage.rows import Row
from storage.sql_store import SqlStore

REWRITTEN = 256 * 2**20
"""Bytes of all tables up to which a scrub writes them anew, which nobody may read meanwhile."""

APPEND = """
    SELECT * FROM append_events(
        $1::text[], $2::text[], $3::bigint[], $4::text[], $5::bigint[], $6::text[],
        $7::text[], $8::text[], $9::text[], $10::integer[], $11::text[]
    )
"""
_STORED = "SELECT key, seq, body, episode FROM log WHERE key = ANY($1::text[])"

_ERASURES = "SELECT name FROM chores WHERE name LIKE 'scrub %'"
_SCRUBBED = "DELETE FROM chores WHERE name = ANY($1::text[])"
# Whoever reads as of a time before an erasure keeps what was erased alive.
_READERS = """
    SELECT 1 FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND age(backend_xmin) >= age(CAST(split_part($1, ' ', 2) AS xid))
"""
_IDENTITY = """
    SELECT oid, datname, current_schema() FROM pg_database WHERE datname = current_database()
"""
_LASTS = """
    UPDATE episodes SET last = m.newest
    FROM (SELECT episode, max(seq) AS newest FROM events GROUP BY episode) AS m WHERE id = m.episode
"""
# Whoever reads an export may pause as long as he likes.
_PATIENT = "SET LOCAL idle_in_transaction_session_timeout = 0"
_SIZE = "SELECT sum(pg_total_relation_size(name::regclass)) FROM unnest($1::text[]) AS name"

_MAY_WRITE = """
    SELECT bool_and(has_table_privilege(name, privilege))
    FROM unnest($1::text[]) AS name,
        unnest('{SELECT, INSERT, UPDATE, DELETE}'::text[]) AS privilege
"""

# Else the server skips a table with no more than a warning.
_MAY_VACUUM = """
    SELECT bool_and(pg_has_role(relowner, 'USAGE') OR pg_has_role(datdba, 'USAGE'))
    FROM pg_class, pg_database
    WHERE datname = current_database()
        AND pg_class.oid IN (SELECT name::regclass FROM unnest($1::text[]) AS name)
"""


class PostgresStore(SqlStore):
    """What Rundown keeps, in a database on a server."""

    def __init__(self, server: Server, pool: ServerPool, registration: Registration | None) -> None:
        super().__init__()
        self._server = server
        self._pool = pool
        self._registration = registration
        self._appending = pool.line()
        self._commits = GroupCommit(self._store, self._appending.rest)

    @classmethod
    @asynccontextmanager
    async def open(cls, address: str, *, half_moved: bool = False) -> AsyncIterator[Self]:
        """Hold the database at an address, its tables made where they are missing.

        `half_moved` takes one that is still being moved here. Raises StoreBusy if another process
        has it, StoreNewer if a newer version wrote it, StoreError if it cannot be used.
        """
        server = Server(address)
        async with prepared(server) as registration:
            await registration.take_whole()
            fenced = Server(address, process=registration.id)
            async with fenced.pool() as pool:
                store = cls(fenced, pool, registration)
                store._episodes.update(await store.run(queries.EPISODES))
                if not half_moved:
                    await store.refuse_half_moved(NAME)
                try:
                    yield store
                finally:
                    await store._commits.wait_idle()

    @classmethod
    @asynccontextmanager
    async def glance(cls, address: str) -> AsyncIterator[Self]:
        """Look into a database that another process may have; nothing is to be written.

        Raises StoreError where it is none, or is not there yet.
        """
        server = Server(address)
        async with server.connected() as db:
            await look_at(db)
        async with server.pool() as pool:
            yield cls(server, pool, None)

    @classmethod
    async def examine(cls, address: str) -> tuple[str, Contents | None]:
        """Return the server's version, and what the database holds if it has our tables yet."""
        async with Server(address).connected() as db:
            version = await db.fetchval("SHOW server_version")
            if await check(db) == 0:
                return version, None
            await look_at(db)
            ((events, episodes),) = await db.fetch(queries.CONTENTS)
            size = await db.fetchval("SELECT pg_database_size(current_database())")
        return version, Contents(events, episodes, size)

    @classmethod
    async def refuse_unusable(cls, address: str) -> None:
        """Raise StoreError where the bot would be refused, or could not erase; write nothing.

        That another process has the database is no reason.
        """
        server = Server(address)
        async with server.connected() as db:
            await _refuse_read_only(db)
            await server.refuse_shared_sessions(db)
            if await check(db) == 0:
                await _refuse_unmade(db)
            else:
                await _refuse_lack_of_rights(db)
                if await db.fetch(queries.HALF_MOVED):
                    raise StoreError("store.half-moved", file=NAME)

    @classmethod
    async def everything(cls, address: str) -> AsyncGenerator[tuple[str, dict[str, Any]]]:
        """Yield all that the database holds at one moment, as queries.EXPORTS names it."""
        async with Server(address).connected() as db:
            await look_at(db)
            async with db.transaction(isolation="repeatable_read", readonly=True):
                await db.execute(_PATIENT)
                for what, query in queries.EXPORTS.items():
                    async for row in db.cursor(query, prefetch=1_000):
                        yield what, dict(row)

    async def renumber(self) -> None:
        """Have new rows numbered after those that were put in with their numbers."""
        for table, column in (("episodes", "id"), ("events", "seq"), ("drafts", "place")):
            await self.run(
                f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), "  # noqa: S608
                f"greatest(max({column}), 1), count(*) > 0) FROM {table}"
            )
        await self.run(_LASTS)

    async def identity(self) -> str:
        """Return what tells this database from others on its server."""
        return str(dict((await self.run(_IDENTITY))[0]))

    async def lost(self) -> None:
        """Wait until another process took over; nothing that this one writes is stored then."""
        if self._registration is not None:
            await self._registration.lost()

    async def run(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """Run one statement, and return its rows."""
        statement, bare = postgresql(sql), without_nul(values)

        async def work(db: PoolConnectionProxy, _: int) -> list[Any]:
            return list(await db.fetch(statement, *bare))

        return await self._pool.do(work)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator["_Transaction"]:
        """Hold a transaction on a connection of its own."""
        async with self._pool.connection() as db, db.transaction():
            yield _Transaction(db)

    async def _append(self, rows: Sequence[Row], events: Sequence[Event]) -> dict[str, int]:
        shows = frozenset(event.episode.rpartition("#")[0] for event in events)
        return await self._commits.append(Append(rows, shows))

    async def _store(self, appends: Sequence[Append]) -> dict[str, int]:
        shows = sorted(frozenset().union(*(append.shows for append in appends)))
        firsts: dict[str, Row] = {}
        for append in appends:
            for row in append.rows:
                firsts.setdefault(row.key, row)
        columns = [without_nul(column) for column in zip(*firsts.values(), strict=True)]
        bodies = dict(zip(columns[0], columns[-1], strict=True))

        async def work(db: PoolConnectionProxy, tries: int) -> dict[str, int]:
            found = await db.fetch(APPEND, shows, *columns)
            befores: dict[str, int | None] = {
                row["in_episode"]: row["last_before"] for row in found
            }
            stored = {row["stored_key"]: (row["in_episode"], row["stored_seq"]) for row in found}
            if tries:  # by the one before, maybe, whose answer was cut off
                for key, seq, body, episode in await db.fetch(_STORED, list(bodies)):
                    if bodies[key] == body:
                        stored.setdefault(key, (episode, seq))
                        befores[episode] = None
            self._heard(befores, stored.values())
            return {key: seq for key, (_, seq) in stored.items()}

        return await self._appending.do(work)

    def _heard(self, befores: Mapping[str, int | None], ours: Iterable[tuple[str, int]]) -> None:
        """Take in up to which place episodes had been stored before an append, and our places.

        None is where that is not known any more.
        """

    async def scrub(self) -> bool:
        """Take what was erased out of the tables' files; False while a reader is in the way.

        Tables of more than REWRITTEN bytes are vacuumed alone, so that nobody waits: see
        docs/operating.md for what is left to do then, and for the log that the server keeps.
        """
        erasures = [name for (name,) in await self.run(_ERASURES)]
        async with self._server.connected() as db:
            for erasure in erasures:
                if await db.fetch(_READERS, erasure):
                    return False
            size = await db.fetchval(_SIZE, list(FENCED))
            await db.execute("SET statement_timeout = 0")
            try:
                how = "VACUUM (FULL)" if size <= REWRITTEN else "VACUUM"
                await db.execute(f"{how} {', '.join(FENCED)}")
            except asyncpg.LockNotAvailableError:
                return False
        await self.run(_SCRUBBED, (erasures,))
        return True


class _Transaction:
    """A transaction in the words of sql_store.py."""

    def __init__(self, db: PoolConnectionProxy) -> None:
        self._db = db

    async def execute(self, sql: str, values: Sequence[Any] = ()) -> object:
        return await self._db.execute(postgresql(sql), *without_nul(values))

    async def executemany(self, sql: str, values: Iterable[Sequence[Any]]) -> None:
        await self._db.executemany(postgresql(sql), [without_nul(one) for one in values])

    async def execute_fetchall(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        return list(await self._db.fetch(postgresql(sql), *without_nul(values)))


async def look_at(db: asyncpg.Connection) -> None:
    """Raise StoreError for a database that is not ours, or not of this version."""
    version = await check(db)
    if version < len(MIGRATIONS):
        raise StoreError("store.older" if version else "store.foreign", file=NAME)


async def _refuse_read_only(db: asyncpg.Connection) -> None:
    """Raise StoreError for a replica, or where sessions may not write."""
    if await db.fetchval("SHOW transaction_read_only") == "on":
        raise StoreError("store.replica", file=NAME)


async def _refuse_unmade(db: asyncpg.Connection) -> None:
    """Raise StoreError where our tables could not be made."""
    if await db.fetchval("SELECT current_schema() IS NULL"):
        raise StoreError("store.no-schema")
    if not await db.fetchval("SELECT has_schema_privilege(current_schema(), 'CREATE')"):
        raise StoreError("store.forbidden")


async def _refuse_lack_of_rights(db: asyncpg.Connection) -> None:
    """Raise StoreError where our user may not write, or could not have erased what is erased."""
    if not await db.fetchval(_MAY_WRITE, [*FENCED, "processes", "leases"]):
        raise StoreError("store.forbidden")
    if not await db.fetchval(_MAY_VACUUM, FENCED):
        raise StoreError("store.not-owner")


@asynccontextmanager
async def prepared(server: Server) -> AsyncIterator[Registration]:
    """Have the tables made or brought up to date, and be registered."""
    db = await server.connect()
    try:
        with explained():
            await _refuse_read_only(db)
            await server.refuse_shared_sessions(db)
            await migrate(db)
            await _refuse_lack_of_rights(db)
    except BaseException:
        await closed(db)
        raise
    async with registered(server, db) as registration:
        yield registration
