"""How `rundown run` ends tells a supervisor whether to start it again."""

import asyncio
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.adapters.new_profile import init
from bot.cli.main import FAILED, PASSING
from bot.local.demo import make_site
from storage.store import SqliteStore
from tests.needs import need


@pytest.fixture
async def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    need("git")
    await make_site(tmp_path / "site", put_profile=init)
    path = tmp_path / "rundown.db"
    async with SqliteStore.open(path, clock=lambda: 0):
        pass
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DISCORD_TOKEN", "x" * 30)
    monkeypatch.setenv("RUNDOWN_SITE", str(tmp_path / "site"))
    monkeypatch.setenv("RUNDOWN_DB", str(path))
    return path


async def run() -> int:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", stderr=asyncio.subprocess.PIPE
    )
    _, errors = await process.communicate()
    assert errors.count(b"\n") == 1, errors
    return process.returncode or 0


async def test_a_run_that_overlaps_with_the_one_before_is_tried_again(db: Path) -> None:
    async with SqliteStore.open(db, clock=lambda: 0):
        assert await run() == PASSING


async def test_a_locked_database_is_tried_again(db: Path) -> None:
    holder = sqlite3.connect(f"{db}.lease")
    holder.execute("BEGIN EXCLUSIVE")
    try:
        assert await run() == PASSING
    finally:
        holder.close()


async def test_a_database_whose_place_is_not_there_yet_is_tried_again(db, monkeypatch) -> None:
    monkeypatch.setenv("RUNDOWN_DB", str(db.parent / "not-mounted/rundown.db"))
    assert await run() == PASSING


async def test_a_damaged_database_is_final(db: Path) -> None:
    data = bytearray(db.read_bytes())  # noqa: ASYNC240 - nothing else runs
    data[100:4096] = b"\xa5" * 3996  # the page of the tables' names
    db.write_bytes(data)  # noqa: ASYNC240
    assert await run() == FAILED


async def test_a_file_that_is_no_database_is_final(db: Path) -> None:
    db.write_bytes(b"words of somebody's\n" * 1_000)  # noqa: ASYNC240
    assert await run() == FAILED


@pytest.mark.parametrize("pragma", ["user_version = 999", "application_id = 7"])
async def test_the_database_of_a_newer_version_or_another_program_is_final(db, pragma) -> None:
    with closing(sqlite3.connect(db)) as other:
        other.execute(f"PRAGMA {pragma}")
    assert await run() == FAILED


async def test_a_wrong_setting_is_final(db, monkeypatch) -> None:
    monkeypatch.setenv("RUNDOWN_LOG", "loud")
    assert await run() == FAILED


async def test_no_token_at_all_is_final(db, monkeypatch) -> None:
    monkeypatch.delenv("DISCORD_TOKEN")
    assert await run() == FAILED
