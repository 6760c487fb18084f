"""A real store whose calls fail once each: for each task that runs by itself, at each place."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Collection
from typing import Any

from bot.errors import StoreError
from storage.store import SqliteStore

METHODS = (
    "append", "events", "talk", "lifecycle", "field_events", "episode_of", "put_lookups",
    "lookups", "put_people", "people", "state", "put_state", "drop_state", "put_draft",
    "drop_draft", "drafts", "erase", "prune", "scrub", "scrub_due",
)  # fmt: skip


class Faults:
    """Has every store call of some tasks fail the first time that it is made.

    A task is known by its coroutine's name, a call by its place in the code; `seen` has each that
    failed.
    """

    def __init__(self, tasks: Collection[str]) -> None:
        self._tasks = tasks
        self.seen: set[tuple[str, str, int]] = set()

    def arm(self, store: SqliteStore) -> None:
        for name in METHODS:
            setattr(store, name, self._failing(getattr(store, name)))

    def _failing(self, call: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        def made(*values: Any, **named: Any) -> Awaitable[Any]:
            caller = sys._getframe(1)
            return self._call(call, (caller.f_code.co_filename, caller.f_lineno), values, named)

        return made

    async def _call(
        self,
        call: Callable[..., Awaitable[Any]],
        place: tuple[str, int],
        values: tuple[Any, ...],
        named: dict[str, Any],
    ) -> Any:
        task = asyncio.current_task()
        coroutine: Any = task.get_coro() if task is not None else None
        name = getattr(coroutine, "__qualname__", "")
        if name in self._tasks and (name, *place) not in self.seen:
            self.seen.add((name, *place))
            raise StoreError("store.cannot-open", file="rundown.db")
        return await call(*values, **named)

    def of(self, task: str) -> int:
        """Return at how many places of a task a call failed."""
        return sum(name == task for name, _, _ in self.seen)
