"""Who is at an episode's file: one at a time, over all processes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.services.event_log import EventLog
from bot.services.ports import Store
from bot.services.tasks import Locks


class FileLocks:
    """Locks by episode; whoever holds one knows all that was stored before."""

    def __init__(self, store: Store, log: EventLog) -> None:
        self._store = store
        self._log = log
        self._locks = Locks()

    @asynccontextmanager
    async def of(self, episode: str) -> AsyncIterator[None]:
        """Hold the lock of an episode; raise StoreBusy where another process does not let go."""
        async with self._locks.of(episode), self._store.exclusive(f"file {episode}") as is_shared:
            if is_shared:
                await self._log.refresh(episode)
            yield
