"""Reading again after a gap: a channel's history, as snapshots, page by page.

A snapshot is stamped with the time at which its request began, so newer live events win over it.
A message counts as deleted only where a page that was read whole lacks it, or where the platform
says by its name that there is no such message. A channel or thread that cannot be read stays as
it is known.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.core.model import Episode
from bot.errors import ChatClosed
from bot.services.desk.desk import Desk
from bot.services.ports import Person, Snapshot, Store
from bot.services.shows import Shows
from bot.services.watched_channels import Watched
from bot.texts import say

_log = logging.getLogger(__name__)

SECOND = 1_000_000
MARGIN = 120 * SECOND
"""Microseconds before the gap that are read as well: clocks differ, and events come late."""

AT_ONCE = 4
"""Channels that are read at the same time."""

NOBODY = Person("", "")


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a history that was read whole: all that is behind `after`, up to the last of `ids`.

    `ids` are those of all messages, oldest first, also of those that give no snapshot (bots').
    `began` is when the request for it began.
    """

    after: str
    ids: tuple[str, ...]
    snapshots: tuple[Snapshot, ...]
    began: int


class History(Protocol):
    """A platform's memory. Raises ChatClosed for what cannot be read, ChatError for what fails."""

    def pages(self, channel: str, *, since: int) -> AsyncIterator[Page]:
        """Return what a channel or thread holds since that time, oldest first, to its end."""

    async def threads(self, channel: str, *, since: int) -> list[str]:
        """Return the threads of a channel in which something may have happened since that time."""

    async def is_gone(self, channel: str, message: str) -> bool:
        """Return whether the platform says of a message, by its name, that there is none."""


@dataclass(frozen=True, slots=True)
class Caught:
    """What reading again has changed in an episode: how many of its links and bullets."""

    added: int = 0
    changed: int = 0
    removed: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    def report(self, language: str) -> str:
        """Return it in one line."""
        counts = {"added": self.added, "changed": self.changed, "removed": self.removed}
        parts = [
            say(f"shows.caught-{what}-{'one' if count == 1 else 'many'}", language, count=count)
            for what, count in counts.items()
            if count
        ]
        if not parts:
            return say("shows.caught-nothing", language)
        comma = "、" if language.startswith("ja") else ", "
        return say("shows.caught-up", language, what=comma.join(parts))


def order(identity: str) -> tuple[int, str]:
    """Return what ids are sorted by: they grow with time, and so does their length."""
    return len(identity), identity


def missing(known: Iterable[str], page: Page) -> list[str]:
    """Return the known messages that a page should hold and does not."""
    if not page.ids:
        return []
    first, last = order(page.after), order(page.ids[-1])
    there = set(page.ids)
    return [one for one in known if first < order(one) <= last and one not in there]


def beyond(known: Iterable[str], last: str) -> list[str]:
    """Return the known messages behind the last one that was read."""
    return [one for one in known if order(one) > order(last)]


def difference(before: Episode, after: Episode) -> Caught:
    """Say how much of an episode is another than it was."""
    old = {item.id: item.content for item in before.items()}
    new = {item.id: item.content for item in after.items()}
    return Caught(
        added=len(new.keys() - old.keys()),
        changed=sum(old[one] != new[one] for one in old.keys() & new.keys()),
        removed=len(old.keys() - new.keys()),
    )


class Backfill:
    """Reads what was missed in the channels of one platform."""

    def __init__(
        self,
        *,
        platform: str,
        shows: Shows,
        store: Store,
        history: History,
        clock: Callable[[], int],
    ) -> None:
        self._platform = platform
        self._shows = shows
        self._store = store
        self._history = history
        self._clock = clock
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def note_alive(self) -> None:
        """Note that nothing was missed until now."""
        await self._store.put_note("alive", self._platform, str(self._clock()))

    async def alive(self) -> int | None:
        """Return the time until which nothing was missed; None before the first start."""
        noted = (await self._store.notes("alive")).get(self._platform)
        return int(noted) if noted is not None else None

    async def run(self, channels: Collection[Watched], *, since: int) -> dict[str, Caught]:
        """Read again what happened in some channels since a time; return what changed, by channel.

        Raises ChatError where the platform does not answer; what was read counts all the same.
        """
        done = await asyncio.gather(
            *(self._channel(one.channel, since) for one in channels), return_exceptions=True
        )
        failed = [one for one in done if isinstance(one, BaseException)]
        if failed:
            raise failed[0]
        found = zip(channels, done, strict=True)
        return {one.channel: caught for one, caught in found if isinstance(caught, Caught)}

    async def _channel(self, channel: str, since: int) -> Caught:
        async with self._turns:
            desk = await self._shows.desk(channel)
            if desk is None:
                return Caught()
            before = await desk.views.episode(channel)
            known = await desk.capture.known_in(channel)
            times = [at for messages in known.values() for at in messages.values()]
            since = min([since - MARGIN, *(at - SECOND for at in times)])
            for conversation in await self._to_read(channel, known, since):
                await self._read(desk, conversation, known.get(conversation, {}).keys(), since)
            return difference(before, await desk.views.episode(channel))

    async def _to_read(self, channel: str, known: Collection[str], since: int) -> list[str]:
        """Return the channel and its threads, those that hold something known first."""
        try:
            threads = await self._history.threads(channel, since=since)
        except ChatClosed:
            threads = []
        return list(dict.fromkeys([channel, *known, *threads]))

    async def _read(
        self, desk: Desk, conversation: str, known: Collection[str], since: int
    ) -> None:
        last: str | None = None
        began = self._clock()
        try:
            async for page in self._history.pages(conversation, since=since):
                last = page.ids[-1] if page.ids else page.after
                if page.snapshots:
                    await desk.capture.read(page.snapshots, at=page.began)
                await self._forget(desk, conversation, missing(known, page), page.began)
            if last is not None:
                gone = [
                    one
                    for one in beyond(known, last)
                    if await self._history.is_gone(conversation, one)
                ]
                await self._forget(desk, conversation, gone, began)
        except ChatClosed as error:
            # Absence is no deletion: it stays as it is known.
            _log.info("left as it is", extra={"channel": conversation, "cause": str(error)})

    async def _forget(self, desk: Desk, conversation: str, gone: Sequence[str], at: int) -> None:
        for message in gone:
            await desk.capture.gone(message, channel=conversation, person=NOBODY, at=at)
