"""One writer: a database belongs to one process at a time.

Beside the database lies a small one, `<database>.lease`, that says who has it and since when. Its
holder keeps a write transaction open in it for life: others can still read it, nobody can begin
another, and the system lets go of it when the holder dies, however it dies.
"""

import os
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import aiosqlite

from bot.errors import StoreBusy
from storage.sqlite import code_of, connected, explained

# A restart may overlap with the end of the run before; whoever takes the lease writes its name
# well within that time too, so that the one turned away reads the right one.
_PATIENCE = 0.5


@asynccontextmanager
async def lease(file: str, *, now: int) -> AsyncIterator[None]:
    """Hold the lease of the database `file`; `now` is in microseconds since 1970.

    Raises StoreBusy, with the process that has it and since when, if another holds it, and
    StoreError where the lease cannot be written.
    """
    beside = _beside(file)
    async with connected(beside, patience=_PATIENCE) as db:
        with explained(beside):
            await _take(db, file, now)
        yield


def _beside(file: str) -> str:
    """Return the path of the lease: one, whatever links lead to the database."""
    return f"{os.path.realpath(file)}.lease"


async def _take(db: aiosqlite.Connection, file: str, now: int) -> None:
    try:
        await db.execute("BEGIN IMMEDIATE")
        await db.execute("CREATE TABLE IF NOT EXISTS holder (pid INTEGER, since INTEGER) STRICT")
        await db.execute("DELETE FROM holder")
        await db.execute("INSERT INTO holder VALUES (?, ?)", (os.getpid(), now))
        await db.commit()
        await db.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        await db.rollback()
        holder = await _holder(db) if code_of(error) == sqlite3.SQLITE_BUSY else None
        if holder is None:
            raise
        pid, since = holder
        raise StoreBusy("store.busy", file=file, pid=pid, since=_written(since)) from error


async def _holder(db: aiosqlite.Connection) -> tuple[int, int] | None:
    if not await db.execute_fetchall("SELECT 1 FROM sqlite_schema WHERE name = 'holder'"):
        return None
    for pid, since in await db.execute_fetchall("SELECT pid, since FROM holder"):
        return pid, since
    return None


def _written(at: int) -> str:
    return datetime.fromtimestamp(at // 1_000_000, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
