"""Whatever the network does, in the end the draft is what an undisturbed run gives.

A seed makes a script (what people do) and its troubles. The script is played twice: as it is, and
with connections dropped, sessions lost or resumed, events doubled, held back and out of order,
requests refused or limited, and the app killed.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from aiohttp import web

from tests.cogs.front import Front, front, needs_network
from tests.fakes.discord_rest import broken, too_many
from tests.fakes.discord_shapes import Post

pytestmark = needs_network

STEPS = 40


class Script:
    """What people do, the same for the same seed; posts are named by the order they came in."""

    def __init__(self, home: Front, seed: int) -> None:
        self._home = home
        self._random = random.Random(seed)  # noqa: S311 - to be the same each time
        self._posts: list[Post] = []
        self._gone: set[int] = set()
        self._answered: set[int] = set()
        self._count = 0

    async def step(self) -> None:
        deeds: list[tuple[int, Callable[[], Awaitable[None]]]] = [
            (3, self._topic),
            (12, self._link),
            (4, self._talk),
            (3, self._reply),
            (3, self._edit),
            (2, self._delete),
            (5, self._mark),
            (2, self._unmark),
        ]
        weights = [weight for weight, _ in deeds]
        await self._random.choices(deeds, weights)[0][1]()

    async def _say(self, text: str, **more: object) -> None:
        home = self._home
        by = self._random.choice((home.mika, home.jonas, home.boss))
        self._posts.append(await home.discord.say(by, home.channel, text, **more))

    async def _topic(self) -> None:
        await self._say(f"# Topic {self._random.randrange(4)}")

    async def _link(self) -> None:
        self._count += 1
        number = self._random.randrange(self._count + 1)
        await self._say(f"[Link {number}](https://example.org/{number})")

    async def _talk(self) -> None:
        self._count += 1
        await self._say(f"talk {self._count}")

    def _one(self) -> Post | None:
        left = [n for n in range(len(self._posts)) if n not in self._gone]
        return self._posts[self._random.choice(left)] if left else None

    async def _reply(self) -> None:
        if (post := self._one()) is not None:
            self._count += 1
            self._answered.add(post.id)
            link = f"[Reply {self._count}](https://example.org/r{self._count})"
            await self._say(link, reply_to=post.id)

    async def _edit(self) -> None:
        if (post := self._one()) is not None:
            self._count += 1
            text = f"[Edited {self._count}](https://example.org/e{self._count})"
            await self._home.discord.edit(post, text)

    async def _delete(self) -> None:
        # What a reply hangs on stays: of one that came and went unseen, nobody can know the place.
        post = self._one()
        if post is not None and post.reply_to is None and post.id not in self._answered:
            self._gone.add(self._posts.index(post))
            await self._home.discord.delete(post.id)

    async def _mark(self) -> None:
        if (post := self._one()) is not None:
            emoji = self._random.choice("📝🚫🔒")
            await self._home.discord.react(self._home.jonas, post.id, emoji)

    async def _unmark(self) -> None:
        if (post := self._one()) is not None:
            emoji = self._random.choice("📝🚫🔒")
            await self._home.discord.unreact(self._home.jonas, post.id, emoji)


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
    script = Script(home, seed)
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


@pytest.mark.parametrize("seed", range(4))
async def test_trouble_changes_nothing_in_the_end(tmp_path: Path, seed: int) -> None:
    await agrees(tmp_path, seed)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 200))
async def test_a_hundred_troubled_runs_change_nothing_in_the_end(tmp_path: Path, seed: int) -> None:
    await agrees(tmp_path, seed)
