"""Taking in what must not be lost: what fails is read again later, and stopping waits for it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.errors import RundownError

_log = logging.getLogger(__name__)


class Intake:
    """Does work that stores what happened; `missed` is told where some of it failed."""

    def __init__(self, missed: Callable[[], None]) -> None:
        self._missed = missed
        self._busy: set[asyncio.Future[None]] = set()

    def tasks(self) -> list["asyncio.Future[None]"]:
        """Return what is being taken in."""
        return list(self._busy)

    async def finish(self, seconds: float) -> None:
        """Wait for what is being taken in, but not longer than that."""
        if self._busy:
            await asyncio.wait(self._busy, timeout=seconds)

    async def take(self, work: Awaitable[None]) -> None:
        """Do something that must not be lost: what fails is read again later."""
        task = asyncio.ensure_future(work)
        self._busy.add(task)
        task.add_done_callback(self._busy.discard)
        try:
            await task
        except RundownError as error:
            _log.warning("not taken in yet", extra={"cause": str(error)})
            self._missed()
        except Exception:  # noqa: BLE001 - whatever it is, it is logged, and read again
            _log.exception("not taken in")
            self._missed()
