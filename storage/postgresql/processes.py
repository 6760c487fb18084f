"""Who is alive on a database, and who holds what there: one process at a time.

A process says every few seconds that it is alive, by the server's clock. Who has not for LIFE
seconds is taken for dead by whoever wants what it holds, and from that moment on none of its writes
is stored (the trigger `fence`, schema.py): it may have been stopped, and know nothing of it.
"""

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from uuid import uuid4

from asyncpg import Connection, Record

from bot.errors import StoreBusy, StoreError
from storage.postgresql.connection import SPENT, Server, closed, explained

BEAT = 4.0
"""Seconds between two signs of life."""

LIFE = 15.0
"""Seconds after the last sign of life at which a process is taken for dead."""

CHANNEL = "rundown"
"""Where processes tell each other what they changed."""

ANYTHING = '{"all": true}'
"""Tells that anything may have changed."""

_TELL = "SELECT pg_notify('rundown', $1)"
_REGISTER = "INSERT INTO processes (id, name) VALUES ($1, $2)"
_ALIVE = "UPDATE processes SET beat = clock_timestamp() WHERE id = $1 RETURNING id"
_LEAVE = "DELETE FROM processes WHERE id = $1"
_SILENT = f"beat < clock_timestamp() - interval '{LIFE} seconds'"
_DEAD = f"SELECT id FROM processes WHERE id <> $1 AND {_SILENT} ORDER BY id"  # noqa: S608 - same
# (Waits for the writes of that process that are under way; later ones do not find it.)
_WAIT = "SELECT pg_advisory_xact_lock(hashtextextended($1, 1))"
_BURY = f"DELETE FROM processes WHERE id = $1 AND {_SILENT}"  # noqa: S608 - our own constant
_CLAIMING = "SELECT pg_advisory_xact_lock(hashtextextended('claims', 3))"
_OTHER = """
    SELECT name, since, EXISTS (
        SELECT FROM leases WHERE process = processes.id AND leases.name LIKE $2 || ' %'
    ) AS is_shared
    FROM processes WHERE id <> $1 ORDER BY since LIMIT 1
"""
_OF_OTHERS = """
    SELECT processes.name, leases.since, leases.name AS lease
    FROM leases JOIN processes ON processes.id = leases.process
    WHERE processes.id <> $1 AND (
        leases.name = ANY($2::text[]) OR leases.name = $3
        OR leases.name LIKE $4 || ' %' AND split_part(leases.name, '/', 2) <> $5
    ) ORDER BY array_position($2::text[], leases.name) NULLS FIRST, leases.since LIMIT 1
"""
_TAKE = "INSERT INTO leases (name, process) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING"

_LET_GO = "DELETE FROM leases WHERE name = $1 AND process = $2"

WHOLE = "rundown"
"""The lease of a process that runs everything."""

SHARD = "discord"
"""How the leases of shards begin: `discord 3/16`."""


class Registration:
    """A process among those that are alive on a database."""

    def __init__(self, server: Server, db: Connection) -> None:
        self.id = uuid4().hex
        self._server = server
        self._db = db
        self._lock = asyncio.Lock()  # one statement at a time on the connection
        self._lost = asyncio.Event()
        self._told: Callable[[str], None] | None = None

    async def take_whole(self) -> None:
        """Be the only process, for as long as we are alive; raise StoreBusy where there is one."""
        async with self._lock:
            with explained():
                await self._bury()
                async with self._db.transaction():
                    await self._db.execute(_CLAIMING)
                    if other := await self._db.fetchrow(_OTHER, self.id, SHARD):
                        name = "store.busy-shared" if other["is_shared"] else "store.busy-server"
                        raise _busy(name, other)
                    await self._db.execute(_TAKE, WHOLE, self.id)

    async def take_shards(self, shards: Collection[int], count: int) -> None:
        """Take shards beside others; raise StoreBusy where one is held, or counted otherwise."""
        names = [f"{SHARD} {shard}/{count}" for shard in shards]
        async with self._lock:
            with explained():
                await self._bury()
                async with self._db.transaction():
                    await self._db.execute(_CLAIMING)
                    given = (self.id, names, WHOLE, SHARD, str(count))
                    if other := await self._db.fetchrow(_OF_OTHERS, *given):
                        raise _held(other, count)
                    for name in names:
                        await self._db.execute(_TAKE, name, self.id)

    async def take(self, name: str) -> bool:
        """Take a lease if nobody holds it; return whether."""
        async with self._lock:
            with explained():
                await self._bury()
                return await self._db.execute(_TAKE, name, self.id) != "INSERT 0 0"

    async def let_go(self, name: str) -> None:
        """Let go of a lease; where the server is away, others take it when we are dead."""
        async with self._lock:
            with suppress(StoreError), explained():
                await self._db.execute(_LET_GO, name, self.id)

    async def lost(self) -> None:
        """Wait until others took this process for dead; nothing that it writes is stored then."""
        await self._lost.wait()

    async def _bury(self) -> None:
        """Take what those hold who are dead; what they last changed they may have told nobody."""
        for row in await self._db.fetch(_DEAD, self.id):
            async with self._db.transaction():
                await self._db.execute(_WAIT, row["id"])
                await self._db.execute(_BURY, row["id"])
                await self._db.execute(_TELL, ANYTHING)

    async def listen(self, told: Callable[[str], None]) -> None:
        """Have what other processes tell passed on, from now on."""
        self._told = told
        async with self._lock:
            with explained():
                await self._db.add_listener(CHANNEL, self._hear)

    def _hear(self, _: object, pid: int, channel: str, payload: object) -> None:
        if self._told is not None:
            self._told(str(payload))

    async def register(self) -> None:
        """Stand among those that are alive."""
        with explained():
            await self._db.execute(_REGISTER, self.id, f"{socket.gethostname()}:{os.getpid()}")

    async def beat(self) -> None:
        """Say that we are alive until we are lost, or the task is cancelled."""
        while not self._lost.is_set():
            await asyncio.sleep(BEAT)
            async with self._lock:
                with suppress(StoreError):  # away for now: the next one may come in time
                    await self._beat()

    async def _beat(self) -> None:
        if self._db.is_closed():
            self._db = await self._server.connect()
            if self._told is not None:
                with explained():
                    await self._db.add_listener(CHANNEL, self._hear)
                self._told(ANYTHING)  # nobody knows what was told meanwhile
        with explained():
            try:
                found = await self._db.fetch(_ALIVE, self.id, timeout=BEAT)
            except SPENT:
                self._db.terminate()
                raise
        if not found:
            self._lost.set()

    async def leave(self) -> None:
        """Hand over all that we hold, at once."""
        try:
            for _ in range(2):
                with suppress(StoreError), explained():
                    if self._db.is_closed():
                        self._db = await self._server.connect()
                    await self._db.execute(_LEAVE, self.id, timeout=BEAT)
                    return
                self._db.terminate()  # it was cut off, and may not know it yet
        finally:
            await closed(self._db)


@asynccontextmanager
async def registered(server: Server, db: Connection) -> AsyncIterator[Registration]:
    """Be registered on a database, whose connection `db` is closed in the end."""
    registration = Registration(server, db)
    try:
        await registration.register()
        beating = asyncio.create_task(registration.beat())
        try:
            yield registration
        finally:
            beating.cancel()
            with suppress(asyncio.CancelledError):
                await beating
    finally:
        await registration.leave()


def _held(other: Record, count: int) -> StoreBusy:
    """Return why shards of so many cannot be had beside what another process holds."""
    if other["lease"] == WHOLE:
        return _busy("store.busy-whole", other)
    shard, _, theirs = other["lease"].removeprefix(f"{SHARD} ").partition("/")
    if theirs != str(count):
        return _busy("store.busy-count", other, theirs=theirs, ours=count)
    return _busy("store.busy-shard", other, shard=shard, count=count)


def _busy(text: str, other: Record, **more: object) -> StoreBusy:
    """Return an error that says which process has something, and since when."""
    since: datetime = other["since"]
    when = since.strftime("%Y-%m-%d %H:%M:%S UTC")
    return StoreBusy(text, process=other["name"], since=when, **more)
