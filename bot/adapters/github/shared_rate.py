"""GitHub's limits where several processes use one token: they count together, in their database."""

import json
import logging

from bot.adapters.github.rate_limit import RateLimiter, Time
from bot.errors import StoreError
from bot.services.ports import Elsewhere, Store
from bot.services.tasks import BackgroundTasks, Supervisor

_log = logging.getLogger(__name__)

WRITES, HELD = "github writes", "github held"
"""Where the store has when GitHub was written to, and until when it wants to be asked nothing."""

_NAME = "token"
_TURN = "github rate"


class SharedRateLimiter(RateLimiter):
    """Lets writes of all processes through as fast as GitHub allows, and has all wait together.

    While the database is away, each counts for itself: nothing is drafted then anyway.
    """

    def __init__(self, time: Time, *, store: Store, supervisor: Supervisor, **most: int) -> None:
        super().__init__(time, **most)
        self._store = store
        self._supervisor = supervisor
        self._tasks = BackgroundTasks[None]("GitHub's rate")
        store.follow(self._follow)
        self._tasks.start(supervisor.persist(_TURN, self._read_held))

    async def aclose(self) -> None:
        """Stop telling the others, and hearing of them."""
        await self._tasks.aclose()

    def hold(self, seconds: float) -> None:
        """Let nothing through for so long, in any of the processes."""
        super().hold(seconds)
        self._tasks.start(self._supervisor.persist(_TURN, self._tell_held))

    async def _take(self) -> float:
        try:
            async with self._store.exclusive(_TURN):
                await self._read_held()
                await self._read_writes()
                if (wait := await super()._take()) <= 0:
                    ahead = await self._ahead()
                    writes = json.dumps([at + ahead for at in self._writes])
                    await self._store.put_state(WRITES, _NAME, writes)
                return wait
        except StoreError as error:
            _log.warning("GitHub's rate is not shared", extra={"cause": str(error)})
            return await super()._take()

    async def _ahead(self) -> float:
        """Return how far the database's clock is ahead of ours: what is kept goes by that one."""
        return await self._store.now() - self._time.now()

    async def _read_writes(self) -> None:
        kept = json.loads((await self._store.state(WRITES)).get(_NAME, "[]"))
        ahead = await self._ahead()
        self._writes.clear()
        self._writes.extend(at - ahead for at in kept)

    async def _read_held(self) -> None:
        until = float((await self._store.state(HELD)).get(_NAME, "0"))
        super().hold(until - await self._store.now())

    async def _tell_held(self) -> None:
        until = self._not_before + await self._ahead()
        await self._store.put_state(HELD, _NAME, str(until))

    def _follow(self, change: Elsewhere) -> None:
        if change.all or HELD in change.areas:
            self._tasks.start(self._supervisor.persist(_TURN, self._read_held))
