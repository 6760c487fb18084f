"""Follows what people do to the pages of drafts: published, and drafts again."""

import asyncio
import logging

from bot.errors import RundownError, StoreError
from bot.services.drafting.publish import Publish
from bot.services.episodes import EpisodeRecord
from bot.services.show import Show
from bot.services.tasks import BackgroundTasks, Supervisor

_log = logging.getLogger(__name__)

LOOK_EVERY = 60_000_000
"""Microseconds between two looks at the site while messages come."""

PATIENCE = 2.0
"""Seconds that a message waits for the site; a slow answer is taken in when it comes."""


class PublicationWatch:
    """Looks whether the files of episodes are still drafts, or drafts again."""

    def __init__(self, *, show: Show, publish: Publish, supervisor: Supervisor) -> None:
        self._show = show
        self._publish = publish
        self._clock = show.clock
        self._supervisor = supervisor
        self._looked = 0
        self._waiting: set[str] = set()
        self._tasks = BackgroundTasks[None]("looking at the site")

    async def look_if_due(self) -> None:
        """Look at the site if that was not done within LOOK_EVERY."""
        if abs(self._clock() - self._looked) > LOOK_EVERY:  # it may have been far ahead
            await self.look_soon()

    async def look_soon(self) -> None:
        """Look at the site, and wait for it; but hold nobody up where it does not answer."""
        looking = self._tasks.ensure("look", self._look)
        await asyncio.wait({looking}, timeout=PATIENCE)

    async def aclose(self) -> None:
        """Stop looking."""
        await self._tasks.aclose()

    async def _look(self) -> None:
        await self._supervisor.persist("looking at the site", self._look_or_log)

    async def _look_or_log(self) -> None:
        """Look, and log what a site or profile refuses: a draft tells it to who can mend it."""
        try:
            await self.look()
        except StoreError:
            raise
        except RundownError as error:
            _log.warning("not looked at the site", extra={"cause": str(error)})

    async def look(self) -> None:
        """Close the episodes whose file people published, open that whose file is a draft again."""
        self._looked = self._clock()
        records = list(await self._show.episodes.all())
        for record in records:
            if record.is_open and await self._publish.is_published(record.id):
                await self._publish.publications.close_and_tell(record.id)
        closed = [record for record in records if record.opened and record.closed is not None]
        for record in sorted(closed, key=lambda one: one.closed or 0)[-1:]:
            await self._look_again(record)

    async def _look_again(self, record: EpisodeRecord) -> None:
        """Open the episode that was published last, if its page is a draft again.

        Where another is open by then, hosts are told and choose.
        """
        if not await self._publish.publications.is_published(record.id):
            return
        if await self._publish.is_published(record.id) is not False:
            self._waiting.discard(record.id)
            return
        other = self._show.episodes.open_of(record.channel)
        if other is None:
            await self._publish.publications.reopen(record.id)
            await self._publish.publications.tell(record.id, "desk.draft-again")
        elif record.id not in self._waiting:
            self._waiting.add(record.id)
            number = (await self._show.numbers()).get(other.id, "")
            await self._publish.publications.tell(record.id, "desk.draft-again-waits", other=number)
