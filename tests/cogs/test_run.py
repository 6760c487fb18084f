"""A connection to Discord that breaks down is made anew, the sooner the longer it held."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from cogs import run as module

MINUTE = 60_000_000


async def pauses(monkeypatch: pytest.MonkeyPatch, held: list[int]) -> list[float]:
    """Return the pauses after connections that held for so many minutes each."""
    now, waited, stop = [0], [], asyncio.Event()

    async def once(bot: Any, token: str, stop: asyncio.Event) -> BaseException | None:
        now[0] += held[len(waited)] * MINUTE
        return ConnectionError("closed")

    async def wait_for(event: asyncio.Event, seconds: float) -> bool:
        waited.append(seconds)
        if len(waited) == len(held):
            stop.set()
        return stop.is_set()

    async def opened(store: Any) -> None:
        return None

    class Bot:
        room = is_well = None

        def __init__(self, *_: Any, **__: Any) -> None:
            pass

    class Backend:
        store = SimpleNamespace(shards=None)

        @staticmethod
        def clock() -> int:
            return now[0]

    monkeypatch.setattr(module, "_once", once)
    monkeypatch.setattr(module, "wait_for", wait_for)
    monkeypatch.setattr(module, "RundownBot", Bot)
    monkeypatch.setattr(module, "move_to", lambda api: None)
    monkeypatch.setattr(module.PostedPanels, "open", opened)
    backend: Any = Backend()
    nothing: Any = lambda _: None  # noqa: E731
    await module.run(backend, token="x", api=None, stop=stop, rooms=nothing, states=nothing)
    return waited


async def test_after_healthy_minutes_the_first_pause_comes_again(monkeypatch) -> None:
    assert await pauses(monkeypatch, [11, 600, 11]) == [1, 1, 1]


async def test_a_connection_that_never_holds_is_tried_ever_later(monkeypatch) -> None:
    assert await pauses(monkeypatch, [0, 0, 1, 0, 0, 0]) == [1, 2, 5, 15, 60, 60]


async def test_after_trouble_a_healthy_connection_makes_the_next_pause_short(monkeypatch) -> None:
    assert await pauses(monkeypatch, [0, 0, 0, 11, 0]) == [1, 2, 5, 1, 2]
