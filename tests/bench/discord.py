"""The bot under load: 2,000 servers with 20,000 channels, of which 500 are watched.

`rundown run` is a process of its own; a message's way ends where its mark arrives, so the time from
message to stored is shorter than what is shown.
"""

import asyncio
import json
import os
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app.app import clock
from storage.store import SqliteStore
from tests.bench.row import Row
from tests.fakes.discord import TOKEN, LocalDiscord, local_discord
from tests.fakes.discord_shapes import Channel, Post, User
from tests.services.desk.house import make_site

GUILDS, CHANNELS, WATCHED = 2_000, 10, 500
RATE, SECONDS = 200, 20
TICK = os.sysconf("SC_CLK_TCK")


def loaded() -> Iterator[Row]:
    """Measure the bot with 200 messages a second, a fortieth of them where it looks."""
    with TemporaryDirectory() as folder:
        yield from asyncio.run(_loaded(Path(folder)))


async def _loaded(folder: Path) -> list[Row]:
    make_site(folder / "site")
    async with local_discord() as discord:
        discord.rest.check = False  # it is our own time that is measured
        channels = [
            discord.channel(guild, f"channel-{number}")
            for guild in [discord.guild(f"Server {n}") for n in range(GUILDS)]
            for number in range(CHANNELS)
        ]
        watched = channels[:: len(channels) // WATCHED][:WATCHED]
        await _watch(folder, watched)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", env=environment(folder, discord)
        )
        try:
            await discord.gateway.connected()
            await _ready(folder / "health")
            return await _measured(discord, channels, watched, process.pid)
        finally:
            process.terminate()
            await process.wait()


def environment(folder: Path, discord: LocalDiscord) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "DISCORD_TOKEN": TOKEN,
        "DISCORD_API_URL": discord.url,
        "RUNDOWN_SITE": str(folder / "site"),
        "RUNDOWN_DB": str(folder / "rundown.db"),
        "RUNDOWN_HEALTH": str(folder / "health"),
    }


async def _watch(folder: Path, watched: list[Channel]) -> None:
    async with SqliteStore.open(folder / "rundown.db", clock=clock) as store:
        for one in watched:
            body = {"channel": str(one.id), "place": f"discord:{one.guild}", "show": "show"}
            await store.put_state("watched", str(one.id), json.dumps(body))


async def _ready(health: Path) -> None:
    while not os.access(health, os.F_OK):  # noqa: ASYNC110 - another process makes it
        await asyncio.sleep(0.2)
    await asyncio.sleep(15)  # the first reading of 500 channels ends


async def _measured(
    discord: LocalDiscord, channels: list[Channel], watched: list[Channel], pid: int
) -> list[Row]:
    mika = discord.user("Mika")
    asked, begun = len(discord.rest.asked), cpu(pid)
    sent = await talk(discord, mika, channels, watched)
    used = (cpu(pid) - begun) / SECONDS
    await discord.until(lambda: all(post.reactions for post, _ in sent), 60)
    times = sorted(discord.marked[post.id] - at for post, at in sent)
    worst = times[-len(times) // 100 - 1]
    what = f"{GUILDS:,} servers, {len(channels):,} channels, {WATCHED} watched"
    return [
        Row(f"{what}: memory of `rundown run`", f"{memory(pid)} MB", "< 400 MB"),
        Row(f"{what}, {RATE} messages a second: CPU", f"{100 * used:.0f} % of a core", "< 50 %"),
        Row(
            "from a message to its mark (stored before): median, 99 of 100",
            f"{1000 * statistics.median(times):.0f} ms, {1000 * worst:.0f} ms",
            "< 1 s",
        ),
        Row(
            "requests for a message that nobody watches",
            str(len(discord.rest.asked) - asked - len(sent)),
            "0",
        ),
    ]


async def talk(
    discord: LocalDiscord, mika: User, channels: list[Channel], watched: list[Channel]
) -> list[tuple[Post, float]]:
    """Say things at the rate, one in forty where it is watched; return those with their times."""
    sent: list[tuple[Post, float]] = []
    ours = {one.id for one in watched}
    others = [one for one in channels if one.id not in ours]
    began = time.monotonic()
    for number in range(RATE * SECONDS):
        pause = began + number / RATE - time.monotonic()
        if pause > 0:
            await asyncio.sleep(pause)
        at = time.monotonic()
        if number % 40 == 0:
            text = f"[Paper {number}](https://example.org/{number})"
            post = await discord.say(mika, watched[(number // 40) % len(watched)], text)
            sent.append((post, at))
        else:
            channel = others[(number * 7919) % len(others)]
            await discord.say(mika, channel, f"talk https://example.org/{number}")
    return sent


def cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def memory(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text("utf-8").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) // 1024
    return 0


ALL = (loaded,)
