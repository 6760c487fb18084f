"""Moves all that is kept from one database to another: from a file to a server, and back.

The destination says from its first batch on what is being moved into it, and is no database to be
used until all of it was compared. A move that was cut short goes on where it was.
"""

import hashlib
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import StoreError
from storage import queries
from storage.bodies import looked_up, packed, without_nul
from storage.opening import on_server
from storage.sql_store import SqlStore
from storage.store import SqliteStore

BATCH = 1_000
"""Rows in a transaction."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as both engines have it; its first columns, `keys` many, tell its rows apart."""

    name: str
    columns: tuple[str, ...]
    keys: int = 1

    @property
    def rows_after(self) -> str:
        """The statement for the next rows after a key; without one, for the first."""
        given = self.columns[: self.keys]
        places = ", ".join(f"?{number}" for number, _ in enumerate(given, 1))
        return self._rows(f"WHERE ({', '.join(given)}) > ({places})")

    @property
    def first_rows(self) -> str:
        """The statement for the first rows."""
        return self._rows("")

    def _rows(self, where: str) -> str:
        names, order = ", ".join(self.columns), ", ".join(self.columns[: self.keys])
        return f"SELECT {names} FROM {self.name} {where} ORDER BY {order} LIMIT {BATCH}"  # noqa: S608

    @property
    def last_key(self) -> str:
        """The statement for the last key."""
        keys = self.columns[: self.keys]
        order = ", ".join(f"{key} DESC" for key in keys)
        return f"SELECT {', '.join(keys)} FROM {self.name} ORDER BY {order} LIMIT 1"  # noqa: S608

    @property
    def insert(self) -> str:
        """The statement that puts a row in."""
        places = ", ".join(f"?{number}" for number, _ in enumerate(self.columns, 1))
        return f"INSERT INTO {self.name} ({', '.join(self.columns)}) VALUES ({places})"  # noqa: S608


LOOKUPS = Table("lookups", ("canonical", "rank", "body"))
TABLES = (
    Table("episodes", ("id", "show", "name")),
    Table(
        "events",
        (
            *("seq", "key", "episode", "kind", "at", "by"),
            *("about", "refers", "starter", "version", "body"),
        ),
    ),
    Table("people", ("id", "name")),
    LOOKUPS,
    Table("drafts", ("place", "id", "episode", "at", "settled", "body")),
    Table("notes", ("area", "name", "body"), keys=2),
)

_BEGUN = "INSERT INTO chores (name) VALUES (?1)"
_UNDER_WAY = "SELECT name FROM chores WHERE name LIKE 'moving %'"
_DONE = "DELETE FROM chores WHERE name LIKE 'moving %'"


@dataclass(frozen=True, slots=True)
class Moved:
    """How much was moved, and the digest of it that both databases agree on."""

    events: int
    episodes: int
    digest: str


async def move(source: Path | str, to: Path | str, *, clock: Callable[[], int]) -> Moved:
    """Move a database's contents into an empty one, or go on with that; no bot may use either.

    The source stays as it is. Raises StoreError where the destination holds something else, or in
    the end not the same.
    """
    if isinstance(source, Path) and not source.exists():  # noqa: ASYNC240 - one look
        raise StoreError("store.unread", file=source)
    async with _opened(source, clock) as old, _opened(to, clock) as new:
        await _claim(new, await _identity(old, source), to)
        for table in TABLES:
            await _copy(old, new, table)
        await new.renumber()
        moved = await _compare(old, new)
        await new.run(_DONE)
    return moved


def _opened(where: Path | str, clock: Callable[[], int]) -> AbstractAsyncContextManager[SqlStore]:
    if isinstance(where, str):
        return on_server().open(where, half_moved=True)
    return SqliteStore.open(where, clock=clock, half_moved=True)


async def _identity(store: SqlStore, where: Path | str) -> str:
    """Return what tells a source from every other: nothing that says where it is."""
    name = str(where.resolve()) if isinstance(where, Path) else await store.identity()  # noqa: ASYNC240
    if await store.run(_UNDER_WAY):
        raise StoreError("store.half-moved", file=_shown(where))
    return hashlib.sha256(name.encode()).hexdigest()[:32]


async def _claim(store: SqlStore, identity: str, where: Path | str) -> None:
    """Note what is moved into a database; raise StoreError where it holds something else."""
    mark = f"moving {identity}"
    under_way = [name for (name,) in await store.run(_UNDER_WAY)]
    if under_way == [mark]:
        return
    for table in TABLES:
        if under_way or await store.run(table.first_rows):
            raise StoreError("store.not-empty", file=_shown(where))
    await store.run(_BEGUN, (mark,))


async def _copy(old: SqlStore, new: SqlStore, table: Table) -> None:
    """Copy the rows of a table that are not there yet."""
    last = await new.run(table.last_key)
    async for batch in _batches(old, table, tuple(last[0]) if last else None):
        async with new.transaction() as db:
            if table is LOOKUPS:  # their times are columns of their own on a server
                rows = [(*row, *looked_up(row[-1])) for row in batch]
                await db.execute(queries.PUT_LOOKUPS, (packed(rows),))
            else:
                await db.executemany(table.insert, batch)


async def _batches(
    store: SqlStore, table: Table, after: tuple[Any, ...] | None = None
) -> AsyncIterator[list[tuple[Any, ...]]]:
    while True:
        sql = table.first_rows if after is None else table.rows_after
        rows = [tuple(without_nul(row)) for row in await store.run(sql, after or ())]
        if not rows:
            return
        yield rows
        after = rows[-1][: table.keys]


async def _compare(old: SqlStore, new: SqlStore) -> Moved:
    """Count and digest all tables of both; raise StoreError where one is not the same."""
    counts, whole = {}, hashlib.sha256()
    for table in TABLES:
        count, digest = await _digest(old, table)
        if (count, digest) != await _digest(new, table):
            raise StoreError("store.moved-otherwise", table=table.name)
        counts[table.name] = count
        whole.update(digest.encode())
    return Moved(counts["events"], counts["episodes"], whole.hexdigest())


async def _digest(store: SqlStore, table: Table) -> tuple[int, str]:
    count, digest = 0, hashlib.sha256()
    async for batch in _batches(store, table):
        count += len(batch)
        for row in batch:
            digest.update(json.dumps(row).encode() + b"\n")
    return count, digest.hexdigest()


def _shown(where: Path | str) -> str:
    return str(where) if isinstance(where, Path) else "PostgreSQL"
