"""The server: reached, waited for while it is away, and heard with its errors in plain words."""

import asyncio
import os
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TypeVar
from uuid import uuid4

import asyncpg
from asyncpg import Connection, Pool
from asyncpg.pool import PoolConnectionProxy

from bot.errors import StoreBusy, StoreError, StoreUnusable

T = TypeVar("T")

NAME = "PostgreSQL"
"""What the database is called where a file would be: its address may hold a password."""

OLDEST = 14
"""The oldest major version that we know to do what we need."""

PATIENCE = 10.0
"""Seconds for which a server that is away, or too busy, is asked again."""

AT_ONCE = 8
"""Connections of a process at most, beside the one of its registration."""

_CONNECT = 5.0
_LONGEST_PAUSE = 1.0

_NAMED = {"application_name": "rundown", "client_encoding": "utf8"}

# How every session is: it waits for others as long as SQLite's would, holds no lock while we are
# stopped in the middle of a transaction, and has a commit on the disk before it says so. Said once
# it is connected: a pooler refuses such words in the greeting, or, told to ignore them, drops them.
_SESSION = {
    "lock_timeout": "5s",
    "statement_timeout": "60s",
    "idle_in_transaction_session_timeout": "10s",
    "synchronous_commit": "on",
    "jit": "off",
}

_SET = """
    SELECT set_config(name, value, false) FROM unnest($1::text[], $2::text[]) AS s (name, value)
"""
_MARK = "SELECT set_config('rundown.session', $1, false)"
_MARKED = "SELECT current_setting('rundown.session', true)"

# By SQLSTATE, else by its first two characters, its class.
_REASONS: dict[str, tuple[type[StoreError], str]] = {
    "RU001": (StoreBusy, "store.taken-over"),
    "08": (StoreError, "store.away"),
    "26000": (StoreUnusable, "store.pooler"),  # what was prepared is in another session
    "28": (StoreError, "store.refused"),
    "3D": (StoreError, "store.no-such"),
    "23503": (StoreBusy, "store.taken-over"),  # a lease for a process that is none any more
    "25006": (StoreError, "store.replica"),
    "25P03": (StoreError, "store.away"),  # we were stopped in the middle of a transaction
    "3F": (StoreError, "store.no-schema"),
    "40": (StoreBusy, "store.locked"),
    "42703": (StoreUnusable, "store.not-whole"),  # no such column
    "42883": (StoreUnusable, "store.not-whole"),  # function
    "42P01": (StoreUnusable, "store.not-whole"),  # table
    "42P05": (StoreUnusable, "store.pooler"),
    "42501": (StoreError, "store.forbidden"),
    "53100": (StoreError, "store.full"),
    "53300": (StoreError, "store.no-connection"),
    "53": (StoreError, "store.away"),
    "55P03": (StoreBusy, "store.locked"),
    "57": (StoreError, "store.away"),
    "58": (StoreError, "store.disk"),
    "XX001": (StoreUnusable, "store.damaged-server"),
    "XX002": (StoreUnusable, "store.damaged-server"),
}
# What may pass by itself within seconds: a server that starts again, or whose place another one
# takes, others' locks.
_PASSING = ("08", "25006", "25P03", "40", "53300", "57P")

# How a connection that ends while it is used is told of, besides by the server.
_CUT_OFF = (OSError, asyncpg.InterfaceError, asyncpg.InternalClientError)
_FAILED = (asyncpg.PostgresError, *_CUT_OFF)
# Not to be asked again: it may not know that it is at its end, and a session that may only read
# goes on doing so after the server may be written to again, or another one has taken its place.
SPENT = (asyncpg.ReadOnlySQLTransactionError, *_CUT_OFF)


def _reason(error: BaseException) -> tuple[type[StoreError], str] | None:
    if isinstance(error, asyncpg.PostgresError):
        state = error.sqlstate or ""
        return _REASONS.get(state) or _REASONS.get(state[:2])
    if isinstance(error, ssl.SSLError):
        return StoreError, "store.certificate"
    return (StoreError, "store.away") if isinstance(error, _CUT_OFF) else None


def _may_pass(error: BaseException) -> bool:
    if isinstance(error, asyncpg.PostgresError):
        return (error.sqlstate or "").startswith(_PASSING)
    return _reason(error) is not None


@contextmanager
def explained() -> Iterator[None]:
    """Turn the server's errors that a user can act on into StoreErrors, which quote none of it."""
    try:
        yield
    except _FAILED as error:
        reason = _reason(error)
        if reason is None:
            raise
        kind, text = reason
        raise kind(text, file=NAME, most=AT_ONCE + 1) from error


class Server:
    """A database on a server, by its address; `process` is ours in its table, if we have one."""

    def __init__(self, address: str, *, process: str = "") -> None:
        self._address = address
        self._settings = _SESSION | {"rundown.process": process}

    async def connect(self) -> Connection:
        """Return a connection of its own, checked to be to a server that will do."""
        with explained():
            try:
                db = await asyncpg.connect(self._address, timeout=_CONNECT, server_settings=_NAMED)
            except ssl.SSLError:  # (which is a ValueError, too)
                raise
            except (ValueError, FileNotFoundError) as error:  # it may quote the address
                if self._lacks_authority(error):
                    raise StoreError("store.certificate") from None
                if isinstance(error, OSError):
                    raise
                raise StoreUnusable("store.bad-address") from None
        try:
            with explained():
                await self._set(db)
            if db.get_server_version().major < OLDEST:
                raise StoreUnusable("store.old-server", oldest=OLDEST)
            if db.get_settings().server_encoding.upper() not in ("UTF8", "UTF-8"):
                raise StoreUnusable("store.encoding")
        except BaseException:
            await db.close()
            raise
        return db

    def _lacks_authority(self, error: Exception) -> bool:
        """Return whether the file of whoever signs certificates is what is missing."""
        is_named = "sslrootcert=" in self._address or "PGSSLROOTCERT" in os.environ
        return "root certificate" in str(error) or (is_named and isinstance(error, OSError))

    async def refuse_shared_sessions(self, db: Connection) -> None:
        """Raise StoreUnusable where a pooler hands out transactions, not sessions.

        What a session says of itself would be another's then, and with it who may write.
        """
        mark = uuid4().hex
        async with self.connected() as other:
            await db.fetchval(_MARK, mark)
            async with other.transaction():
                await other.execute("SELECT 1")  # takes that session, if it may be taken
                if await db.fetchval(_MARKED) != mark:
                    raise StoreUnusable("store.pooler")

    async def _set(self, db: Connection | PoolConnectionProxy) -> None:
        await db.execute(_SET, list(self._settings), list(self._settings.values()))

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[Connection]:
        """Hold a connection of its own."""
        db = await self.connect()
        try:
            with explained():
                yield db
        finally:
            await closed(db)

    @asynccontextmanager
    async def pool(self) -> AsyncIterator["ServerPool"]:
        """Hold a pool of connections; what they were doing is finished when it is left."""
        with explained():
            pool = asyncpg.create_pool(
                self._address,
                min_size=0,
                max_size=AT_ONCE,
                timeout=_CONNECT,
                init=self._set,
                reset=_as_it_is,
                server_settings=_NAMED,
            )
        try:
            with explained():
                await pool
            yield ServerPool(pool)
        finally:
            try:
                async with asyncio.timeout(_CONNECT):
                    await pool.close()
            except _FAILED:
                pool.terminate()


class ServerPool:
    """Connections to take turns on; a server that goes away is waited for."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[PoolConnectionProxy]:
        """Hold one of the connections, once the server answers."""
        tries = _Tries()
        with explained():
            while True:
                try:
                    db = await self._pool.acquire(timeout=PATIENCE)
                    break
                except _FAILED as error:
                    await tries.again_after(error)
            try:
                yield db
            except SPENT:
                await _discard(self._pool, db)
                raise
            finally:
                await self._pool.release(db)

    async def do(self, work: "Work[T]") -> T:
        """Do something that is the same when it is done twice, again where it was cut off.

        `work` is told how many times it was tried before.
        """
        line = Line(self._pool)
        try:
            return await line.do(work)
        finally:
            await line.rest()

    def line(self) -> "Line":
        """Return what does one thing after another on one connection."""
        return Line(self._pool)


Work = Callable[[PoolConnectionProxy, int], Awaitable[T]]


class Line:
    """Does one thing after another, on one connection for as long as there is more to do.

    (To take a connection of the pool and give it back costs as much as to store an event.)
    """

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._db: PoolConnectionProxy | None = None

    async def do(self, work: Work[T]) -> T:
        """Do something as ServerPool.do does; what was done before must be at its end."""
        tries = _Tries()
        with explained():
            while True:
                try:
                    if self._db is None:
                        self._db = await self._pool.acquire(timeout=PATIENCE)
                    return await work(self._db, tries.count)
                except BaseException as error:
                    if isinstance(error, SPENT) and self._db is not None:
                        await _discard(self._pool, self._db)
                    await self.rest()
                    if not isinstance(error, _FAILED):
                        raise
                    await tries.again_after(error)

    async def rest(self) -> None:
        """Give the connection back, for others to use."""
        db, self._db = self._db, None
        if db is not None:
            await self._pool.release(db)


async def _discard(pool: Pool, db: PoolConnectionProxy) -> None:
    """End a connection that is spent; the others of its pool may be to the same server, so they go.

    Those that are in use go once they are given back.
    """
    db.terminate()
    await pool.expire_connections()


class _Tries:
    """Counts tries, and waits between them, each time longer."""

    def __init__(self) -> None:
        self.count = 0
        self._pause = 0.05
        self._until = asyncio.get_running_loop().time() + PATIENCE

    async def again_after(self, error: BaseException) -> None:
        """Wait before the next try; raise the error where there is to be none."""
        if not _may_pass(error) or asyncio.get_running_loop().time() + self._pause > self._until:
            raise error
        await asyncio.sleep(self._pause)
        self.count += 1
        self._pause = min(2 * self._pause, _LONGEST_PAUSE)


async def closed(db: Connection) -> None:
    """Close a connection, whatever became of it."""
    try:
        await db.close(timeout=_CONNECT)
    except _FAILED:
        db.terminate()


async def _as_it_is(_: object) -> None:
    """Leave a connection as it is: nothing of ours changes it, and a reset is one more trip."""
