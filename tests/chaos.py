"""Whatever the network does, in the end the draft is what an undisturbed run gives.

A seed makes a script (what people do) and its troubles. The script is played twice: as it is, and
with the troubles of its platform between the steps. tests/cogs/test_chaos.py and
tests/slack/test_chaos.py say what those are.
"""

import asyncio
import random
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import ClassVar, Generic, TypeVar

from tests.front import Home
from tests.patience import LONGEST
from tests.services.desk.script import Script

STEPS = 40

H = TypeVar("H", bound=Home)
Post = TypeVar("Post")


class Trouble(ABC, Generic[H]):
    """What goes wrong between two steps."""

    kinds: ClassVar[dict[str, int]]
    """What may happen, each with its weight."""

    def __init__(self, home: H, seed: int) -> None:
        self.home = home
        self.random = random.Random(f"trouble {seed}")  # noqa: S311 - to be the same each time
        self.begin()

    async def strike(self) -> None:
        (kind,) = self.random.choices(list(self.kinds), list(self.kinds.values()))
        if kind == "kill":
            await self.home.kill()
            await self.home.start()
        else:
            await self.cause(kind)
        await self.let_go()

    @abstractmethod
    def begin(self) -> None:
        """Have requests refused from now on."""

    @abstractmethod
    async def cause(self, kind: str) -> None:
        """Do one of `kinds`."""

    @abstractmethod
    async def let_go(self) -> None:
        """Now and then, let go what was held back, out of order."""

    @abstractmethod
    async def end(self) -> None:
        """Make an end to all trouble, and wait until the app is connected."""


class Chaos(ABC, Generic[H, Post]):
    """Plays scripts on one platform."""

    def __init__(
        self,
        front: Callable[[Path], AbstractAsyncContextManager[H]],
        script: Callable[[H, int], Script[Post]],
        trouble: Callable[[H, int], Trouble[H]],
    ) -> None:
        self._front = front
        self._script = script
        self._trouble = trouble

    @abstractmethod
    async def draft(self, home: H) -> str:
        """Give `/draft`; return what it says."""

    async def agrees(self, folder: Path, seed: int) -> None:
        """Play a seed's script calm and troubled: both give the same."""
        async with asyncio.timeout(LONGEST):
            async with self._front(folder / "calm") as home:
                calm = await self._calm(home, seed)
            async with self._front(folder / "rough") as home:
                assert await self._rough(home, seed) == calm

    async def _calm(self, home: H, seed: int) -> str:
        script = self._script(home, seed)
        for _ in range(STEPS):
            await script.step()
            await home.settled()
        return await self._end(home)

    async def _rough(self, home: H, seed: int) -> str:
        script = self._script(home, seed)
        trouble = self._trouble(home, seed)
        for _ in range(STEPS):
            await script.step()
            await trouble.strike()
        await trouble.end()
        return await self._end(home)

    async def _end(self, home: H) -> str:
        await home.settled()
        assert await self.draft(home)
        return await home.body()
