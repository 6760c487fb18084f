from collections.abc import AsyncIterator, Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from storage.sql_store import SqlStore
from tests.postgresql import PostgreSQL
from tests.storage.databases import Database, OnServer, SqliteFile


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
