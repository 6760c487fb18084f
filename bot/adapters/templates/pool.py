"""A template worker for each show: whose profile is slow makes nobody else wait."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from typing import Self

from bot.adapters.templates.client import TemplateWorker
from bot.core.model import Job

AT_ONCE = 4
"""Shows that are rendered at the same time; the next waits for its turn, one turn a show."""

KEPT = 8
"""Processes that are kept, some 20 MB each; the one that was used longest ago ends first."""


class TemplatePool:
    """The workers of all shows of one process."""

    def __init__(self, *, at_once: int = AT_ONCE, kept: int = KEPT, seconds: float = 2.0) -> None:
        self._turns = asyncio.Semaphore(at_once)
        self._kept = max(kept, at_once)
        self._seconds = seconds
        self._workers: OrderedDict[str, TemplateWorker] = OrderedDict()
        self._queues: dict[str, asyncio.Lock] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        while self._workers:
            await self._workers.popitem()[1].aclose()

    def of(self, show: str) -> "ShowTemplates":
        """Return the templates of a show."""
        return ShowTemplates(self, show)

    async def render(self, show: str, jobs: Sequence[Job]) -> list[str]:
        """Render a show's jobs in its own process; raises as TemplateWorker.render does."""
        queue = self._queues.setdefault(show, asyncio.Lock())
        async with queue, self._turns:
            worker = self._workers.pop(show, None) or TemplateWorker(seconds=self._seconds)
            self._workers[show] = worker
            try:
                return await worker.render(jobs)
            finally:
                await self._end_oldest()

    async def _end_oldest(self) -> None:
        """End processes beyond those that are kept, of shows that render nothing now."""
        while len(self._workers) > self._kept:
            idle = next((show for show in self._workers if not self._is_busy(show)), None)
            if idle is None:
                return
            self._queues.pop(idle, None)
            await self._workers.pop(idle).aclose()

    def _is_busy(self, show: str) -> bool:
        # One whose turn comes just now may hold a queue that was dropped a moment ago.
        queue = self._queues.get(show)
        return queue is not None and queue.locked()


class ShowTemplates:
    """What a show renders with. Fulfils ports.Templates."""

    def __init__(self, pool: TemplatePool, show: str) -> None:
        self._pool = pool
        self._show = show

    async def render(self, jobs: Sequence[Job]) -> list[str]:
        """Return each job's text, or raise TemplateError for the first that fails."""
        return await self._pool.render(self._show, jobs)
