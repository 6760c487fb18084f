"""Backups: whole and consistent, while others write; put back so that nothing is lost."""

import random
import sqlite3
import stat
import time
from contextlib import closing
from pathlib import Path

import pytest

from bot.core.grammar.message import OFF_RECORD
from bot.errors import StoreBusy, StoreError
from storage.backup import back_up, examine, former, restore
from storage.store import SqliteStore
from tests.storage.databases import SqliteFile
from tests.storage.happenings import EPISODE, keys, marked, running, seen
from tests.storage.test_kill import APPEND


@pytest.fixture
def database(path, clock):
    return SqliteFile(path, clock)


@pytest.fixture
async def store(path, clock):
    async with SqliteStore.open(path, clock=clock) as store:
        await store.append([seen(f"m{n}", f"text {n}") for n in range(20)])
        yield store


async def texts(path: Path, clock) -> list[str]:
    async with SqliteStore.open(path, clock=clock) as store:
        return keys(await store.events(EPISODE))


def integrity(path: Path) -> str:
    with closing(sqlite3.connect(path)) as db:
        return db.execute("PRAGMA integrity_check").fetchone()[0]


# --- taken -------------------------------------------------------------------------------------


async def test_a_backup_taken_while_the_bot_runs_is_a_whole_database(store, path, tmp_path, clock):
    copy = tmp_path / "copy.db"
    contents = await back_up(path, copy)
    await store.append([seen("later", "not in it")])
    assert (contents.events, contents.episodes) == (20, 1)
    assert contents.size == copy.stat().st_size
    assert await texts(copy, clock) == [f"m{n}:1" for n in range(20)]


async def test_a_backup_is_read_by_its_owner_alone(store, path, tmp_path):
    copy = tmp_path / "copy.db"
    await back_up(path, copy)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600


async def test_a_backup_holds_nothing_that_was_erased(store, path, tmp_path):
    await store.append([seen("s", "the secret words")])
    await store.append([marked("s", OFF_RECORD)])
    await store.erase("s", canonicals=())
    await back_up(path, tmp_path / "copy.db")
    assert b"the secret words" not in (tmp_path / "copy.db").read_bytes()


async def test_a_backup_takes_no_other_file_s_place(store, path, tmp_path):
    there = tmp_path / "there"
    there.write_text("mine")
    with pytest.raises(StoreError, match="is there already"):
        await back_up(path, there)
    assert there.read_text() == "mine"


@pytest.mark.parametrize("content", [None, b"", b"no database at all\n" * 300])
async def test_what_is_no_database_is_not_backed_up(tmp_path, content):
    database = tmp_path / "x.db"
    if content is not None:
        database.write_bytes(content)
    with pytest.raises(StoreError):
        await back_up(database, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


async def test_a_damaged_database_is_told_and_not_backed_up(path, tmp_path, clock):
    async with SqliteStore.open(path, clock=clock) as store:
        await store.append([seen(f"m{n}", "text " * 300) for n in range(50)])
    pages = bytearray(path.read_bytes())
    pages[4096 * 5 : 4096 * 6] = b"\xa5" * 4096
    path.write_bytes(pages)
    with pytest.raises(StoreError, match="damaged"):
        await examine(path)
    with pytest.raises(StoreError):
        await back_up(path, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


# --- put back ----------------------------------------------------------------------------------


async def test_a_restored_database_holds_what_the_backup_held(path, tmp_path, clock):
    async with SqliteStore.open(path, clock=clock) as store:
        await store.append([seen("m1", "one")])
        await back_up(path, tmp_path / "copy.db")
    moved = tmp_path / "other" / "new.db"
    moved.parent.mkdir()
    await restore(tmp_path / "copy.db", moved, clock=clock, replace=False)
    assert await texts(moved, clock) == ["m1:1"]
    assert stat.S_IMODE(moved.stat().st_mode) == 0o600


async def test_a_database_that_is_there_is_kept(path, tmp_path, clock):
    async with SqliteStore.open(path, clock=clock) as store:
        await store.append([seen("m1", "one")])
        await back_up(path, tmp_path / "copy.db")
        await store.append([seen("m2", "two")])
    with pytest.raises(StoreError, match="is there already"):
        await restore(tmp_path / "copy.db", path, clock=clock, replace=False)
    assert await texts(path, clock) == ["m1:1", "m2:1"]
    await restore(tmp_path / "copy.db", path, clock=clock, replace=True)
    assert await texts(path, clock) == ["m1:1"]
    assert await texts(former(path), clock) == ["m1:1", "m2:1"]


async def test_a_second_restore_never_overwrites_what_the_first_kept(path, tmp_path, clock):
    async with SqliteStore.open(path, clock=clock) as store:
        await store.append([seen("m1", "one")])
        await back_up(path, tmp_path / "copy.db")
    await restore(tmp_path / "copy.db", path, clock=clock, replace=True)
    with pytest.raises(StoreError, match="before-restore"):
        await restore(tmp_path / "copy.db", path, clock=clock, replace=True)


async def test_what_went_off_the_record_after_the_backup_stays_so(path, tmp_path, clock):
    async with SqliteStore.open(path, clock=clock) as store:
        await store.append([seen("s", "the secret words")])
        await back_up(path, tmp_path / "copy.db")
        await store.append([marked("s", OFF_RECORD)])
        await store.erase("s", canonicals=())
    await restore(tmp_path / "copy.db", path, clock=clock, replace=True)
    assert keys(await _events(path, clock))[-1] == marked("s", OFF_RECORD).key


async def _events(path, clock):
    async with SqliteStore.open(path, clock=clock) as store:
        return await store.events(EPISODE)


async def test_nothing_is_put_under_a_bot_that_runs(store, path, tmp_path, clock):
    await back_up(path, tmp_path / "copy.db")
    with pytest.raises(StoreBusy, match="Another Rundown"):
        await restore(tmp_path / "copy.db", path, clock=clock, replace=True)
    assert len(await store.events(EPISODE)) == 20


async def test_a_damaged_backup_is_not_put_back(path, tmp_path, clock):
    async with SqliteStore.open(path, clock=clock) as store:
        await store.append([seen("m1", "one")])
    bad = tmp_path / "bad.db"
    bad.write_bytes(path.read_bytes()[:4096] + b"\xff" * 8192)
    with pytest.raises(StoreError):
        await restore(bad, path, clock=clock, replace=True)
    assert await texts(path, clock) == ["m1:1"]
    assert not former(path).exists()


# --- kills -------------------------------------------------------------------------------------

AGAIN_AND_AGAIN = """
import asyncio, itertools, pathlib, sys
from storage.backup import back_up, former, restore

async def main(path, copy, what):
    print("begun", flush=True)
    for n in itertools.count():
        if what == "back up":
            copy.unlink(missing_ok=True)
            await back_up(path, copy)
        else:
            await restore(copy, path, clock=lambda: 0, replace=True)
            former(path).unlink()

asyncio.run(main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]))
"""


async def kill(what, path, copy, *, times, seed, check):
    chance = random.Random(seed)  # noqa: S311 - a seed makes the same test of it again
    for _ in range(times):
        with running(AGAIN_AND_AGAIN, path, copy, what) as process:
            process.stdout.readline()
            time.sleep(chance.uniform(0, 0.06))  # noqa: ASYNC251 - nothing else runs here
            process.kill()
        await check()


async def killed_backups(path, tmp_path, clock, *, times):
    async with SqliteStore.open(path, clock=clock) as store:
        await store.append([seen(f"m{n}", "text " * 40) for n in range(300)])
    copy = tmp_path / "copies" / "copy.db"
    copy.parent.mkdir()

    async def check():
        if copy.exists():
            assert integrity(copy) == "ok"
            assert len(await texts(copy, clock)) == 300
        assert len(await texts(path, clock)) == 300

    await kill("back up", path, copy, times=times, seed=3, check=check)


async def killed_restores(path, tmp_path, clock, *, times):
    async with SqliteStore.open(path, clock=clock) as store:
        await store.append([seen(f"m{n}", "text " * 40) for n in range(300)])
    copy = tmp_path / "copy.db"
    await back_up(path, copy)

    async def check():
        assert integrity(path) == "ok"
        assert len(await texts(path, clock)) == 300
        if former(path).exists():
            assert len(await texts(former(path), clock)) == 300
            former(path).unlink()

    await kill("restore", path, copy, times=times, seed=4, check=check)


async def test_a_killed_backup_is_whole_or_not_there(path, tmp_path, clock):
    await killed_backups(path, tmp_path, clock, times=5)


async def test_a_killed_restore_leaves_a_whole_database(path, tmp_path, clock):
    await killed_restores(path, tmp_path, clock, times=5)


@pytest.mark.soak
async def test_fifty_killed_backups_and_restores(path, tmp_path, clock):
    await killed_backups(path, tmp_path, clock, times=50)
    (tmp_path / "restores").mkdir()
    await killed_restores(path.with_name("second.db"), tmp_path / "restores", clock, times=50)


async def test_a_backup_taken_while_another_process_writes_holds_whole_batches(
    path, tmp_path, clock
):
    with running(APPEND, path, 0) as process:
        process.stdout.readline()
        for n in range(3):
            await back_up(path, tmp_path / f"{n}.db")
        process.kill()
    for n in range(3):
        assert integrity(tmp_path / f"{n}.db") == "ok"
