"""A store that tells what is put into it, for whoever counts."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from bot.core.events import Event
from bot.core.model import Lookup
from bot.services.ports import Draft
from storage.sql_store import SqlStore
from storage.store import SqliteStore


class Meter(Protocol):
    """Is told of what was stored, after it was."""

    def stored(self, events: Iterable[Event]) -> None:
        """Take in events that were new."""

    def looked_up(self, lookups: Iterable[Lookup]) -> None:
        """Take in look-ups."""

    def drafted(self, draft: Draft) -> None:
        """Take in a draft, open or committed."""

    def noted(self, area: str, name: str, body: str | None) -> None:
        """Take in a state that was put, or (None) dropped."""


class Metered(SqlStore):
    """A store with a meter; nothing is told before `meter` says to whom."""

    _meter: Meter | None = None

    async def meter(self, meter: Meter, areas: Collection[str]) -> None:
        """Tell a meter from now on, and the states of these areas as they are."""
        for area in areas:
            for name, body in (await self.state(area)).items():
                meter.noted(area, name, body)
        self._meter = meter

    async def append(self, events: Sequence[Event]) -> list[Event]:
        """Store events, as the store does."""
        stored = await super().append(events)
        if self._meter is not None:
            self._meter.stored(stored)
        return stored

    async def put_lookups(self, lookups: Mapping[str, Lookup]) -> None:
        """Keep look-ups, as the store does."""
        await super().put_lookups(lookups)
        if self._meter is not None:
            self._meter.looked_up(lookups.values())

    async def put_draft(self, draft: Draft) -> None:
        """Keep a draft, as the store does."""
        await super().put_draft(draft)
        if self._meter is not None:
            self._meter.drafted(draft)

    async def put_state(self, area: str, name: str, body: str) -> None:
        """Keep a state, as the store does."""
        await super().put_state(area, name, body)
        if self._meter is not None:
            self._meter.noted(area, name, body)

    async def drop_state(self, area: str, name: str) -> None:
        """Forget a state, as the store does."""
        await super().drop_state(area, name)
        if self._meter is not None:
            self._meter.noted(area, name, None)


class MeteredStore(Metered, SqliteStore):
    """The same in SQLite."""
