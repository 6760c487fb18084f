"""Backups of a database: taken while the bot runs, put back while it does not.

Both write beside the place that they are meant for, and take it by a rename once all is on the
disk: whenever they are cut short, what was there before is there still, and whole.
"""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import aiosqlite

from bot.errors import StoreError
from bot.services.durable_files import take_place
from bot.services.private_files import make_private
from storage import queries
from storage.contents import Contents
from storage.lease import lease
from storage.schema import MIGRATIONS, check
from storage.sqlite import code_of, connected, explained

_PATIENCE = 60.0  # seconds: a backup has time, and the bot's own statements are short
# The file that is written is new and ours alone.
_OF_THE_SOURCE = frozenset(
    {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
)


async def back_up(database: Path, to: Path) -> Contents:
    """Write a copy of a database, as it is at one moment, to a file that is not there yet.

    Another process may be writing to the database meanwhile. The copy has no free pages, so
    nothing of what was erased; it is checked before it takes its name. Raises StoreError.
    """
    _refuse_existing(to)
    await look_at(database)
    async with _aside(to) as copy:
        await _write(database, copy, to=to)
        contents = await examine(copy, named=database)
        _refuse_existing(to)
        await asyncio.to_thread(take_place, copy, to)
    return contents


async def restore(
    backup: Path, database: Path, *, clock: Callable[[], int], replace: bool
) -> Contents:
    """Put a backup in a database's place; no bot may be using it.

    With `replace`, a database that is there is kept under the name that `former` gives. What went
    off the record there after the backup was taken does so in the restored one, too: its marks
    are carried over. Raises StoreError, StoreBusy while a bot runs.
    """
    contents = await examine(backup)
    await asyncio.to_thread(_refuse_folder, database)
    async with lease(str(database), now=clock()):
        exists = await asyncio.to_thread(_may_replace, database, replace)
        async with _aside(database) as copy:
            await _write(backup, copy, to=database)
            if exists:
                await _carry_over(database, copy)
                await _empty_log(database)
                await asyncio.to_thread(_keep, database)
            await asyncio.to_thread(take_place, copy, database)
    return contents


def former(database: Path) -> Path:
    """Return where a restore keeps the database that was there before."""
    return database.with_name(database.name + ".before-restore")


def _may_replace(database: Path, replace: bool) -> bool:
    """Return whether a database is there; raise StoreError where it, or one kept, would be lost."""
    if not os.path.lexists(database):
        return False
    kept = former(database)
    if not replace:
        raise StoreError("store.database-is-there", file=database)
    if kept.exists() and not kept.samefile(database):
        raise StoreError("store.is-there", file=kept)
    return True


async def examine(database: Path, *, named: Path | None = None) -> Contents:
    """Look through a whole database for damage; raise StoreError, of `named`, where it has any."""
    await look_at(database)
    file = str(database)
    async with connected(file, patience=_PATIENCE) as db:
        with explained(file):
            await db.execute("PRAGMA query_only = ON")
            answers = [text for (text,) in await db.execute_fetchall("PRAGMA integrity_check(10)")]
            if answers != ["ok"]:
                raise StoreError("store.damaged", file=named or file)
            ((events, episodes),) = await db.execute_fetchall(queries.CONTENTS)
    size = await asyncio.to_thread(lambda: database.stat().st_size)
    return Contents(events, episodes, size)


async def look_at(database: Path) -> None:
    """Raise StoreError for a file that is missing, or no database of ours, or too new."""
    if not os.path.isfile(database) or not os.access(database, os.R_OK):  # noqa: ASYNC240, PTH113 - one look
        raise StoreError("store.unread", file=database)
    async with connected(str(database), patience=_PATIENCE) as db:
        version = await check(db, str(database))
    if version == 0:
        raise StoreError("store.foreign", file=database)
    if version < len(MIGRATIONS):
        raise StoreError("store.older", file=database)


async def _write(database: Path, copy: Path, *, to: Path) -> None:
    """Write a database to a new file; what is wrong with either is told of `database` or `to`."""
    async with connected(str(database), patience=_PATIENCE) as db:
        with explained(str(to)):
            try:
                await db.execute("VACUUM INTO ?", (str(copy),))
            except sqlite3.Error as error:
                if code_of(error) not in _OF_THE_SOURCE:
                    raise
                with explained(str(database)):
                    raise


async def _carry_over(database: Path, copy: Path) -> None:
    """Copy the marks that took messages off the record into a backup that may lack them."""
    async with connected(str(database), patience=_PATIENCE) as db:
        with explained(str(database)):
            try:
                rows = await db.execute_fetchall(queries.OFF_RECORD_MARKS)
            except aiosqlite.DatabaseError:  # too damaged to be read: why one restores at all
                return
    async with connected(str(copy), patience=_PATIENCE) as db:
        with explained(str(copy)):
            await db.execute("BEGIN IMMEDIATE")
            await _add(db, list(rows))
            await db.commit()


async def _add(db: aiosqlite.Connection, rows: Sequence[Sequence[object]]) -> None:
    shows = [(show, name) for show, name, *_ in rows]
    await db.executemany(queries.NUMBER_EPISODE, shows)
    values = [(*event, name) for _, name, *event in rows]
    await db.executemany(queries.CARRY_OVER, values)


async def _empty_log(database: Path) -> None:
    """Move a database's write-ahead log into it, so that the file alone is all of it."""
    async with connected(str(database), patience=_PATIENCE) as db:
        with explained(str(database)):
            try:
                await db.execute_fetchall(queries.EMPTY_WAL)
            except aiosqlite.DatabaseError:  # damaged: it is kept as it is
                return


def _refuse_folder(database: Path) -> None:
    """Raise StoreError for what no file can be put in the place of: nothing is beside it yet."""
    if database.exists() and not database.is_file():
        raise StoreError("store.cannot-open", file=database)


def _refuse_existing(path: Path) -> None:
    if os.path.lexists(path):
        raise StoreError("store.is-there", file=path)


@asynccontextmanager
async def _aside(path: Path) -> AsyncIterator[Path]:
    """Hold an empty file of our own beside `path`; what is left of it in the end goes."""
    copy = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        copy.unlink(missing_ok=True)
        make_private(copy)
    except OSError as error:
        raise StoreError("store.cannot-open", file=path) from error
    try:
        yield copy
    finally:
        for name in (copy.name, f"{copy.name}-wal", f"{copy.name}-shm", f"{copy.name}-journal"):
            copy.with_name(name).unlink(missing_ok=True)


def _keep(database: Path) -> None:
    """Keep a database under another name beside the one that it has, with its log if it has one."""
    kept = former(database)
    logs = [database.with_name(database.name + end) for end in ("-wal", "-shm")]
    if not kept.exists():  # else by a restore that was cut short: it is this very file
        for log in filter(Path.exists, logs):
            aside = kept.with_name(kept.name + log.name.removeprefix(database.name))
            aside.unlink(missing_ok=True)
            os.link(log, aside)
        os.link(database, kept)  # last: where it stands, all was kept
    for log in logs:  # they belong to the old file: the new one must not find them
        log.unlink(missing_ok=True)
