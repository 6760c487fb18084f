"""Background tasks, and the pauses between attempts."""

import asyncio
import logging
import math
import time
from collections.abc import (
    Awaitable,
    Callable,
    Coroutine,
    Hashable,
    Iterable,
    Iterator,
    Sequence,
)
from contextlib import suppress
from typing import Any, Generic, TypeVar
from weakref import WeakValueDictionary

from bot.errors import RundownError

_log = logging.getLogger(__name__)

T = TypeVar("T")

AGAIN = 1.0
"""Seconds after which a task that was cut off and goes on is cancelled once more."""


class BackgroundTasks(Generic[T]):
    """Tasks in the background. One that fails is logged; all are cancelled on close.

    A task may be kept under a key; each key has at most one task at a time. With `awaited`, whoever
    starts them awaits them as well, and hears there of one that fails.
    """

    def __init__(self, name: str, *, awaited: bool = False) -> None:
        self._name = name
        self._is_awaited = awaited
        self._tasks: dict[Hashable, asyncio.Task[T]] = {}

    def start(self, work: Coroutine[Any, Any, T]) -> "asyncio.Task[T]":
        """Run a coroutine in the background."""
        return self.ensure(object(), lambda: work)

    def ensure(
        self, key: Hashable, work: Callable[[], Coroutine[Any, Any, T]]
    ) -> "asyncio.Task[T]":
        """Return the task that runs under a key; start it with `work()` where there is none."""
        task = self._tasks.get(key)
        if task is None or task.done():
            task = self._tasks[key] = asyncio.create_task(work())
            task.add_done_callback(lambda done: self._end(key, done))
        return task

    def _end(self, key: Hashable, done: "asyncio.Task[T]") -> None:
        if self._tasks.get(key) is done:
            del self._tasks[key]
        if self._is_awaited or done.cancelled():
            return
        if (error := done.exception()) is not None:
            _log.error("a background task failed", extra={"task": self._name}, exc_info=error)

    def __iter__(self) -> "Iterator[asyncio.Task[T]]":
        """Iterate over the tasks that run now."""
        return iter([task for task in self._tasks.values() if not task.done()])

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, key: Hashable) -> bool:
        """Return whether a task runs under a key."""
        task = self._tasks.get(key)
        return task is not None and not task.done()

    async def wait_idle(self, seconds: float | None = None) -> None:
        """Wait until no task runs, also none that was started meanwhile; `seconds` at most.

        Not for a task of this set: it would wait for itself.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while running := list(self):
                    await asyncio.wait(running)

    async def cancel(self, keys: Iterable[Hashable]) -> None:
        """Cancel the tasks under some keys, and wait until they have ended."""
        await _cancelled([self._tasks[key] for key in keys if key in self])

    async def aclose(self) -> None:
        """Cancel all tasks, also those that a cancelled one starts; wait until they have ended."""
        while running := list(self):
            await _cancelled(running)


async def cut_off(tasks: "Iterable[asyncio.Future[Any]]") -> None:
    """Cancel tasks that run code of others until all have ended: one cancellation may be lost.

    Up to Python 3.11 `asyncio.wait_for` does not hear of one in the moment in which it is done
    (https://github.com/python/cpython/issues/86296), and discord.py connects by it.
    """
    all_tasks = left = set(tasks)
    while left:
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=AGAIN)
    await asyncio.gather(*all_tasks, return_exceptions=True)


async def _cancelled(tasks: "Sequence[asyncio.Task[Any]]") -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def aside(work: Callable[[], T], *, when: object) -> T:
    """Do some work in a thread of its own `when` it may take its time, else at once."""
    return await asyncio.to_thread(work) if when else work()


class Backoff:
    """The pauses between attempts: one after the other, then the last one again and again.

    All times are in seconds. An attempt that held for longer than `healthy` starts them over.
    """

    def __init__(self, pauses: Sequence[float], *, healthy: float = math.inf) -> None:
        self._pauses = tuple(pauses)
        self._healthy = healthy
        self._used = 0

    def next(self, *, held: float = 0.0) -> float:
        """Return the pause before the next attempt; `held` is how long the last one held."""
        if held > self._healthy:
            self.reset()
        pause = self._pauses[min(self._used, len(self._pauses) - 1)]
        self._used += 1
        return pause

    def reset(self) -> None:
        """Start over, as an attempt succeeded."""
        self._used = 0


RETRY_PAUSES = (0.1, 1.0, 5.0, 30.0, 120.0)
"""Seconds before background work that failed is tried again, each time longer."""

LASTING = 300.0
"""Seconds after which work that still fails is no passing trouble: the bot is not well."""


class Supervisor:
    """Keeps background work going: what fails is logged and tried again, and told of when it lasts.

    `timer` gives seconds that only grow; a clock that people set would not do.
    """

    def __init__(self, *, timer: Callable[[], float] = time.monotonic) -> None:
        self._timer = timer
        self._failing: dict[str, float] = {}

    async def persist(self, name: str, work: Callable[[], Awaitable[T]]) -> T:
        """Return what some work gives; do it again, after ever longer pauses, until it succeeds."""
        backoff = Backoff(RETRY_PAUSES)
        while True:
            try:
                result = await work()
            except Exception as error:  # noqa: BLE001 - whatever it is, the work is still to be done
                self.failed(name, error)
                await asyncio.sleep(backoff.next())
            else:
                self.succeeded(name)
                return result

    def failed(self, name: str, error: Exception) -> None:
        """Note that some work failed, and will be tried again."""
        self._failing.setdefault(name, self._timer())
        if isinstance(error, RundownError):
            _log.warning("to be tried again", extra={"task": name, "cause": str(error)})
        else:
            _log.error("to be tried again", extra={"task": name}, exc_info=error)

    def succeeded(self, name: str) -> None:
        """Note that some work is done."""
        self._failing.pop(name, None)

    def lasting(self) -> list[str]:
        """Return the work that has been failing for LASTING and longer, by name."""
        now = self._timer()
        return sorted(name for name, since in self._failing.items() if now - since >= LASTING)

    def is_well(self) -> bool:
        """Return whether nothing has been failing for long."""
        return not self.lasting()


async def wait_for(event: asyncio.Event, seconds: float | None) -> bool:
    """Wait for an event, `seconds` at most (None: without end); return whether it is set."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
    return event.is_set()


async def do_until(
    event: asyncio.Event, work: Coroutine[Any, Any, object], *, seconds: float | None = None
) -> bool:
    """Do some work until an event is set, `seconds` at most; return whether it was done by then."""
    doing = asyncio.create_task(work)
    waiting = asyncio.create_task(event.wait())
    try:
        await asyncio.wait({doing, waiting}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        await _cancelled([doing, waiting])
    if doing.cancelled():
        return False
    doing.result()
    return True


class Locks:
    """A lock for each name, as long as somebody holds it or waits for it."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def of(self, name: str) -> asyncio.Lock:
        """Return the lock of a name."""
        lock = self._locks.get(name)
        if lock is None:
            lock = self._locks[name] = asyncio.Lock()
        return lock
