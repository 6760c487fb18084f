"""Closes episodes that people published in the site."""

from collections.abc import Callable
from functools import partial

from bot.services.drafting.publish import Publish
from bot.services.notification import Notification
from bot.services.show import Show
from bot.texts import say

LOOK_EVERY = 60_000_000
"""Microseconds between two looks at the site while messages come."""


class Publication:
    """Looks whether the files of open episodes are still drafts."""

    def __init__(self, *, show: Show, publish: Publish, clock: Callable[[], int]) -> None:
        self._show = show
        self._publish = publish
        self._clock = clock
        self._looked = 0

    async def close_if_due(self) -> None:
        """Look at the site if that was not done within LOOK_EVERY."""
        if self._clock() - self._looked > LOOK_EVERY:
            await self.close_published()

    async def close_published(self) -> None:
        """Close the episodes whose file people published in the site."""
        self._looked = self._clock()
        for record in list(await self._show.episodes.all()):
            if record.is_open and await self._publish.close_if_published(record.id):
                number = (await self._show.numbers()).get(record.id, "")
                text = partial(say, "desk.published", number=number)
                self._show.notifications.announce(Notification(record.id, "said", text))
