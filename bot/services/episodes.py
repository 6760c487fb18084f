"""Which episode an event belongs to.

That is decided once, when an event is accepted: by the time of its message, so that what comes
late for a closed episode is kept with that one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from bot.core.events import EpisodeClosed, EpisodeOpened, EpisodeReopened, Event
from bot.services.ports import Store


@dataclass(slots=True)
class EpisodeRecord:
    """When an episode was opened and closed; times in microseconds since 1970.

    `since` is when it was last opened; with a `channel` it is that channel's own.
    """

    id: str
    opened: int | None = None
    since: int = 0
    closed: int | None = None
    channel: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether it was opened and not closed since."""
        return self.opened is not None and self.closed is None

    @property
    def was_always_open(self) -> bool:
        """Whether it was not closed since it was opened, be that now or later."""
        return self.closed is None and self.since == (self.opened or 0)

    def spans(self, time: int) -> bool:
        """Return whether the episode was open at a time."""
        return self.opened is not None and self.opened <= time <= (self.closed or time)


def nth(episode: str) -> int:
    """Return which of its show's episodes one is, counted from 1: its id ends with that."""
    return int(episode.rpartition("#")[2])


class Episodes:
    """The records of a show's episodes, in their order."""

    def __init__(self, *, show: str, store: Store, clock: Callable[[], int]) -> None:
        self._show = show
        self._store = store
        self._clock = clock
        self._records: list[EpisodeRecord] | None = None

    async def all(self) -> list[EpisodeRecord]:
        """Return all episodes in their order; the last may not be open yet."""
        if self._records is None:
            events = await self._store.lifecycle(self._show)
            self._records = []
            for event in events:
                self.apply(event)
        return self._records

    def known(self) -> set[str]:
        """Return the ids of the episodes, as far as they were asked for yet."""
        return {record.id for record in self._records or ()}

    async def refresh(self) -> None:
        """Read the records anew, where they were asked for yet."""
        if self._records is not None:
            events = await self._store.lifecycle(self._show)
            before, self._records = self._records, []
            for event in events:
                self.apply(event)
            # One that was made for what is about to be stored, and is not open yet.
            known = self.known()
            self._records += [one for one in before if one.id not in known]

    def apply(self, event: Event) -> None:
        """Keep the records in step with an event that opened or closed an episode."""
        what = event.what
        if not isinstance(what, EpisodeOpened | EpisodeClosed | EpisodeReopened):
            return
        record = self._record(event.episode)
        if isinstance(what, EpisodeClosed):
            record.closed = event.at
            return
        record.closed = None
        record.since = event.at
        if isinstance(what, EpisodeOpened):
            record.opened, record.channel = event.at, what.channel

    def _known(self) -> list[EpisodeRecord]:
        assert self._records is not None  # noqa: S101 - all() made it
        return self._records

    def _record(self, episode: str) -> EpisodeRecord:
        records = self._known()
        for record in records:
            if record.id == episode:
                return record
        return self._put(EpisodeRecord(episode))

    def _put(self, record: EpisodeRecord) -> EpisodeRecord:
        """Put in a record; they stand in the order of their ids, whichever was opened first."""
        records = self._known()
        records.append(record)
        records.sort(key=lambda one: nth(one.id))
        return record

    def open_now(self) -> list[EpisodeRecord]:
        """Return the episodes that are open, as far as they were asked for yet."""
        return [record for record in self._records or () if record.is_open]

    def open_of(self, channel: str | None) -> EpisodeRecord | None:
        """Return the episode that is open for one channel alone, or with None for all others."""
        return next((one for one in self.open_now() if one.channel == channel), None)

    async def current(self, channel: str) -> EpisodeRecord:
        """Return the episode that is open for a channel, or that the next kept thing opens."""
        records = await self.all()
        for owner in (channel, None):
            of_owner = [one for one in records if one.closed is None and one.channel == owner]
            if of_owner:
                return max(of_owner, key=lambda record: record.since)
        return self.add()

    def add(self) -> EpisodeRecord:
        """Add an episode that is not open yet, by the first id that no other has.

        One that was added before a start, and not opened, is not known any more: its id is free.
        """
        used = {nth(record.id) for record in self._known()}
        free = next(number for number in count(1) if number not in used)
        return self._put(EpisodeRecord(f"{self._show}#{free}"))

    async def at(self, time: int, channel: str) -> EpisodeRecord:
        """Return the episode to which a message of that time belongs."""
        records = await self.all()
        for record in records:
            if record.channel == channel and record.spans(time) and not self._is_ahead(record):
                return record
        for record in records:
            if record.channel is None and time <= self._end(record):
                return record
        return await self.current(channel)

    def _end(self, record: EpisodeRecord) -> int:
        """Return until when messages belong to an episode that is closed, else 0."""
        return record.since if self._is_ahead(record) else record.closed or 0

    def _is_ahead(self, record: EpisodeRecord) -> bool:
        """Return whether an episode was closed by a clock that was ahead: it is over by now."""
        return record.closed is not None and record.closed > self._clock()

    async def home(self, message: str, time: int, channel: str) -> EpisodeRecord:
        """Return the episode that a message is kept with, or would be."""
        records = await self.all()
        if len(records) == 1 and records[0].was_always_open:
            return records[0]
        episode = await self._store.episode_of(message)
        return await self.at(time, channel) if episode is None else self._record(episode)


def opening(
    record: EpisodeRecord, number: str, *, by: str, at: int, channel: str | None = None
) -> Event:
    """Return the event that opens an episode; there is one for each."""
    return Event(f"{record.id}:opened", record.id, at, by, EpisodeOpened(number, channel))
