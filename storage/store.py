"""The store in SQLite: one file, for one process."""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any, Self

import aiosqlite

from bot.core.events import Event
from bot.errors import StoreError
from bot.services.private_files import make_private
from storage import queries
from storage.lease import lease
from storage.rows import Row
from storage.schema import MIGRATIONS, check, migrate
from storage.sql_store import SqlStore
from storage.sqlite import code_of, connected, explained

_PATIENCE = 5.0  # seconds to wait for another program that writes to the database
_SCRUB_PATIENCE = 0.2  # a reader that stays longer is waited for by trying again later


class SqliteStore(SqlStore):
    """What Rundown keeps, in one SQLite file that belongs to one process."""

    def __init__(self, db: aiosqlite.Connection, file: str) -> None:
        super().__init__()
        self._db = db
        self._file = file
        self._lock = asyncio.Lock()  # one transaction at a time; nobody reads inside another's

    @classmethod
    @asynccontextmanager
    async def open(
        cls, path: Path | None, *, clock: Callable[[], int], half_moved: bool = False
    ) -> AsyncIterator[Self]:
        """Hold the database at `path`, made where it is missing; with None it is in memory alone.

        `clock` gives microseconds since 1970; `half_moved` takes one that is still being moved
        here. Raises StoreBusy if another process has it, StoreNewer if a newer version wrote it,
        StoreError if it cannot be used.
        """
        file = str(path) if path else ":memory:"
        if path:  # a first look, so that nothing is put beside a file that we cannot use
            _check_writable(path)
            async with connected(file, patience=_PATIENCE) as db:
                await check(db, file)
            _make_private(path)
        holding = lease(file, now=clock()) if path else nullcontext()
        async with holding, connected(file, patience=_PATIENCE) as db:
            with explained(file):
                await _prepare(db)
            await migrate(db, file)
            store = cls(db, file)
            store._episodes.update(await store.run(queries.EPISODES))
            if not half_moved:
                await store.refuse_half_moved(file)
            yield store

    @classmethod
    @asynccontextmanager
    async def glance(cls, path: Path) -> AsyncIterator[Self]:
        """Look into a database that another process may have; nothing is to be written.

        Raises StoreError where it is none, or is not there yet.
        """
        if not os.access(path, os.R_OK):
            raise StoreError("store.cannot-open", file=path)
        file = str(path)
        async with connected(file, patience=_PATIENCE) as db:
            if await check(db, file) < len(MIGRATIONS):
                raise StoreError("store.older", file=file)
            yield cls(db, file)

    async def _append(self, rows: Sequence[Row], events: Sequence[Event]) -> dict[str, int]:
        if len(rows) == 1:  # a statement is a transaction of its own: one trip to the thread
            return dict(await self.run(queries.APPEND_ONE, rows[0]))
        async with self.transaction() as db:
            ((last,),) = await db.execute_fetchall(queries.LAST)
            await db.executemany(queries.APPEND, rows)
            stored: list[Any] = list(await db.execute_fetchall(queries.APPENDED_SINCE, (last,)))
        return dict(stored)

    async def scrub(self) -> bool:
        """Take what was erased out of free pages and the WAL; False while a reader is in the way.

        An erasure that was not scrubbed is remembered over restarts (`scrub_due`).
        """
        async with self._lock:
            with explained(self._file):
                try:
                    await _be_patient(self._db, _SCRUB_PATIENCE)
                    return await self._scrub()
                except sqlite3.OperationalError as error:
                    if code_of(error) in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
                        return False
                    raise
                finally:
                    await _be_patient(self._db, _PATIENCE)

    async def run(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """Run one statement, and return its rows."""
        async with self._lock:
            with explained(self._file):
                return list(await self._db.execute_fetchall(sql, values))

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[aiosqlite.Connection]:
        """Hold a transaction, inside which nobody else reads."""
        async with self._lock:
            with explained(self._file):
                try:
                    await self._db.execute("BEGIN IMMEDIATE")
                    yield self._db
                    await self._db.commit()
                except BaseException:
                    await self._db.rollback()
                    raise

    async def _scrub(self) -> bool:
        # First without VACUUM: it writes everything anew, in vain while a reader is there.
        if not await self._empty_wal():
            return False
        await self._db.execute("VACUUM")
        if not await self._empty_wal():
            return False
        await self._db.execute(queries.SCRUBBED)
        return True

    async def _empty_wal(self) -> bool:
        """Move all that the WAL holds into the database; False while somebody still reads it."""
        ((busy, _, _),) = await self._db.execute_fetchall(queries.EMPTY_WAL)
        return not busy


async def _prepare(db: aiosqlite.Connection) -> None:
    """Set a connection up: durable, and leaving as little of what is deleted as it can."""
    await db.execute_fetchall("PRAGMA journal_mode = WAL")
    await db.execute("PRAGMA synchronous = FULL")
    await db.execute("PRAGMA secure_delete = ON")
    await db.execute("PRAGMA temp_store = MEMORY")
    await db.execute("PRAGMA foreign_keys = ON")


def _check_writable(path: Path) -> None:
    """Raise StoreError for a file that may only be read, which SQLite tells too late."""
    # (Path.exists raises for a name that is too long.)
    if os.access(path, os.F_OK) and not os.access(path, os.W_OK):
        raise StoreError("store.read-only", file=path)


def _make_private(path: Path) -> None:
    """Keep everybody else from reading a database; its log takes over its rights."""
    try:
        make_private(path)
    except OSError as error:
        raise StoreError("store.cannot-open", file=path) from error


async def _be_patient(db: aiosqlite.Connection, seconds: float) -> None:
    await db.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
