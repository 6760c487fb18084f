"""Two processes of `rundown run` on one PostgreSQL, each in one of two workspaces."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import ClassVar

import aiohttp
import pytest

from bot.slack.app import SlackFront, web_client
from tests.fakes.slack import LocalSlack, local_slack
from tests.front import profiled_site
from tests.patience import LONGEST
from tests.postgresql import PostgreSQL
from tests.slack.front import PROFILE, TEMPLATE, Front, front, needs_network
from tests.slack.test_chaos import Played, Trouble
from tests.slack.test_process import running
from tests.storage.databases import OnServer
from tests.two_processes import Spread, TwoProcesses, calm, rough

pytestmark = needs_network

OTHER = "T0001TEAM2"


class Place:
    """A channel of a workspace, as the script on Slack knows it."""

    def __init__(self, slack: LocalSlack) -> None:
        self.slack = slack
        self.channel = slack.channel()
        self.boss, self.mika, self.jonas = (slack.user(name) for name in ("Boss", "Mika", "Jonas"))
        self.boss.admin = True


class Two(TwoProcesses):
    """Each process has both tokens of its workspace; the second waits for the first's too."""

    def __init__(self, folder: Path, database: OnServer, places: list[Place]) -> None:
        super().__init__(folder, database)
        self.places = places

    @asynccontextmanager
    async def process(self, number: int) -> AsyncIterator[asyncio.subprocess.Process]:
        """Run a process until it is well, and somebody is in its workspace.

        That may be the second, which took the first's over when that was killed.
        """
        slacks = [place.slack for place in (self.places[number], *self.places[:number])]
        health = self.folder / f"health{number}"
        health.unlink(missing_ok=True)
        more = {
            "RUNDOWN_DB": self.database.where,
            "RUNDOWN_HEALTH": str(health),
            "SLACK_BOT_TOKEN": ",".join(one.bot_token for one in slacks),
            "SLACK_APP_TOKEN": ",".join(one.app_token for one in slacks),
        }
        command = ("run", "--shards", f"{number}/2")
        async with running(self.folder, self.places[0].slack, more, command=command) as process:
            async with asyncio.timeout(LONGEST):
                while not health.exists():  # noqa: ASYNC110 - nothing tells of a file
                    await asyncio.sleep(0.05)
            await slacks[0].socket.until(lambda: bool(slacks[0].socket.sessions), LONGEST)
            yield process

    async def setup(self) -> None:
        for number, place in enumerate(self.places):
            await self.start(number)
            await place.slack.command(place.boss, place.channel, "/rundown setup")

    async def draft(self, place: int) -> None:
        await self._asked(place, "/draft")

    async def preview(self, place: int) -> str:
        slack = self.places[place].slack
        slack.triggers_expire = True  # else a long one comes as a window
        words = await self._asked(place, "/preview")
        return words + "".join(text for _, text in list(slack.files.values())[-1:])

    async def _asked(self, place: int, line: str) -> str:
        at = self.places[place]
        await at.slack.socket.until(lambda: bool(at.slack.socket.sessions), LONGEST)
        return (await at.slack.command(at.boss, at.channel, line)).words


class WithoutKills(Trouble):
    """Slack's trouble; processes are killed by themselves."""

    kinds: ClassVar = {kind: weight for kind, weight in Trouble.kinds.items() if kind != "kill"}

    async def end(self) -> None:
        """Make an end of it; what was given up before is read in the session that begins then."""
        await self.calm_down()
        await self.home.slack.socket.connected()
        await self.home.slack.socket.refresh()


@asynccontextmanager
async def second(home: Front, slack: LocalSlack) -> AsyncIterator[tuple[Place, SlackFront]]:
    """Have the app in another workspace, too."""
    place = Place(slack)
    async with aiohttp.ClientSession() as session:
        client = web_client(slack.bot_token, slack.url, session)
        app = await SlackFront.open(
            home.backend, client=client, app_token=slack.app_token, ping=0.5
        )
        home.rooms.join("slack 2", app.room)
        try:
            await app.connection.greeted.wait()
            await slack.command(place.boss, place.channel, "/rundown setup")
            yield place, app
        finally:
            await app.aclose()


async def in_peace(folder: Path, seed: int) -> str:
    """Return the draft of a script that one process on SQLite hears in peace."""
    async with (
        front(folder) as home,
        local_slack(OTHER) as slack,
        second(home, slack) as (place, app),
    ):
        script = Spread(seed, [Played(one, seed) for one in (home, place)])

        async def settled() -> None:
            await slack.quiet()
            await app.wait_idle()
            await home.settled()

        return await calm(home, script, settled, lambda: home.command("/draft"))


async def a_killed_run(tmp_path: Path, postgresql: PostgreSQL, seed: int) -> None:
    expected = await in_peace(tmp_path / "calm", seed)
    folder = tmp_path / "rough"
    profiled_site(folder, PROFILE, TEMPLATE, "main")
    async with AsyncExitStack() as stack:
        name = stack.enter_context(postgresql.database())
        slacks = [await stack.enter_async_context(local_slack(*team)) for team in ((), (OTHER,))]
        slacks[0].api.beside = slacks[1].api
        two = Two(folder, OnServer(postgresql, name), [Place(slack) for slack in slacks])
        stack.push_async_callback(two.aclose)
        await two.setup()
        script = Spread(seed, [Played(place, seed) for place in two.places])
        troubles = [WithoutKills(place, seed + n) for n, place in enumerate(two.places)]
        await rough(two, script, troubles, seed=seed, expected=expected)


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
