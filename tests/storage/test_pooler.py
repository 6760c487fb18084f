"""A real pgbouncer before the server: whole sessions will do, single transactions are refused."""

import asyncio
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import pytest

from bot.errors import StoreBusy, StoreUnusable
from bot.services.shards import Wanted
from storage.postgresql.shared import SharedStore
from storage.postgresql.store import PostgresStore
from tests.needs import need
from tests.patience import LONGEST
from tests.storage.databases import OnServer
from tests.storage.happenings import seen

PORT = 6432  # of a socket in a folder of its own
# What operators are told to set by what pgbouncer says of other programs.
IGNORE = "lock_timeout,statement_timeout,idle_in_transaction_session_timeout,rundown.process"

SETTINGS = """
[databases]
* = host={server} port=5432
[pgbouncer]
listen_addr=
listen_port={port}
unix_socket_dir={folder}
auth_type=trust
auth_file={folder}/users
pool_mode={mode}
{more}
"""


@contextmanager
def pooled(database: OnServer, mode: str, more: str = "") -> Iterator[str]:
    """Run a pooler before a database; yield the address by way of it."""
    need("pgbouncer")
    folder = Path(tempfile.mkdtemp(prefix="rundown-pooler-"))
    (folder / "users").write_text('"rundown" ""\n')
    settings = folder / "settings"
    given = {"server": database.server.folder, "folder": folder, "port": PORT}
    settings.write_text(SETTINGS.format(mode=mode, more=more, **given))
    user: dict[str, object] = {}
    if os.geteuid() == 0:  # it refuses to run as root
        nobody = pwd.getpwnam("nobody")
        user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        for one in (folder, *folder.iterdir()):
            shutil.chown(one, "nobody")
    process = subprocess.Popen(
        ["/usr/sbin/pgbouncer", "--quiet", settings],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **user,
    )  # fmt: skip
    try:
        yield f"postgresql://rundown@/{database.name}?host={folder}&port={PORT}"
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(folder)


async def answers(where: str) -> None:
    async with asyncio.timeout(LONGEST):
        while True:
            try:
                db = await asyncpg.connect(where)
            except OSError:
                await asyncio.sleep(0.05)
                continue
            await db.close()
            return


@pytest.mark.parametrize("more", ["", f"ignore_startup_parameters={IGNORE}"])
async def test_behind_whole_sessions_nothing_is_stored_of_a_process_that_was_taken_for_dead(
    on_server: OnServer, more: str
):
    with pooled(on_server, "session", more) as where:
        await answers(where)
        async with PostgresStore.open(where) as store:
            await store.append([seen("m1", "text")])
            assert await store.run("SHOW lock_timeout") == [("5s",)]
            await on_server.forget()
            async with PostgresStore.open(where) as other:
                with pytest.raises(StoreBusy):
                    await store.append([seen("m2", "text")])
                assert len(await other.append([seen("m2", "text")])) == 1


async def test_behind_whole_sessions_processes_hear_of_each_other(on_server: OnServer):
    with pooled(on_server, "session") as where:
        await answers(where)
        async with (
            SharedStore.join(where, Wanted.parse("0-0/2")) as one,
            SharedStore.join(where, Wanted.parse("1-1/2")) as other,
        ):
            heard = asyncio.Event()
            other.follow(lambda _: heard.set())
            await one.append([seen("m1", "text")])
            async with asyncio.timeout(LONGEST):
                await heard.wait()


async def test_single_transactions_are_refused_before_anything_is_written(empty: OnServer):
    """What a session says of itself would be said of another process's writes."""
    with pooled(empty, "transaction") as where:
        await answers(where)
        for open_ in (PostgresStore.open(where), SharedStore.join(where, Wanted.parse("0-0/2"))):
            with pytest.raises(StoreUnusable, match="pool_mode = session"):
                async with open_:
                    pass
        with pytest.raises(StoreUnusable, match="pool_mode = session"):
            await PostgresStore.refuse_unusable(where)
    assert await empty.rows("SELECT to_regclass('rundown')") == [(None,)]
