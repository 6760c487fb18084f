"""The background task that keeps the index of a site as the site is."""

import asyncio
import logging
from contextlib import suppress
from typing import TYPE_CHECKING

from bot.errors import SiteError, StoreError, TemplateError
from bot.services.notification import Notification
from bot.services.show import Show
from bot.services.site_index.own_titles import OwnTitles
from bot.services.tasks import RETRY_PAUSES, BackgroundTasks, Backoff, Supervisor, wait_for

if TYPE_CHECKING:
    from bot.services.site_index.upkeep import SiteUpkeep
    from bot.services.site_index_port import SiteIndex

_log = logging.getLogger(__name__)

NAME = "site index"
FIRST = 10.0
"""Seconds after a start before the site is read: what is told of by then comes first."""

EVERY = 600.0
"""Seconds between two looks at the site, where nothing else asks for one."""

SETTLED = 0.5
"""Seconds that are waited when one is asked for: commits come in pairs."""

LAST = 2.0
"""Seconds that a stop waits until what went off the record has left the index."""


class IndexKeeper:
    """Brings the index up to date after our own commits, and every EVERY."""

    def __init__(
        self,
        *,
        show: Show,
        index: "SiteIndex",
        own_titles: OwnTitles,
        supervisor: Supervisor,
    ) -> None:
        self._own_titles = own_titles
        self._show = show
        self._index = index
        self._supervisor = supervisor
        self._upkeep: SiteUpkeep | None = None
        self._working = asyncio.Lock()
        self._is_behind = False
        self._tasks = BackgroundTasks[None](NAME)

    async def start(self) -> None:
        """Make known what was kept, and begin to read the site in the background."""
        await self._open()
        if self._index.scrub_owed:
            self._show.memory.wanted.set()  # traces may be left of what went off the record
        self._tasks.ensure(NAME, self._keep)

    async def aclose(self) -> None:
        """Stop, and let the index go, without what left the site's files off the record."""
        await self._tasks.aclose()
        if self._index.scrub_owed:
            await self.ensure_current(seconds=LAST)
        async with self._working:
            await self._index.aclose()

    async def _open(self) -> None:
        try:
            await self._index.open()
        except StoreError as error:
            _log.warning("the site's index is read anew", extra={"cause": str(error)})

    async def ensure_whole(self, *, seconds: float) -> None:
        """Wait until all pages were read once, no longer than so many seconds."""
        if not self._show.memory.is_whole:
            await self._refresh_within(seconds)

    async def ensure_current(self, *, seconds: float) -> None:
        """Wait until what is known to have changed was read, no longer than so many seconds."""
        if self._show.memory.wanted.is_set() or self._is_behind:
            await self._refresh_within(seconds)

    async def _refresh_within(self, seconds: float) -> None:
        """Bring the index up to date in so many seconds, if that can be.

        What keeps it from that, the background task meets too, and tells.
        """
        with suppress(TimeoutError, SiteError, TemplateError, StoreError):
            async with asyncio.timeout(seconds):
                await self.refresh()

    async def refresh(self) -> None:
        """Bring the index up to date now.

        Raises SiteError, TemplateError or StoreError where that fails.
        """
        self._is_behind = True
        async with self._working:
            # Asked before the site is, too: a draft may take lines out while its pages are read.
            is_last = self._index.scrub_owed and not await self._hides()
            upkeep = self._made()
            is_new = await upkeep.bring_up_to_date()
            self._show.memory.settings = upkeep.settings
            if self._index.scrub_owed:
                await self._index.scrub(is_last=is_last and not await self._hides())
            self._is_behind = False
        await self._own_titles.know_all()
        if is_new:
            for record in self._show.episodes.open_now():
                self._show.notifications.announce(Notification(record.id, "changed"))

    def _made(self) -> "SiteUpkeep":
        if self._upkeep is None:
            # Loaded when it is needed first: what only looks and says goodbye needs none of it.
            from bot.services.site_index.upkeep import SiteUpkeep

            self._upkeep = SiteUpkeep(
                site=self._show.site, index=self._index, profile=lambda: self._show.profile
            )
        return self._upkeep

    async def _hides(self) -> bool:
        """Return whether lines that went off the record are still to leave the site's files."""
        for record in await self._show.episodes.all():
            if any(draft.hidden for draft in await self._show.store.drafts(record.id)):
                return True
        return False

    async def _keep(self) -> None:
        backoff = Backoff(RETRY_PAUSES)
        pause = FIRST
        while True:
            if await wait_for(self._show.memory.wanted, pause):
                await asyncio.sleep(SETTLED)
            self._show.memory.wanted.clear()
            try:
                await self.refresh()
            except (SiteError, TemplateError) as error:
                # The site does not answer, or its profile is being mended: nothing of ours fails.
                _log.info("the site was not read", extra={"cause": str(error)})
                pause = EVERY
            except Exception as error:  # noqa: BLE001 - whatever it is, it is tried again
                self._supervisor.failed(NAME, error)
                pause = backoff.next()
            else:
                self._supervisor.succeeded(NAME)
                backoff.reset()
                pause = EVERY
