"""Whatever the network does, in the end the draft is what an undisturbed run gives.

A seed makes a script (what people do) and its troubles. The script is played twice: as it is, and
with connections dropped, sessions lost or resumed, events doubled, held back and out of order,
requests refused or limited, and the app killed.
"""

import asyncio
import random
from pathlib import Path

import pytest
from aiohttp import web

from tests.cogs.front import Front, front, needs_network
from tests.fakes.discord_rest import broken, too_many
from tests.fakes.discord_shapes import Post
from tests.services.desk.script import Script

pytestmark = needs_network

STEPS = 40


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


class Trouble:
    """What goes wrong between two steps."""

    def __init__(self, home: Front, seed: int) -> None:
        self._home = home
        self._random = random.Random(f"trouble {seed}")  # noqa: S311 - to be the same each time
        home.discord.rest.trouble = self._refuse

    def _refuse(self, method: str, path: str) -> web.Response | None:
        chance = self._random.random()
        if chance < 0.08:
            return too_many(0.01)
        if chance < 0.085:
            return broken(500)
        return None

    async def strike(self) -> None:
        gateway = self._home.discord.gateway
        kind = self._random.choices(
            (
                "none",
                "drop",
                "forget",
                "invalid",
                "resumable",
                "reconnect",
                "twice",
                "late",
                "kill",
            ),
            (40, 4, 2, 2, 2, 2, 6, 6, 2),
        )[0]
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
        elif kind == "kill":
            await self._home.kill()
            await self._home.start()
        if gateway.held and self._random.random() < 0.3:
            await gateway.let_go(self._random.shuffle)

    async def end(self) -> None:
        gateway = self._home.discord.gateway
        gateway.twice = False
        if gateway.held is not None:
            await gateway.let_go(self._random.shuffle)
        self._home.discord.rest.trouble = lambda method, path: None


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
        await home.discord.gateway.connected()
    await home.settled()
    told = await home.command("draft")
    assert told.text
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
