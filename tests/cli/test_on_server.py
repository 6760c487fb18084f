"""The command line where RUNDOWN_DB names a database on a server."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.adapters.new_profile import init
from bot.local.demo import make_site
from storage.store import SqliteStore
from tests.needs import need
from tests.patience import LONGEST
from tests.storage.databases import OnServer
from tests.storage.happenings import seen
from tests.storage.test_postgresql import give

RUNDOWN = str(Path(sys.executable).with_name("rundown"))
PASSWORD = "pass-9f3k"


@pytest.fixture
def address(on_server: OnServer) -> str:
    """Return the address with a password in it, which a trusting server does not look at."""
    return on_server.where.replace("rundown@", f"rundown:{PASSWORD}@")


@pytest.fixture
def rundown(tmp_path, address):
    def run(*arguments: str | Path, code: int = 0, **more: str) -> str:
        done = subprocess.run(
            [RUNDOWN, *map(str, arguments)],
            capture_output=True, text=True, timeout=LONGEST, cwd=tmp_path,
            env={**os.environ, "LC_ALL": "C.UTF-8", "RUNDOWN_DB": address, **more},
        )  # fmt: skip
        said = done.stdout + done.stderr
        assert done.returncode == code, said
        assert PASSWORD not in said
        assert "host=" not in said
        return said

    return run


async def kept(path: Path) -> Path:
    async with SqliteStore.open(path, clock=lambda: 0) as store:
        await store.append([seen(f"m{n}", f"text {n}") for n in range(30)])
        await store.put_state("area", "name", "a note")
    return path


async def test_a_move_and_what_is_exported_after_it(rundown, address, tmp_path):
    file = await kept(tmp_path / "kept.db")
    said = rundown("migrate", "--from", file, "--to", address)
    assert "30 events of 1 episodes were moved" in said
    said = rundown("migrate", "--from", file, "--to", address, code=2)
    assert "PostgreSQL holds something already" in said
    on_server = [json.loads(line) for line in rundown("export").splitlines()]
    in_file = [json.loads(line) for line in rundown("export", "--db", file).splitlines()]
    assert on_server == in_file
    rundown("migrate", "--from", address, "--to", "back.db")
    back = rundown("export", "--db", "back.db")
    assert [json.loads(line) for line in back.splitlines()] == in_file


async def test_backups_are_the_servers_own(rundown, tmp_path):
    assert "pg_dump" in rundown("backup", tmp_path / "b.db", code=2)
    assert "pg_dump" in rundown("restore", await kept(tmp_path / "k.db"), code=2)


async def test_doctor_tells_of_the_server_and_not_of_its_address(
    rundown, address, postgresql, tmp_path
):
    empty = postgresql.address("template1")
    assert "`rundown run` makes the tables" in rundown("doctor", code=1, RUNDOWN_DB=empty)
    rundown("migrate", "--from", await kept(tmp_path / "kept.db"), "--to", address)
    assert "answers (30 events" in rundown("doctor", code=1)
    nobody = address.replace("rundown-pg", "nowhere")
    assert "does not answer" in rundown("doctor", code=1, RUNDOWN_DB=nobody)


async def test_doctor_tells_what_run_would_refuse(rundown, on_server, postgresql):
    may_only_read = "ALTER ROLE guarded SET default_transaction_read_only = "
    address = on_server.where.replace("rundown@", "guarded:the%20right%20word@")
    await give(on_server)
    assert "✓ Database: PostgreSQL" in rundown("doctor", code=1, RUNDOWN_DB=address)
    await postgresql.tell(may_only_read + "on")
    try:
        said = rundown("doctor", code=1, RUNDOWN_DB=address)
    finally:
        await postgresql.tell(may_only_read + "off")
    assert "✗ The PostgreSQL server that answers may only be read" in said
    await on_server.rows("REVOKE INSERT ON events FROM guarded")
    said = rundown("doctor", code=1, RUNDOWN_DB=address)
    assert "✗ PostgreSQL does not let our user do that" in said
    assert "✓ Database" not in said


async def test_a_command_of_the_terminal_wants_a_file(rundown, address, tmp_path):
    need("git")
    await make_site(tmp_path / "site", put_profile=init)
    assert "name a file with --db" in rundown("outline", "--site", "site", code=2)
    assert "name a file with --db" in rundown("chat", "--site", "site", code=2)
    for command in (("chat",), ("find", "words"), ("draft",), ("replay", "export.json")):
        said = rundown(*command, "--db", address, code=2, RUNDOWN_DB="")
        assert "--db names one on a server" in said
        assert "RUNDOWN_DB" not in said


async def test_a_dump_that_was_restored_in_part_is_told_in_one_line(rundown, on_server, tmp_path):
    await on_server.rows("DROP TABLE chores")
    told = "restore the dump again, into an empty database"
    file = await kept(tmp_path / "kept.db")
    for command in (
        ("run",), ("export",), ("migrate", "--from", file, "--to", on_server.where),
    ):  # fmt: skip
        said = rundown(*command, code=2, DISCORD_TOKEN="x")
        assert told in said
        assert len(said.splitlines()) == 1
    assert f"{told}." in rundown("doctor", code=1)
