"""Hands what waits in a closed episode over to the one that is open now, and keeps it in step.

What is owed is noted before it is stored, so that a start goes on where an earlier run stopped:
`later` names the episodes in which something may wait for a next one, `later-to` to which ones
they handed something over.
"""

import asyncio
from collections.abc import Collection, Iterable, Sequence

from bot.core.episode.fold import Outline
from bot.core.events import EpisodeClosed, EpisodeOpened, EpisodeReopened, Event, Message, Redone
from bot.core.file_events import ConflictSettled
from bot.core.later.events import POSTPONED, Carried, thing_of
from bot.core.model import Waiting
from bot.services.episodes import EpisodeRecord, Episodes, nth
from bot.services.event_log import EventLog
from bot.services.ports import Store

WAITS = "later"
HANDED = "later-to"
"""The areas of the store's state."""

_LIFE = (EpisodeOpened, EpisodeClosed, EpisodeReopened)


class HandOver:
    """Follows the log of a show. Fulfils event_log.Follower."""

    def __init__(self, *, show: str, store: Store, episodes: Episodes, log: EventLog) -> None:
        self._show = show
        self._store = store
        self._episodes = episodes
        self._log = log
        self._lock = asyncio.Lock()
        self._waits: set[str] | None = None
        self._handed: dict[str, tuple[str, ...]] = {}

    # --- following the log ---------------------------------------------------------------------

    async def before(self, events: Sequence[Event]) -> Collection[str]:
        """Note the episodes in which something is put off, or may be again."""
        kinds = (*POSTPONED, Redone, ConflictSettled)
        found = {one.episode for one in events if isinstance(one.what, kinds)}
        if found:
            waits = await self._noted()
            for episode in sorted(found - waits):
                await self._store.put_state(WAITS, episode, "")
                waits.add(episode)
        return found

    async def after(self, events: Sequence[Event], owing: Collection[str]) -> None:
        """Hand over what waits, where an episode is there to take it, and what changed of it."""
        waits = await self._noted()
        changed = {one.episode for one in events}
        opens = waits and any(isinstance(one.what, _LIFE) for one in events)
        if opens or changed & (waits | self._handed.keys()):
            await self.bring_in_step(changed)

    async def bring_in_step(self, changed: Collection[str] | None = None) -> None:
        """Hand over what is owed by episodes that `changed`, or by all; in their order."""
        async with self._lock:
            waits = await self._noted()
            touched = None if changed is None else set(changed)
            for record in list(await self._episodes.all()):
                into = self._successor(record) if record.id in waits else None
                targets = {*self._handed.get(record.id, ()), *((into.id,) if into else ())}
                is_new = touched is None or record.id in touched
                news = into is not None and into.id not in self._handed.get(record.id, ())
                if targets and (is_new or news or (into and into.id in (touched or ()))):
                    done = await self._hand_over(record, sorted(targets), into)
                    if touched is not None:
                        touched |= done

    async def _hand_over(
        self, record: EpisodeRecord, targets: Sequence[str], into: EpisodeRecord | None
    ) -> set[str]:
        """Bring the episodes that have something of one in step; return those that changed."""
        source = await self._log.outline(record.id)
        untaken = await self._untaken(record.id, source)
        if into is not None and untaken:
            await self._note_handed(record.id, into.id)
        done = set()
        for to in targets:
            takes = untaken if into is not None and to == into.id else ()
            if events := await self._events(record.id, source, to, takes):
                await self._log.record(events, but=self)
                done.add(to)
        if into is not None:
            await self._store.drop_state(WAITS, record.id)
            self._waits = await self._noted() - {record.id}
        if record.closed is not None:
            self._log.forget(record.id)  # nobody may ask for it again
        return done

    async def _events(
        self, origin: str, source: Outline, to: str, takes: Collection[str]
    ) -> list[Event]:
        # Loaded where something was put off: most chats hold nothing of the kind.
        from bot.core.episode.hand_over import hand_over, taken_back

        target = await self._log.outline(to)
        record = next(one for one in await self._episodes.all() if one.id == to)
        at = (record.opened or 1) - 1  # before all that is said in it
        if not any(isinstance(one.what, POSTPONED) for one in source.commands()):
            # It is so old that it was forgotten (retention.py): what it handed over stays.
            return taken_back(origin, target.carried(), source.off_record())
        return hand_over(origin, source.episode.waiting, to, target.carried(), at=at, takes=takes)

    async def _untaken(self, episode: str, source: Outline) -> set[str]:
        """Return by which events something waits in an episode that no other has taken in."""
        keys = {one.postponed for one in source.episode.waiting}
        for to in self._handed.get(episode, ()) if keys else ():
            for event in (await self._log.outline(to)).carried():
                keys.discard(getattr(event.what, "postponed", ""))
        return keys

    def _successor(self, record: EpisodeRecord) -> EpisodeRecord | None:
        """Return the episode that is open after a closed one for the channels that fed it."""
        if record.closed is None:
            return None
        number = nth(record.id)
        for owner in dict.fromkeys((record.channel, None)):
            found = self._episodes.open_of(owner)
            if found is not None and nth(found.id) > number:
                return found
        return None

    # --- asking --------------------------------------------------------------------------------

    async def waiting(self, channel: str) -> list[tuple[EpisodeRecord, tuple[Waiting, ...]]]:
        """Return what waits for the next episode of a channel, by the episode it waits in."""
        found = []
        waits = await self._noted()
        for record in list(await self._episodes.all()):
            if record.id not in waits or record.channel not in (None, channel):
                continue
            source = await self._log.outline(record.id)
            keys = await self._untaken(record.id, source)
            rest = tuple(one for one in source.episode.waiting if one.postponed in keys)
            if rest:
                found.append((record, rest))
        return found

    async def messages(self) -> list[Message]:
        """Return the messages of closed episodes of which something waits, or is in an open one."""
        waits, sources, things = await self._noted(), set[str](), set[str]()
        records = list(await self._episodes.all())
        closed = {one.id for one in records if one.closed is not None}
        for record in records:
            if record.id in closed and record.id in waits:
                sources.add(record.id)
                things |= _things((await self._log.outline(record.id)).episode.waiting)
            elif record.id not in closed:
                carried = (await self._log.outline(record.id)).carried()
                states = [event.what for event in carried if isinstance(event.what, Carried)]
                things |= {one for one in map(thing_of, states) if one is not None}
        if not things:
            return []
        for episode in closed:
            if any(one not in closed for one in await self.takers(episode)):
                sources.add(episode)
        found: list[Message] = []
        for episode in sorted(sources):
            found += (await self._log.outline(episode)).told_by(things)
            self._log.forget(episode)  # it is over: nobody may ask for it again
        return found

    async def is_waiting(self, episode: str) -> bool:
        """Return whether something may wait in an episode that no other has taken in."""
        return episode in await self._noted()

    async def takers(self, episode: str) -> list[str]:
        """Return the episodes to which one handed something over, and to which those did."""
        await self._noted()
        found, ahead = list[str](), [episode]
        while ahead:
            new = [one for one in self._handed.get(ahead.pop(0), ()) if one not in found]
            found += new
            ahead += new
        return found

    # --- what is noted -------------------------------------------------------------------------

    async def _noted(self) -> set[str]:
        if self._waits is None:
            mine = f"{self._show}#"
            waits, handed = await self._store.state(WAITS), await self._store.state(HANDED)
            self._handed = {
                one: tuple(body.split("\n")) for one, body in handed.items() if one.startswith(mine)
            }
            self._waits = {one for one in waits if one.startswith(mine)}
        return self._waits

    async def _note_handed(self, episode: str, to: str) -> None:
        known = self._handed.get(episode, ())
        if to not in known:
            await self._store.put_state(HANDED, episode, "\n".join((*known, to)))
            self._handed[episode] = (*known, to)


def _things(waiting: Iterable[Waiting]) -> set[str]:
    """Return the ids of the items and topics that wait."""
    topics = [part for one in waiting for part in (*one.under, *one.topic.parts())]
    return {one.id for one in topics if one.name} | {
        item.id for one in topics for item in one.items
    }
