"""The live outline: a message in a channel that keeps itself up to date, and what is said there.

When it is shown anew, and where, is the same on every platform; a `PanelPort` draws it.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from typing import Protocol

from bot import mentions
from bot.errors import ChatClosed, ChatError, RundownError, StoreError
from bot.services.chat.posted_panels import PostedPanel, PostedPanels, due, is_old
from bot.services.desk.panel import Panel
from bot.services.notification import Notification
from bot.services.request import Choice
from bot.services.saved_choices import SavedChoices
from bot.services.shows import Shows
from bot.services.tasks import BackgroundTasks, Supervisor
from bot.services.watched_channels import Watched

_log = logging.getLogger(__name__)

SECOND = 1_000_000


class PanelPort(Protocol):
    """Where a platform's panels hang. Raises ChatError for what it does not take."""

    @property
    def slows_old(self) -> bool:
        """Whether the platform limits edits of old messages, so that panels are posted anew."""

    def reaches(self, watched: Watched) -> bool:
        """Return whether a channel is one of this platform's that can be written to."""

    def home(self, channel: str, thread: str | None) -> str | None:
        """Return where to write for a channel: itself, or a thread where it holds threads alone.

        `thread` is the one in which somebody asked for it. None where there is no thread yet.
        """

    async def post(self, conversation: str, panel: Panel) -> str:
        """Post a panel in a channel or thread; return its message's id."""

    async def edit(self, conversation: str, message: str, panel: Panel) -> None:
        """Draw a panel in place of the one that a message shows."""

    def link(self, channel: str, conversation: str, message: str) -> str:
        """Return the address at which a message of a channel, or of a thread of it, is seen."""

    async def remove(self, conversation: str, message: str) -> None:
        """Take a panel away."""

    async def say(self, conversation: str, text: str, choices: Sequence[tuple[str, str]]) -> None:
        """Say something in a channel or thread, with buttons: the label and key of each."""


MOST_UNSAID = 20
"""Lines that wait to be said until the platform is there."""


class LivePanels:
    """Posts panels, and shows them anew when the outline changed."""

    def __init__(
        self,
        *,
        port: PanelPort,
        shows: Shows,
        posted: PostedPanels,
        saved: SavedChoices,
        clock: Callable[[], int],
        supervisor: Supervisor,
    ) -> None:
        self._port = port
        self._shows = shows
        self._posted = posted
        self._saved = saved
        self._clock = clock
        self._supervisor = supervisor
        self._changed: dict[str, int] = {}
        self._edited: dict[str, int] = {}
        self._workers = BackgroundTasks[None]("live panels")
        self._speaking = BackgroundTasks[None]("lines said")
        self._is_connected = False
        self._unsaid = deque[tuple[str, Notification]](maxlen=MOST_UNSAID)
        shows.listen(self._heard)

    async def aclose(self) -> None:
        """Stop; panels are shown anew after the next start."""
        self._shows.unlisten(self._heard)
        await self._workers.aclose()
        await self._speaking.aclose()

    def tasks(self) -> list["asyncio.Task[None]"]:
        """Return what runs by itself."""
        return [*self._workers, *self._speaking]

    async def wait_idle(self) -> None:
        """Wait until all panels show what there is."""
        await self._workers.wait_idle()
        await self._speaking.wait_idle()

    # --- asked for -----------------------------------------------------------------------------

    async def post(self, channel: str, *, thread: str | None = None) -> str:
        """Post a channel's panel in place of the one that stands there; return its address.

        `thread` is where it was asked for. Raises ChatError where it cannot be posted.
        """
        before = self._posted.of(channel)
        home = self._port.home(channel, thread)
        if home is None:
            raise ChatError("shows.no-thread", channel=mentions.channel(channel))
        panel = await self._post(channel, home, 0)
        if before is not None:
            await self._remove(before)
        return self._port.link(channel, home, panel.message)

    async def turn(self, channel: str, page: int) -> Panel:
        """Return another page of a channel's panel, which it shows from now on."""
        desk = await self._shows.desk_for(channel)
        panel = await desk.panels.panel(channel, page=page)
        await self._posted.turn(channel, panel.page)
        return panel

    async def say(self, channel: str, text: str, choices: Sequence[Choice] = ()) -> None:
        """Say something in a channel, beside its panel; what is not taken is logged."""
        posted = self._posted.of(channel)
        home = self._port.home(channel, posted.thread if posted else None)
        try:
            if home is None:
                raise ChatError("shows.no-thread", channel=mentions.channel(channel))
            keys = [(one.label, await self._saved.keep(one)) for one in choices]
            await self._port.say(home, text, keys)
        except ChatError as error:
            _log.warning("not said", extra={"channel": channel, "cause": str(error)})

    # --- by itself -----------------------------------------------------------------------------

    def changed(self, channel: str) -> None:
        """Have a channel's panel shown anew, soon."""
        if self._posted.of(channel) is None:
            return
        self._changed.setdefault(channel, self._clock())
        self._workers.ensure(channel, lambda: self._work(channel))

    def refresh(self) -> None:
        """Have all panels shown anew: much may have changed while nobody looked."""
        self._is_connected = True
        while self._unsaid:
            self._speaking.start(self._speak(*self._unsaid.popleft()))
        for watched in self._ours(None):
            self.changed(watched.channel)

    def _ours(self, show: str | None) -> list[Watched]:
        watched = self._shows.channels.watched(show=show)
        return [one for one in watched if self._port.reaches(one)]

    def _heard(self, show: str, news: Notification) -> None:
        if news.kind == "changed":
            # First whether there is a panel at all: a platform may look long for a channel.
            for watched in self._shows.channels.watched(show=show):
                hangs = self._posted.of(watched.channel) is not None
                if hangs and self._port.reaches(watched):
                    self.changed(watched.channel)
        if news.kind == "said" and news.text is not None:
            if self._is_connected:
                self._speaking.start(self._speak(show, news))
            else:
                self._unsaid.append((show, news))

    async def _speak(self, show: str, news: Notification) -> None:
        """Say one line, also where the store fails at first."""
        await self._supervisor.persist("lines said", lambda: self._say(show, news))

    async def _say(self, show: str, news: Notification) -> None:
        """Say one line to a show's hosts: where its panel stands, else in its first channel.

        Raises StoreError where the store fails; a show that cannot be opened is told nothing.
        """
        channels = [one.channel for one in self._ours(show)]
        channels.sort(key=lambda one: self._posted.of(one) is None)
        if channels:
            try:
                language = (await self._shows.open(show)).language
            except StoreError:
                raise
            except RundownError as error:
                _log.warning("not said", extra={"show": show, "cause": str(error)})
                return
            text = news.text(language) if news.text else ""
            await self.say(channels[0], text, news.choices(language) if news.choices else ())

    async def _work(self, channel: str) -> None:
        while channel in self._changed:
            at = due(changed=self._changed[channel], edited=self._edited.get(channel, 0))
            await asyncio.sleep((at - self._clock()) / SECOND)
            self._changed.pop(channel)
            await self._supervisor.persist("live panels", lambda: self.show(channel))
            self._edited[channel] = self._clock()

    async def show(self, channel: str) -> None:
        """Draw a panel as it is now, where one stands; raise StoreError where that is not known."""
        posted = self._posted.of(channel)
        if posted is None:
            return
        try:
            if self._port.slows_old and is_old(posted, self._clock()):
                await self._post(channel, posted.conversation, posted.page)
                await self._remove(posted)
            else:
                desk = await self._shows.desk_for(channel)
                panel = await desk.panels.panel(channel, page=posted.page)
                await self._port.edit(posted.conversation, posted.message, panel)
        except ChatClosed as error:
            # Somebody deleted it, or it may not be touched any more: it is asked for again.
            _log.info("panel given up", extra={"channel": channel, "cause": str(error)})
            await self._posted.drop(channel)
        except StoreError:
            raise
        except RundownError as error:
            _log.warning("panel not shown", extra={"channel": channel, "cause": str(error)})

    async def _post(self, channel: str, home: str, page: int) -> PostedPanel:
        desk = await self._shows.desk_for(channel)
        panel = await desk.panels.panel(channel, page=page)
        message = await self._port.post(home, panel)
        thread = home if home != channel else None
        posted = PostedPanel(channel, message, self._clock(), panel.page, thread)
        try:
            await self._posted.put(posted)
        except StoreError:
            await self._remove(posted)  # nobody would show it anew
            raise
        return posted

    async def _remove(self, posted: PostedPanel) -> None:
        try:
            await self._port.remove(posted.conversation, posted.message)
        except ChatError as error:
            _log.info("old panel stays", extra={"channel": posted.channel, "cause": str(error)})
