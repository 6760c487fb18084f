"""Several shows at once: each with its own site and profile, all on one store and one fetcher.

A show's desk is opened when something of it is first asked for, and stays open. Where that fails
(a profile with a mistake, a site that cannot be reached) the hosts are told when they ask; what is
said meanwhile is read from the channels' history once the desk is open.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, suppress
from typing import Protocol

from bot.errors import CommandError, RundownError, StoreError
from bot.services.desk.desk import Desk
from bot.services.notification import Notification
from bot.services.ports import Elsewhere
from bot.services.watched_channels import Watched, WatchedChannels

_log = logging.getLogger(__name__)

SECOND = 1_000_000
TRY_AGAIN = 60 * SECOND
"""Microseconds after which a desk that could not be opened is tried again by itself."""

EARLY = 60 * SECOND
"""Microseconds for which what was to be said waits for fronts that are not there yet."""

FIRST = "show"
"""The show of RUNDOWN_SITE, and the only one of the command line."""

POLL = 0.1
"""Seconds between two looks whether all fronts of a show are there."""

OpenDesk = Callable[[str, str | None], AbstractAsyncContextManager[Desk]]
"""Opens the desk of a show (its name, and its site where that is not the one of the settings)."""

Listener = Callable[[str, Notification], None]
"""Is told of a show's news: the show's name, and what it is."""


class ChannelReader(Protocol):
    """Reads what was missed in the channels of one connection."""

    def owns(self, watched: Watched) -> bool:
        """Return whether a channel is one of the connection's."""

    async def complete(self, channels: Sequence[Watched], *, seconds: float) -> list[str]:
        """Read what was missed of some channels, `seconds` at most; return those still not read."""


class Shows:
    """The desks of all shows; to be closed by `aclose`."""

    def __init__(
        self, *, channels: WatchedChannels, open_desk: OpenDesk, clock: Callable[[], int]
    ) -> None:
        self.channels = channels
        self._open_desk = open_desk
        self._clock = clock
        self._stack = AsyncExitStack()
        self._desks: dict[str, Desk] = {}
        self._failed: dict[str, tuple[int, RundownError]] = {}
        self._locks: dict[str, asyncio.Lock] = {}
        self._listeners: list[Listener] = []
        self._early: list[tuple[int, str, Notification]] = []
        self._opened: list[Callable[[str], None]] = []
        self.readers: set[ChannelReader] = set()

    async def aclose(self) -> None:
        """Close all desks; what they were doing is finished or taken up at the next start."""
        await self._stack.aclose()

    def follow(self, change: Elsewhere) -> None:
        """Take in what other processes changed."""
        for desk in list(self._desks.values()):
            desk.follow(change)

    def waiting(self) -> int:
        """Return how many look-ups are under way or wait, in all shows that are open."""
        return sum(desk.waiting for desk in list(self._desks.values()))

    def listen(self, listener: Listener) -> None:
        """Have a front told of the news of all shows, until it says `unlisten`.

        It is told what was to be said while the shows opened, just before it came.
        """
        self._listeners.append(listener)
        for at, show, news in self._early:
            if self._clock() < at + EARLY:
                listener(show, news)

    def unlisten(self, listener: Listener) -> None:
        """Tell a front no more."""
        self._listeners.remove(listener)

    def on_late_opening(self, listener: Callable[[str], None]) -> None:
        """Have a front told of a show whose desk opened after it had failed to."""
        self._opened.append(listener)

    def off_late_opening(self, listener: Callable[[str], None]) -> None:
        """Tell a front no more."""
        self._opened.remove(listener)

    async def complete(self, show: str, *, seconds: float) -> list[str]:
        """Read what was missed of a show; return the channels of which something is missing.

        Nothing is done where nothing was missed; `seconds` is how long it may take.
        """
        channels = self.channels.watched(show=show)
        work = [reader.complete(channels, seconds=seconds) for reader in self.readers]
        return [one for left in await asyncio.gather(*work) for one in left]

    async def complete_at_last(self, show: str, *, seconds: float) -> None:
        """Read what was missed of a show, `seconds` at most; fronts that start are waited for."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not self._has_readers(show):  # noqa: ASYNC110 - they come with their sessions
                    await asyncio.sleep(POLL)
                await self.complete(show, seconds=seconds)

    def _has_readers(self, show: str) -> bool:
        channels = self.channels.watched(show=show)
        return all(any(reader.owns(one) for reader in self.readers) for one in channels)

    def watches(self, channel: str) -> bool:
        """Return whether a channel feeds a show."""
        return self.channels.of(channel) is not None

    async def desk(self, channel: str, *, retry: bool = False) -> Desk | None:
        """Return the desk of the show that a channel feeds; None where it is not watched.

        Raises RundownError where the desk cannot be opened; `retry` tries although it just failed.
        """
        watched = self.channels.of(channel)
        return await self.open(watched.show, retry=retry) if watched else None

    async def desk_for(self, channel: str) -> Desk:
        """Return the desk for a command; CommandError where the channel is not watched."""
        desk = await self.desk(channel, retry=True)
        if desk is None:
            raise CommandError("shows.not-watched")
        return desk

    async def open_all(
        self, *, first: bool, mine: Callable[[Watched], bool] = lambda _: True
    ) -> None:
        """Open the desks of all shows that are watched, and with `first` that of the settings.

        `mine` says of which channels; others are opened when somebody asks.

        Opening loads much, and asks the site: a host shall not wait for that in the first answer.
        """
        shows = {one.show for one in self.channels.watched() if mine(one)}
        shows |= {FIRST} if first else set()
        for show in sorted(shows):
            with suppress(RundownError):  # it is logged; hosts are told when they ask
                await self.open(show)

    async def open(self, show: str, *, retry: bool = False) -> Desk:
        """Return a show's desk, opened first where it is not."""
        async with self._locks.setdefault(show, asyncio.Lock()):
            if show in self._desks:
                return self._desks[show]
            at, error = self._failed.get(show, (0, None))
            if error is not None and not retry and self._clock() < at + TRY_AGAIN:
                raise error
            return await self._open(show)

    async def _open(self, show: str) -> Desk:
        opening = self._open_desk(show, self.channels.site(show))
        try:
            desk = await self._stack.enter_async_context(opening)
        except RundownError as error:
            # What the store failed at is tried again by whoever needs it; a site is spared.
            at = 0 if isinstance(error, StoreError) else self._clock()
            self._failed[show] = (at, error)
            _log.warning("a show cannot be opened", extra={"show": show, "cause": str(error)})
            raise
        desk.listen(lambda news: self._tell(show, news))
        self._desks[show] = desk
        if self._failed.pop(show, None):
            for listener in self._opened:
                listener(show)
        return desk

    def _tell(self, show: str, news: Notification) -> None:
        if news.kind == "said":
            now = self._clock()
            self._early = [one for one in self._early if now < one[0] + EARLY]
            self._early.append((now, show, news))
        for listener in self._listeners:
            listener(show, news)
