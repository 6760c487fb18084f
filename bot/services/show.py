"""A show: its episodes, and the events that make them.

Which episode an event belongs to is decided here, once, when it is accepted: by the time of its
message, so that what comes late for a closed episode is kept with that one (over-time.md, 10).
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.core.episode.fold import Outline
from bot.core.events import (
    EpisodeClosed,
    EpisodeOpened,
    EpisodeReopened,
    Event,
    MessageSeen,
)
from bot.core.model import Episode
from bot.core.render.profile import Profile
from bot.services.notification import Listener, Notification
from bot.services.ports import Person, Site, Store


@dataclass(slots=True)
class EpisodeRecord:
    """One episode of the show in its row: when it was opened and closed, if it was.

    `since` is when it was last opened; with a `channel` it is that channel's own.
    """

    id: str
    opened: int | None = None
    since: int = 0
    closed: int | None = None
    channel: str | None = None

    def spans(self, time: int) -> bool:
        return self.opened is not None and self.opened <= time <= (self.closed or time)


class Show:
    """The row of a show's episodes, each folded when it is first asked for."""

    def __init__(
        self,
        *,
        name: str,
        store: Store,
        site: Site,
        profile: Profile,
        clock: Callable[[], int],
        reload: Callable[[], Awaitable[Profile]] | None = None,
    ) -> None:
        self.name = name
        self.store = store
        self.site = site
        self.profile = profile
        self.clock = clock
        self.on_renewal: Callable[[Profile], None] = lambda profile: None
        """Called with the profile when people changed it in the site."""
        self._reload = reload
        self._rules: tuple[str | None, ...] = ()
        self._row: list[EpisodeRecord] | None = None
        self._outlines: dict[str, Outline] = {}
        self._people: dict[str, str] | None = None
        self._listeners: list[Listener] = []
        self._lock = asyncio.Lock()  # an event is folded by whoever loads an outline, or after

    # --- episodes ------------------------------------------------------------------------------

    async def row(self) -> list[EpisodeRecord]:
        """Return all episodes in their order; the last may not be open yet."""
        if self._row is None:
            events = await self.store.lifecycle(self.name)
            self._row = []
            for event in events:
                self._note(event)
        return self._row

    def _note(self, event: Event) -> None:
        """Keep the row in step with an event that opened, closed or numbered an episode."""
        what = event.what
        if not isinstance(what, EpisodeOpened | EpisodeClosed | EpisodeReopened):
            return
        assert self._row is not None  # noqa: S101 - row() made it
        chapter = self._chapter(event.episode)
        if isinstance(what, EpisodeClosed):
            chapter.closed = event.at
            return
        chapter.closed = None
        chapter.since = event.at
        if isinstance(what, EpisodeOpened):
            chapter.opened, chapter.channel = event.at, what.channel

    def _chapter(self, episode: str) -> EpisodeRecord:
        assert self._row is not None  # noqa: S101 - row() made it
        for chapter in self._row:
            if chapter.id == episode:
                return chapter
        self._row.append(EpisodeRecord(episode))
        return self._row[-1]

    async def current(self, channel: str) -> EpisodeRecord:
        """Return the episode that is open for a channel, or that the next kept thing opens."""
        row = await self.row()
        for owner in (channel, None):
            open_now = [one for one in row if one.closed is None and one.channel == owner]
            if open_now:
                return max(open_now, key=lambda one: one.since)
        return self.next()

    def next(self) -> EpisodeRecord:
        """Add an episode that is not open yet to the row."""
        assert self._row is not None  # noqa: S101 - row() made it
        self._row.append(EpisodeRecord(f"{self.name}#{len(self._row) + 1}"))
        return self._row[-1]

    async def at(self, time: int, channel: str) -> EpisodeRecord:
        """Return the episode to which a message of that time belongs."""
        row = await self.row()
        for chapter in row:
            if chapter.channel == channel and chapter.spans(time):
                return chapter
        for chapter in row:
            if chapter.channel is None and chapter.closed is not None and time <= chapter.closed:
                return chapter
        return await self.current(channel)

    async def home(self, message: str, time: int, channel: str) -> EpisodeRecord:
        """Return the episode that a message is kept with, or would be."""
        row = await self.row()
        if len(row) == 1 and row[0].closed is None:
            return row[0]
        episode = await self.store.episode_of(message)
        return await self.at(time, channel) if episode is None else self._chapter(episode)

    async def numbers(self) -> dict[str, str]:
        """Return the numbers of all our episodes, by the episode's id."""
        found = {}
        for chapter in await self.row():
            number = (await self.outline(chapter.id)).episode.fields.get("number")
            if number is not None:
                found[chapter.id] = str(number)
        return found

    async def next_number(self) -> str:
        """Return the next whole number after the highest in the site and among our episodes."""
        taken = (await self.numbers()).values()
        return self.profile.next_number(await self.site.paths(), taken)

    async def renew(self, rules: str | None) -> bool:
        """Read the profile again if the site's is another than when it was seen last.

        Raises ProfileError where it has a mistake now; the former one counts until it is mended.
        """
        if self._rules and self._rules != (rules,) and self._reload is not None:
            self.profile = await self._reload()
            self._outlines.clear()
            self.on_renewal(self.profile)
            self._rules = (rules,)
            return True
        self._rules = (rules,)
        return False

    # --- the log -------------------------------------------------------------------------------

    async def record(self, events: Sequence[Event]) -> list[Event]:
        """Store events and fold them; return those that were new."""
        await self.row()
        async with self._lock:
            stored = await self.store.append(events)
            by_episode: dict[str, list[Event]] = {}
            for event in stored:
                self._note(event)
                by_episode.setdefault(event.episode, []).append(event)
            for episode, new in by_episode.items():
                if episode in self._outlines:
                    await self._fold(self._outlines[episode], new)
        for episode, new in by_episode.items():
            if any(_changes(event) for event in new):
                self.announce(Notification(episode, "changed"))
        return stored

    def listen(self, listener: Listener) -> None:
        """Have somebody told of what happens by itself."""
        self._listeners.append(listener)

    def announce(self, news: Notification) -> None:
        """Tell those who listen."""
        for listener in self._listeners:
            listener(news)

    async def _fold(self, outline: Outline, events: Sequence[Event]) -> None:
        """Fold stored events; talk only where something refers to it, with what it refers to."""
        wanted = outline.unknown(events)
        if wanted:
            outline.extend(await self.store.talk(wanted))
        outline.extend(event for event in events if outline.wants(event))

    async def outline(self, episode: str) -> Outline:
        """Return an episode's fold."""
        async with self._lock:
            outline = self._outlines.get(episode)
            if outline is None:
                outline = Outline(episode, self.profile.rules)
                outline.extend(await self.store.events(episode))
                self._outlines[episode] = outline
        return outline

    def forget(self, episode: str) -> None:
        """Have an episode folded anew from the store when it is next asked for."""
        self._outlines.pop(episode, None)

    async def episode(self, episode: str) -> Episode:
        """Return an episode as it stands, with what every episode of the show starts with."""
        return self.dressed((await self.outline(episode)).episode)

    def dressed(self, episode: Episode, profile: Profile | None = None) -> Episode:
        """Return a folded episode the profile's defaults, and its date, where nothing was set."""
        profile = profile or self.profile
        start = episode.opened if episode.opened is not None else self.clock()
        date = profile.date(start).isoformat()
        return replace(episode, fields={**profile.defaults, "date": date, **episode.fields})

    async def opened(self, chapter: EpisodeRecord, *, by: str, at: int) -> list[Event]:
        """Return what has to happen before something can be kept in an episode: nothing, mostly."""
        if chapter.opened is not None:
            return []
        return [opening(chapter, await self.next_number(), by=by, at=at)]

    def open_now(self) -> list[EpisodeRecord]:
        """Return the episodes that are open, as far as the row was asked for yet."""
        return [one for one in self._row or () if one.opened is not None and one.closed is None]

    # --- people --------------------------------------------------------------------------------

    async def meet(self, people: Iterable[Person]) -> None:
        """Keep the names of people that are new or called otherwise now."""
        known = await self.people()
        new = {one.id: one for one in people if one.id and known.get(one.id) != one.name}
        if new:
            await self.store.put_people(list(new.values()))
            known.update((one.id, one.name) for one in new.values())

    async def people(self) -> dict[str, str]:
        """Return everybody's name by id."""
        if self._people is None:
            self._people = await self.store.people()
        return self._people


def opening(
    chapter: EpisodeRecord, number: str, *, by: str, at: int, channel: str | None = None
) -> Event:
    """Return the event that opens an episode; there is one for each."""
    return Event(f"{chapter.id}:opened", chapter.id, at, by, EpisodeOpened(number, channel))


def _changes(event: Event) -> bool:
    """Return whether an event may change an episode: talk does not."""
    return not isinstance(event.what, MessageSeen) or event.what.message.text is not None
