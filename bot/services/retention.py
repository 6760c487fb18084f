"""Forgets what was said for episodes that were closed long ago (RUNDOWN_KEEP).

What stays of one is when it opened and closed, its number, the keys of its events, so that nothing
is taken in twice, and what is off the record. What no file has is never forgotten: hosts are told.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from bot.core.events import (
    DraftAsked,
    EpisodeClosed,
    EpisodeOpened,
    EpisodeReopened,
    Event,
    FieldSet,
    Marked,
)
from bot.core.file_events import OF_FILE, FileEdited
from bot.core.grammar.message import OFF_RECORD
from bot.services import episode_areas
from bot.services.capture.snapshot_events import is_talk
from bot.services.drafting.hidden_lines import KEYS
from bot.services.drafting.owed_files import episodes_owed
from bot.services.episodes import EpisodeRecord
from bot.services.notification import Notification
from bot.services.saved_choices import forget_old_choices
from bot.services.short_notes import chosen_in
from bot.services.show import Show
from bot.services.tasks import BackgroundTasks, Supervisor
from bot.texts import say

_log = logging.getLogger(__name__)

EVERY = 6 * 60 * 60.0
"""Seconds between two looks at what is to be forgotten."""

NOTICE = 24 * 60 * 60 * 1_000_000
"""Microseconds between the look that finds an episode old and that which forgets it.

A clock that is far ahead for a while makes everything old: it is set right before that.
"""

_NO_CONTENT = EpisodeOpened | EpisodeClosed | EpisodeReopened | DraftAsked | FileEdited


class Retention:
    """Forgets a show's old episodes, now and then."""

    def __init__(
        self,
        *,
        show: Show,
        keep: timedelta,
        scrub: Callable[[], Awaitable[None]],
        clock: Callable[[], int],
        supervisor: Supervisor,
    ) -> None:
        """Take the parts; `keep` is how long a closed episode is kept, `scrub` cleans the files."""
        self._show = show
        self._keep = keep // timedelta(microseconds=1)
        self._scrub = scrub
        self._clock = clock
        self._supervisor = supervisor
        self._tasks = BackgroundTasks[None]("retention")

    def start(self) -> None:
        """Look now, and every EVERY."""
        self._tasks.ensure("look", self._run)

    async def _run(self) -> None:
        while True:
            await self._supervisor.persist("retention", self.look)
            await asyncio.sleep(EVERY)

    async def aclose(self) -> None:
        """Stop; what is old is found again."""
        await self._tasks.aclose()

    async def look(self) -> None:
        """Forget the episodes that were found old a day ago or earlier, and note the others."""
        now, store = self._clock(), self._show.store
        due = {name: int(at) for name, at in (await store.state(episode_areas.TO_FORGET)).items()}
        forgot = False
        for record in list(await self._show.episodes.all()):
            if record.closed is None or record.closed > now - self._keep:
                if record.id in due:
                    await store.drop_state(episode_areas.TO_FORGET, record.id)
            elif record.id not in due:
                await store.put_state(episode_areas.TO_FORGET, record.id, str(now))
            elif now - NOTICE >= due[record.id]:
                forgot = await self._forget_if_written(record) or forgot
        old, found_old = now - self._keep, now - NOTICE
        await forget_old_choices(store, before=old, found_before=found_old, now=now)
        if forgot:
            self._show.people.forget()
            await self._scrub()

    async def _forget_if_written(self, record: EpisodeRecord) -> bool:
        """Forget an episode of which nothing is missing in its file; else tell the hosts, once."""
        store = self._show.store
        async with self._show.file_locks.of(record.id):
            events = await store.events(record.id)
            if not await self._is_written(record, events):
                await self._tell(record)
                return False
            kept = [event.key for event in events if _stays(event)]
            forgot = await store.prune(record.id, keep=kept)
            self._show.log.forget(record.id)
        for area in episode_areas.BY_EPISODE:
            await store.drop_state(area, record.id)
        for line in await store.state(chosen_in(record.id)):
            await store.drop_state(chosen_in(record.id), line)
        for name in await store.state(episode_areas.LOOKED):
            if name.endswith(f"|{record.id}"):
                await store.drop_state(episode_areas.LOOKED, name)
        for key in await store.state(KEYS):
            if key.rpartition("/")[0] == record.id:
                await store.drop_state(KEYS, key)
        return forgot

    async def _is_written(self, record: EpisodeRecord, events: Sequence[Event]) -> bool:
        """Return whether all that an episode holds was in its last draft, or is from the file."""
        if await self._show.hand_over.is_waiting(record.id):
            return False
        if record.id in await episodes_owed(self._show.store):
            return False
        drafts = [one for one in await self._show.store.drafts(record.id) if one.commit is not None]
        if not drafts:
            return not (await self._show.log.outline(record.id)).episode.items()
        later = [event for event in events if event.seq > drafts[-1].seq]
        return all(
            is_talk(event) or isinstance(event.what, _NO_CONTENT) or event.key.startswith(OF_FILE)
            for event in later
        )

    async def _tell(self, record: EpisodeRecord) -> None:
        if record.id in await self._show.store.state(episode_areas.KEPT_TOLD):
            return
        number = (await self._show.episode(record.id)).fields.get("number", "")
        _log.warning("kept although it is old: it is in no file", extra={"episode": record.id})
        said = Notification(
            record.id, "said", lambda language: say("desk.kept-unwritten", language, number=number)
        )
        self._show.notifications.announce(said)
        await self._show.store.put_state(episode_areas.KEPT_TOLD, record.id, "1")


def _stays(event: Event) -> bool:
    """Return whether an event is needed although its episode is forgotten."""
    match event.what:
        case EpisodeOpened() | EpisodeClosed() | EpisodeReopened():
            return True
        case Marked(emoji=emoji):
            return emoji == OFF_RECORD
        case FieldSet(name=name):
            return name == "number"
    return False
