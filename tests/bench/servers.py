"""PostgreSQL beside SQLite, in one run: both with every commit on the disk."""

import asyncio
import os
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.core.events import Event
from storage.opening import opened
from storage.sql_store import SqlStore
from tests.bench.measures import seen
from tests.bench.row import Row
from tests.machine import has
from tests.postgresql import PostgreSQL, program, running

ON_DISK = (
    "listen_addresses=", "fsync=on", "full_page_writes=on", "shared_buffers=128MB",
    "max_connections=60",
)  # fmt: skip
EVENTS = 1_000
WRITERS = 8


def on_servers() -> Iterator[Row]:
    with TemporaryDirectory(dir=".") as folder:
        yield from asyncio.run(_measured("SQLite", Path(folder, "one.db"), None))
        if not has("postgresql"):
            yield Row("the same on PostgreSQL", "no server here")
            return
        with running(options=ON_DISK) as server, server.database() as name:
            yield from asyncio.run(_measured("PostgreSQL", server.address(name), server))
            yield _yardstick(server, name, Path(folder))


async def _measured(name: str, where: Path | str, server: PostgreSQL | None) -> list[Row]:
    async with _open(where) as store:
        await store.append(_of_show(0, EVENTS, "warm"))
        begun = _cpu(server)
        times = [await _timed(store, event) for event in _of_show(1, EVENTS, "one")]
        of_one = _shown(begun, _cpu(server), EVENTS)
        cuts = statistics.quantiles(times, n=100)
        begun = _cpu(server)
        eight = await _eight(store)
        of_eight = _shown(begun, _cpu(server), WRITERS * (EVENTS // 2))
    memory = _memory(where)
    return [
        Row(f"{name}: message to stored, median", f"{1000 * cuts[49]:.2f} ms"),
        Row(f"{name}: message to stored, p99", f"{1000 * cuts[98]:.2f} ms"),
        Row(f"{name}: durable events per second, one writer", f"{EVENTS / sum(times):,.0f}"),
        Row(f"{name}: durable events per second, {WRITERS} writers", f"{eight:,.0f}"),
        Row(f"{name}: CPU a message, one writer", of_one),
        Row(f"{name}: CPU a message, {WRITERS} writers", of_eight),
        Row(f"{name}: memory of a process with an open store", f"{memory:.0f} MB"),
    ]


def _open(where: Path | str) -> AbstractAsyncContextManager[SqlStore]:
    return opened(where, clock=lambda: 0)


async def _timed(store: SqlStore, event: Event) -> float:
    start = time.perf_counter()
    await store.append([event])
    return time.perf_counter() - start


async def _eight(store: SqlStore) -> float:
    """Return the events stored a second by writers on shows of their own, at once."""

    async def write(events: list[Event]) -> None:
        for event in events:
            await store.append([event])

    of_writers = [_of_show(number, EVENTS // 2, "eight") for number in range(WRITERS)]
    start = time.perf_counter()
    await asyncio.gather(*map(write, of_writers))
    return WRITERS * (EVENTS // 2) / (time.perf_counter() - start)


def _of_show(number: int, count: int, what: str) -> list[Event]:
    events = (seen(place, f"https://example.org/{place}") for place in range(count))
    return [
        replace(event, key=f"{what}{number}:{event.key}", episode=f"show{number}#1")
        for event in events
    ]


INSERT = """
SELECT * FROM append_events(
    ARRAY['show' || :client_id], ARRAY['k' || :k], ARRAY[:client_id + 1]::bigint[],
    ARRAY['message'], ARRAY[1780272000000000]::bigint[], ARRAY['mika'], ARRAY['m' || :k],
    ARRAY[NULL]::text[], ARRAY[NULL]::text[], ARRAY[1]::integer[],
    ARRAY['{"message": {"at": 1780272000000000, "text": "https://example.org/a/page"}}']
);
"""


def _yardstick(server: PostgreSQL, name: str, folder: Path) -> Row:
    """Have PostgreSQL's own bench insert the same, an event a commit, as fast as it can."""
    script = folder / "insert.sql"
    script.write_text(f"\\set k random(1, 9000000000000000000)\n{INSERT}")
    done = subprocess.run(
        [
            program("pgbench"), "--no-vacuum", "--protocol=prepared", f"--client={WRITERS}",
            "--jobs=2", "--time=5", f"--file={script}", f"--host={server.folder}",
            "--username=rundown", name,
        ],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    (rate,) = re.findall(r"tps = ([\d.]+)", done.stdout)
    return Row(f"pgbench: the same insert, {WRITERS} clients, per second", f"{float(rate):,.0f}")


def _shown(begun: tuple[float, float], ended: tuple[float, float], events: int) -> str:
    ours, theirs = (
        1_000_000 * (now - then) / events for now, then in zip(ended, begun, strict=True)
    )
    return f"{ours:.0f} µs" + (f" + {theirs:.0f} µs of the server" if theirs else "")


def _cpu(server: PostgreSQL | None) -> tuple[float, float]:
    """Return the seconds of CPU that we, and all processes of the server, took so far."""
    ours = resource.getrusage(resource.RUSAGE_SELF)
    theirs = sum(_seconds(pid) for pid in server.pids()) if server else 0.0
    return ours.ru_utime + ours.ru_stime, theirs


def _seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


OPEN = """
import asyncio, sys
from pathlib import Path
from storage.opening import opened

async def main(where):
    async with opened(where, clock=lambda: 0):
        for line in open("/proc/self/status"):
            if line.startswith("VmRSS"):
                print(line.split()[1])

asyncio.run(main(sys.argv[1] if sys.argv[1].startswith("postgresql:") else Path(sys.argv[1])))
"""


def _memory(where: Path | str) -> float:
    done = subprocess.run(
        [sys.executable, "-c", OPEN, str(where)], check=True, capture_output=True, text=True
    )
    return int(done.stdout) / 1024


ALL = (on_servers,)
