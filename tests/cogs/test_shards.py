"""Two processes of `rundown run` on one database, each with one of two shards."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.cogs.front import needs_network
from tests.cogs.test_process import RUNDOWN, SECONDS, running, stopped
from tests.fakes.discord import LocalDiscord, local_discord
from tests.fakes.discord_shapes import MANAGER, Channel
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
        channel = self.channels[shard]
        await self.discord.until(lambda: words in str(self.discord.panel(channel).embeds), SECONDS)

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
