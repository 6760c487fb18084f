"""Whatever the network does, in the end the draft is what an undisturbed run gives.

A seed makes a script (what people do) and its troubles. The script is played twice: as it is, and
with connections dropped and refreshed, events sent again, late, out of order or given up,
acknowledgements lost, requests refused or limited, and the app killed.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from aiohttp import web

from tests.fakes.slack import Raw
from tests.fakes.slack_api import broken, too_many
from tests.slack.front import Front, front, needs_network

pytestmark = needs_network

STEPS = 40
MARKS = ("memo", "no_entry_sign", "lock")


class Script:
    """What people do, the same for the same seed; posts are named by the order they came in."""

    def __init__(self, home: Front, seed: int) -> None:
        self._home = home
        self._random = random.Random(seed)  # noqa: S311 - to be the same each time
        self._posts: list[Raw] = []
        self._gone: set[int] = set()
        self._count = 0

    async def step(self) -> None:
        deeds: list[tuple[int, Callable[[], Awaitable[None]]]] = [
            (3, self._topic),
            (12, self._link),
            (4, self._talk),
            (4, self._reply),
            (3, self._edit),
            (2, self._delete),
            (5, self._mark),
            (2, self._unmark),
        ]
        weights = [weight for weight, _ in deeds]
        await self._random.choices(deeds, weights)[0][1]()

    async def _say(self, text: str, thread: Raw | None = None) -> None:
        home = self._home
        by = self._random.choice((home.mika, home.jonas, home.boss))
        broadcast = thread is not None and self._random.random() < 0.3
        raw = await home.slack.say(by, home.channel, text, thread=thread, broadcast=broadcast)
        self._posts.append(raw)

    async def _topic(self) -> None:
        await self._say(f"# Topic {self._random.randrange(4)}")

    async def _link(self) -> None:
        self._count += 1
        number = self._random.randrange(self._count + 1)
        await self._say(f"[Link {number}](https://example.org/{number})")

    async def _talk(self) -> None:
        self._count += 1
        await self._say(f"talk {self._count}")

    def _one(self) -> Raw | None:
        left = [n for n in range(len(self._posts)) if n not in self._gone]
        return self._posts[self._random.choice(left)] if left else None

    async def _reply(self) -> None:
        if (post := self._one()) is not None:
            self._count += 1
            link = f"[Reply {self._count}](https://example.org/r{self._count})"
            await self._say(link, post)

    async def _edit(self) -> None:
        if (post := self._one()) is not None:
            self._count += 1
            text = f"[Edited {self._count}](https://example.org/e{self._count})"
            await self._home.slack.edit(post, text)

    async def _delete(self) -> None:
        # Never what somebody replied to: where its text was never seen, Slack does not tell any
        # more whether it gave a link, behind which its replies would go (test_missed.py).
        answered = {raw.get("thread_ts") for raw in self._posts}
        post = self._one()
        if post is not None and post["ts"] not in answered and len(self._posts) > 3:
            self._gone.add(self._posts.index(post))
            await self._home.slack.delete(post)

    async def _mark(self) -> None:
        if (post := self._one()) is not None:
            await self._home.slack.react(self._home.jonas, post, self._random.choice(MARKS))

    async def _unmark(self) -> None:
        if (post := self._one()) is not None:
            sign = self._random.choice(MARKS)
            await self._home.slack.react(self._home.jonas, post, sign, on=False)


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


@pytest.mark.parametrize("seed", range(4))
async def test_trouble_changes_nothing_in_the_end(tmp_path: Path, seed: int) -> None:
    await agrees(tmp_path, seed)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 200))
async def test_a_hundred_troubled_runs_change_nothing_in_the_end(tmp_path: Path, seed: int) -> None:
    await agrees(tmp_path, seed)
