"""SQLite and its thread: opened, closed, and heard with its errors in plain words."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from typing import Any, TypeVar

import aiosqlite

from bot.errors import StoreBusy, StoreError, StoreUnusable

T = TypeVar("T")

# What a user can do something about; all else is a fault of ours, and passes as it is.
_REASONS: dict[int, tuple[type[StoreError], str]] = {
    sqlite3.SQLITE_BUSY: (StoreBusy, "store.locked"),
    sqlite3.SQLITE_LOCKED: (StoreBusy, "store.locked"),
    sqlite3.SQLITE_CANTOPEN: (StoreError, "store.cannot-open"),
    sqlite3.SQLITE_PERM: (StoreError, "store.read-only"),
    sqlite3.SQLITE_READONLY: (StoreError, "store.read-only"),
    sqlite3.SQLITE_CORRUPT: (StoreUnusable, "store.damaged"),
    sqlite3.SQLITE_NOTADB: (StoreUnusable, "store.damaged"),
    sqlite3.SQLITE_FULL: (StoreError, "store.full"),
    sqlite3.SQLITE_IOERR: (StoreError, "store.disk"),
}


def code_of(error: sqlite3.Error) -> int:
    """Return SQLite's primary result code, or 0 for an error that is Python's own."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _misses(error: sqlite3.Error) -> bool:
    """Return whether a table or column is not there: somebody else changed the database."""
    said = str(error)
    missing = said.startswith(("no such table: ", "no such column: "))
    return code_of(error) == sqlite3.SQLITE_ERROR and (missing or " has no column named " in said)


@contextmanager
def explained(file: str) -> Iterator[None]:
    """Turn SQLite's errors about `file` that a user can act on into StoreErrors."""
    try:
        yield
    except sqlite3.Error as error:
        reason = _REASONS.get(sqlite3.SQLITE_CORRUPT if _misses(error) else code_of(error))
        if reason is None:
            raise
        kind, text = reason
        raise kind(text, file=file) from error


class _Connection(aiosqlite.Connection):
    """A connection whose thread can be waited for, also where it could not be opened."""

    _ended: "asyncio.Future[Any] | None" = None

    def stop(self) -> "asyncio.Future[Any] | None":
        self._ended = super().stop()
        return self._ended

    async def finish(self) -> None:
        """Close, and wait until the thread has spoken to the event loop for the last time."""
        await self.close()
        if self._ended is not None:
            await self._ended


async def _uncut(doing: Coroutine[Any, Any, T]) -> T:
    """Wait for something to its end; a cancellation meanwhile is raised after it."""
    task = asyncio.ensure_future(doing)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise


@asynccontextmanager
async def connected(file: str, *, patience: float) -> AsyncIterator[aiosqlite.Connection]:
    """Hold a connection to `file`, made where it is missing; its thread ends with it.

    Statements wait `patience` seconds for others' locks. Transactions are begun by hand. Raises
    StoreError where the file cannot be opened.
    """
    # At its debug level aiosqlite logs the values of every statement: the hosts' words.
    logging.getLogger("aiosqlite").setLevel(logging.INFO)
    connector = partial(sqlite3.connect, file, timeout=patience, isolation_level=None)
    db = _Connection(connector, iter_chunk_size=64)
    try:
        with explained(file):
            await _uncut(db.__aenter__())
        yield db
    finally:
        await _uncut(db.finish())
