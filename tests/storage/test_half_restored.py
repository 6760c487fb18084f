"""A dump that was put back in part: told as that, whatever of the tables is there."""

import os
import subprocess
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.errors import StoreUnusable
from bot.services.ports import Person
from storage.moving import move
from storage.postgresql.schema import PARTS
from storage.postgresql.store import PostgresStore
from storage.store import SqliteStore
from tests.postgresql import program
from tests.storage.databases import OnServer
from tests.storage.happenings import EPISODE, keys, seen


async def opened(where: str) -> None:
    async with PostgresStore.open(where):
        pass


async def glanced(where: str) -> None:
    async with PostgresStore.glance(where):
        pass


async def examined(where: str) -> None:
    await PostgresStore.examine(where)


async def exported(where: str) -> None:
    async for _ in PostgresStore.everything(where):
        pass


USES: list[Callable[[str], Awaitable[None]]] = [opened, glanced, examined, exported]


async def told_as_a_part(where: str) -> None:
    for use in USES:
        with pytest.raises(StoreUnusable, match="restore the dump again, into an empty"):
            await use(where)


async def dump(database: OnServer, to: Path) -> None:
    async with database.open() as store:
        await store.append([seen(f"m{n}", f"text {n} " * 9) for n in range(2_000)])
    run("pg_dump", "--format=custom", f"--file={to}", f"--dbname={database.where}")


def run(name: str, *arguments: str, code: int = 0) -> str:
    done = subprocess.run([program(name), *arguments], capture_output=True, text=True)
    assert done.returncode == code, done.stderr
    return done.stdout


def cut(file: Path) -> None:
    os.truncate(file, file.stat().st_size * 9 // 10)


async def test_a_dump_is_restored_whole(on_server: OnServer, empty: OnServer, tmp_path: Path):
    await dump(on_server, tmp_path / "dump")
    run("pg_restore", f"--dbname={empty.where}", str(tmp_path / "dump"))
    async with empty.open() as store:
        assert len(await store.events(EPISODE)) == 2_000
        assert keys(await store.append([seen("new", "text")])) == ["new:1"]


async def test_a_restore_that_was_cut_short_is_told(
    on_server: OnServer, empty: OnServer, tmp_path: Path
):
    await dump(on_server, tmp_path / "dump")
    cut(tmp_path / "dump")
    run("pg_restore", f"--dbname={empty.where}", str(tmp_path / "dump"), code=1)
    await told_as_a_part(empty.where)


async def test_a_restore_under_way_is_told(on_server: OnServer, empty: OnServer, tmp_path: Path):
    """It makes functions, tables, their rows, and then what keeps these in order."""
    await dump(on_server, tmp_path / "dump")
    whole, to = str(tmp_path / "dump"), f"--dbname={empty.where}"
    entries = run("pg_restore", "--list", whole).splitlines()
    for steps in ((" FUNCTION ",), (" TABLE public ", " VIEW "), (" TABLE DATA ",)):
        step = [one for one in entries if any(word in one for word in steps)]
        (tmp_path / "step").write_text("\n".join(step))
        assert step
        run("pg_restore", to, f"--use-list={tmp_path / 'step'}", whole)
        await told_as_a_part(empty.where)
    run("pg_restore", to, "--section=post-data", whole)
    await opened(empty.where)


@pytest.mark.parametrize("part", PARTS)
async def test_nothing_of_the_tables_may_be_missing(on_server: OnServer, part: str):
    kind, name = part.split()
    table = name.split("_")[0]
    await on_server.rows(
        {
            "relation": f"DROP {'VIEW' if name == 'log' else 'TABLE'} {name} CASCADE",
            "function": f"DROP FUNCTION {name} CASCADE",
            "trigger": f"DROP TRIGGER fence ON {name}",
            "constraint": f"ALTER TABLE {table} DROP CONSTRAINT {name} CASCADE",
        }[kind]
    )
    await told_as_a_part(on_server.where)


@pytest.mark.parametrize(
    "table",
    ["chores (id INTEGER)", "log (id INTEGER)", "people (id INTEGER)", "rundown (id INTEGER)",
     "rundown (version TEXT)"],
)  # fmt: skip
async def test_a_table_of_another_program_with_one_of_our_names_is_told(
    empty: OnServer, table: str
):
    await empty.rows(f"CREATE TABLE {table}")
    for use in USES:
        with pytest.raises(StoreUnusable, match="Another program"):
            await use(empty.where)


async def test_a_move_of_a_part_is_told(on_server: OnServer, tmp_path: Path):
    await on_server.rows("DROP TABLE chores")
    for source, to in ((on_server.where, tmp_path / "a.db"), (tmp_path / "b.db", on_server.where)):
        if isinstance(source, Path):
            async with SqliteStore.open(source, clock=lambda: 0):
                pass
        with pytest.raises(StoreUnusable, match="restore the dump again"):
            await move(source, to, clock=lambda: 0)


async def test_a_table_that_goes_while_the_bot_runs_is_told(on_server: OnServer):
    async with on_server.open() as store:
        await on_server.rows("DROP TABLE people CASCADE")
        with pytest.raises(StoreUnusable, match="restore the dump again"):
            await store.put_people([Person("p1", "Mika")])


async def test_tables_of_another_program_in_another_schema_are_in_nobody_s_way(empty: OnServer):
    await empty.rows("CREATE TABLE people (id INTEGER)")
    await empty.rows("CREATE SCHEMA ours")
    where = f"{empty.where}&search_path=ours,public"
    async with PostgresStore.open(where):
        pass
    assert await empty.rows("SELECT count(*) FROM ours.events")
