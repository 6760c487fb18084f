"""Two processes of `rundown run` on one PostgreSQL, and one that is killed while people talk.

The script of a seed (tests/chaos.py) is spread over two places, of which each process has one. It
is played calm, by an app in this process on SQLite, and rough: with the platform's troubles, and
one of the two processes killed at a random point, up to the middle of the draft.
"""

import asyncio
import random
from abc import ABC, abstractmethod
from asyncio.subprocess import Process
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from pathlib import Path
from typing import TypeVar

from tests.chaos import STEPS, Trouble
from tests.front import Home
from tests.patience import LONGEST
from tests.services.desk.house import git
from tests.services.desk.script import Script
from tests.storage.databases import OnServer

PATH = "_drafts/ep1.md"
T = TypeVar("T")
Post = TypeVar("Post")


class Spread(Script[tuple[int, Post]]):
    """A script whose messages are spread over the places of some others."""

    def __init__(self, seed: int, scripts: Sequence[Script[Post]]) -> None:
        super().__init__(seed)
        self._scripts = scripts
        self.deletes_replies = scripts[0].deletes_replies

    async def say(self, text: str, reply_to: tuple[int, Post] | None) -> tuple[int, Post]:
        number = self.random.randrange(len(self._scripts)) if reply_to is None else reply_to[0]
        said = await self._scripts[number].say(text, None if reply_to is None else reply_to[1])
        return number, said

    async def edit(self, post: tuple[int, Post], text: str) -> None:
        await self._scripts[post[0]].edit(post[1], text)

    async def delete(self, post: tuple[int, Post]) -> None:
        await self._scripts[post[0]].delete(post[1])

    async def mark(self, post: tuple[int, Post], sign: str, *, on: bool) -> None:
        await self._scripts[post[0]].mark(post[1], sign, on=on)


class TwoProcesses(ABC):
    """The processes that have two places of a platform."""

    def __init__(self, folder: Path, database: OnServer) -> None:
        self.folder = folder
        self.database = database
        self._stack = AsyncExitStack()
        self._running: dict[int, Process] = {}

    @abstractmethod
    def process(self, number: int) -> AbstractAsyncContextManager[Process]:
        """Run the process that has a place, once it is connected."""

    @abstractmethod
    async def draft(self, place: int) -> None:
        """Give `/draft` in a place."""

    @abstractmethod
    async def preview(self, place: int) -> str:
        """Return the file as `/preview` shows it in a place."""

    async def start(self, number: int) -> None:
        self._running[number] = await self._stack.enter_async_context(self.process(number))

    async def kill(self, number: int) -> None:
        process = self._running.pop(number)
        process.kill()
        await process.wait()
        await self.database.forget(process.pid)

    async def stop(self) -> None:
        """Stop both, as their supervisors do."""
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            async with asyncio.timeout(LONGEST):
                _, errors = await process.communicate()
            assert process.returncode == 0, errors.decode()

    async def aclose(self) -> None:
        await self._stack.aclose()


class Kill:
    """Kills one of the processes at a random point of the script, and starts it again later."""

    def __init__(self, two: TwoProcesses, seed: int) -> None:
        self._two = two
        self._chance = random.Random(f"kill {seed}")  # noqa: S311 - to be the same each time
        self._victim = self._chance.randrange(2)
        self._at = self._chance.randrange(STEPS + 5)  # in the draft, if behind the last step
        self._again = min(self._at + self._chance.randrange(1, 15), STEPS - 1)

    async def after(self, step: int) -> None:
        if step == self._at:
            await asyncio.sleep(self._chance.uniform(0, 0.5))
            await self._two.kill(self._victim)
        if step == self._again and self._at < STEPS:
            await self._two.start(self._victim)
        await asyncio.sleep(self._chance.uniform(0, 0.05))

    async def while_drafting(self) -> None:
        """Draft; if the kill is due only now, in the middle of it."""
        if self._at < STEPS:
            return
        drafting = asyncio.create_task(self._two.draft(1 - self._victim))
        own = asyncio.create_task(self._two.draft(self._victim))
        await asyncio.sleep(self._chance.uniform(0, 1))
        await self._two.kill(self._victim)
        await asyncio.gather(drafting)
        own.cancel()
        await asyncio.gather(own, return_exceptions=True)
        await self._two.start(self._victim)


async def calm(
    home: Home,
    script: Script[Post],
    settled: Callable[[], Awaitable[None]],
    draft: Callable[[], Awaitable[object]],
) -> str:
    """Play a script in peace; return the file of its draft."""
    for _ in range(STEPS):
        await script.step()
        await settled()
    assert await draft()
    return home.committed(PATH)


async def rough(
    two: TwoProcesses,
    script: Script[Post],
    troubles: Sequence[Trouble[object]],
    *,
    seed: int,
    expected: str,
) -> None:
    """Play a script in trouble; in the end its draft is the one expected, made once."""
    kill = Kill(two, seed)
    for step in range(STEPS):
        await script.step()
        for trouble in troubles:
            await trouble.strike()
        await kill.after(step)
    for trouble in troubles:
        await trouble.end()
    await kill.while_drafting()
    for place in (0, 1):
        await _until(two, place, expected)
    await two.draft(0)
    await two.draft(1)
    await two.stop()
    site = two.folder / "site"
    assert git(site, "show", f"HEAD:{PATH}") == expected
    ids = [
        line
        for line in git(site, "log", "--format=%B").splitlines()
        if line.startswith("Rundown-Draft:")
    ]
    assert ids
    assert len(ids) == len(set(ids))


async def _until(two: TwoProcesses, place: int, expected: str) -> None:
    """Wait until the file that is shown in a place is the one expected."""
    shown = ""
    try:
        async with asyncio.timeout(LONGEST):
            while expected.strip() not in shown:
                shown = await two.preview(place)
                await asyncio.sleep(0.2)
    except TimeoutError:
        raise AssertionError(f"shown is\n{shown}\nand expected\n{expected}") from None
