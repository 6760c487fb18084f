from collections.abc import AsyncIterator, Callable
from itertools import count
from pathlib import Path

import pytest

from storage.store import SqliteStore


@pytest.fixture
def clock() -> Callable[[], int]:
    """Return a clock that moves a second each time it is asked, from the first of June 2026."""
    return count(1_780_272_000_000_000, 1_000_000).__next__


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rundown.db"


@pytest.fixture
async def store(path: Path, clock: Callable[[], int]) -> AsyncIterator[SqliteStore]:
    async with SqliteStore.open(path, clock=clock) as store:
        yield store
