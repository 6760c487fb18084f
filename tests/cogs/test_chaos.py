"""Discord dropping connections, losing sessions, doubling, delaying, refusing (tests/chaos.py)."""

from pathlib import Path
from typing import ClassVar

import pytest
from aiohttp import web

from tests import chaos
from tests.cogs.front import Front, front, needs_network
from tests.fakes.discord_rest import broken, too_many
from tests.fakes.discord_shapes import Post
from tests.services.desk.script import Script

pytestmark = needs_network


class Played(Script[Post]):
    """The script on Discord."""

    def __init__(self, home: Front, seed: int) -> None:
        super().__init__(seed)
        self._home = home

    async def say(self, text: str, reply_to: Post | None) -> Post:
        home = self._home
        by = self.random.choice((home.mika, home.jonas, home.boss))
        more = {} if reply_to is None else {"reply_to": reply_to.id}
        return await home.discord.say(by, home.channel, text, **more)

    async def edit(self, post: Post, text: str) -> None:
        await self._home.discord.edit(post, text)

    async def delete(self, post: Post) -> None:
        await self._home.discord.delete(post.id)

    async def mark(self, post: Post, sign: str, *, on: bool) -> None:
        discord = self._home.discord
        await (discord.react if on else discord.unreact)(self._home.jonas, post.id, sign)


class Trouble(chaos.Trouble[Front]):
    """What goes wrong on Discord."""

    kinds: ClassVar = {
        "none": 40,
        "drop": 4,
        "forget": 2,
        "invalid": 2,
        "resumable": 2,
        "reconnect": 2,
        "twice": 6,
        "late": 6,
        "kill": 2,
    }

    def begin(self) -> None:
        self.home.discord.rest.trouble = self._refuse

    def _refuse(self, method: str, path: str) -> web.Response | None:
        chance = self.random.random()
        if chance < 0.08:
            return too_many(0.01)
        if chance < 0.085:
            return broken(500)
        return None

    async def cause(self, kind: str) -> None:
        gateway = self.home.discord.gateway
        if kind == "drop":
            await gateway.drop()
        elif kind == "forget":
            await gateway.forget()
        elif kind in ("invalid", "resumable"):
            await gateway.invalidate(resumable=kind == "resumable")
        elif kind == "reconnect":
            await gateway.ask_to_reconnect()
        elif kind == "twice":
            gateway.twice = not gateway.twice
        elif kind == "late" and gateway.held is None:
            gateway.held = []

    async def let_go(self) -> None:
        gateway = self.home.discord.gateway
        if gateway.held and self.random.random() < 0.3:
            await gateway.let_go(self.random.shuffle)

    async def end(self) -> None:
        gateway = self.home.discord.gateway
        gateway.twice = False
        if gateway.held is not None:
            await gateway.let_go(self.random.shuffle)
        self.home.discord.rest.trouble = lambda method, path: None
        await gateway.connected()


class Chaos(chaos.Chaos[Front, Post]):
    async def draft(self, home: Front) -> str:
        return (await home.command("draft")).text


CHAOS = Chaos(front, Played, Trouble)


@pytest.mark.parametrize("seed", range(2))
async def test_trouble_changes_nothing_in_the_end(tmp_path: Path, seed: int) -> None:
    await CHAOS.agrees(tmp_path, seed)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 200))
async def test_a_hundred_troubled_runs_change_nothing_in_the_end(tmp_path: Path, seed: int) -> None:
    await CHAOS.agrees(tmp_path, seed)
