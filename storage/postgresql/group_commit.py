"""Appends that are asked for at the same time, stored in one transaction.

The first goes out at once. What comes while it is under way gathers, and goes out together when it
is done: one trip to the server and one write to its disk for all of them. Each is answered once its
own transaction is on the disk, no sooner than if it had gone alone.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from bot.errors import StoreBusy
from storage.rows import Row

MOST_ROWS = 1_000
"""How many rows a transaction takes of several appends; an append is never divided."""


@dataclass(frozen=True, slots=True)
class Append:
    """Rows to be stored all or none, and the shows whose they are."""

    rows: Sequence[Row]
    shows: frozenset[str]


Places = dict[str, int]
"""Places of rows in the log, by key."""

Store = Callable[[Sequence[Append]], Awaitable[Places]]
"""Stores the rows of some appends whose key is new, all or none; returns their places."""

_Waiting = tuple[Append, "asyncio.Future[Places]"]


class GroupCommit:
    """What is to be appended by one process."""

    def __init__(self, store: Store, rest: Callable[[], Awaitable[None]]) -> None:
        self._store = store
        self._rest = rest  # called when nothing waits any more
        self._waiting: list[_Waiting] = []
        self._task: asyncio.Task[None] | None = None

    async def append(self, append: Append) -> Places:
        """Store the rows whose key is new; return the places of those."""
        stored: asyncio.Future[Places] = asyncio.get_running_loop().create_future()
        self._waiting.append((append, stored))
        if self._task is None:
            self._task = asyncio.create_task(self._drain())
        return await stored

    async def wait_idle(self) -> None:
        """Wait until what went out is answered, also where nobody waits for it any more."""
        while self._task is not None:
            with suppress(asyncio.CancelledError):
                await asyncio.wait([self._task])

    async def _drain(self) -> None:
        try:
            while batch := self._take():
                await self._commit(batch)
                await asyncio.sleep(0)  # whoever was answered may have more, for the next one
        finally:
            self._task = None
            for _, stored in self._waiting:
                stored.cancel()
            await self._rest()

    def _take(self) -> list[_Waiting]:
        """Take what goes out next, the first come first, without what was cancelled meanwhile."""
        batch: list[_Waiting] = []
        rows = taken = 0
        for each in self._waiting:
            rows += len(each[0].rows)
            if batch and rows > MOST_ROWS:
                break
            taken += 1
            if not each[1].cancelled():
                batch.append(each)
        del self._waiting[:taken]
        return batch

    async def _commit(self, batch: Sequence[_Waiting]) -> None:
        try:
            places = await self._store([append for append, _ in batch])
        except Exception as error:  # noqa: BLE001 - told to each of those who wait for it
            # It may be about one of them; that the server is away is about all.
            if len(batch) == 1 or isinstance(error, StoreBusy) or _is_away(error):
                for _, stored in batch:
                    _fail(stored, error)
                return
            for each in batch:
                await self._commit([each])
            return
        except BaseException:
            for _, stored in batch:
                stored.cancel()  # we are stopped, and nobody knows whether they are stored
            raise
        for append, stored in batch:
            # A key that two of them have is the first one's: it is taken out.
            own = {row.key: places.pop(row.key) for row in append.rows if row.key in places}
            if not stored.done():
                stored.set_result(own)


def _is_away(error: Exception) -> bool:
    return getattr(error, "name", "") == "store.away"


def _fail(stored: "asyncio.Future[Places]", error: Exception) -> None:
    if not stored.done():
        stored.set_exception(error)
