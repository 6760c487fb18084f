"""How long a test waits for what is to happen: no load of a machine reaches it. Or not at all."""

import asyncio
from collections.abc import Callable

LONGEST = 120.0
"""Seconds. Whatever has not happened by then never will."""


async def until(holds: Callable[[], object]) -> None:
    """Wait for what nothing tells of: it is looked at again and again."""
    async with asyncio.timeout(LONGEST):
        while not holds():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def no_time(seconds: float) -> None:
    """Wait for nothing."""
