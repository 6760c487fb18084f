"""Backfill channels after a gap; retry until it succeeds."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress

from bot.errors import RundownError
from bot.services.chat.backfill import Backfill, Caught
from bot.services.shows import Shows
from bot.services.watched_channels import Watched

_log = logging.getLogger(__name__)

BEAT = 20.0
"""Seconds between two notes that nothing was missed so far."""

PAUSES = (2.0, 10.0, 60.0, 300.0)
"""Seconds before what could not be read is tried again, each time longer."""

Say = Callable[[str, str], Awaitable[None]]
"""Says a text in a channel."""


class BackfillWorker:
    """Reads again the channels of one connection where its front says that something is missed.

    `owns` says which watched channels are the connection's, `is_connected` whether it tells now of
    all that happens.
    """

    def __init__(
        self,
        *,
        shows: Shows,
        backfill: Backfill,
        say: Say,
        owns: Callable[[Watched], bool],
        is_connected: Callable[[], bool],
        clock: Callable[[], int],
    ) -> None:
        self._shows = shows
        self._backfill = backfill
        self._say = say
        self._owns = owns
        self._is_connected = is_connected
        self._clock = clock
        self._due: dict[str, tuple[int, bool]] = {}  # channel: since when, whether asked for
        self._worker: asyncio.Task[None] | None = None
        self._beating: asyncio.Task[None] | None = None
        self._wake = asyncio.Event()
        self._resting = asyncio.Event()
        self._is_over = False
        shows.on_late_opening(self._opened)

    def stop(self) -> None:
        """Begin to read nothing more."""
        self._is_over = True

    async def aclose(self) -> None:
        """Stop; if nothing is left to be read, note that nothing was missed until now."""
        self.stop()
        self._shows.off_late_opening(self._opened)
        tasks = self.tasks()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if tasks and self.is_whole():
            await self._backfill.note_alive()

    def tasks(self) -> list["asyncio.Task[None]"]:
        """Return what runs by itself."""
        return [one for one in (self._worker, self._beating) if one is not None]

    def _opened(self, show: str) -> None:
        self.want(self._shows.channels.watched(show=show))

    async def wait_idle(self) -> None:
        """Wait until all is read that can be read now."""
        while self._worker is not None and not self._worker.done():
            if self._resting.is_set():
                return
            resting = asyncio.create_task(self._resting.wait())
            await asyncio.wait({self._worker, resting}, return_when=asyncio.FIRST_COMPLETED)
            resting.cancel()

    # --- when ----------------------------------------------------------------------------------

    @property
    def has_begun(self) -> bool:
        """Whether it is noted by now that nothing is missed."""
        return self._beating is not None

    def begin(self) -> None:
        """Note from now on, again and again, that nothing is missed."""
        self._start()  # also where nothing is to be read: it notes that nothing was missed
        if self._beating is None:
            self._beating = asyncio.create_task(self._beat())

    def want_all(self) -> None:
        """Read everything again: something could not be stored."""
        self.want(self._shows.channels.watched())

    def read_past(self, channel: str, since: int) -> None:
        """Read a channel's past, and say what came of it in any case."""
        self._due[channel] = (since, True)
        self._start()

    def want(self, channels: Iterable[Watched]) -> None:
        """Read what was missed in some channels."""
        for one in channels:
            if self._owns(one):
                self._due.setdefault(one.channel, (-1, False))
        if self._due:
            self._start()

    # --- how -----------------------------------------------------------------------------------

    def _start(self) -> None:
        if self._is_over:
            return
        self._wake.set()
        self._resting.clear()
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work())

    async def _work(self) -> None:
        failures = 0
        while self._due:
            channels = dict(self._due)
            self._due.clear()
            left = await self._read(channels)
            for channel, what in left.items():
                self._due.setdefault(channel, what)
            if left:
                await self._rest(PAUSES[min(failures, len(PAUSES) - 1)])
                failures += 1
            else:
                failures = 0
        if self.is_whole():
            await self._backfill.note_alive()

    async def _rest(self, seconds: float) -> None:
        """Wait before what could not be read is tried again, or until more is to be read."""
        self._wake.clear()
        self._resting.set()
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        self._resting.clear()

    async def _read(self, channels: dict[str, tuple[int, bool]]) -> dict[str, tuple[int, bool]]:
        """Read some channels; return those that could not be read yet."""
        alive = await self._backfill.alive()
        left = {}
        for channel, (since, asked) in channels.items():
            watched = self._shows.channels.of(channel)
            if watched is None:
                continue
            start = since if since >= 0 else alive if alive is not None else self._clock()
            try:
                caught = (await self._backfill.run([watched], since=start)).get(channel)
            except RundownError as error:
                _log.warning("not read yet", extra={"channel": channel, "cause": str(error)})
                left[channel] = (since, asked)
                continue
            except Exception:  # noqa: BLE001 - one channel shall not keep the others from it
                _log.exception("not read", extra={"channel": channel})
                continue
            if caught is not None and (caught or asked):
                await self._report(channel, caught)
        return left

    async def _report(self, channel: str, caught: Caught) -> None:
        desk = await self._shows.desk_for(channel)
        await self._say(channel, caught.report(desk.language))

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(BEAT)
            if self.is_whole():
                try:
                    await self._backfill.note_alive()
                except RundownError as error:
                    _log.warning("not noted", extra={"cause": str(error)})

    def is_whole(self) -> bool:
        """Return whether all that happens is told and stored."""
        busy = (
            self._worker is not None
            and not self._worker.done()
            and (self._worker is not asyncio.current_task())
        )
        return self._is_connected() and not self._due and not busy
