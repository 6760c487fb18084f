"""20,000 servers with 5,000 watched channels of 500 podcasts, in one process and in four.

`python -m tests.bench.many_servers` (or `… 4` for the four alone) takes minutes, so `make bench`
leaves it out. The processes share a PostgreSQL whose commits are on the disk.
"""

import asyncio
import json
import sys
import time
from asyncio.subprocess import Process
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from storage.opening import opened
from tests.bench.discord import RATE, SECONDS, cpu, environment, memory, talk
from tests.bench.row import Row
from tests.bench.servers import ON_DISK
from tests.fakes.discord import LocalDiscord, local_discord
from tests.fakes.discord_shapes import Channel
from tests.postgresql import PostgreSQL, running
from tests.services.desk.house import make_site

GUILDS, CHANNELS, WATCHED, A_SHOW = 20_000, 10, 5_000, 10
SHARDS = 4
QUIET = 5.0
"""Seconds without a request to Discord after which the first reading is over."""


class Load:
    """The servers, and what is watched in them: a podcast's channels are on one shard."""

    def __init__(self, discord: LocalDiscord) -> None:
        self.discord = discord
        first = (discord.next_id() >> 22) - GUILDS  # the shards get as many each
        guilds = [
            discord.guild(f"Server {number}", identity=(first + number) << 22)
            for number in range(GUILDS)
        ]
        self.channels = [
            discord.channel(guild, f"channel-{number}")
            for guild in guilds
            for number in range(CHANNELS)
        ]
        self.watched = self.channels[:: len(self.channels) // WATCHED][:WATCHED]

    def shows(self) -> dict[str, list[Channel]]:
        of_shard: dict[int, list[Channel]] = {}
        for one in self.watched:
            of_shard.setdefault((one.guild >> 22) % SHARDS, []).append(one)
        return {
            f"show{shard}-{start}": channels[start : start + A_SHOW]
            for shard, channels in of_shard.items()
            for start in range(0, len(channels), A_SHOW)
        }


async def measured(folder: Path, server: PostgreSQL, name: str, processes: int) -> list[Row]:
    make_site(folder / "site")
    async with local_discord(shards=SHARDS) as discord:
        discord.rest.check = False  # it is our own time that is measured
        load = Load(discord)
        async with opened(server.address(name), clock=lambda: 0) as store:
            for show, channels in load.shows().items():
                for one in channels:
                    body = {"channel": str(one.id), "place": f"discord:{one.guild}", "show": show}
                    await store.put_state("watched", str(one.id), json.dumps(body))
        each = SHARDS // processes
        with ExitStack() as stack:
            run = Run(load, [])
            begun = time.monotonic()
            for first in range(0, SHARDS, each):
                where = server.address(name)
                run.processes.append(await _started(folder, discord, where, first, each))
                stack.callback(_kill, run.processes[-1])
            return await run.measured(begun)


@dataclass(frozen=True)
class Run:
    """The processes that run, and the load that they have."""

    load: Load
    processes: list[Process]

    async def measured(self, begun: float) -> list[Row]:
        ready = time.monotonic() - begun
        read = await _read(self.load.discord) - begun
        pids = [process.pid for process in self.processes]
        starting = sum(map(cpu, pids))
        idle = await _spent(pids, asyncio.sleep(SECONDS))
        a_message = 1000 * await self._talked(pids) / (RATE * SECONDS)
        sizes = ", ".join(f"{memory(pid)}" for pid in pids)
        ends = ", ".join([f"{await _ended(process):.1f}" for process in self.processes])
        what = f"{GUILDS:,} servers, {WATCHED:,} channels watched, in {len(pids)} process(es)"
        return [
            Row(f"{what}: from the start until all are ready", f"{ready:.0f} s"),
            Row(f"{what}: from the start until all is read", f"{read:.0f} s"),
            Row(f"{what}: CPU of all up to then", f"{starting:.0f} s"),
            Row(f"{what}: memory of each", f"{sizes} MB"),
            Row(
                f"{what}: CPU of all with nothing to do", f"{100 * idle / SECONDS:.1f} % of a core"
            ),
            Row(f"{what}, {RATE} messages a second: CPU a message", f"{a_message:.2f} ms"),
            Row(f"{what}: from SIGTERM to its end, each", f"{ends} s", "< 60 s"),
        ]

    async def _talked(self, pids: list[int]) -> float:
        """Return the CPU that all took while people talked."""
        load = self.load
        mika = load.discord.user("Mika")
        talking = asyncio.create_task(talk(load.discord, mika, load.channels, load.watched))
        spent = await _spent(pids, talking)
        await load.discord.until(lambda: all(post.reactions for post, _ in talking.result()), 120)
        return spent


async def _started(
    folder: Path, discord: LocalDiscord, where: str, first: int, each: int
) -> Process:
    health = folder / f"health{first}"
    shards = f"{first}-{first + each - 1}/{SHARDS}"
    more = {"RUNDOWN_DB": where, "RUNDOWN_HEALTH": str(health)}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", "--shards", shards,
        env=environment(folder, discord) | more,
    )  # fmt: skip
    while not health.exists():
        assert process.returncode is None
        await asyncio.sleep(0.2)
    return process


async def _ended(process: Process) -> float:
    start = time.monotonic()
    process.terminate()
    await process.wait()
    return time.monotonic() - start


def _kill(process: Process) -> None:
    if process.returncode is None:
        process.kill()


async def _read(discord: LocalDiscord) -> float:
    """Wait until the first reading of all channels is over; return when it was."""
    asked, since = -1, time.monotonic()
    while time.monotonic() - since < QUIET:
        if len(discord.rest.asked) != asked:
            asked, since = len(discord.rest.asked), time.monotonic()
        await asyncio.sleep(0.2)
    return since


async def _spent(pids: list[int], work: "asyncio.Future[object]") -> float:
    begun = sum(map(cpu, pids))
    await work
    return sum(map(cpu, pids)) - begun


def main() -> None:
    for processes in map(int, sys.argv[1:] or (1, SHARDS)):
        with (
            TemporaryDirectory() as folder,
            running(options=ON_DISK) as server,
            server.database() as name,
        ):
            for row in asyncio.run(measured(Path(folder), server, name, processes)):
                print(f"| {row.what} | {row.figure} | {row.aim} |", flush=True)


if __name__ == "__main__":
    main()
