"""A real PostgreSQL for tests: a server of our own on a socket, and databases on it.

It keeps nothing: what a crash of the machine would do to it is not what tests look at.
"""

import asyncio
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg

from storage.postgresql.schema import migrate
from tests.machine import POSTGRESQL
from tests.made_once import copy_to

OPTIONS = (
    "listen_addresses=", "fsync=off", "full_page_writes=off", "shared_buffers=16MB",
    "max_wal_size=128MB", "autovacuum=off", "max_connections=60", "log_min_messages=fatal",
)  # fmt: skip


class PostgreSQL:
    """A server that runs."""

    def __init__(self, folder: Path, *, options: tuple[str, ...] = OPTIONS) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.options = options
        self._names = map("t{}".format, count())
        self._process: subprocess.Popen[bytes] | None = None

    def make(self) -> None:
        """Make its files, and the template of our databases."""
        self._run(
            "initdb", "--no-sync", "--auth=trust", "--username=rundown", "--encoding=UTF8",
            "--no-locale", "--no-instructions", str(self.data),
        )  # fmt: skip

        # One role has a password; everybody else is trusted.
        rights = self.data / "pg_hba.conf"
        rights.write_text("local all guarded scram-sha-256\n" + rights.read_text())

    def start(self) -> None:
        given = [word for option in self.options for word in ("-c", option)]
        self._process = subprocess.Popen(
            [program("postgres"), "-D", self.data, "-k", self.folder, *given],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **_user(),
        )  # fmt: skip
        done(self._answers())

    async def _answers(self) -> None:
        for _ in range(600):
            try:
                db = await asyncpg.connect(self.address("postgres"))
            except (OSError, asyncpg.PostgresError):
                await asyncio.sleep(0.05)
                continue
            await db.close()
            return
        raise AssertionError("PostgreSQL does not start")

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End it: SIGINT as an operator does, SIGQUIT as a crash does."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait()
            self._process = None

    def pids(self) -> list[int]:
        """Return the server's processes."""
        assert self._process is not None
        main = self._process.pid
        children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
        return [main, *map(int, children)]

    def address(self, name: str) -> str:
        ports = [each.removeprefix("port=") for each in self.options if each.startswith("port=")]
        more = f"&port={ports[-1]}" if ports else ""
        return f"postgresql://rundown@/{name}?host={self.folder}{more}"

    def make_replica_of(self, primary: "PostgreSQL") -> None:
        """Make its files as a copy of another's, whose log it follows once it is started."""
        self._run(
            "pg_basebackup", "--no-sync", "--checkpoint=fast", "--write-recovery-conf",
            f"--host={primary.folder}", "--username=rundown", f"--pgdata={self.data}",
        )  # fmt: skip
        self.data.chmod(0o700)

    async def tell(self, sql: str, name: str = "postgres") -> list[Any]:
        """Run a statement as its operator does; return the rows."""
        db = await asyncpg.connect(self.address(name))
        try:
            return [tuple(row) for row in await db.fetch(sql)]
        finally:
            await db.close()

    def make_template(self) -> None:
        async def made() -> None:
            await self.tell("CREATE DATABASE rundown")
            db = await asyncpg.connect(self.address("rundown"))
            await migrate(db)
            await db.execute("CREATE ROLE guarded LOGIN PASSWORD 'the right word'")
            await db.close()

        done(made())

    @contextmanager
    def database(self, template: str = "rundown") -> Iterator[str]:
        """Hold a new database; yield its name."""
        name = next(self._names)
        done(self.tell(f"CREATE DATABASE {name} TEMPLATE {template}"))
        try:
            yield name
        finally:
            done(self.tell(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))

    def _run(self, name: str, *arguments: str) -> None:
        subprocess.run([program(name), *arguments], check=True, capture_output=True, **_user())


def done(work: Coroutine[Any, Any, None]) -> None:
    """Do something to its end, also where a loop runs already."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


def program(name: str) -> str:
    """Return the path of one of the server's programs, of the newest version that is there."""
    return str(max(Path("/").glob(f"{POSTGRESQL[1:]}/{name}"), key=lambda path: int(path.parts[4])))


def _user() -> dict[str, object]:
    """Return as whom the server runs: it refuses to as root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


@contextmanager
def running(*, options: tuple[str, ...] = OPTIONS) -> Iterator[PostgreSQL]:
    """Run a server with a template of our tables."""
    with _server(options) as server:
        copy_to(server.data, _make, "postgresql")
        if os.geteuid() == 0:
            for path in (server.data, *server.data.rglob("*")):
                shutil.chown(path, "nobody")
        server.start()
        yield server


def _make(folder: Path) -> None:
    """Make what a server starts with: that takes half a second of processor time."""
    with _server(OPTIONS) as server:
        server.make()
        server.start()
        server.make_template()
        server.stop()
        server.data.replace(folder)


@contextmanager
def following(primary: PostgreSQL) -> Iterator[PostgreSQL]:
    """Run a replica of a server, which has all that was committed there up to now."""
    with _server(OPTIONS) as server:
        server.make_replica_of(primary)
        server.start()
        yield server


@contextmanager
def _server(options: tuple[str, ...]) -> Iterator[PostgreSQL]:
    """Hold a server that is not made yet, in a folder whose path is short enough for a socket."""
    folder = Path(tempfile.mkdtemp(prefix="rundown-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "nobody")
    server = PostgreSQL(folder, options=options)
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
