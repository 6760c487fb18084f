"""What a disk can do to us ends in one clear line, and never in half a transaction."""

import json
import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import StoreBusy, StoreError
from storage.store import SqliteStore
from tests.storage.databases import SqliteFile
from tests.storage.happenings import EPISODE, keys, output, seen


@pytest.fixture
def database(path, clock):
    return SqliteFile(path, clock)


async def refusal(path, clock) -> str:
    with pytest.raises(StoreError) as info:
        async with SqliteStore.open(path, clock=clock):
            pass
    said = info.value.say()
    assert str(path) in said
    assert len(said.splitlines()) == len(info.value.say("ja").splitlines()) == 1
    return said


# --- paths -------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"These are notes, and no database.\n" * 40, b"\x00" * 4096])
async def test_a_file_that_is_no_database(path, clock, content):
    path.write_bytes(content)
    assert "not a database" in await refusal(path, clock)
    assert path.read_bytes() == content
    assert list(path.parent.iterdir()) == [path]


async def test_a_database_that_is_damaged(path, clock):
    async with SqliteStore.open(path, clock=clock) as store:
        await store.append([seen("m1", "text")])
    path.write_bytes(path.read_bytes()[:4096] + b"\xff" * 8192)
    assert "damaged" in await refusal(path, clock)


TABLES = ("episodes", "events", "lookups", "people", "drafts", "chores", "notes")


@pytest.mark.parametrize("table", TABLES)
async def test_a_database_in_which_a_table_is_missing_is_told_to_be_damaged(path, clock, table):
    async with SqliteStore.open(path, clock=clock) as store:
        await store.append([seen("m1", "text")])
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"DROP TABLE {table}")
    with pytest.raises(StoreError, match="damaged"):
        async with SqliteStore.open(path, clock=clock) as store:
            await store.append([seen("m2", "text")])
            await store.events(EPISODE)
            await store.lookups(["https://example.org"])
            await store.people()
            await store.drafts(EPISODE)
            await store.scrub_due()
            await store.state("area")


async def test_a_folder(tmp_path, clock):
    assert "must be a file" in await refusal(tmp_path, clock)


async def test_a_folder_that_is_missing(tmp_path, clock):
    path = tmp_path / "no" / "such.db"
    assert "in a folder that exists" in await refusal(path, clock)
    assert not path.parent.exists()


async def test_a_path_below_a_file(tmp_path, clock):
    (tmp_path / "file").write_text("x")
    assert "in a folder that exists" in await refusal(tmp_path / "file" / "x.db", clock)


async def test_a_lease_that_is_no_lease(path, clock):
    lease = path.with_name(f"{path.name}.lease")
    lease.write_bytes(b"These are notes, and no lease.\n" * 40)
    assert str(lease) in await refusal(path, clock)


# --- rights ------------------------------------------------------------------------------------

TRY = """
import asyncio, os, pathlib, sys
from bot.errors import StoreError
from storage.store import SqliteStore

async def main(path):
    try:
        async with SqliteStore.open(path, clock=lambda: 0):
            print("opened")
    except StoreError as error:
        print(error)

import bot.texts.store  # while we may still read it
path = pathlib.Path(sys.argv[1])
if os.geteuid() == 0:  # to whom no right matters
    os.setuid(65534)
asyncio.run(main(path))
"""


@pytest.fixture
def open_path():
    """Return a place that anybody can get to: pytest closes its own folders when it begins."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "rundown.db"


@pytest.fixture
def forbidden(open_path):
    """Return what is said to a user who may not write to the file, its folder or its lease."""
    path = open_path

    def say(*, what, mode):
        folder = path.parent
        for each in (folder, *folder.parents):  # the way in must be open to anybody
            if each.stat().st_uid == os.geteuid() and not each.stat().st_mode & 0o001:
                each.chmod(0o711)
        for each in folder.iterdir():
            each.chmod(0o666)
        folder.chmod(0o777)
        target = {"file": path, "folder": folder, "lease": path.with_name(f"{path.name}.lease")}
        target[what].chmod(mode)
        said = output(TRY, path)
        folder.chmod(0o777)
        return said

    return say


@pytest.mark.parametrize(
    ("what", "mode", "says"),
    [
        ("file", 0o444, "cannot be written to"),
        ("file", 0o000, "cannot be written to"),
        ("lease", 0o444, "cannot be written to"),
        ("folder", 0o555, "database"),
        ("folder", 0o777, "opened"),
    ],
)
async def test_what_may_not_be_written(open_path, clock, forbidden, what, mode, says):
    async with SqliteStore.open(open_path, clock=clock) as store:
        await store.append([seen("m1", "text")])
    said = forbidden(what=what, mode=mode)
    assert says in said
    assert len(said.splitlines()) == 1
    open_path.chmod(0o666)
    async with SqliteStore.open(open_path, clock=clock) as store:
        assert keys(await store.events(EPISODE)) == ["m1:1"]


async def test_a_folder_in_which_nothing_may_be_made(open_path, forbidden):
    said = forbidden(what="folder", mode=0o555)
    assert str(open_path) in said
    assert "neither opened nor made" in said
    assert list(open_path.parent.iterdir()) == []


# --- room --------------------------------------------------------------------------------------


async def test_a_full_database_stores_nothing_of_what_does_not_fit(store, path):
    await store.append([seen("m1", "text")])
    pages = (await store.run("PRAGMA page_count"))[0][0]
    await store.run(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(StoreError, match=r"no room left on the disk for .*rundown\.db"):
        await store.append([seen("m2", "text"), seen("m3", "long " * 10_000)])
    with pytest.raises(StoreError, match="no room left"):
        await store.append([seen("m4", "long " * 10_000)])
    assert keys(await store.events(EPISODE)) == ["m1:1"]
    await store.run("PRAGMA max_page_count = 100000")
    assert len(await store.append([seen("m2", "text"), seen("m3", "long " * 10_000)])) == 2


FILL = """
import asyncio, json, pathlib, resource, sys
from bot.core.events import Event, Message, MessageSeen
from bot.errors import StoreError
from storage.store import SqliteStore

def event(n, part):
    state = Message(f"m{n}-{part}", "c", n, "u", "words " * 100, n)
    return Event(f"m{n}-{part}", "show#1", n, "u", MessageSeen(state))

async def main(path, limit):
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    kept = []
    said = None
    try:
        async with SqliteStore.open(path, clock=lambda: 0) as store:
            for n in range(5000):
                try:
                    kept += [each.key for each in await store.append([event(n, 0), event(n, 1)])]
                except StoreError as error:
                    said = str(error)
                    break
            assert [each.key for each in await store.events("show#1")] == kept
    except StoreError as error:
        said = f"open: {error}"
    print(json.dumps([said, kept]))

asyncio.run(main(pathlib.Path(sys.argv[1]), int(sys.argv[2])))
"""


async def check_filled(path, clock, outcome, says):
    said, kept = json.loads(outcome)
    assert says in said
    assert str(path) in said
    assert len(kept) >= 20
    async with SqliteStore.open(path, clock=clock) as store:
        assert keys(await store.events(EPISODE)) == kept
        assert await store.append([seen("more", "text")])


async def test_a_limit_on_the_size_of_files(path, clock):
    outcome = output(FILL, path, 330_000)
    await check_filled(path, clock, outcome, "The disk failed")


@pytest.mark.skipif(shutil.which("unshare") is None, reason="no unshare to make a small disk with")
async def test_a_disk_that_is_full(path, clock, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    kept = tmp_path / "kept"
    small = f'mount -t tmpfs -o size=600k tmpfs {disk} && "$@" && cp -r {disk} {kept}'
    command = ["unshare", "--mount", "--map-root-user", "sh", "-c", small, "sh"]
    outcome = output(FILL, disk / "rundown.db", 0, within=command)
    if not kept.exists():
        pytest.skip("no small disk can be made here")
    shutil.copytree(kept, disk, dirs_exist_ok=True)
    await check_filled(disk / "rundown.db", clock, outcome, "no room left")


# --- other programs ----------------------------------------------------------------------------


async def test_another_program_that_writes_is_named_as_the_reason(store, path):
    await store.append([seen("m1", "text")])
    await store.run("PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy, match="Another program is writing"):
            await store.append([seen("m2", "text")])
        other.execute("ROLLBACK")
        assert await store.append([seen("m2", "text")])
