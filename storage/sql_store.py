"""The store in SQL: the log of events, and what is kept beside it, whichever engine holds it."""

import asyncio
import json
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from bot.core.event_json import encode
from bot.core.events import Event, MessageSeen
from bot.core.model import Lookup
from bot.core.threads import unnamed
from bot.errors import StoreError
from bot.services.ports import Draft, Elsewhere, Person
from storage import queries
from storage.bodies import draft_body, draft_of, escaped, lookup_body, packed, rank_of
from storage.rows import Row, erased_message, event_of, row_of

if TYPE_CHECKING:  # loaded where there are some
    from bot.services.shards import Shards


class Transaction(Protocol):
    """A transaction that is under way."""

    async def execute(self, sql: str, values: Sequence[Any] = (), /) -> object:
        """Run a statement."""

    async def executemany(self, sql: str, values: Iterable[Sequence[Any]], /) -> object:
        """Run a statement for each of some rows."""

    async def execute_fetchall(self, sql: str, values: Sequence[Any] = (), /) -> Iterable[Any]:
        """Run a statement; return its rows."""


class SqlStore(ABC):
    """What Rundown keeps (ports.Store), over an engine that runs the statements of queries.py.

    Every method that writes is one transaction, on the disk when it returns; one that raises has
    stored nothing, one that is cancelled all or nothing. Raises StoreError where the database
    cannot be used.
    """

    shards: "Shards | None" = None
    """The shards that this process holds, where others hold the rest."""

    def __init__(self) -> None:
        self._episodes: dict[str, int] = {}  # name to number, as in the table
        self.lookups_version = 0  # grows when look-ups are written or erased

    # --- what an engine does -------------------------------------------------------------------

    @abstractmethod
    async def run(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """Run one statement, a transaction of its own, and return its rows."""

    @abstractmethod
    def transaction(self) -> AbstractAsyncContextManager[Transaction]:
        """Hold a transaction: kept whole, or, on any error or cancellation, not at all."""

    @abstractmethod
    async def _append(self, rows: Sequence[Row], events: Sequence[Event]) -> dict[str, int]:
        """Store the rows whose key is new, all or none; return the places of those by key."""

    @abstractmethod
    async def scrub(self) -> bool:
        """Take what was erased out of the files; False while somebody is in the way."""

    async def renumber(self) -> None:  # noqa: B027 - SQLite goes by the rows that are there
        """Have new rows numbered after those that were put in with their numbers."""

    async def identity(self) -> str:
        """Return what tells this database from others on its server."""
        return ""

    async def refuse_half_moved(self, file: object) -> None:
        """Raise StoreError for a database that is still being moved here (moving.py)."""
        if await self.run(queries.HALF_MOVED):
            raise StoreError("store.half-moved", file=file)

    def follow(self, listener: Callable[[Elsewhere], None]) -> None:  # noqa: B027 - nobody else
        """Have somebody told of what other processes change; a database of our own has none."""

    @asynccontextmanager
    async def exclusive(self, name: str) -> AsyncIterator[bool]:
        """Hold what one process at a time may do; yields whether others may have just done it."""
        yield False

    async def now(self) -> float:
        """Return the seconds since 1970 by the database's clock, which its processes share."""
        ((seconds,),) = await self.run(queries.NOW)
        return float(seconds)

    async def take(self, name: str) -> bool:
        """Take something for as long as we are alive, if nobody has it; return whether."""
        return True

    async def lost(self) -> None:
        """Wait until another process took over: nothing is stored then. A file is nobody else's."""
        await asyncio.get_running_loop().create_future()

    # --- the log -------------------------------------------------------------------------------

    async def append(self, events: Sequence[Event]) -> list[Event]:
        """Store the events whose key is new, all or none; return them with their `seq`."""
        if not events:
            return []
        await self._number({event.episode for event in events} - self._episodes.keys())
        rows = [row_of(event, self._episodes[event.episode]) for event in events]
        places = await self._append(rows, events)
        return [
            Event(event.key, event.episode, event.at, event.by, event.what, places.pop(event.key))
            for event in events
            if event.key in places
        ]

    async def events(self, episode: str) -> list[Event]:
        """Return the episode's events by `seq`, without talk that nothing else refers to.

        That is talk which nobody replied to or marked, on which no thread hangs, and which
        never was anything else.
        """
        return [event_of(row) for row in await self.run(queries.OF_EPISODE, (episode,))]

    async def talk(self, messages: Collection[str]) -> list[Event]:
        """Return the stored states of these messages that hold no text, by `seq`."""
        rows = await self.run(queries.TALK_OF, (packed(list(messages)),))
        return [event_of(row) for row in rows]

    async def lifecycle(self, show: str) -> list[Event]:
        """Return the events that opened, closed or reopened the show's episodes, by `seq`."""
        return [event_of(row) for row in await self.run(queries.LIFECYCLE, (show,))]

    async def field_events(self, show: str) -> list[Event]:
        """Return the events that say what the fields of the show's episodes are, by `seq`."""
        return [event_of(row) for row in await self.run(queries.FIELD_EVENTS, (show,))]

    async def episode_of(self, message: str) -> str | None:
        """Return the episode that a message, or else a mark on it, was first stored with."""
        rows = await self.run(queries.EPISODE_OF, (message,))
        return rows[0][0] if rows else None

    # --- what is kept beside it ----------------------------------------------------------------

    async def put_lookups(self, lookups: Mapping[str, Lookup]) -> None:
        """Keep look-ups under their canonical addresses; a better source is never replaced.

        A file (which a person gave) is better than the provider, that than the page, that than
        the chat platform's preview; anything with a title is better than without. But a provider's
        answer that has none is better than a preview: it has the embed, and may be made a title of.
        """
        rows = [
            (canonical, rank_of(lookup), lookup_body(lookup), lookup.at, lookup.source == "file")
            for canonical, lookup in lookups.items()
        ]
        try:
            await self.run(queries.PUT_LOOKUPS, (packed(rows),))
        finally:  # also where it was cancelled: nobody knows then whether it was written
            self.lookups_version += 1

    async def lookups(self, canonicals: Iterable[str]) -> dict[str, Lookup]:
        """Return what is known of these canonical addresses."""
        rows = await self.run(queries.LOOKUPS, (packed(list(canonicals)),))
        return {canonical: Lookup(**json.loads(body)) for canonical, body in rows}

    async def prune_lookups(self, before: int) -> None:
        """Forget what was looked up before a time; what a person gave stays."""
        await self.run(queries.PRUNE_LOOKUPS, (before,))
        self.lookups_version += 1

    async def put_people(self, people: Collection[Person]) -> None:
        """Keep the names that people have now."""
        rows = list({person.id: (person.id, person.name) for person in people}.values())
        await self.run(queries.PUT_PEOPLE, (packed(rows),))

    async def people(self) -> dict[str, str]:
        """Return every known person's name by id."""
        return dict(await self.run(queries.PEOPLE))

    async def state(self, area: str) -> dict[str, str]:
        """Return all that is noted in an area, by name."""
        return dict(await self.run(queries.STATE, (area,)))

    async def put_state(self, area: str, name: str, body: str) -> None:
        """Note something, in place of what was noted under that name."""
        await self.run(queries.PUT_STATE, (area, name, escaped(body)))

    async def drop_state(self, area: str, name: str) -> None:
        """Forget what was noted under a name."""
        await self.run(queries.DROP_STATE, (area, name))

    async def put_draft(self, draft: Draft) -> None:
        """Keep a draft, open (no commit yet) or settled, in place of the one with its id.

        Of an episode's settled drafts only the last is kept: it is what an erasure has to reach.
        """
        is_settled = int(draft.commit is not None)
        row = (draft.id, draft.episode, draft.at, is_settled, draft_body(draft))
        if not is_settled:
            await self.run(queries.PUT_DRAFT, row)
            return
        async with self.transaction() as db:
            await db.execute(queries.PUT_DRAFT, row)
            await db.execute(queries.DROP_FORMER_DRAFTS, (draft.episode,))

    async def drop_draft(self, draft: str) -> None:
        """Forget a draft that came to nothing."""
        await self.run(queries.DROP_DRAFT, (draft,))

    async def drafts(self, episode: str) -> list[Draft]:
        """Return the episode's drafts, oldest first: the last settled one and those still open."""
        return [draft_of(body) for (body,) in await self.run(queries.DRAFTS, (episode,))]

    # --- off the record ------------------------------------------------------------------------

    async def erase(
        self,
        message: str,
        *,
        canonicals: Collection[str],
        drafts: Collection[Draft] = (),
        events: Collection[Event] = (),
    ) -> None:
        """Blank all that is stored of a message, and the look-ups of these addresses.

        Its states become talk, threads that hang on it lose their name, and titles, notes and
        topic names that commands gave it are erased; keys, ids, times, marks and moves stay.
        `drafts` and `events` replace those of the same id or key (their texts scrubbed by the
        caller); an event that is about another message then stays.
        """
        texts = [
            (event.what.kind, escaped(encode(event.what)), event.about, event.key)
            for event in events
        ]
        bodies = [(draft_body(draft), draft.id) for draft in drafts]
        addresses = packed(list(canonicals))
        try:
            async with self.transaction() as db:
                await db.executemany(queries.ERASE_IN_EVENT, texts)
                await _erase_states(db, message)
                await db.execute(queries.ERASE_COMMANDS, (message,))
                await db.execute(queries.ERASE_LOOKUPS, (addresses,))
                await db.executemany(queries.ERASE_IN_DRAFT, bodies)
                await db.execute(queries.SCRUB_LATER)
        finally:
            self.lookups_version += 1

    async def scrub_due(self) -> bool:
        """Return whether something was erased and not scrubbed yet."""
        return bool(await self.run(queries.SCRUB_DUE))

    async def prune(self, episode: str, *, keep: Collection[str]) -> bool:
        """Blank an episode's events but those with the keys to `keep`, and drop its drafts.

        Keys, ids of messages and times stay, and of marks that are kept whose they are. Names of
        people who did nothing else go. Returns whether there was anything.
        """
        async with self.transaction() as db:
            rows = list(await db.execute_fetchall(queries.PRUNABLE, (episode, packed(list(keep)))))
            await db.executemany(queries.PRUNE_EVENT, rows)
            await db.execute(queries.PRUNE_DRAFTS, (episode,))
            if rows:
                await db.execute(queries.PRUNE_WHO, (episode,))
                await db.execute(queries.PRUNE_PEOPLE)
                await db.execute(queries.SCRUB_LATER)
        return bool(rows)

    # --- how -----------------------------------------------------------------------------------

    async def _number(self, episodes: Collection[str]) -> None:
        """Give episodes that were never seen a number; it stays if nothing is then stored."""
        if episodes:
            rows = [(episode.rpartition("#")[0], episode) for episode in episodes]
            numbered = await self.run(queries.NUMBER_EPISODES, (packed(rows),))
            self._episodes.update(numbered)


async def _erase_states(db: Transaction, message: str) -> None:
    changed = []
    for event in map(event_of, await db.execute_fetchall(queries.STATES_TO_ERASE, (message,))):
        if isinstance(event.what, MessageSeen):
            state = event.what.message
            erased = erased_message(state) if state.id == message else unnamed(state)
            row = row_of(replace(event, what=MessageSeen(erased)), 0)
            changed.append((row.kind, row.starter, row.version, row.body, event.seq))
    await db.executemany(queries.ERASE_STATE, changed)
