"""The store in PostgreSQL for one process among several, each with some of the shards."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Self

from asyncpg.pool import PoolConnectionProxy

from bot.core.events import Event
from bot.core.model import Lookup
from bot.errors import StoreBusy, StoreError
from bot.services.ports import LOOKUPS, Draft, Elsewhere
from bot.services.shards import Shards, Wanted
from storage.postgresql.connection import NAME, Server, ServerPool
from storage.postgresql.metered import MeteredPostgres
from storage.postgresql.processes import LIFE, Registration
from storage.postgresql.store import prepared

SOON = 0.05
"""Seconds for which what we changed is collected before others are told."""

AGAIN = 0.5
"""Seconds between two tellings at least: each wakes every other process."""

LONGEST = 7_000
"""Bytes that are told at most (PostgreSQL takes 8,000); else it may be anything."""

PATIENCE = LIFE + 5.0
"""Seconds for which we wait for shards of a process that may be dead."""

HELD = 60.0
"""Seconds for which we wait for what another process does just now."""

_PAUSE = 1.0
_LAST = "SELECT last FROM episodes WHERE name = $1"
# Told without a write to the disk: else each would hold up the commits of all others.
_TELL = "SELECT set_config('synchronous_commit', 'off', true), pg_notify('rundown', $1)"


class SharedStore(MeteredPostgres):
    """The store of a process that has others beside it, and hears what they change."""

    shards: Shards

    def __init__(self, server: Server, pool: ServerPool, registration: Registration | None) -> None:
        super().__init__(server, pool, registration)
        self._listeners: list[Callable[[Elsewhere], None]] = []
        self._last: dict[str, int] = {}
        self._episodes_changed: set[str] = set()
        self._areas_changed: set[str] = set()
        self._anything_changed = False
        self._changed = asyncio.Event()

    @classmethod
    @asynccontextmanager
    async def join(cls, address: str, wanted: Wanted) -> AsyncIterator[Self]:
        """Hold shards of those that are wanted, on the database at an address: its `shards`.

        Raises StoreBusy where others go on holding one of each choice.
        """
        server = Server(address)
        async with prepared(server) as registration:
            shards = await _taken(registration, wanted)
            fenced = Server(address, process=registration.id)
            async with fenced.pool() as pool:
                store = cls(fenced, pool, registration)
                store.shards = shards
                await store.refuse_half_moved(NAME)
                await registration.listen(store._hear)
                telling = asyncio.create_task(store._tell())
                try:
                    yield store
                finally:
                    await store._commits.wait_idle()
                    telling.cancel()
                    with suppress(asyncio.CancelledError):
                        await telling
                    with suppress(StoreError):
                        await store._tell_now()

    # --- what others change --------------------------------------------------------------------

    def follow(self, listener: Callable[[Elsewhere], None]) -> None:
        """Have somebody told of what other processes change."""
        self._listeners.append(listener)

    def _hear(self, payload: str) -> None:
        told = json.loads(payload)
        if self._registration is not None and told.get("by") == self._registration.id:
            return
        areas = frozenset(told.get("areas", ()))
        is_all = told.get("all", False)
        if is_all or LOOKUPS in areas:
            self.lookups_version += 1
        self._pass_on(Elsewhere(frozenset(told.get("episodes", ())), areas, all=is_all))

    def _pass_on(self, change: Elsewhere) -> None:
        for episode in list(self._last) if change.all else change.episodes:
            self._last.pop(episode, None)
        for listener in self._listeners:
            listener(change)

    def _heard(self, befores: Mapping[str, int | None], ours: Iterable[tuple[str, int]]) -> None:
        """Tell of events that were stored by others, before our own that stand behind them."""
        others = {
            episode for episode, last in befores.items() if self._last.get(episode, last) != last
        }
        if others:
            self._pass_on(Elsewhere(frozenset(others)))
        for episode, place in ours:
            self._last[episode] = max(self._last.get(episode, 0), place)

    async def events(self, episode: str) -> list[Event]:
        """Return the episode's events, and know from now on up to where they go."""

        async def work(db: PoolConnectionProxy, _: int) -> int:
            return int(await db.fetchval(_LAST, episode) or 0)

        last = await self._pool.do(work)  # before: whatever comes between is told twice
        events = await super().events(episode)
        self._last[episode] = last
        return events

    # --- what we change ------------------------------------------------------------------------

    async def append(self, events: Sequence[Event]) -> list[Event]:
        """Store events, and tell the others."""
        stored = await super().append(events)
        self._note(episodes={event.episode for event in stored})
        return stored

    async def put_state(self, area: str, name: str, body: str) -> None:
        """Note something, and tell the others."""
        await super().put_state(area, name, body)
        self._note(areas={area})

    async def drop_state(self, area: str, name: str) -> None:
        """Forget what was noted, and tell the others."""
        await super().drop_state(area, name)
        self._note(areas={area})

    async def put_lookups(self, lookups: Mapping[str, Lookup]) -> None:
        """Keep look-ups, and tell the others."""
        await super().put_lookups(lookups)
        self._note(areas={LOOKUPS})

    async def prune(self, episode: str, *, keep: Collection[str]) -> bool:
        """Blank an episode, and tell the others."""
        done = await super().prune(episode, keep=keep)
        self._note(episodes={episode})
        return done

    async def erase(
        self,
        message: str,
        *,
        canonicals: Collection[str],
        drafts: Collection[Draft] = (),
        events: Collection[Event] = (),
    ) -> None:
        """Blank all that is stored of a message, and tell the others."""
        await super().erase(message, canonicals=canonicals, drafts=drafts, events=events)
        self._anything_changed = True
        self._note()

    def _note(self, *, episodes: Collection[str] = (), areas: Collection[str] = ()) -> None:
        self._episodes_changed.update(episodes)
        self._areas_changed.update(areas)
        self._changed.set()

    async def _tell(self) -> None:
        """Tell the others what we changed, as long as we are there."""
        while True:
            await self._changed.wait()
            await asyncio.sleep(SOON)
            with suppress(StoreError):  # told with the next: nothing of it is taken off before
                await self._tell_now()
            await asyncio.sleep(AGAIN - SOON)

    async def _tell_now(self) -> None:
        if not self._changed.is_set():
            return
        self._changed.clear()
        payload = self._payload()

        async def work(db: PoolConnectionProxy, _: int) -> None:
            await db.fetch(_TELL, payload)

        try:
            await self._pool.do(work)
        except BaseException:
            self._anything_changed = True
            self._changed.set()
            raise

    def _payload(self) -> str:
        """Return what we changed since we told it last."""
        by = self._registration.id if self._registration is not None else ""
        episodes, areas = sorted(self._episodes_changed), sorted(self._areas_changed)
        payload = json.dumps({"by": by, "episodes": episodes, "areas": areas})
        if self._anything_changed or len(payload) > LONGEST:
            payload = json.dumps({"by": by, "all": True})
        self._episodes_changed.clear()
        self._areas_changed.clear()
        self._anything_changed = False
        return payload

    # --- one process at a time -----------------------------------------------------------------

    async def take(self, name: str) -> bool:
        """Take something for as long as we are alive, if nobody has it; return whether."""
        return self._registration is not None and await self._registration.take(name)

    @asynccontextmanager
    async def exclusive(self, name: str) -> AsyncIterator[bool]:
        """Hold what one process at a time may do."""
        assert self._registration is not None  # noqa: S101 - join() registered us
        until = asyncio.get_running_loop().time() + HELD
        while not await self._registration.take(name):
            if asyncio.get_running_loop().time() > until:
                raise StoreBusy("store.held")
            await asyncio.sleep(_PAUSE / 4)
        try:
            yield True
        finally:
            await self._registration.let_go(name)


async def _taken(registration: Registration, wanted: Wanted) -> Shards:
    """Take shards, once a process that may be dead has been taken for it."""
    until = asyncio.get_running_loop().time() + PATIENCE
    while True:
        for choice in wanted.choices:
            try:
                await registration.take_shards(choice.held, choice.count)
            except StoreBusy:
                if choice is wanted.choices[-1] and asyncio.get_running_loop().time() > until:
                    raise
            else:
                return choice
        await asyncio.sleep(_PAUSE)
