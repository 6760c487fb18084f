"""Two processes of `rundown run` on one database, each with one of two shards."""

import asyncio
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import ClassVar

import pytest

from tests.cogs.front import PROFILE, TEMPLATE, front, needs_network
from tests.cogs.test_chaos import Played, Trouble
from tests.cogs.test_process import RUNDOWN, running, stopped
from tests.fakes.discord import LocalDiscord, local_discord
from tests.fakes.discord_shapes import MANAGER, Channel, User
from tests.front import profiled_site
from tests.patience import LONGEST
from tests.postgresql import PostgreSQL
from tests.services.desk.house import git, make_site
from tests.storage.databases import OnServer
from tests.two_processes import Spread, TwoProcesses, calm, rough

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
    async def process(
        self, shard: int, wanted: str = "{}/2"
    ) -> AsyncIterator[asyncio.subprocess.Process]:
        before = self.discord.gateway.identified
        more = {"RUNDOWN_DB": self.database.where, "RUNDOWN_LOG": "info"}
        command = (RUNDOWN, "run", "--shards", wanted.format(shard))
        async with running(self.folder, self.discord, more, command=command) as process:
            await self.connected(shard, since=before)
            yield process

    async def connected(self, shard: int, *, since: int = 0) -> None:
        """Wait until a shard is connected, by a session that began later than so many."""
        gateway = self.discord.gateway

        def is_on() -> bool:
            return any(
                one.shard[0] == shard and one.socket is not None and one.number > since
                for one in gateway.sessions.values()
            )

        async with asyncio.timeout(LONGEST), gateway.changed:
            await gateway.changed.wait_for(is_on)

    async def shown(self, shard: int, words: str) -> None:
        """Wait until the panel of a shard's channel shows some words."""
        await self.discord.until(lambda: words in self.panel(shard), LONGEST)

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


@pytest.mark.long
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


@pytest.mark.long
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
            async with asyncio.timeout(LONGEST):
                _, errors = await paused.communicate()
            assert paused.returncode == 75
            assert b"no longer registered" in errors
            rows = await two.database.rows("SELECT count(*) FROM log WHERE kind = 'message'")
            assert rows == [(1,)]
            await stopped(other)


@pytest.mark.long
async def test_processes_are_replaced_one_by_one_while_people_talk(two: Two) -> None:
    said: list[str] = []

    async def talk() -> None:
        while True:
            for shard in (0, 1):
                said.append(f"- [Link {len(said)}](https://example.org/{len(said)})")
                await two.say(shard, said[-1].removeprefix("- "))
            await asyncio.sleep(0.5)

    async with AsyncExitStack() as stack:

        async def start(shard: int) -> asyncio.subprocess.Process:
            return await stack.enter_async_context(two.process(shard, "any:1/2"))

        running = [await start(shard) for shard in (0, 1)]
        for channel in two.channels:
            await two.discord.command(two.boss, channel, "setup")
        talking = asyncio.create_task(talk())
        for shard in (0, 1):
            await stopped(running[shard])
            running[shard] = await start(shard)
        talking.cancel()
        shown = ""
        async with asyncio.timeout(LONGEST):
            while [line for line in said if line not in shown]:
                shown = (await two.discord.command(two.boss, two.channels[0], "preview")).text
                await asyncio.sleep(0.2)
        for process in running:
            await stopped(process)
    assert [line for line in shown.splitlines() if line.startswith("- ")] == said


# --- a hundred kills ---------------------------------------------------------------------------


class Place:
    """A channel, as the script on Discord knows it."""

    def __init__(self, discord: LocalDiscord, channel: Channel, people: Sequence[User]) -> None:
        self.discord = discord
        self.channel = channel
        self.boss, self.mika, self.jonas = people


class Killed(TwoProcesses):
    """The two processes, with a script's people in both channels."""

    def __init__(self, two: Two) -> None:
        super().__init__(two.folder, two.database)
        self._two = two
        people = [two.boss, *(two.discord.user(name) for name in ("Mika", "Jonas"))]
        self.places = [Place(two.discord, channel, people) for channel in two.channels]

    def process(self, number: int) -> AbstractAsyncContextManager[asyncio.subprocess.Process]:
        return self._two.process(number)

    async def setup(self) -> None:
        for number in (0, 1):
            await self.start(number)
            await self._asked(number, "setup")

    async def draft(self, place: int) -> None:
        await self._asked(place, "draft")

    async def preview(self, place: int) -> str:
        return await self._asked(place, "preview")

    async def _asked(self, place: int, command: str) -> str:
        """Give a command, again where its first answer came later than Discord waits."""
        async with asyncio.timeout(LONGEST):
            while True:
                await self._two.connected(place)
                channel = self._two.channels[place]
                asked = await self._two.discord.command(self._two.boss, channel, command)
                if asked.answers:
                    return asked.text


class WithoutKills(Trouble):
    """Discord's trouble; processes are killed by themselves."""

    kinds: ClassVar = {kind: weight for kind, weight in Trouble.kinds.items() if kind != "kill"}


async def in_peace(folder: Path, seed: int) -> str:
    """Return the draft of a script that one process on SQLite hears in peace."""
    async with front(folder, shards=2) as home:
        discord = home.discord
        other = discord.channel(discord.guild(identity=home.guild.id ^ (1 << 22)))
        await home.restart()  # so that it hears of the other server
        await home.command("setup", by=home.boss, where=other)
        people = (home.boss, home.mika, home.jonas)
        places = [Place(discord, channel, people) for channel in (home.channel, other)]
        script = Spread(seed, [Played(place, seed) for place in places])

        async def settled() -> None:
            for guild in discord.guilds.values():
                await home.settled(guild)

        return await calm(home, script, settled, lambda: home.command("draft"))


async def a_killed_run(tmp_path: Path, postgresql: PostgreSQL, seed: int) -> None:
    expected = await in_peace(tmp_path / "calm", seed)
    folder = tmp_path / "rough"
    profiled_site(folder, PROFILE, TEMPLATE, "main")
    with postgresql.database() as name:
        async with local_discord(shards=2) as discord:
            killed = Killed(Two(folder, discord, OnServer(postgresql, name)))
            try:
                await killed.setup()
                script = Spread(seed, [Played(place, seed) for place in killed.places])
                trouble = WithoutKills(killed.places[0], seed)
                await rough(killed, script, [trouble], seed=seed, expected=expected)
            finally:
                await killed.aclose()


@pytest.mark.long
async def test_a_killed_process_changes_nothing_in_the_end(
    tmp_path: Path, postgresql: PostgreSQL
) -> None:
    await a_killed_run(tmp_path, postgresql, 1)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 200))
async def test_a_hundred_kills_change_nothing_in_the_end(
    tmp_path: Path, postgresql: PostgreSQL, seed: int
) -> None:
    await a_killed_run(tmp_path, postgresql, seed)
