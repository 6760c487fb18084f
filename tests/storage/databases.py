"""Databases of both engines for the same tests: opened, asked behind the store's back, and read."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import asyncpg

from storage.opening import opened
from storage.postgresql.schema import FENCED
from storage.postgresql.store import PostgresStore
from storage.sql_store import SqlStore
from storage.store import SqliteStore
from tests.postgresql import PostgreSQL
from tests.storage.happenings import bytes_in

T = TypeVar("T")


@dataclass(frozen=True)
class SqliteFile:
    path: Path
    clock: Callable[[], int]

    @property
    def where(self) -> str:
        return str(self.path)

    def open(self) -> AbstractAsyncContextManager[SqlStore]:
        return SqliteStore.open(self.path, clock=self.clock)

    async def rows(self, sql: str) -> list[Any]:
        with closing(sqlite3.connect(self.path)) as db:
            return db.execute(sql).fetchall()

    async def forget(self) -> None:
        """Do nothing: the system lets go of a file when its process dies."""

    async def held(self) -> bytes:
        return bytes_in(self.path.parent)


@dataclass(frozen=True)
class OnServer:
    server: PostgreSQL
    name: str

    @property
    def where(self) -> str:
        return self.server.address(self.name)

    def open(self) -> AbstractAsyncContextManager[SqlStore]:
        return PostgresStore.open(self.where)

    async def emptied(self, store: SqlStore, work: Callable[[SqlStore], Awaitable[T]]) -> T:
        """Do something with a store after all was taken out of it."""
        for table in reversed(FENCED):
            await store.run(f"DELETE FROM {table}")  # noqa: S608
        store._episodes.clear()
        return await work(store)

    async def forget(self, pid: int | None = None) -> None:
        """Have the time pass after which silent processes, or one, are taken for dead."""
        which = f"WHERE name LIKE '%:{pid}'" if pid else ""
        await self.rows(f"UPDATE processes SET beat = beat - interval '1 hour' {which}")  # noqa: S608

    async def rows(self, sql: str) -> list[Any]:
        db = await asyncpg.connect(self.where)
        try:
            return [tuple(row) for row in await db.fetch(sql)]
        finally:
            await db.close()

    async def held(self) -> bytes:
        """Return the bytes of its tables' files; the server's log is another matter."""
        await self.rows("CHECKPOINT")
        ((number,),) = await self.rows(
            "SELECT oid FROM pg_database WHERE datname = current_database()"
        )
        return await asyncio.to_thread(bytes_in, self.server.data / "base" / str(number))


Database = SqliteFile | OnServer


def database_at(where: str) -> AbstractAsyncContextManager[SqlStore]:
    """Open a database by its path or address, as the app does."""
    is_address = where.startswith("postgresql://")
    return opened(where if is_address else Path(where), clock=lambda: 0)
