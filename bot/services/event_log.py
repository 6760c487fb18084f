"""The log of a show's events, and the fold of each episode that was asked for."""

import asyncio
import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Protocol

from bot.core.episode.fold import Outline
from bot.core.episode.undo import EDITS
from bot.core.events import (
    EpisodeClosed,
    EpisodeReopened,
    Event,
    MessageSeen,
    Redone,
    TopicAdded,
    Undone,
)
from bot.core.file_events import OF_CONFLICT, OF_FILE
from bot.core.grammar.message import Rules
from bot.core.recording.events import TopicTimed
from bot.errors import StoreError
from bot.services.episodes import Episodes
from bot.services.notification import Notification, Notifications
from bot.services.ports import Store

_log = logging.getLogger(__name__)

BY_COMMAND = (*EDITS, EpisodeClosed, EpisodeReopened, Undone, Redone)
"""What hosts do by command, each stamped by our own clock."""

BEFORE_NEXT = (TopicAdded, TopicTimed, EpisodeClosed, EpisodeReopened)
"""What decides where things go that are said next."""


class Follower(Protocol):
    """Does what follows from events, over restarts too: told of them before they are stored."""

    async def before(self, events: Sequence[Event]) -> Collection[str]:
        """Note what will be owed once these events are stored; return the episodes that owe it."""

    async def after(self, events: Sequence[Event], owing: Collection[str]) -> None:
        """Do what these events, which are stored, ask for; `owing` is what `before` gave."""


class EventLog:
    """Stores events and folds them; an episode is folded when it is first asked for."""

    def __init__(
        self,
        *,
        store: Store,
        episodes: Episodes,
        notifications: Notifications,
        rules: Callable[[], Rules],
    ) -> None:
        self._store = store
        self._episodes = episodes
        self._notifications = notifications
        self._rules = rules
        self._outlines: dict[str, Outline] = {}
        self.followers: list[Follower] = []
        self._lock = asyncio.Lock()  # an event is folded by whoever loads an outline, or after

    async def record(self, events: Sequence[Event], *, but: Follower | None = None) -> list[Event]:
        """Store events and fold them, and what follows from them; return those that were new.

        All followers are told `but` the one whose events they are.
        """
        followers = [one for one in self.followers if one is not but]
        owing = [await follower.before(events) for follower in followers]
        stored = await self._store_and_fold(events)
        for follower, owed in zip(followers, owing, strict=True):
            await follower.after(stored, owed)
        return stored

    async def _store_and_fold(self, events: Sequence[Event]) -> list[Event]:
        await self._episodes.all()
        by_episode: dict[str, list[Event]] = {}
        async with self._lock:
            stored = await self._store.append([await self._in_order(one) for one in events])
            for event in stored:
                self._episodes.apply(event)
                by_episode.setdefault(event.episode, []).append(event)
            for episode, new in by_episode.items():
                if episode in self._outlines:
                    await self._fold(self._outlines[episode], new)
        for episode, new in by_episode.items():
            if any(_may_change(event) for event in new):
                self._notifications.announce(Notification(episode, "changed"))
        return stored

    async def _in_order(self, event: Event) -> Event:
        """Return a command as given after all that was said and done when it was accepted.

        Its own time may say otherwise: a clock can be set back. The time of a message is its
        platform's, that of what people did to a file the file's: what decides where things go that
        are said next comes after what was said alone.
        """
        if not isinstance(event.what, BY_COMMAND) or event.key.startswith((OF_FILE, OF_CONFLICT)):
            return event
        outline = await self._folded(event.episode)
        last = outline.heard if isinstance(event.what, BEFORE_NEXT) else outline.newest
        if outline.knows(event.key) or event.at > last:
            return event
        return replace(event, at=last + 1)

    async def _fold(self, outline: Outline, events: Sequence[Event]) -> None:
        """Fold stored events; talk only where something refers to it, with what it refers to.

        Where the store fails now, the episode is folded anew when it is next asked for: what is
        stored is no news to it a second time.
        """
        wanted = [event for event in events if outline.wants(event)]
        try:
            await self._fold_talk(outline, events[0].episode, wanted)
        except StoreError as error:
            _log.warning("to be folded anew", extra={"cause": str(error)})
            self.forget(events[0].episode)
            return
        outline.extend(wanted)

    async def _fold_talk(self, outline: Outline, episode: str, ahead: Sequence[Event]) -> None:
        """Fold the talk that events refer to, and what that refers to in its turn.

        Talk of another episode has no place in this one, as little as what was kept there: after a
        start it would not be read either.
        """
        asked = set[str]()
        while wanted := outline.unknown(ahead) - asked:
            asked |= wanted
            talk = await self._store.talk(sorted(wanted))
            ahead = [event for event in talk if event.episode == episode]
            outline.extend(ahead)

    async def outline(self, episode: str) -> Outline:
        """Return an episode's fold."""
        async with self._lock:
            return await self._folded(episode)

    async def _folded(self, episode: str) -> Outline:
        outline = self._outlines.get(episode)
        if outline is None:
            outline = Outline(episode, self._rules())
            outline.extend(await self._store.events(episode))
            if not outline.rules.is_quick:  # of many messages, each may take its time
                await asyncio.to_thread(outline.index)
            self._outlines[episode] = outline
        return outline

    async def refresh(self, episode: str) -> None:
        """Read an episode, and which there are, anew: other processes may have stored more."""
        async with self._lock:
            await self._episodes.refresh()
            self.forget(episode)

    def forget(self, episode: str) -> None:
        """Fold an episode anew from the store when it is next asked for."""
        self._outlines.pop(episode, None)

    def forget_all(self) -> None:
        """Fold all episodes anew: they are read by other rules now."""
        self._outlines.clear()


def _may_change(event: Event) -> bool:
    """Return whether an event may change an episode: talk does not."""
    return not isinstance(event.what, MessageSeen) or event.what.message.text is not None
