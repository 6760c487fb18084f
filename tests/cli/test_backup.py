"""`rundown backup`, `restore` and `export`, as whoever looks after the bot uses them."""

import json
import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.adapters.new_profile import init
from bot.local.demo import make_site
from storage.store import SqliteStore
from tests.cli.program import program_text
from tests.needs import need
from tests.patience import LONGEST
from tests.storage.happenings import seen

RUNDOWN = str(Path(sys.executable).with_name("rundown"))


def rundown(*arguments: str | Path, given: str = "", code: int = 0, umask: int = 0o022) -> str:
    done = subprocess.run(
        [RUNDOWN, *map(str, arguments)],
        input=given, capture_output=True, text=True, timeout=LONGEST, umask=umask,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    return done.stdout + done.stderr


@pytest.fixture
async def site(tmp_path: Path) -> Path:
    need("git")
    await make_site(tmp_path / "site", put_profile=init)
    return tmp_path / "site"


@pytest.fixture
def db(site: Path, tmp_path: Path) -> Path:
    """Return a database with a short talk in it, made under a umask that hides nothing."""
    path = tmp_path / "kept.db"
    talk = "# Robots\nhttps://example.com/robots\nnobody keeps this\n"
    rundown("chat", "--offline", "--site", site, "--db", path, given=talk, umask=0)
    return path


def test_an_episode_goes_on_from_a_backup_on_another_machine(site, db, tmp_path):
    said = rundown("backup", tmp_path / "moving.db", "--db", db)
    assert "a backup of" in said
    new = tmp_path / "elsewhere.db"
    rundown("restore", tmp_path / "moving.db", "--db", new)
    outline = rundown("chat", "--offline", "--site", site, "--db", new, given="/outline\n")
    assert "1. Robots" in outline


def test_a_database_that_is_there_is_replaced_on_demand_alone_and_kept(site, db, tmp_path):
    rundown("backup", tmp_path / "b.db", "--db", db)
    rundown("chat", "--offline", "--site", site, "--db", db, given="# Later\n- one\n")
    said = rundown("restore", tmp_path / "b.db", "--db", db, code=2)
    assert "is there already, and nothing was changed" in said
    said = rundown("restore", tmp_path / "b.db", "--db", db, "--replace")
    assert "kept.db.before-restore" in said
    assert "Later" not in rundown("export", "--db", db)
    assert "Later" in rundown("export", "--db", tmp_path / "kept.db.before-restore")


@pytest.mark.parametrize("options", [(), ("--replace",)])
def test_a_restore_onto_a_folder_is_told_and_leaves_nothing(db, tmp_path, options):
    rundown("backup", tmp_path / "b.db", "--db", db)
    folder = tmp_path / "work" / "folder"
    folder.mkdir(parents=True)
    for named in (".", "", "..", "../folder", folder):
        done = program_text("restore", tmp_path / "b.db", "--db", named, *options, folder=folder)
        assert done.returncode == 2
        assert "it must be a file" in done.stderr
        assert len(done.stderr.splitlines()) == 1
    assert [path.name for path in folder.parent.rglob("*")] == ["folder"]


def test_a_database_that_is_there_is_replaced_by_a_word_that_is_told(db, tmp_path):
    rundown("backup", tmp_path / "b.db", "--db", db)
    for language in ("C.UTF-8", "ja_JP.UTF-8"):
        done = program_text("restore", tmp_path / "b.db", "--db", db, LC_ALL=language)
        assert done.returncode == 2
        assert "--replace" in done.stderr
    rundown("restore", tmp_path / "b.db", "--db", db, "--replace")
    said = rundown("restore", tmp_path / "b.db", "--db", db, "--replace", code=2)
    assert "before-restore is there already" in said
    assert "--replace" not in said


async def test_a_damaged_database_is_named_and_not_the_file_that_it_was_to_go_to(tmp_path):
    kept = await damaged(tmp_path / "damaged.db")
    said = rundown("backup", tmp_path / "b.db", "--db", kept, code=2)
    assert said.startswith(f"rundown: {kept} is not a database, or it is damaged")
    said = rundown("restore", kept, "--db", tmp_path / "new.db", code=2)
    assert said.startswith(f"rundown: {kept} is not a database, or it is damaged")


def test_damage_that_only_the_copy_shows_is_told_of_the_database(db, tmp_path):
    with closing(sqlite3.connect(db)) as kept:
        kept.execute("PRAGMA writable_schema = ON")
        change = "UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE name = 'people'"
        kept.execute(change, ("name TEXT NOT NULL", "name TEXT"))
        kept.commit()
    with closing(sqlite3.connect(db)) as kept:
        kept.execute("INSERT INTO people VALUES ('nameless', NULL)")
        kept.execute("PRAGMA writable_schema = ON")
        kept.execute(change, ("name TEXT", "name TEXT NOT NULL"))
        kept.commit()
    said = rundown("backup", tmp_path / "b.db", "--db", db, code=2)
    assert said.startswith(f"rundown: {db} is not a database, or it is damaged")
    assert not (tmp_path / "b.db").exists()


def test_the_export_tells_everything_that_is_kept_a_line_each(db):
    lines = [json.loads(line) for line in rundown("export", "--db", db).splitlines()]
    assert lines[0] == {"what": "rundown", "format": 1}
    events = [line for line in lines if line["what"] == "event"]
    assert [line["seq"] for line in events] == sorted(line["seq"] for line in events)
    kinds = [line["kind"] for line in events]
    assert kinds == ["episode_opened", "message", "message", "talk"]
    assert events[2]["body"]["message"]["text"] == "https://example.com/robots"
    assert "nobody keeps this" not in json.dumps(lines)


def test_an_export_never_overwrites(db, tmp_path):
    rundown("export", tmp_path / "all.jsonl", "--db", db)
    said = rundown("export", tmp_path / "all.jsonl", "--db", db, code=2)
    assert "name a file that is not there yet" in said


async def damaged(path):
    """Make a database that is damaged behind its first events."""
    async with SqliteStore.open(path, clock=lambda: 0) as store:
        await store.append([seen(f"m{n}", "text " * 300) for n in range(50)])
    pages = bytearray(path.read_bytes())
    pages[-4096 * 8 :] = b"\xa5" * (4096 * 8)
    path.write_bytes(pages)
    return path


async def test_an_export_that_fails_leaves_nothing_in_the_way_of_the_next(tmp_path):
    file = tmp_path / "all.jsonl"
    for kept in (tmp_path / "nowhere.db", await damaged(tmp_path / "damaged.db")):
        rundown("export", file, "--db", kept, code=2)
        assert not file.exists()
    async with SqliteStore.open(tmp_path / "well.db", clock=lambda: 0) as store:
        await store.append([seen("m1", "text")])
    rundown("export", file, "--db", tmp_path / "well.db")
    assert "m1" in file.read_text()


def test_files_that_hold_talk_are_their_owner_s_alone_whatever_the_umask(db, tmp_path):
    rundown("backup", tmp_path / "b.db", "--db", db, umask=0)
    rundown("export", tmp_path / "all.jsonl", "--db", db, umask=0)
    names = ("kept.db", "kept.room.jsonl", "b.db", "all.jsonl")
    modes = {name: stat.S_IMODE((tmp_path / name).stat().st_mode) for name in names}
    assert modes == dict.fromkeys(names, 0o600)


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_what_is_no_database_of_ours_is_told_in_one_line(command, db, tmp_path):
    other = tmp_path / "other"
    other.write_text("no database\n")
    options = (
        ("backup", tmp_path / "new", "--db", other)
        if command == "backup"
        else ("restore", other, "--db", tmp_path / "new")
    )
    assert len(rundown(*options, code=2).splitlines()) == 1
    assert not (tmp_path / "new").exists()


def test_a_database_is_not_moved_onto_itself(tmp_path):
    (tmp_path / "sub").mkdir()
    done = program_text(
        "migrate", "--from", tmp_path / "a.db", "--to", tmp_path / "sub/../a.db", folder=tmp_path
    )
    assert done.returncode == 2
    assert "Both are the same database" in done.stderr
    assert not (tmp_path / "a.db").exists()
