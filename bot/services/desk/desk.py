"""The one door that every chat front uses.

A front translates what its platform says into one call here and shows the answer; it holds no
rule of its own. There is one method for each thing that can happen in a chat, and one for each
command (commands.py lists them with their options). They stand in the rooms behind: capture.py
(what happens in the chat), edits.py (commands that change), views.py (commands that show),
drafts.py (the draft). A topic or link is given to a command as hosts name it: an id (of a
completion), a number of the outline ("2", "2.3"), or a name or a part of it; CommandError says
what was not found or not clear.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from functools import partial

from bot.core.model import Lookup
from bot.core.render import render
from bot.core.render.profile import Profile
from bot.core.urls import canonical
from bot.services.desk.capture import Capture, Receipt
from bot.services.desk.draft_commands import Drafts
from bot.services.desk.draft_scheduler import Drafter
from bot.services.desk.edit_commands import Edits
from bot.services.desk.panel_views import Panels
from bot.services.desk.view_commands import Kind, Views
from bot.services.drafting.erasure import Erasure
from bot.services.drafting.publish import Publish
from bot.services.drafting.rendering import Drafting
from bot.services.lookups import Lookups
from bot.services.notification import Listener, Notification
from bot.services.ports import Fetcher, Room, Site, Snapshot, Store, Templates
from bot.services.request import Answer, Request
from bot.services.show import Show
from bot.texts import say

__all__ = ["Answer", "Desk", "Kind", "Receipt", "Request"]


LOOK_EVERY = 60_000_000
"""Microseconds between two looks at the site while messages come."""


class Desk(Capture, Edits, Views, Drafts, Panels):
    """One show: its episodes, and all that can be done to them."""

    def __init__(
        self,
        *,
        name: str,
        store: Store,
        site: Site,
        profile: Profile,
        templates: Templates,
        room: Room,
        web: Fetcher | None,
        clock: Callable[[], int],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        reload: Callable[[], Awaitable[Profile]] | None = None,
    ) -> None:
        self._room = room
        self._show = Show(
            name=name, store=store, site=site, profile=profile, clock=clock, reload=reload
        )
        self._drafting = Drafting(show=self._show, templates=templates)
        self._lookups = Lookups(store=store, profile=profile, web=web, clock=clock)
        self._erasure = Erasure(show=self._show, drafting=self._drafting, lookups=self._lookups)
        self._publish = Publish(show=self._show, drafting=self._drafting, sleep=sleep)
        self._drafter = Drafter(
            show=self._show, publish=self._publish, lookups=self._lookups, clock=clock
        )
        self._clock = clock
        self._looked = 0
        self._on_title: Callable[[Lookup], None] | None = None
        self._lookups.tell(self._titled)
        self._show.on_renewal = self._lookups.use

    async def start(self) -> None:
        """Finish what an earlier run left undone."""
        await self._erasure.resume()
        await self._close_published()
        await self._read_unread(self._clock())
        await self._want_titles()
        self._drafter.start()

    async def aclose(self) -> None:
        """Stop what runs by itself."""
        await self._drafter.aclose()
        await self._lookups.aclose()
        await self._erasure.aclose()

    def tell(self, listener: Callable[[Lookup], None]) -> None:
        """Have a front told of titles that were looked up."""
        self._on_title = listener

    def listen(self, listener: Listener) -> None:
        """Have a front told of what happens by itself (news.py)."""
        self._show.listen(listener)

    def _titled(self, lookup: Lookup) -> None:
        if self._on_title is not None:
            self._on_title(lookup)
        for chapter in self._show.open_now():
            self._drafter.titled(chapter.id)
            self._show.announce(Notification(chapter.id, "changed"))

    async def know(self, lookups: Iterable[Lookup]) -> None:
        """Keep look-ups that somebody gave; nothing else is asked about them."""
        given = {canonical(one.url): replace(one, source="file") for one in lookups}
        await self._show.store.put_lookups(given)

    async def look_up(self, channel: str, *, seconds: float) -> None:
        """Look up what the episode's links lack, and wait for it, but not longer than that."""
        chapter = await self._show.current(channel)
        episode = await self._show.episode(chapter.id)
        await self._lookups.want(render.links(episode, self._show.profile))
        await self._lookups.settle(seconds)

    async def message(self, snapshot: Snapshot, *, language: str = "en") -> Receipt:
        """Take in a message that came or was edited; after a publication it opens the next."""
        if self._clock() - self._looked > LOOK_EVERY:
            await self._close_published()
        return await super().message(snapshot, language=language)

    async def _close_published(self) -> None:
        """Close the episodes whose file people published in the site."""
        self._looked = self._clock()
        for chapter in await self._show.row():
            if chapter.opened is None or chapter.closed is not None:
                continue
            if await self._publish.close_if_published(chapter.id):
                number = (await self._show.numbers()).get(chapter.id, "")
                text = partial(say, "desk.published", number=number)
                self._show.announce(Notification(chapter.id, "said", text))
