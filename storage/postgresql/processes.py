"""Who is alive on a database, and who holds what there: one process at a time.

A process says every few seconds that it is alive, by the server's clock. Who has not for LIFE
seconds is taken for dead by whoever wants what it holds, and from that moment on none of its writes
is stored (the trigger `fence`, schema.py): it may have been stopped, and know nothing of it.
"""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from uuid import uuid4

from asyncpg import Connection

from bot.errors import StoreBusy, StoreError
from storage.postgresql.connection import Server, closed, explained

BEAT = 4.0
"""Seconds between two signs of life."""

LIFE = 15.0
"""Seconds after the last sign of life at which a process is taken for dead."""

_REGISTER = "INSERT INTO processes (id, name) VALUES ($1, $2)"
_ALIVE = "UPDATE processes SET beat = clock_timestamp() WHERE id = $1 RETURNING id"
_LEAVE = "DELETE FROM processes WHERE id = $1"
_SILENT = f"beat < clock_timestamp() - interval '{LIFE} seconds'"
_DEAD = f"SELECT id FROM processes WHERE {_SILENT} ORDER BY id"  # noqa: S608 - our own constant
# (Waits for the writes of that process that are under way; later ones do not find it.)
_WAIT = "SELECT pg_advisory_xact_lock(hashtextextended($1, 1))"
_BURY = f"DELETE FROM processes WHERE id = $1 AND {_SILENT}"  # noqa: S608 - our own constant
_TAKE = "INSERT INTO leases (name, process) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING"
_HOLDER = """
    SELECT processes.id, processes.name, leases.since
    FROM leases JOIN processes ON processes.id = leases.process WHERE leases.name = $1
"""


class Registration:
    """A process among those that are alive on a database."""

    def __init__(self, server: Server, db: Connection) -> None:
        self.id = uuid4().hex
        self._server = server
        self._db = db
        self._lock = asyncio.Lock()  # one statement at a time on the connection
        self._lost = asyncio.Event()

    async def take(self, name: str) -> None:
        """Take a lease, for as long as we are alive; raise StoreBusy where another holds it."""
        async with self._lock:
            with explained():
                await self._bury()
                await self._db.execute(_TAKE, name, self.id)
                holder = await self._db.fetchrow(_HOLDER, name)
        if holder is None or holder["id"] != self.id:
            pid, since = ("?", "?") if holder is None else (holder["name"], _told(holder["since"]))
            raise StoreBusy("store.busy-server", process=pid, since=since)

    async def lost(self) -> None:
        """Wait until others took this process for dead; nothing that it writes is stored then."""
        await self._lost.wait()

    async def _bury(self) -> None:
        """Take what those hold who are dead."""
        for row in await self._db.fetch(_DEAD):
            async with self._db.transaction():
                await self._db.execute(_WAIT, row["id"])
                await self._db.execute(_BURY, row["id"])

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
        with explained():
            if not await self._db.fetch(_ALIVE, self.id, timeout=BEAT):
                self._lost.set()

    async def leave(self) -> None:
        """Hand over all that we hold, at once."""
        try:
            with suppress(StoreError), explained():
                if self._db.is_closed():
                    self._db = await self._server.connect()
                await self._db.execute(_LEAVE, self.id, timeout=BEAT)
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


def _told(since: datetime) -> str:
    return since.strftime("%Y-%m-%d %H:%M:%S UTC")
