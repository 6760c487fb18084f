"""Storing what must not be lost: what fails is read again later, and stopping waits for it."""

import logging
from collections.abc import Callable, Coroutine
from typing import Any

from bot.errors import RundownError
from bot.services.tasks import BackgroundTasks

_log = logging.getLogger(__name__)


class Intake:
    """Does the work that stores what happened; `failed` is called where some of it failed."""

    def __init__(self, failed: Callable[[], None]) -> None:
        self._failed = failed
        self._tasks = BackgroundTasks[None]("intake")

    def tasks(self) -> "BackgroundTasks[None]":
        """Return what is being stored."""
        return self._tasks

    async def finish(self, seconds: float) -> None:
        """Wait for what is being stored, but not longer than that."""
        await self._tasks.wait_idle(seconds)

    async def take(self, work: Coroutine[Any, Any, None]) -> None:
        """Store something; return when that is done, or has failed and will be read again."""
        await self._tasks.start(self._take(work))

    async def _take(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except RundownError as error:
            _log.warning("not stored yet", extra={"cause": str(error)})
            self._failed()
        except Exception:  # noqa: BLE001 - whatever it is, it is logged, and read again
            _log.exception("not stored")
            self._failed()
