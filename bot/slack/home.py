"""The App Home tab: the outline for one person, kept up to date while they may look at it."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import ChatClosed, ChatError, RundownError
from bot.services.chat.posted_panels import due
from bot.services.notification import Notification
from bot.services.shows import Shows
from bot.services.tasks import BackgroundTasks
from bot.slack import draw
from bot.slack.people import SlackPeople
from bot.slack.translate import explained

_log = logging.getLogger(__name__)

SECOND = 1_000_000
MOST_LOOKING = 50
"""People whose tab is kept up to date, those who opened it last."""


class Home:
    """Shows the tab."""

    def __init__(
        self, *, client: AsyncWebClient, people: SlackPeople, shows: Shows, clock: Callable[[], int]
    ) -> None:
        self._client = client
        self._people = people
        self._shows = shows
        self._clock = clock
        self._looking: OrderedDict[str, tuple[str, int]] = OrderedDict()  # user: channel, page
        self._changed: int | None = None
        self._shown = 0
        self._tasks = BackgroundTasks[None]("home tabs")
        shows.listen(self._heard)

    def tasks(self) -> list["asyncio.Task[None]"]:
        """Return what runs by itself."""
        return list(self._tasks)

    async def aclose(self) -> None:
        """Stop; the tab is shown anew when it is opened."""
        self._shows.unlisten(self._heard)
        await self._tasks.aclose()

    async def opened(self, user: str) -> None:
        """Show the tab to somebody who opened it."""
        channel, page = self._looking.get(user, ("", 0))
        try:
            await self.show(user, channel, page)
        except RundownError as error:
            _log.warning("home not shown", extra={"cause": str(error)})

    async def show(self, user: str, channel: str, page: int = 0) -> None:
        """Show somebody the outline of a channel's episode; of the first, where it is not one."""
        known = await self._people.user(user)
        watched = await self._rooms_of(user) if known.belongs else []
        if watched:
            channel = channel if channel in watched else watched[0]
            desk = await self._shows.desk_for(channel)
            panel = await desk.panels.panel(channel, page=page, language=known.language)
            names = [(f"#{await self._people.channel(one) or one}", one) for one in watched]
            view = draw.home_view(panel, channel, names)
            self._looking[user] = (channel, panel.page)
            self._looking.move_to_end(user)
            if len(self._looking) > MOST_LOOKING:
                self._looking.popitem(last=False)
        else:
            view = draw.empty_home(known.language)
        with explained("home"):
            await self._client.views_publish(user_id=user, view=view)

    async def _rooms_of(self, user: str) -> list[str]:
        """Return the watched channels that somebody is in; one that cannot be asked for is none."""
        found = []
        for one in self._shows.channels.watched(workspace=self._people.workspace):
            try:
                if await self._people.is_in(user, one.channel):
                    found.append(one.channel)
            except ChatClosed as error:
                _log.info("members not known", extra={"cause": str(error)})
        return found

    def _heard(self, show: str, news: Notification) -> None:
        if news.kind == "changed" and self._looking and self._changed is None:
            self._changed = self._clock()
            self._tasks.ensure("refresh", self._work)

    async def _work(self) -> None:
        while self._changed is not None:
            at = due(changed=self._changed, edited=self._shown)
            await asyncio.sleep(max(0, at - self._clock()) / SECOND)
            self._changed = None
            for user, (channel, page) in list(self._looking.items()):
                try:
                    await self.show(user, channel, page)
                except ChatError as error:
                    _log.info("home not shown", extra={"cause": str(error)})
                    self._looking.pop(user, None)
                except RundownError as error:
                    _log.warning("home not shown", extra={"cause": str(error)})
            self._shown = self._clock()
