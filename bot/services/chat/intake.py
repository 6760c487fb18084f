"""Storing what must not be lost: what fails is read again later, and stopping waits for it."""

import logging
from collections.abc import Callable, Coroutine
from typing import Any

from bot.errors import RundownError
from bot.services.tasks import BackgroundTasks

_log = logging.getLogger(__name__)


class Intake:
    """Stores what happened; `failed` is called with the channel where that went wrong."""

    def __init__(self, failed: Callable[[str], None]) -> None:
        self._failed = failed
        self._tasks = BackgroundTasks[None]("intake")

    def tasks(self) -> "BackgroundTasks[None]":
        """Return what is being stored."""
        return self._tasks

    async def finish(self, seconds: float) -> None:
        """Wait for what is being stored, but not longer than that."""
        await self._tasks.wait_idle(seconds)

    async def take(self, channel: str, work: Coroutine[Any, Any, None]) -> None:
        """Store something of a channel; return when that is done, or the channel will be read."""
        await self._tasks.start(self._take(channel, work))

    async def _take(self, channel: str, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except RundownError as error:
            _log.warning("not stored yet", extra={"channel": channel, "cause": str(error)})
            self._failed(channel)
        except Exception:  # noqa: BLE001 - whatever it is, it is logged, and read again
            _log.exception("not stored", extra={"channel": channel})
            self._failed(channel)
