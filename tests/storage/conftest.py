import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from storage.sql_store import SqlStore
from storage.store import SqliteStore
from tests.postgresql import PostgreSQL
from tests.storage.databases import Database, OnServer, SqliteFile

Work = Callable[[SqlStore], Awaitable[Any]]


@pytest.fixture
def clock() -> Callable[[], int]:
    """Return a clock that moves a second each time it is asked, from the first of June 2026."""
    return count(1_780_272_000_000_000, 1_000_000).__next__


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rundown.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, path: Path, clock: Callable[[], int]) -> Database:
    """Return a new database of each engine in turn."""
    if request.param == "sqlite":
        return SqliteFile(path, clock)
    found: OnServer = request.getfixturevalue("on_server")
    return found


@pytest.fixture
async def store(database: Database) -> AsyncIterator[SqlStore]:
    async with database.open() as store:
        yield store


@pytest.fixture
def empty(postgresql: PostgreSQL) -> Iterator[OnServer]:
    """Return a database without our tables."""
    with postgresql.database("template1") as name:
        yield OnServer(postgresql, name)


@pytest.fixture(params=["sqlite", "postgresql"], scope="module")
def on_empty(request: pytest.FixtureRequest) -> Iterator[Callable[[Work], Any]]:
    """Return what does something with a store that holds nothing, as often as it is asked."""
    if request.param == "sqlite":
        yield in_memory
        return
    server: PostgreSQL = request.getfixturevalue("postgresql")
    with server.database() as name, asyncio.Runner() as runner:
        database = OnServer(server, name)
        opened = database.open()
        store = runner.run(opened.__aenter__())
        yield lambda work: runner.run(database.emptied(store, work))
        runner.run(opened.__aexit__(None, None, None))


def in_memory(work: Work) -> Any:
    async def opened() -> Any:
        async with SqliteStore.open(None, clock=count().__next__) as store:
            return await work(store)

    return asyncio.run(opened())
