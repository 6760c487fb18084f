"""Look links up at a hostile server: the memory it takes, and how long it holds up the event loop.

As a program it is the process that is measured: `python -m tests.bench.hostile PORT NAME...`
prints a line of JSON for each case (`End`).
"""

import asyncio
import json
import re
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.adapters.web.fetcher import Limits, Web
from bot.app.app import clock
from bot.core.model import Link
from bot.core.profile.profile import load
from bot.core.urls import canonical
from bot.services.lookups import Lookups
from bot.services.tasks import Supervisor
from storage.store import SqliteStore
from tests.bench.row import Row
from tests.bench.server import served
from tests.fakes.hostile_answers import LIMITS, PATIENT, hostile_cases
from tests.needs import ROOT

TICK = 0.002
PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class End:
    """How a look-up ended: `found` is the title or, in brackets, the reason why there is none.

    `grown` is the most memory that was taken since the start, in MB above idle; `held` the seconds
    for which nothing else got a turn.
    """

    name: str
    found: str
    seconds: float
    grown: float
    held: float


def hostile_ends() -> list[End]:
    """Look all cases up, one after the other, in a process of its own. Linux alone tells memory."""
    with served("hostile") as port:
        command = [sys.executable, "-m", "tests.bench.hostile", str(port), *hostile_cases()]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    return [End(**json.loads(line)) for line in done.stdout.splitlines()]


def hostile() -> Iterator[Row]:
    if sys.platform != "linux":
        yield Row("look-ups at a hostile server", "needs /proc")
        return
    ends = hostile_ends()
    grown = max(end.grown for end in ends)
    slowest = max(ends, key=lambda end: end.held)
    what = f"{len(ends)} look-ups at a hostile server"
    yield Row(f"{what}: memory above idle", f"{grown:.0f} MB", "< 32 MB")
    yield Row(f"{what}: event loop held up, at most ({slowest.name})", f"{slowest.held:.2f} s")


# --- the process that is measured ----------------------------------------------------------------


class Ticker:
    """Takes a turn every two milliseconds, and keeps the longest time it had to wait for one."""

    def __init__(self) -> None:
        self.late = 0.0

    async def run(self) -> None:
        while True:
            begun = time.monotonic()
            await asyncio.sleep(TICK)
            self.late = max(self.late, time.monotonic() - begun - TICK)


def memory(name: str) -> float:
    """Return a line of this process's status in MB."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    [kilobytes] = re.findall(rf"{name}:\s+(\d+) kB", status)
    return int(kilobytes) / 1024


@asynccontextmanager
async def looking_up(limits: Limits) -> AsyncIterator[Lookups]:
    async with (
        SqliteStore.open(None, clock=clock) as store,
        Web(allow_private=True, limits=limits) as web,
    ):
        profile = load("name: Bench\n", "{{ body }}")
        lookups = Lookups(
            store=store, profile=profile, web=web, clock=clock, supervisor=Supervisor()
        )
        try:
            yield lookups
        finally:
            await lookups.aclose()


async def main(port: str, *names: str) -> None:
    ticker = Ticker()
    cases = hostile_cases()
    async with looking_up(LIMITS) as quick, looking_up(PATIENT) as patient:
        ticking = asyncio.create_task(ticker.run())
        await _end(patient, port, PLAIN, ticker)  # what the first look-up loads is idle memory
        idle = memory("VmRSS")
        for name in names:
            lookups = quick if cases[name][1] == "(too-slow)" else patient
            found, seconds = await _end(lookups, port, name, ticker)
            end = End(name, found, seconds, memory("VmHWM") - idle, ticker.late)
            print(json.dumps(asdict(end)), flush=True)
        ticking.cancel()


async def _end(lookups: Lookups, port: str, name: str, ticker: Ticker) -> tuple[str, float]:
    url = f"http://127.0.0.1:{port}/{name}"
    begun, ticker.late = time.monotonic(), 0.0
    found = await lookups.find(Link(url, canonical(url)))
    seconds = time.monotonic() - begun
    await asyncio.sleep(2 * TICK)  # the ticker looks at how late it is
    return found.title or f"({found.error})", seconds


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
