"""Whatever the network does, in the end the draft is what an undisturbed run gives.

A seed makes a script (what people do) and its troubles. The script is played twice: as it is, and
with connections dropped and refreshed, events sent again, late, out of order or given up,
acknowledgements lost, requests refused or limited, and the app killed.
"""

import asyncio
import random
from pathlib import Path

import pytest
from aiohttp import web

from tests.fakes.slack import Raw
from tests.fakes.slack_api import broken, too_many
from tests.services.desk.script import Script
from tests.slack.front import Front, front, needs_network
from tests.slack.test_episode import NAMES

pytestmark = needs_network

STEPS = 40


class Played(Script[Raw]):
    """The script on Slack, where replies are threads, now and then shown to the channel too."""

    deletes_replies = True

    def __init__(self, home: Front, seed: int) -> None:
        super().__init__(seed)
        self._home = home

    async def say(self, text: str, reply_to: Raw | None) -> Raw:
        home = self._home
        by = self.random.choice((home.mika, home.jonas, home.boss))
        broadcast = reply_to is not None and self.random.random() < 0.3
        return await home.slack.say(by, home.channel, text, thread=reply_to, broadcast=broadcast)

    async def edit(self, post: Raw, text: str) -> None:
        await self._home.slack.edit(post, text)

    async def delete(self, post: Raw) -> None:
        await self._home.slack.delete(post)

    async def mark(self, post: Raw, sign: str, *, on: bool) -> None:
        await self._home.slack.react(self._home.jonas, post, NAMES[sign], on=on)


class Trouble:
    """What goes wrong between two steps."""

    def __init__(self, home: Front, seed: int) -> None:
        self._home = home
        self._random = random.Random(f"trouble {seed}")  # noqa: S311 - to be the same each time
        home.slack.api.trouble = self._refuse
        home.slack.socket.retry = 0.3

    def _refuse(self, method: str) -> web.Response | None:
        chance = self._random.random()
        if chance < 0.05 and method != "apps.connections.open":
            return too_many(0)
        return broken(503) if chance < 0.055 else None

    async def strike(self) -> None:
        socket = self._home.slack.socket
        kind = self._random.choices(
            ("none", "drop", "refresh", "twice", "deaf", "late", "forgetful", "kill"),
            (40, 3, 3, 6, 3, 6, 3, 2),
        )[0]
        if kind == "drop":
            await socket.drop()
        elif kind == "refresh" and socket.sessions:
            await socket.refresh()
        elif kind == "twice":
            socket.twice = not socket.twice
        elif kind == "deaf":
            socket.deaf = not socket.deaf
        elif kind == "forgetful":
            socket.forgetful = not socket.forgetful
        elif kind == "late" and socket.held is None:
            socket.held = []
        elif kind == "kill":
            await self._home.kill()
            await self._home.start()
        if socket.held and self._random.random() < 0.3:
            await socket.let_go(self._random.shuffle)

    async def end(self) -> None:
        socket = self._home.slack.socket
        socket.twice = socket.deaf = False
        if socket.held is not None:
            await socket.let_go(self._random.shuffle)
        self._home.slack.api.trouble = lambda method: None


async def played(home: Front, seed: int, *, disturbed: bool) -> str:
    script = Played(home, seed)
    trouble = Trouble(home, seed) if disturbed else None
    for _ in range(STEPS):
        await script.step()
        if trouble is not None:
            await trouble.strike()
        else:
            await home.settled()
    if trouble is not None:
        await trouble.end()
        # The last session begins when all is over: what was given up before is read.
        await home.slack.quiet()
        await home.restart()
    await home.settled()
    told = await home.command("/draft")
    assert told.words
    return await home.body()


async def agrees(folder: Path, seed: int) -> None:
    async with asyncio.timeout(120):
        async with front(folder / "calm") as home:
            calm = await played(home, seed, disturbed=False)
        async with front(folder / "rough") as home:
            assert await played(home, seed, disturbed=True) == calm


@pytest.mark.parametrize("seed", range(2))
async def test_trouble_changes_nothing_in_the_end(tmp_path: Path, seed: int) -> None:
    await agrees(tmp_path, seed)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 200))
async def test_a_hundred_troubled_runs_change_nothing_in_the_end(tmp_path: Path, seed: int) -> None:
    await agrees(tmp_path, seed)
