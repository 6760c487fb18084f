"""The store: the log of events, and what is kept beside it."""

import asyncio
import json
import os
import sqlite3
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager, nullcontext
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any, Self

import aiosqlite

from bot.core.events import Event, MessageSeen, encode
from bot.core.merge.merge import Conflict
from bot.core.model import Lookup
from bot.errors import StoreError
from bot.services.ports import Draft, Person
from bot.services.private_files import make_private
from storage import queries
from storage.lease import lease
from storage.rows import erased_message, event_of, row_of, unnamed_thread
from storage.schema import MIGRATIONS, check, migrate
from storage.sqlite import code_of, connected, escaped, explained, packed

_PATIENCE = 5.0  # seconds to wait for another program that writes to the database
_SCRUB_PATIENCE = 0.2  # a reader that stays longer is waited for by trying again later

_RANKS = {"preview": 1, "page": 2, "provider": 3, "file": 4}


class SqliteStore:
    """What Rundown keeps, in one SQLite file that belongs to one process (ports.Store).

    Every method that writes is one transaction, on the disk when it returns; one that raises has
    stored nothing, one that is cancelled all or nothing. Raises StoreError where the database
    cannot be used.
    """

    def __init__(self, db: aiosqlite.Connection, file: str, episodes: dict[str, int]) -> None:
        self._db = db
        self._file = file
        self._episodes = episodes  # name to number, as in the table
        self.lookups_version = 0  # grows when look-ups are written or erased
        self._lock = asyncio.Lock()  # one transaction at a time; nobody reads inside another's

    @classmethod
    @asynccontextmanager
    async def open(cls, path: Path | None, *, clock: Callable[[], int]) -> AsyncIterator[Self]:
        """Hold the database at `path`, made where it is missing; with None it is in memory alone.

        `clock` gives microseconds since 1970. Raises StoreBusy if another process has it,
        StoreNewer if a newer version wrote it, StoreError if it cannot be used.
        """
        file = str(path) if path else ":memory:"
        if path:  # a first look, so that nothing is put beside a file that we cannot use
            _check_writable(path)
            async with connected(file, patience=_PATIENCE) as db:
                await check(db, file)
            _make_private(path)
        holding = lease(file, now=clock()) if path else nullcontext()
        async with holding, connected(file, patience=_PATIENCE) as db:
            with explained(file):
                await _prepare(db)
            await migrate(db, file)
            store = cls(db, file, {})
            store._episodes.update(await store._run(queries.EPISODES))
            yield store

    @classmethod
    @asynccontextmanager
    async def glance(cls, path: Path) -> AsyncIterator[Self]:
        """Look into a database that another process may have; nothing is to be written.

        Raises StoreError where it is none, or is not there yet.
        """
        if not os.access(path, os.R_OK):
            raise StoreError("store.cannot-open", file=path)
        file = str(path)
        async with connected(file, patience=_PATIENCE) as db:
            if await check(db, file) < len(MIGRATIONS):
                raise StoreError("store.older", file=file)
            yield cls(db, file, {})

    # --- the log -------------------------------------------------------------------------------

    async def append(self, events: Sequence[Event]) -> list[Event]:
        """Store the events whose key is new, all or none; return them with their `seq`."""
        if not events:
            return []
        await self._number({event.episode for event in events} - self._episodes.keys())
        rows = [row_of(event, self._episodes[event.episode]) for event in events]
        if len(rows) == 1:  # a statement is a transaction of its own: one trip to the thread
            stored = await self._run(queries.APPEND_ONE, rows[0])
        else:
            async with self._writing() as db:
                ((last,),) = await db.execute_fetchall(queries.LAST)
                await db.executemany(queries.APPEND, rows)
                stored = list(await db.execute_fetchall(queries.APPENDED_SINCE, (last,)))
        places: dict[str, int] = dict(stored)
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
        number = self._episodes.get(episode)
        rows = await self._run(queries.OF_EPISODE, {"episode": number})
        return [event_of(row) for row in rows]

    async def talk(self, messages: Collection[str]) -> list[Event]:
        """Return the stored states of these messages that hold no text, by `seq`."""
        rows = await self._run(queries.TALK_OF, (packed(list(messages)),))
        return [event_of(row) for row in rows]

    async def lifecycle(self, show: str) -> list[Event]:
        """Return the events that opened, closed or reopened the show's episodes, by `seq`."""
        return [event_of(row) for row in await self._run(queries.LIFECYCLE, (show,))]

    async def episode_of(self, message: str) -> str | None:
        """Return the episode that a message, or else a mark on it, was first stored with."""
        rows = await self._run(queries.EPISODE_OF, (message,))
        return rows[0][0] if rows else None

    # --- what is kept beside it ----------------------------------------------------------------

    async def put_lookups(self, lookups: Mapping[str, Lookup]) -> None:
        """Keep look-ups under their canonical addresses; a better source is never replaced.

        A file (which a person gave) is better than the provider, that than the page, that than
        the chat platform's preview; anything with a title is better than without. A provider's
        answer that has none counts as much as a preview: a title may be made of it.
        """
        rows = [
            (canonical, _rank(lookup), _lookup_body(lookup))
            for canonical, lookup in lookups.items()
        ]
        try:
            await self._run(queries.PUT_LOOKUPS, (packed(rows),))
        finally:  # also where it was cancelled: nobody knows then whether it was written
            self.lookups_version += 1

    async def lookups(self, canonicals: Iterable[str]) -> dict[str, Lookup]:
        """Return what is known of these canonical addresses."""
        rows = await self._run(queries.LOOKUPS, (packed(list(canonicals)),))
        return {canonical: Lookup(**json.loads(body)) for canonical, body in rows}

    async def prune_lookups(self, before: int) -> None:
        """Forget what was looked up before a time; what a person gave stays."""
        await self._run(queries.PRUNE_LOOKUPS, (before,))
        self.lookups_version += 1

    async def put_people(self, people: Collection[Person]) -> None:
        """Keep the names that people have now."""
        rows = [(person.id, person.name) for person in people]
        await self._run(queries.PUT_PEOPLE, (packed(rows),))

    async def people(self) -> dict[str, str]:
        """Return every known person's name by id."""
        return dict(await self._run(queries.PEOPLE))

    async def state(self, area: str) -> dict[str, str]:
        """Return all that is noted in an area, by name."""
        return dict(await self._run(queries.STATE, (area,)))

    async def put_state(self, area: str, name: str, body: str) -> None:
        """Note something, in place of what was noted under that name."""
        await self._run(queries.PUT_STATE, (area, name, escaped(body)))

    async def drop_state(self, area: str, name: str) -> None:
        """Forget what was noted under a name."""
        await self._run(queries.DROP_STATE, (area, name))

    async def put_draft(self, draft: Draft) -> None:
        """Keep a draft, open (no commit yet) or settled, in place of the one with its id.

        Of an episode's settled drafts only the last is kept: it is what an erasure has to reach.
        """
        row = (draft.id, draft.episode, draft.at, draft.commit is not None, _draft_body(draft))
        async with self._writing() as db:
            await db.execute(queries.PUT_DRAFT, row)
            await db.execute(queries.DROP_FORMER_DRAFTS, {"episode": draft.episode})

    async def drop_draft(self, draft: str) -> None:
        """Forget a draft that came to nothing."""
        await self._run(queries.DROP_DRAFT, (draft,))

    async def drafts(self, episode: str) -> list[Draft]:
        """Return the episode's drafts, oldest first: the last settled one and those still open."""
        rows = await self._run(queries.DRAFTS, (episode,))
        return [_draft(body) for (body,) in rows]

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
        caller).
        """
        texts = [(escaped(encode(event.what)), event.key) for event in events]
        bodies = [(_draft_body(draft), draft.id) for draft in drafts]
        try:
            await self._erase(message, canonicals, texts, bodies)
        finally:
            self.lookups_version += 1

    async def _erase(
        self,
        message: str,
        canonicals: Collection[str],
        texts: Sequence[tuple[str, str]],
        bodies: Sequence[tuple[str, str]],
    ) -> None:
        async with self._writing() as db:
            await db.executemany(queries.ERASE_IN_EVENT, texts)
            await self._erase_states(message)
            await db.execute(queries.ERASE_COMMANDS, (message,))
            await db.execute(queries.ERASE_LOOKUPS, (packed(list(canonicals)),))
            await db.executemany(queries.ERASE_IN_DRAFT, bodies)
            await db.execute(queries.SCRUB_LATER)

    async def scrub(self) -> bool:
        """Take what was erased out of free pages and the WAL; False while a reader is in the way.

        An erasure that was not scrubbed is remembered over restarts (`scrub_due`).
        """
        async with self._lock:
            with explained(self._file):
                try:
                    await _be_patient(self._db, _SCRUB_PATIENCE)
                    return await self._scrub()
                except sqlite3.OperationalError as error:
                    if code_of(error) in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
                        return False
                    raise
                finally:
                    await _be_patient(self._db, _PATIENCE)

    async def scrub_due(self) -> bool:
        """Return whether something was erased and not scrubbed yet."""
        return bool(await self._run(queries.SCRUB_DUE))

    # --- how -----------------------------------------------------------------------------------

    async def _run(
        self, sql: str, values: Sequence[object] | Mapping[str, object] = ()
    ) -> list[Any]:
        """Run one statement, a transaction of its own, and give its rows."""
        async with self._lock:
            with explained(self._file):
                return list(await self._db.execute_fetchall(sql, values))

    @asynccontextmanager
    async def _writing(self) -> AsyncIterator[aiosqlite.Connection]:
        """Hold a transaction: kept whole, or, on any error or cancellation, not at all."""
        async with self._lock:
            with explained(self._file):
                try:
                    await self._db.execute("BEGIN IMMEDIATE")
                    yield self._db
                    await self._db.commit()
                except BaseException:
                    await self._db.rollback()
                    raise

    async def _number(self, episodes: Collection[str]) -> None:
        """Return episodes that were never seen a number; it stays if nothing is then stored."""
        if episodes:
            rows = [(episode.rpartition("#")[0], episode) for episode in episodes]
            self._episodes.update(await self._run(queries.NUMBER_EPISODES, (packed(rows),)))

    async def _erase_states(self, message: str) -> None:
        rows = await self._db.execute_fetchall(queries.STATES_TO_ERASE, {"message": message})
        changed = []
        for event in map(event_of, rows):
            if isinstance(event.what, MessageSeen):
                state = event.what.message
                erased = erased_message if state.id == message else unnamed_thread
                event = replace(event, what=MessageSeen(erased(state)))
                row = row_of(event, self._episodes[event.episode])
                changed.append((row.kind, row.starter, row.version, row.body, event.seq))
        await self._db.executemany(queries.ERASE_STATE, changed)

    async def _scrub(self) -> bool:
        # First without VACUUM: it writes everything anew, in vain while a reader is there.
        if not await self._empty_wal():
            return False
        await self._db.execute("VACUUM")
        if not await self._empty_wal():
            return False
        await self._db.execute(queries.SCRUBBED)
        return True

    async def _empty_wal(self) -> bool:
        """Move all that the WAL holds into the database; False while somebody still reads it."""
        ((busy, _, _),) = await self._db.execute_fetchall(queries.EMPTY_WAL)
        return not busy


async def _prepare(db: aiosqlite.Connection) -> None:
    """Set a connection up: durable, and leaving as little of what is deleted as it can."""
    await db.execute_fetchall("PRAGMA journal_mode = WAL")
    await db.execute("PRAGMA synchronous = FULL")
    await db.execute("PRAGMA secure_delete = ON")
    await db.execute("PRAGMA temp_store = MEMORY")
    await db.execute("PRAGMA foreign_keys = ON")


def _check_writable(path: Path) -> None:
    """Raise StoreError for a file that may only be read, which SQLite tells too late."""
    # (Path.exists raises for a name that is too long.)
    if os.access(path, os.F_OK) and not os.access(path, os.W_OK):
        raise StoreError("store.read-only", file=path)


def _make_private(path: Path) -> None:
    """Keep everybody else from reading a database; its log takes over its rights."""
    try:
        make_private(path)
    except OSError as error:
        raise StoreError("store.cannot-open", file=path) from error


async def _be_patient(db: aiosqlite.Connection, seconds: float) -> None:
    await db.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")


def _rank(lookup: Lookup) -> int:
    if lookup.title:
        return _RANKS[lookup.source]
    return _RANKS["preview"] if lookup.answer or lookup.embed_html else 0


def _lookup_body(lookup: Lookup) -> str:
    return escaped(json.dumps(_values(lookup), ensure_ascii=False))


def _values(lookup: Lookup) -> dict[str, object]:
    values = {field.name: getattr(lookup, field.name) for field in fields(lookup)}
    return values | {"answer": dict(lookup.answer)}


def _draft_body(draft: Draft) -> str:
    values = {field.name: getattr(draft, field.name) for field in fields(draft)}
    values["lookups"] = {one: _values(found) for one, found in draft.lookups.items()}
    values["disputes"] = [asdict(one) for one in draft.disputes]
    return escaped(json.dumps(values, ensure_ascii=False))


def _draft(body: str) -> Draft:
    values = json.loads(body)
    values["lookups"] = {one: Lookup(**found) for one, found in values["lookups"].items()}
    values["disputes"] = tuple(Conflict(**one) for one in values["disputes"])
    values["both"] = {item: tuple(texts) for item, texts in values.get("both", {}).items()}
    for name in ("owners", "people", "hidden", "writers"):
        values[name] = tuple(values.get(name, ()))
    return Draft(**values)
