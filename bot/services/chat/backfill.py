"""Reading a channel's history after a gap, as snapshots.

First what is new is read (`catch_up`), in as few requests as can be: the newest messages, and the
threads in which something was said. What does not show there, edits and marks of older messages and
in threads without news, is read in a second pass (`read_all`).

A snapshot is stamped with the time at which its request began, so newer live events win over it. A
message counts as deleted only where a stretch that was read whole lacks it, or where the platform
says by its name that there is no such message. Where a platform hides old messages, nothing older
than the oldest one that it returned is judged; a channel or thread that cannot be read stays as it
is known.
"""

import logging
from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.core.model import Episode
from bot.errors import ChatClosed
from bot.services.desk.desk import Desk
from bot.services.ports import Person, Snapshot
from bot.services.shows import Shows
from bot.texts import say

_log = logging.getLogger(__name__)

SECOND = 1_000_000
MARGIN = 120 * SECOND
"""Microseconds before the gap that are read as well: clocks differ, and events come late."""

NOBODY = Person("", "")


@dataclass(frozen=True, slots=True)
class Activity:
    """What a platform shows of a thread: when its last message came, and how many it has."""

    last: int
    count: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a channel or thread that was read whole.

    `ids` are those of all its messages, oldest first, also of those that give no snapshot (bots').
    `began` is when the request for it began. `after` is the id behind which all was read; without
    one, all from the first of `ids` to the last was. `threads` are those of a channel that the
    platform shows with its messages; `has_all_threads` says that there are no others in which
    something may have happened. `exists` is False where the platform knows no such thread, or no
    such message.
    """

    ids: tuple[str, ...]
    snapshots: tuple[Snapshot, ...]
    began: int
    after: str | None = None
    threads: Mapping[str, Activity] = field(default_factory=dict)
    has_all_threads: bool = False
    exists: bool = True

    def covers(self, message: str) -> bool:
        """Return whether a message as old as this one would be part of it."""
        if self.after is not None:
            return order(message) > order(self.after)
        return bool(self.ids) and order(message) >= order(self.ids[0])


class History(Protocol):
    """A platform's memory. Raises ChatClosed for what cannot be read, ChatError for what fails."""

    async def newest(self, conversation: str, *, since: int) -> Stretch:
        """Return the newest messages of a channel or thread, back to that time or further."""

    def stretches(self, conversation: str, *, since: int) -> AsyncIterator[Stretch]:
        """Return what a channel or thread holds since that time, oldest first, to its end."""

    async def threads(self, channel: str, *, since: int) -> list[str]:
        """Return all threads of a channel in which something may have happened since that time."""

    async def one(self, conversation: str, message: str) -> Stretch:
        """Return a message, by its name; `exists` is False where it is said that there is none.

        Without ids, nothing is said of it.
        """


@dataclass(frozen=True, slots=True)
class Caught:
    """What reading has changed in an episode: how many of its links and bullets."""

    added: int = 0
    changed: int = 0
    removed: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    def report(self, language: str) -> str:
        """Return it in one line."""
        counts = {"added": self.added, "changed": self.changed, "removed": self.removed}
        parts = [
            say(f"shows.caught-{what}", language, count=count)
            for what, count in counts.items()
            if count
        ]
        if not parts:
            return say("shows.caught-nothing", language)
        comma = "、" if language.startswith("ja") else ", "
        return say("shows.caught-up", language, what=comma.join(parts))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of reading a channel; `is_whole` where nothing is left for a second pass."""

    caught: Caught
    is_whole: bool = True


def order(identity: str) -> tuple[int, str]:
    """Return what ids are sorted by: they grow with time, and so does their length."""
    return len(identity), identity


def missing(known: Iterable[str], stretch: Stretch) -> list[str]:
    """Return the known messages that a stretch should hold and does not."""
    if not stretch.ids:
        return []
    last, there = order(stretch.ids[-1]), set(stretch.ids)
    return [one for one in known if stretch.covers(one) and order(one) <= last and one not in there]


def beyond(known: Iterable[str], stretch: Stretch) -> list[str]:
    """Return the known messages behind a stretch's last: the platform can be asked by their name.

    Where the platform returned nothing at all, it may hide everything: nothing is judged.
    """
    last = stretch.ids[-1] if stretch.ids else stretch.after
    return [one for one in known if order(one) > order(last)] if last is not None else []


def difference(before: Episode, after: Episode) -> Caught:
    """Return how much of an episode is another than it was."""
    old = {item.id: item.content for item in before.items()}
    new = {item.id: item.content for item in after.items()}
    return Caught(
        added=len(new.keys() - old.keys()),
        changed=sum(old[one] != new[one] for one in old.keys() & new.keys()),
        removed=len(old.keys() - new.keys()),
    )


class Backfill:
    """Reads what was missed in the channels of one platform."""

    def __init__(self, *, shows: Shows, history: History) -> None:
        self._shows = shows
        self._history = history

    async def newest_known(self, channel: str) -> int | None:
        """Return when the newest message was said that open episodes hold of a channel."""
        desk = await self._shows.desk(channel)
        known = await desk.capture.known_in(channel) if desk is not None else {}
        return max((at for messages in known.values() for at in messages.values()), default=None)

    async def catch_up(self, channel: str, *, since: int) -> Outcome:
        """Read what is new in a channel since a time.

        Raises ChatClosed where the channel cannot be read, ChatError where the platform does not
        answer; what was read counts all the same.
        """
        return await self._run(channel, since, thorough=False)

    async def read_all(self, channel: str, *, since: int) -> Outcome:
        """Read a channel and its threads since a time, and as far back as the episode reaches.

        Raises what `catch_up` raises.
        """
        return await self._run(channel, since, thorough=True)

    async def _run(self, channel: str, since: int, *, thorough: bool) -> Outcome:
        desk = await self._shows.desk(channel)
        if desk is None:
            return Outcome(Caught())
        before = await desk.views.episode(channel)
        known = await desk.capture.known_in(channel, since=since - MARGIN)
        carried = await desk.carried_in(channel)
        reading = _Reading(channel, desk, known, carried, self._history)
        is_whole = True
        if thorough:
            await reading.all(since - MARGIN)
        else:
            is_whole = await reading.new(since)
        return Outcome(difference(before, await desk.views.episode(channel)), is_whole)


@dataclass(slots=True)
class _Reading:
    """One reading of a channel; `known` are the messages known of it, by channel or thread.

    `carried` are those of closed episodes that matter still: they may be so old that each is asked
    for by its name, where what is read for the others does not reach back to it.
    """

    channel: str
    desk: Desk
    known: Mapping[str, Mapping[str, int]]
    carried: Mapping[str, Sequence[str]]
    history: History
    read: set[str] = field(default_factory=set)
    """Those of `carried` of which it is known by now what they say."""

    async def new(self, since: int) -> bool:
        """Read what is new; return whether nothing else can have changed."""
        stretch = await self.history.newest(self.channel, since=since - MARGIN)
        await self._take(self.channel, stretch)
        await self._ask_for(beyond(self._in(self.channel), stretch), self.channel, stretch.began)
        busy = [
            one for one in {**stretch.threads, **self.known} if self._is_busy(one, stretch, since)
        ]
        for thread in busy:
            await self._thread(thread, stretch, since - MARGIN)
        reaches = all(stretch.covers(one) for one in self._in(self.channel))
        if not reaches or not stretch.has_all_threads or self.known.keys() - {self.channel, *busy}:
            return False
        await self._read_by_name()
        return True

    async def all(self, since: int) -> None:
        """Read everything, as far back as something is known."""
        times = [at for messages in self.known.values() for at in messages.values()]
        since = min([since, *(at - SECOND for at in times)])
        first: Stretch | None = None
        last: Stretch | None = None
        async for last in self.history.stretches(self.channel, since=since):
            await self._take(self.channel, last)
            first = first or last
        if last is None or first is None:
            return
        await self._ask_for(beyond(self._in(self.channel), last), self.channel, last.began)
        try:
            found = await self.history.threads(self.channel, since=since)
        except ChatClosed:
            found = []
        for thread in dict.fromkeys([*self.known, *found]):
            if thread != self.channel:
                await self._thread(thread, first, since)
        await self._read_by_name()

    async def _read_by_name(self) -> None:
        """Ask for the messages of closed episodes to which nothing that was read reached back."""
        for conversation, messages in self.carried.items():
            await self._by_name([one for one in messages if one not in self.read], conversation)

    def _in(self, conversation: str) -> Collection[str]:
        return self.known.get(conversation, {}).keys()

    def _is_busy(self, thread: str, stretch: Stretch, since: int) -> bool:
        """Return whether something may have happened in a thread since a time."""
        if thread == self.channel:
            return False
        shown = stretch.threads.get(thread)
        if shown is None:
            # The message that it hung on is gone, and nothing is left of the thread.
            return stretch.covers(thread) and thread not in stretch.ids
        times = self.known.get(thread, {}).values()
        if shown.last >= since or shown.count < len(times) or shown.last < max(times, default=0):
            return True
        return shown.last >= since - MARGIN and shown.last not in times

    async def _thread(self, thread: str, stretch: Stretch, since: int) -> None:
        """Read a thread; `stretch` is what was read of its channel."""
        start = min([since, *(at - SECOND for at in self.known.get(thread, {}).values())])
        try:
            read = await self.history.newest(thread, since=start)
            if read.exists:
                await self._take(thread, read)
                await self._rename(read)
                await self._ask_for(beyond(self._in(thread), read), thread, read.began)
            elif stretch.covers(thread):
                await self._forget(self._in(thread), thread, read.began)
        except ChatClosed as error:
            # Absence is no deletion: it stays as it is known.
            _log.info("left as it is", extra={"channel": thread, "cause": str(error)})

    async def _take(self, conversation: str, stretch: Stretch) -> None:
        if stretch.snapshots:
            await self.desk.capture.read(stretch.snapshots, at=stretch.began)
        carried = self.carried.get(conversation, ())
        gone = missing((*self._in(conversation), *carried), stretch)
        self.read.update({*carried} & {*stretch.ids, *gone})
        await self._forget(gone, conversation, stretch.began)

    async def _rename(self, stretch: Stretch) -> None:
        """Have a thread's messages follow its name, where it has one of its own."""
        named = next((one.message.thread for one in stretch.snapshots if one.message.thread), None)
        if named is not None:
            await self.desk.thread_names.rename(named, at=stretch.began)

    async def _ask_for(self, messages: Iterable[str], conversation: str, at: int) -> None:
        asked = {one: await self.history.one(conversation, one) for one in messages}
        await self._forget([one for one in asked if not asked[one].exists], conversation, at)

    async def _by_name(self, messages: Iterable[str], conversation: str) -> None:
        """Read single messages, and take in that they are gone."""
        for message in messages:
            try:
                stretch = await self.history.one(conversation, message)
            except ChatClosed as error:
                # Absence is no deletion: they stay as they are known.
                _log.info("left as it is", extra={"channel": conversation, "cause": str(error)})
                return
            if stretch.exists:
                await self._take(conversation, stretch)
            else:
                await self._forget([message], conversation, stretch.began)

    async def _forget(self, gone: Iterable[str], conversation: str, at: int) -> None:
        for message in gone:
            await self.desk.capture.gone(message, channel=conversation, person=NOBODY, at=at)
