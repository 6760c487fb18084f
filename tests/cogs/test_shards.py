"""Two processes of `rundown run` on one database, each with one of two shards."""

import asyncio
import random
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from tests.cogs.front import needs_network
from tests.cogs.test_process import RUNDOWN, SECONDS, running, stopped
from tests.fakes.discord import LocalDiscord, local_discord
from tests.fakes.discord_shapes import MANAGER, Channel
from tests.postgresql import PostgreSQL
from tests.services.desk.house import git, make_site
from tests.storage.databases import OnServer

pytestmark = needs_network


class Two:
    """A server and channel on each of two shards, and the processes that hold them."""

    def __init__(self, folder: Path, discord: LocalDiscord, database: OnServer) -> None:
        self.folder = folder
        self.discord = discord
        self.database = database
        self.boss = discord.owner = discord.user("Boss", permissions=MANAGER)
        self.channels = [self._channel(shard) for shard in (0, 1)]

    def _channel(self, shard: int) -> Channel:
        guild = self.discord.guild(identity=self.discord.next_id() // 2**23 * 2**23 + (shard << 22))
        return self.discord.channel(guild)

    @asynccontextmanager
    async def process(self, shard: int) -> AsyncIterator[asyncio.subprocess.Process]:
        before = self.discord.gateway.identified
        more = {"RUNDOWN_DB": self.database.where, "RUNDOWN_LOG": "info"}
        command = (RUNDOWN, "run", "--shards", f"{shard}/2")
        async with running(self.folder, self.discord, more, command=command) as process:
            async with asyncio.timeout(SECONDS):
                while self.discord.gateway.identified == before:  # noqa: ASYNC110 - as it is
                    await asyncio.sleep(0.05)
                await self.discord.gateway.connected()
            yield process

    async def shown(self, shard: int, words: str) -> None:
        """Wait until the panel of a shard's channel shows some words."""
        await self.discord.until(lambda: words in self.panel(shard), SECONDS)

    def panel(self, shard: int) -> str:
        """Return what the panel of a shard's channel shows; "" before it is posted."""
        try:
            return str(self.discord.panel(self.channels[shard]).embeds)
        except StopIteration:
            return ""

    async def say(self, shard: int, text: str) -> None:
        await self.discord.say(self.boss, self.channels[shard], text)


@pytest.fixture
async def two(tmp_path: Path, on_server: OnServer) -> AsyncIterator[Two]:
    make_site(tmp_path / "site")
    async with local_discord(shards=2) as discord:
        yield Two(tmp_path, discord, on_server)
        assert discord.faults == []


async def test_what_is_said_on_one_shard_shows_on_the_other_and_a_kill_loses_nothing(
    two: Two,
) -> None:
    async with two.process(0) as first:
        async with two.process(1) as second:
            for channel in two.channels:
                await two.discord.command(two.boss, channel, "setup")
                await two.discord.command(two.boss, channel, "outline")
            await two.say(0, "[One](https://example.org/1)")
            await two.shown(1, "One")
            await two.say(1, "[Two](https://example.org/2)")
            await two.shown(0, "Two")
            second.kill()
        await two.say(1, "[Three](https://example.org/3)")
        await two.database.forget(second.pid)
        async with two.process(1) as second:
            await two.shown(0, "Three")
            await two.shown(1, "Three")
            answers = await asyncio.gather(
                *(two.discord.command(two.boss, channel, "draft") for channel in two.channels)
            )
            assert all(answers)
            log = git(two.folder / "site", "log", "--format=%B").split()
            assert log.count("Rundown-Draft:") == 1
            await stopped(second)
        await stopped(first)


async def test_a_process_that_was_paused_ends_and_stores_nothing_more(two: Two) -> None:
    async with two.process(0) as paused:
        await two.discord.command(two.boss, two.channels[0], "setup")
        await two.discord.command(two.boss, two.channels[0], "outline")
        paused.send_signal(signal.SIGSTOP)
        await two.say(0, "[While paused](https://example.org/1)")
        await two.database.forget(paused.pid)
        async with two.process(0) as other:
            await two.shown(0, "While paused")
            paused.send_signal(signal.SIGCONT)
            async with asyncio.timeout(SECONDS):
                _, errors = await paused.communicate()
            assert paused.returncode == 75
            assert b"another one took over" in errors
            rows = await two.database.rows("SELECT count(*) FROM log WHERE kind = 'message'")
            assert rows == [(1,)]
            await stopped(other)


LINKS = 12


async def evening(two: Two, chance: random.Random | None) -> None:
    """Talk on both shards, and draft; with `chance`, one process is killed meanwhile."""
    killed = chance.randrange(2) if chance else None
    async with AsyncExitStack() as stack:
        running = [await stack.enter_async_context(two.process(shard)) for shard in (0, 1)]
        for channel in two.channels:
            await two.discord.command(two.boss, channel, "setup")
            await two.discord.command(two.boss, channel, "outline")
        for shard in (0, 1):
            await two.shown(shard, "title")
        when = chance.randrange(LINKS + 1) if chance else None
        for number in range(LINKS):
            await two.say(number % 2, f"[Link {number:02}](https://example.org/{number})")
            if number == when and killed is not None:
                await asyncio.sleep(chance.uniform(0, 0.5) if chance else 0)
                running[killed].kill()
        drafting = asyncio.create_task(two.discord.command(two.boss, two.channels[0], "draft"))
        if chance and killed is not None:
            if when == LINKS:
                await asyncio.sleep(chance.uniform(0, 1))
                running[killed].kill()
            await asyncio.gather(drafting, return_exceptions=True)
            await two.database.forget(running[killed].pid)
            again = await stack.enter_async_context(two.process(killed))
            running[killed] = again
        await asyncio.gather(drafting, return_exceptions=True)
        for shard in (0, 1):
            for number in range(LINKS):
                await two.shown(shard, f"Link {number:02}")
        await two.discord.command(two.boss, two.channels[1], "draft")
        for process in running:
            await stopped(process)


def drafted(folder: Path) -> tuple[str, list[str]]:
    """Return the draft, and the ids of the drafts that were committed."""
    site = folder / "site"
    (name,) = git(site, "log", "-1", "--name-only", "--format=").split()
    text = git(site, "show", f"HEAD:{name}")
    log = git(site, "log", "--format=%B").splitlines()
    return text, [line for line in log if line.startswith("Rundown-Draft:")]


async def killed_evenings(tmp_path: Path, postgresql: PostgreSQL, *, times: int, seed: int) -> None:
    texts = []
    for number in range(times + 1):
        chance = random.Random(seed + number) if number else None  # noqa: S311 - the same again
        folder = tmp_path / str(number)
        folder.mkdir()
        make_site(folder / "site")
        with postgresql.database() as name:
            async with local_discord(shards=2) as discord:
                two = Two(folder, discord, OnServer(postgresql, name))
                await evening(two, chance)
            rows = await two.database.rows("SELECT count(*) FROM log WHERE kind = 'message'")
            assert rows == [(LINKS,)]
        text, ids = drafted(folder)
        assert len(ids) == len(set(ids))
        texts.append(text)
    assert texts == [texts[0]] * (times + 1)


@pytest.mark.soak
async def test_a_hundred_kills_end_in_the_draft_of_a_calm_evening(
    tmp_path: Path, postgresql: PostgreSQL
) -> None:
    await killed_evenings(tmp_path, postgresql, times=100, seed=2)
