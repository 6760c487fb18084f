"""Backfill channels after a gap; retry until it succeeds."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from bot.errors import ChatClosed, RundownError, StoreError
from bot.services.chat.backfill import Backfill, Caught
from bot.services.chat.backfill_state import BackfillState
from bot.services.shows import Shows
from bot.services.tasks import BackgroundTasks, Backoff, Supervisor, wait_for
from bot.services.watched_channels import Watched

_log = logging.getLogger(__name__)

BEAT = 20.0
"""Seconds between two notes that nothing was missed so far."""

PAUSES = (2.0, 10.0, 60.0, 300.0)
"""Seconds before what could not be read is tried again, each time longer."""

AT_ONCE = 4
"""Channels that are read at the same time."""

POLL = 0.05
"""Seconds between two looks whether a channel that fails rests again."""

SECOND_PASS = 60.0
"""Seconds after which the second pass begins; a command in a channel has it read at once."""

SECOND_PASS_PAUSE = 10.0
"""Seconds between two channels of the second pass."""

Say = Callable[[str, str], Awaitable[None]]
"""Says a text in a channel."""


@dataclass(frozen=True, slots=True)
class Due:
    """A channel that is to be read: since when (None: since the gap), and whether at a wish."""

    since: int | None = None
    asked: bool = False


class BackfillWorker:
    """Reads the channels of one connection where its front says that something was missed.

    `owns` says which watched channels are the connection's, `hears` whether it tells now of all
    that happens in one. Each channel has its own attempts, so that one which fails holds up no
    other.
    """

    def __init__(
        self,
        *,
        shows: Shows,
        backfill: Backfill,
        state: BackfillState,
        say: Say,
        owns: Callable[[Watched], bool],
        hears: Callable[[Watched], bool],
        clock: Callable[[], int],
        supervisor: Supervisor,
    ) -> None:
        self._shows = shows
        self._backfill = backfill
        self._state = state
        self._say = say
        self._owns = owns
        self._hears = hears
        self._clock = clock
        self._supervisor = supervisor
        self._due: dict[str, Due] = {}
        self._reading = BackgroundTasks[None]("backfill")
        self._resting: dict[str, asyncio.Event] = {}  # channels that failed: set to try now
        self._passes = BackgroundTasks[None]("second pass")
        self._beating = BackgroundTasks[None]("heartbeat")
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._is_over = False
        shows.on_late_opening(self._opened)

    def stop(self) -> None:
        """Begin to read nothing more."""
        self._is_over = True

    async def aclose(self) -> None:
        """Stop; if nothing is left to be read, note that nothing was missed until now."""
        self.stop()
        self._shows.off_late_opening(self._opened)
        is_whole = self.has_begun and self.is_whole()
        for tasks in (self._passes, self._beating, self._reading):
            await tasks.aclose()
        if is_whole:
            await self._note_whole()

    def tasks(self) -> list["asyncio.Task[None]"]:
        """Return what runs by itself."""
        return [*self._reading, *self._passes, *self._beating]

    def _opened(self, show: str) -> None:
        self.want(self._shows.channels.watched(show=show))

    async def wait_idle(self) -> None:
        """Wait until all is read that can be read now."""
        while busy := [task for task in self._reading if task.get_name() not in self._resting]:
            await asyncio.wait(busy, timeout=POLL)

    # --- when ----------------------------------------------------------------------------------

    @property
    def has_begun(self) -> bool:
        """Whether it is noted by now that nothing is missed."""
        return "beat" in self._beating

    def begin(self) -> None:
        """Note from now on, every BEAT, that nothing is missed."""
        if not self._is_over:
            self._beating.ensure("beat", self._beat)
            self._passes.ensure("second pass", self._second_pass)

    def want(self, channels: Iterable[Watched]) -> None:
        """Read what was missed in some channels."""
        for one in channels:
            if self._owns(one):
                self._read(one.channel, Due())

    def want_channel(self, channel: str) -> None:
        """Read what was missed in a channel: something of it could not be stored."""
        watched = self._shows.channels.of(channel)
        if watched is not None:
            self.want([watched])

    def read_past(self, channel: str, since: int) -> None:
        """Read a channel's past, and say what came of it in any case."""
        self._read(channel, Due(since, asked=True))

    async def owe(self, channel: str, since: int | None = None) -> None:
        """Note that from now on, or since a time, a channel is not heard: it is read later."""
        await self._state.owe(channel, self._clock() if since is None else since)

    async def is_owed(self, channel: str) -> bool:
        """Return whether something is left to be read of a channel."""
        return channel in await self._state.owed()

    def owns(self, watched: Watched) -> bool:
        """Return whether a channel is one of the connection's."""
        return self._owns(watched)

    async def complete(self, channels: Iterable[Watched], *, seconds: float) -> list[str]:
        """Read what is left of some channels, `seconds` at most; return those still not read.

        What is missed while a connection is not there is read once it is: that is waited for.
        """
        ours = [one for one in channels if self._owns(one)]
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._read_all_of(ours)
        return [
            one.channel for one in ours if not self._hears(one) or await self._is_left(one.channel)
        ]

    async def _read_all_of(self, ours: Sequence[Watched]) -> None:
        """Wait until some channels are heard, then read what is left of them."""
        while not all(map(self._hears, ours)):  # noqa: ASYNC110 - both fronts only answer
            await asyncio.sleep(POLL)
        if left := [one.channel for one in ours if await self._is_left(one.channel)]:
            await asyncio.wait([self._complete(one) for one in left])

    async def _is_left(self, channel: str) -> bool:
        is_busy = channel in self._due or channel in self._reading
        return is_busy or channel in await self._state.owed()

    # --- how -----------------------------------------------------------------------------------

    def _read(self, channel: str, due: Due) -> None:
        before = self._due.get(channel)
        if before is None or (due.asked and not before.asked):
            self._due[channel] = due
        if channel in self._resting:
            self._resting[channel].set()
        if not self._is_over:
            self._reading.ensure(channel, lambda: self._work(channel)).set_name(channel)

    async def _work(self, channel: str) -> None:
        backoff = Backoff(PAUSES)
        while channel in self._due:
            due = self._due.pop(channel)
            try:
                async with self._turns:
                    await self._attempt(channel, due)
            except Exception as error:  # noqa: BLE001 - it is read later, whatever it was
                self._note_failure(channel, error)
                self._due.setdefault(channel, due)
                await self._rest(channel, backoff.next())
            else:
                self._supervisor.succeeded(f"backfill {channel}")
            if channel not in self._due and self.is_whole(but=channel):
                await self._note_whole()

    def _note_failure(self, channel: str, error: Exception) -> None:
        """Log that a channel could not be read; only what is our own fault is told of as ill."""
        if isinstance(error, RundownError) and not isinstance(error, StoreError):
            _log.warning("not read yet", extra={"channel": channel, "cause": str(error)})
        else:
            self._supervisor.failed(f"backfill {channel}", error)

    async def _note_whole(self) -> None:
        """Note that nothing was missed; where that fails, the next beat does."""
        try:
            await self._state.note_alive(self._clock())
        except RundownError as error:
            self._supervisor.failed("heartbeat", error)
        else:
            self._supervisor.succeeded("heartbeat")

    async def _rest(self, channel: str, seconds: float) -> None:
        """Wait before a channel is tried again, or until it is wanted once more."""
        woken = self._resting[channel] = asyncio.Event()
        await wait_for(woken, seconds)
        self._resting.pop(channel, None)

    async def _attempt(self, channel: str, due: Due) -> None:
        if self._shows.channels.of(channel) is None:
            await self._state.pay(channel)
        elif due.since is not None:
            outcome = await self._backfill.read_all(channel, since=due.since)
            await self._report(channel, outcome.caught, asked=due.asked)
        else:
            await self._catch_up(channel)

    async def _catch_up(self, channel: str) -> None:
        """Read what is new; what else may have changed is left for the second pass."""
        alive, now = await self._state.alive(), self._clock()
        if alive is not None and alive > now:
            # The clock was ahead when that was noted: what the platform told last is sure.
            alive = await self._backfill.newest_known(channel)
        since = now if alive is None else min(alive, now)
        since = min(since, (await self._state.owed()).get(channel, since))
        try:
            outcome = await self._backfill.catch_up(channel, since=since)
        except ChatClosed as error:
            # It stays as it is known, and is read from here on when it can be.
            _log.info("left as it is", extra={"channel": channel, "cause": str(error)})
            await self._state.owe(channel, since)
            return
        if outcome.is_whole:
            await self._state.pay(channel)
        else:
            await self._state.owe(channel, since)
        await self._report(channel, outcome.caught, asked=False)

    async def _second_pass(self) -> None:
        """Read what is left of each channel, slowly."""
        while True:
            await asyncio.sleep(SECOND_PASS)
            for channel in list(await self._supervisor.persist("second pass", self._state.owed)):
                watched = self._shows.channels.of(channel)
                if watched is None or self._hears(watched):
                    await self._complete(channel)
                    await asyncio.sleep(SECOND_PASS_PAUSE)

    def _complete(self, channel: str) -> "asyncio.Task[None]":
        return self._passes.ensure(channel, lambda: self._read_rest(channel))

    async def _read_rest(self, channel: str) -> None:
        """Finish what is being read of a channel, then read what is left of it."""
        if channel in self._resting:
            self._resting.pop(channel).set()
        while channel in self._reading and channel not in self._resting:
            task = self._reading.ensure(channel, lambda: self._work(channel))
            await asyncio.wait({task}, timeout=POLL)
        try:
            since = (await self._state.owed()).get(channel)
            if since is None:
                return
            async with self._turns:
                outcome = await self._backfill.read_all(channel, since=since)
            await self._state.pay(channel)
            await self._report(channel, outcome.caught, asked=False)
        except Exception as error:  # noqa: BLE001 - it stays owed, and the next pass reads it
            self._note_failure(channel, error)
        else:
            self._supervisor.succeeded(f"backfill {channel}")

    async def _report(self, channel: str, caught: Caught, *, asked: bool) -> None:
        if caught or asked:
            desk = await self._shows.desk_for(channel)
            await self._say(channel, caught.report(desk.language))

    async def _beat(self) -> None:
        while True:
            if self.is_whole():
                await self._note_whole()
            await asyncio.sleep(BEAT)

    def is_whole(self, *, but: str | None = None) -> bool:
        """Return whether all that happens is told and stored; `but` is a channel just done."""
        reading = [task for task in self._reading if task.get_name() != but]
        ours = [one for one in self._shows.channels.watched() if self._owns(one)]
        return all(map(self._hears, ours)) and not self._due and not reading
