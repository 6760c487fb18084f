"""The desk of one show: what every chat front and every command works on.

A front translates what its platform says into one call here and shows the answer; it holds no
rule of its own. `capture` takes in what happens in a chat; the commands of the table stand in
`edits`, `views` and `drafts`; `panels` makes what is shown as something to tap.

A topic or link is given to a command as hosts name it: an id (of a completion), a number of the
outline ("2", "2.3"), or a name or a part of it; CommandError says what was not found or not clear.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable, Collection, Iterable
from dataclasses import replace
from datetime import timedelta, tzinfo
from functools import cached_property, partial
from typing import TYPE_CHECKING

from bot.core.model import Lookup
from bot.core.render import render
from bot.core.urls import canonical
from bot.services.capture.capture import Capture
from bot.services.capture.snapshot_events import channel_of, stands_in
from bot.services.capture.thread_names import ThreadNames
from bot.services.desk.draft_commands import Drafts
from bot.services.desk.draft_scheduler import DraftScheduler
from bot.services.desk.edit_commands import Edits
from bot.services.desk.late_links import LateLinks
from bot.services.desk.panel_views import Panels
from bot.services.desk.publish_commands import Complete, Publishing
from bot.services.desk.view_commands import Views
from bot.services.drafting.erasure import Erasure
from bot.services.drafting.publication_watch import PublicationWatch
from bot.services.drafting.publish import Publish
from bot.services.drafting.rendering import Drafting
from bot.services.lookups import Lookups
from bot.services.notification import Listener, Notification
from bot.services.ports import LOOKUPS, Elsewhere, Fetcher, Room, Templates
from bot.services.show import Show
from bot.services.site_index.keeper import IndexKeeper
from bot.services.site_index.own_titles import OwnTitles
from bot.services.tasks import BackgroundTasks, Supervisor

if TYPE_CHECKING:
    from bot.services.desk.check_commands import Checking
    from bot.services.desk.find_commands import Finding
    from bot.services.desk.later_commands import Later
    from bot.services.desk.notes_commands import Notes
    from bot.services.desk.record_commands import Record
    from bot.services.desk.times_commands import Times
    from bot.services.retention import Retention


def random_key() -> str:
    """Return a key of 32 bytes that nobody can guess."""
    return os.urandom(32).hex()


async def _nothing_missed(seconds: float) -> None:
    """Do nothing: a desk without fronts misses nothing."""


class Desk:
    """One show: its episodes, and all that can be done to them."""

    def __init__(
        self,
        *,
        show: Show,
        templates: Templates,
        room: Room,
        web: Fetcher | None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        supervisor: Supervisor | None = None,
        keep: timedelta | None = None,
        new_key: Callable[[], str] = random_key,
        complete: Complete = _nothing_missed,
    ) -> None:
        """Put a desk together; nothing runs before `start`. It closes the show's index.

        `supervisor` keeps its background work going; None makes one of its own. `keep` is how long
        a closed episode is kept, without end for None; `new_key` gives a random key (32 bytes) for
        what is erased; `complete` reads what was missed, within so many seconds.
        """
        self._show, self._templates, self._complete = show, templates, complete
        self._supervisor = supervisor = supervisor or Supervisor()
        self._drafting = drafting = Drafting(show=show, templates=templates)
        self._lookups = lookups = Lookups(
            store=show.store, profile=show.profile, web=web, clock=show.clock, supervisor=supervisor
        )
        self._erasure = erasure = Erasure(
            show=show, drafting=drafting, lookups=lookups, supervisor=supervisor, new_key=new_key
        )
        self._publish = publish = Publish(show=show, drafting=drafting, sleep=sleep)
        self._scheduler = DraftScheduler(
            show=show, publish=publish, lookups=lookups, supervisor=supervisor
        )
        self._watch = PublicationWatch(show=show, publish=publish, supervisor=supervisor)
        own_titles = OwnTitles(show=show, templates=templates)
        self.capture = Capture(
            show=show,
            room=room,
            erasure=erasure,
            lookups=lookups,
            own_titles=own_titles,
            publication_watch=self._watch,
        )
        self.late = LateLinks(show=show, publish=publish, drafting=drafting)
        self.keeper = self._made_keeper(own_titles)
        self._retention = self._made_retention(keep)
        self._following = BackgroundTasks[None]("what others stored")
        self._on_title: Callable[[Lookup], None] | None = None
        show.log.followers.append(self.late)
        lookups.listen(self._titled)
        show.renewal.on_renewal(lookups.use)

    def _made_keeper(self, own_titles: OwnTitles) -> IndexKeeper | None:
        show, supervisor = self._show, self._supervisor
        if show.index is None:
            return None
        return IndexKeeper(
            show=show, index=show.index, own_titles=own_titles, supervisor=supervisor
        )

    def _made_retention(self, keep: timedelta | None) -> "Retention | None":
        if keep is None:
            return None
        # Loaded here because few keep their episodes for a while only.
        from bot.services.retention import Retention

        scrub, supervisor = self._erasure.scrub, self._supervisor
        return Retention(
            show=self._show, keep=keep, scrub=scrub, clock=self._show.clock, supervisor=supervisor
        )

    # --- what hosts can do ---------------------------------------------------------------------

    @cached_property
    def thread_names(self) -> ThreadNames:
        """What has topics follow the names of their threads."""
        return ThreadNames(show=self._show, known_in=self.capture.known_in)

    @cached_property
    def edits(self) -> Edits:
        """The commands that change an episode."""
        drafting, lookups = self._drafting, self._lookups
        return Edits(show=self._show, drafting=drafting, lookups=lookups, late=self.late)

    @cached_property
    def views(self) -> Views:
        """The commands that show."""
        return Views(show=self._show, drafting=self._drafting)

    @cached_property
    def drafts(self) -> Drafts:
        """`/draft`, and what belongs to it."""
        return Drafts(show=self._show, publish=self._publish, scheduler=self._scheduler)

    @cached_property
    def publishing(self) -> Publishing:
        """`/publish`, now or at a time."""
        return Publishing(
            show=self._show,
            drafting=self._drafting,
            publish=self._publish,
            scheduler=self._scheduler,
            lookups=self._lookups,
            supervisor=self._supervisor,
            complete=self._complete,
        )

    @cached_property
    def panels(self) -> Panels:
        """The outline as something to tap."""
        return Panels(show=self._show, drafting=self._drafting)

    @cached_property
    def later(self) -> "Later":
        """`/later`. Loaded with the first: few chats give it."""
        from bot.services.desk.later_commands import Later

        return Later(show=self._show, drafting=self._drafting, late=self.late)

    @cached_property
    def checking(self) -> "Checking":
        """`/check`. Loaded with the first: few chats give it."""
        from bot.services.desk.check_commands import Checking

        return Checking(show=self._show, drafting=self._drafting, lookups=self._lookups)

    @cached_property
    def finding(self) -> "Finding":
        """`/find` and `/link earlier`. Loaded with the first."""
        from bot.services.desk.find_commands import Finding

        return Finding(show=self._show, drafting=self._drafting, keeper=self.keeper)

    @cached_property
    def record(self) -> "Record":
        """`/record`. Loaded with the first: most of the week nobody records."""
        from bot.services.desk.record_commands import Record

        return Record(show=self._show)

    @cached_property
    def times(self) -> "Times":
        """`/times`. Loaded with the first."""
        from bot.services.desk.times_commands import Times

        return Times(show=self._show, drafting=self._drafting)

    @cached_property
    def notes(self) -> "Notes":
        """`/notes`. Loaded with the first."""
        from bot.services.desk.notes_commands import Notes

        return Notes(show=self._show, publish=self._publish, templates=self._templates)

    @property
    def waiting(self) -> int:
        """How many look-ups are under way or wait."""
        return len(self._lookups)

    async def start(self) -> None:
        """Finish what an earlier run left undone."""
        await self._show.hand_over.bring_in_step()
        await self._erasure.resume()
        await self._watch.look_soon()
        await self.late.resume()
        await self._publish.further.start()
        await self.capture.read_unread(self._show.clock())
        self._lookups.start_pruning()
        await self.capture.want_titles()
        self._scheduler.start()
        self.publishing.start()
        if self._retention is not None:
            self._retention.start()
        if self.keeper is not None:
            await self.keeper.start()

    async def aclose(self) -> None:
        """Stop what runs by itself."""
        if self.keeper is not None:
            await self.keeper.aclose()
        await self._following.aclose()
        if self._retention is not None:
            await self._retention.aclose()
        await self.late.aclose()
        await self._watch.aclose()
        await self.publishing.aclose()
        await self._scheduler.aclose()
        await self._publish.further.aclose()
        await self._lookups.aclose()
        await self._erasure.aclose()

    @property
    def language(self) -> str:
        """The language that the show's hosts share."""
        return self._show.profile.language

    @property
    def zone(self) -> tzinfo:
        """The time zone in which the show writes dates."""
        return self._show.profile.zone

    async def name_of(self, person: str) -> str:
        """Return the name that somebody has, "" where they were never met."""
        return (await self._show.people.names()).get(person, "")

    def on_title(self, listener: Callable[[Lookup], None]) -> None:
        """Call a front with each title that was looked up."""
        self._on_title = listener

    def listen(self, listener: Listener) -> None:
        """Call a front with what happens by itself; the first with what was to be said before."""
        self._show.notifications.speak(listener)

    def follow(self, change: Elsewhere) -> None:
        """Take in what other processes changed, and tell whoever shows it."""
        changed = self._show.follow(change)
        self._scheduler.follow(change)
        if changed or (LOOKUPS in change.areas and self._show.episodes.open_now()):
            work = partial(self._catch_up, changed)
            self._following.start(self._supervisor.persist("what others stored", work))

    async def _catch_up(self, changed: Collection[str]) -> None:
        for episode in sorted(changed):
            await self._show.log.refresh(episode)
        shown = changed or {record.id for record in self._show.episodes.open_now()}
        for episode in sorted(shown):
            self._show.notifications.announce(Notification(episode, "changed"))

    def _titled(self, lookup: Lookup) -> None:
        if self._on_title is not None:
            self._on_title(lookup)
        for record in self._show.episodes.open_now():
            self._scheduler.titled(record.id)
            self._show.notifications.announce(Notification(record.id, "changed"))

    async def know(self, lookups: Iterable[Lookup]) -> None:
        """Keep look-ups that somebody gave; nothing else is asked about them."""
        given = {canonical(one.url): replace(one, source="file") for one in lookups}
        await self._show.store.put_lookups(given)

    async def off_record(self) -> set[str]:
        """Return the messages of all episodes that are off the record."""
        found = set[str]()
        for record in await self._show.episodes.all():
            found |= (await self._show.log.outline(record.id)).off_record()
        return found

    async def carried_in(self, channel: str) -> dict[str, list[str]]:
        """Return the messages of closed episodes that matter still, by channel or thread.

        Something of them waits, is in an open episode, or is in no file and nobody decided on it.
        """
        found: dict[str, list[str]] = {}
        for message in (*await self._show.hand_over.messages(), *await self.late.messages()):
            if channel_of(message) == channel:
                found.setdefault(stands_in(message), []).append(message.id)
        return found

    async def look_up(self, channel: str, *, seconds: float) -> None:
        """Look up what the episode's links lack, and wait for it, but not longer than that."""
        record = await self._show.episodes.current(channel)
        episode = await self._show.episode(record.id)
        await self._lookups.want(render.links(episode, self._show.profile))
        await self._lookups.wait_idle(seconds)
