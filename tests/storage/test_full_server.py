"""PostgreSQL's own disk is full: what it told is stored, and with room again it goes on."""

import asyncio
import os
import random
import shutil
import subprocess
import tempfile
import time
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from bot.errors import StoreError
from storage.postgresql import connection
from storage.postgresql.store import PostgresStore
from tests.needs import need
from tests.postgresql import OPTIONS, program
from tests.storage.happenings import EPISODE, keys, seen

MEMORY = 100
"""How many MB of memory the disk is."""

BALLAST = 12
"""How many MB of it can be taken away."""

# Inside a mount namespace of its own, which ends with the server; it runs as nobody.
SERVE = """
mount -t tmpfs -o size={memory}m,mode=0777 tmpfs {small} || exit 42
as_nobody="setpriv --reuid=65534 --regid=65534 --clear-groups"
$as_nobody {initdb} --no-sync --auth=trust --username=rundown --encoding=UTF8 --no-locale \
    --wal-segsize=1 --pgdata={data} --waldir={log} >/dev/null || exit 43
$as_nobody dd if=/dev/zero of={small}/ballast bs=1M count={ballast} status=none
while :; do
    $as_nobody {postgres} -D {data} -k {folder} {options} {wal}
    [ -e {small}/over ] && exit
    sleep 0.2
done
"""


class SmallServer:
    """A server, started again by its supervisor, whose tables or log are on a small disk."""

    def __init__(self, folder: Path, small: str) -> None:
        self.address = f"postgresql://rundown@/postgres?host={folder}"
        disk = folder / "small"
        disk.mkdir()
        paths = {"data": folder / "data", "log": folder / "log"}
        paths[small] = disk / small
        # A log on the small disk is kept, else it would be used again before it fills.
        sizes = "2MB", "4MB" if small == "data" else "1GB"
        wal = "-c min_wal_size={} -c max_wal_size={}".format(*sizes)
        options = " ".join(f"-c {option}" for option in OPTIONS)
        script = SERVE.format(
            memory=MEMORY if small == "data" else BALLAST + 8, ballast=BALLAST, small=disk,
            folder=folder, options=options, wal=wal, initdb=program("initdb"),
            postgres=program("postgres"), **paths,
        )  # fmt: skip
        command = ["unshare", "--mount", "--fork", "--kill-child", "sh", "-c", script]
        self._process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._disk = disk

    async def answers(self) -> None:
        """Wait until it takes writes; skip the test where no small disk can be made."""
        for _ in range(600):
            if self._process.poll() in (1, 42):
                pytest.skip("no small disk can be made here")
            try:
                db = await asyncpg.connect(self.address)
            except (OSError, asyncpg.PostgresError):
                await asyncio.sleep(0.1)
                continue
            await db.close()
            return
        raise AssertionError("PostgreSQL does not start")

    def make_room(self) -> None:
        (self._inside() / "ballast").unlink()

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()

    def _inside(self) -> Path:
        """Return the disk as the processes in there see it."""
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
        return Path(f"/proc/{children.read_text().split()[0]}/root{self._disk}")


@pytest.fixture(params=["data", "log"])
def server(request: pytest.FixtureRequest) -> Iterator[SmallServer]:
    need("postgresql")
    if os.geteuid() != 0:
        pytest.skip("no small disk can be made here")
    folder = Path(tempfile.mkdtemp(prefix="rundown-pg-"))
    shutil.chown(folder, "nobody")
    small = SmallServer(folder, request.param)
    try:
        yield small
    finally:
        small.stop()
        time.sleep(0.2)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.long
async def test_what_was_told_is_stored_and_with_room_again_it_goes_on(
    server: SmallServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "PATIENCE", 1.0)
    await server.answers()
    chance = random.Random(1)  # noqa: S311 - to be the same each time
    told, said = [], ""
    async with PostgresStore.open(server.address) as store:
        for number in range(3_000):
            # 80 kB that no compression makes much smaller.
            text = b64encode(chance.randbytes(60_000)).decode()
            try:
                told += keys(await store.append([seen(f"m{number}", text)]))
            except StoreError as error:
                said = str(error)
                break
        assert said
        assert "no room left" in said or "does not answer" in said or "registered" in said
        server.make_room()
    await server.answers()
    async with PostgresStore.open(server.address) as store:
        stored = keys(await store.events(EPISODE))
        assert set(told) <= set(stored)
        assert len(stored) <= len(told) + 1
        assert await store.append([seen("after", "text")])
