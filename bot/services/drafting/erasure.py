"""Off the record: what a message gave is erased here, and taken out of the file at the next draft.

First the tombstone (the mark, already stored), then this, then the commit that takes it out of
the file. Until that commit a draft keeps keyed fingerprints of the lines to take out; were its
text merely scrubbed, the lines in the file would look like a person's addition and stay.
"""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.errors import StoreError
from bot.services.drafting.rendering import Drafting
from bot.services.lookups import Lookups
from bot.services.notification import Notification
from bot.services.show import Show
from bot.services.tasks import RETRY_PAUSES, BackgroundTasks, Supervisor
from bot.texts import say

if TYPE_CHECKING:
    from bot.services.drafting.erasing import Erased

PAUSE = 1.0
"""Seconds between attempts to scrub while a reader of the database is in the way."""


class Erasure:
    """Erases messages, and goes on until nothing of them is left in the database's files."""

    def __init__(
        self,
        *,
        show: Show,
        drafting: Drafting,
        lookups: Lookups,
        supervisor: Supervisor,
        new_key: Callable[[], str],
    ) -> None:
        """Take the parts; `new_key` gives a random key that nobody can guess."""
        self._show = show
        self._drafting = drafting
        self._lookups = lookups
        self._supervisor = supervisor
        self._new_key = new_key
        self._tasks = BackgroundTasks[None]("erasure")

    async def erase(self, episode: str, message: str, language: str) -> str:
        """Erase a message that went off the record; return what the hosts need to know."""
        return await self._report(episode, await self._erase(episode, message), language)

    async def erase_found(self, episode: str, message: str) -> None:
        """Erase a message whose mark was found: it was set while nobody heard, or cut short.

        Hosts are told in the channel what holds it still, once the site's history was asked.
        """
        erased = await self._erase(episode, message)
        self._tasks.start(self._tell(episode, erased))

    async def _erase(self, episode: str, message: str) -> "Erased":
        # Loaded where something goes off the record: most chats hold nothing of the kind.
        from bot.services.drafting.erasing import Erasing

        try:
            parts = Erasing(
                show=self._show,
                drafting=self._drafting,
                lookups=self._lookups,
                new_key=self._new_key,
            )
            erased = await parts.everywhere(episode, message)
            await self.scrub()
        except StoreError:
            self._tasks.ensure("left", self._erase_left)
            raise
        return erased

    async def _report(self, episode: str, erased: "Erased", language: str) -> str:
        from bot.services.drafting.erasure_report import ErasureReport

        report = ErasureReport(show=self._show, drafting=self._drafting)
        return await report.of(episode, erased, language)

    async def _tell(self, episode: str, erased: "Erased") -> None:
        language = self._show.profile.language
        text = await self._report(episode, erased, language)
        if text != say("erasure.done", language):  # that it is gone shows
            self._show.notifications.announce(Notification(episode, "said", lambda _: text))

    async def _erase_left(self) -> None:
        """Erase what could not be: the mark stands, so it is found again."""
        await asyncio.sleep(RETRY_PAUSES[0])
        await self._supervisor.persist("erasure", self.resume)

    async def resume(self) -> None:
        """Erase what is off the record and whose text is still stored."""
        for record in await self._show.episodes.all():
            for message in (await self._show.log.outline(record.id)).unerased():
                await self.erase_found(record.id, message)
            if record.closed is not None:
                self._show.log.forget(record.id)  # nobody may ask for it again
        await self.scrub()

    async def scrub(self) -> None:
        """Scrub what was erased, now or, while a reader is in the way, as soon as it is gone."""
        if not await self._show.store.scrub_due() or await self._show.store.scrub():
            return
        self._tasks.ensure("scrub", self._scrub_later)

    async def _scrub_later(self) -> None:
        persist, store = self._supervisor.persist, self._show.store
        while not await persist("erasure", store.scrub):  # noqa: ASYNC110 - nothing tells of readers
            await asyncio.sleep(PAUSE)

    async def aclose(self) -> None:
        """Stop; what is left to scrub is remembered by the store."""
        await self._tasks.aclose()
