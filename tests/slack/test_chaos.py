"""Slack dropping connections, repeating, delaying, giving up and refusing (tests/chaos.py)."""

from pathlib import Path
from typing import ClassVar

import pytest
from aiohttp import web

from tests import chaos
from tests.fakes.slack import Raw
from tests.fakes.slack_api import broken, too_many
from tests.services.desk.script import Script
from tests.slack.front import Front, front, needs_network
from tests.slack.test_episode import NAMES

pytestmark = needs_network


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


class Trouble(chaos.Trouble[Front]):
    """What goes wrong on Slack."""

    kinds: ClassVar = {
        "none": 40,
        "drop": 3,
        "refresh": 3,
        "twice": 6,
        "deaf": 3,
        "late": 6,
        "forgetful": 3,
        "kill": 2,
    }

    def begin(self) -> None:
        self.home.slack.api.trouble = self._refuse
        self.home.slack.socket.retry = 0.3

    def _refuse(self, method: str) -> web.Response | None:
        chance = self.random.random()
        if chance < 0.05 and method != "apps.connections.open":
            return too_many(0)
        return broken(503) if chance < 0.055 else None

    async def cause(self, kind: str) -> None:
        socket = self.home.slack.socket
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

    async def let_go(self) -> None:
        socket = self.home.slack.socket
        if socket.held and self.random.random() < 0.3:
            await socket.let_go(self.random.shuffle)

    async def end(self) -> None:
        await self.calm_down()
        # The last session begins when all is over: what was given up before is read.
        await self.home.slack.quiet()
        await self.home.restart()

    async def calm_down(self) -> None:
        """Make no more trouble, and let go what was held back."""
        socket = self.home.slack.socket
        socket.twice = socket.deaf = False
        if socket.held is not None:
            await socket.let_go(self.random.shuffle)
        self.home.slack.api.trouble = lambda method: None


class Chaos(chaos.Chaos[Front, Raw]):
    async def draft(self, home: Front) -> str:
        return (await home.command("/draft")).words


CHAOS = Chaos(front, Played, Trouble)


@pytest.mark.parametrize("seed", range(2))
async def test_trouble_changes_nothing_in_the_end(tmp_path: Path, seed: int) -> None:
    await CHAOS.agrees(tmp_path, seed)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 200))
async def test_a_hundred_troubled_runs_change_nothing_in_the_end(tmp_path: Path, seed: int) -> None:
    await CHAOS.agrees(tmp_path, seed)
