"""The live outline: an ordinary message in a channel that keeps itself up to date."""

import asyncio
import logging
from collections.abc import Callable

import discord

from bot.errors import ChatClosed, ChatError, RundownError
from bot.services.boards import Board, Boards, due, is_old
from bot.services.news import News
from bot.services.panel import Panel
from bot.services.shows import Shows
from cogs import draw
from cogs.answers import NOBODY, parts, plain
from cogs.translate import explained

_log = logging.getLogger(__name__)

SECOND = 1_000_000


class Panels:
    """Posts panels, and shows them anew when the outline changed."""

    def __init__(
        self, *, client: discord.Client, shows: Shows, boards: Boards, clock: Callable[[], int]
    ) -> None:
        self._client = client
        self._shows = shows
        self._boards = boards
        self._clock = clock
        self._changed: dict[str, int] = {}
        self._edited: dict[str, int] = {}
        self._workers: dict[str, asyncio.Task[None]] = {}
        self._sayings: set[asyncio.Task[None]] = set()
        shows.listen(self._told)

    async def aclose(self) -> None:
        """Stop; panels are shown anew after the next start."""
        self._shows.unlisten(self._told)
        tasks = self.tasks()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def tasks(self) -> list["asyncio.Task[None]"]:
        """Give what runs by itself."""
        return [*self._workers.values(), *self._sayings]

    async def settled(self) -> None:
        """Wait until all panels show what there is."""
        while self._workers or self._sayings:
            await asyncio.gather(*self._workers.values(), *self._sayings)

    # --- asked for -----------------------------------------------------------------------------

    async def post(self, channel: str) -> str:
        """Post a channel's panel in place of the one that stands there; give where it is."""
        before = self._boards.of(channel)
        board = await self._post(channel, 0)
        if before is not None:
            await self._remove(before)
        watched = self._shows.places.of(channel)
        guild = watched.place.rpartition(":")[2] if watched else "@me"
        return f"https://discord.com/channels/{guild}/{channel}/{board.message}"

    async def turn(self, channel: str, page: int) -> Panel:
        """Give another page of a channel's panel, which it shows from now on."""
        desk = await self._shows.desk_for(channel)
        panel = await desk.panel(channel, page=page)
        await self._boards.turn(channel, panel.page)
        return panel

    # --- by itself -----------------------------------------------------------------------------

    def changed(self, channel: str) -> None:
        """Have a channel's panel shown anew, soon."""
        if self._boards.of(channel) is None:
            return
        self._changed.setdefault(channel, self._clock())
        if channel not in self._workers:
            self._workers[channel] = asyncio.create_task(self._work(channel))

    def refresh(self) -> None:
        """Have all panels shown anew: much may have changed while nobody looked."""
        for watched in self._shows.places.watched():
            self.changed(watched.channel)

    def _told(self, show: str, news: News) -> None:
        for watched in self._shows.places.watched(show=show):
            if news.kind == "changed":
                self.changed(watched.channel)
        if news.kind == "said" and news.text is not None:
            task = asyncio.create_task(self._say(show, news.text))
            self._sayings.add(task)
            task.add_done_callback(self._sayings.discard)

    async def _say(self, show: str, text: Callable[[str], str]) -> None:
        """Say one line to a show's hosts: where its panel stands, else in its first channel."""
        channels = [
            one.channel
            for one in self._shows.places.watched(show=show)
            if one.channel.isdecimal() and self._client.get_channel(int(one.channel))
        ]
        channels.sort(key=lambda one: self._boards.of(one) is None)
        if channels:
            desk = await self._shows.open(show)
            await self.say(channels[0], text(desk.language))

    async def say(self, channel: str, text: str) -> None:
        """Say something in a channel; what Discord does not take is logged."""
        try:
            with explained(channel):
                for part in parts(plain(text)):
                    target = self._client.get_partial_messageable(int(channel))
                    await target.send(
                        part, allowed_mentions=NOBODY, suppress_embeds=True, silent=True
                    )
        except ChatError as error:
            _log.warning("not said", extra={"channel": channel, "cause": str(error)})

    async def _work(self, channel: str) -> None:
        try:
            while channel in self._changed:
                at = due(changed=self._changed[channel], edited=self._edited.get(channel, 0))
                await asyncio.sleep(max(0, at - self._clock()) / SECOND)
                self._changed.pop(channel)
                await self._show(channel)
                self._edited[channel] = self._clock()
        finally:
            self._workers.pop(channel, None)

    async def _show(self, channel: str) -> None:
        board = self._boards.of(channel)
        if board is None:
            return
        try:
            if is_old(board, self._clock()):
                await self._post(channel, board.page)
                await self._remove(board)
            else:
                await self._edit(board)
        except ChatClosed as error:
            # Somebody deleted it, or it may not be touched any more: it is asked for again.
            _log.info("panel given up", extra={"channel": channel, "cause": str(error)})
            await self._boards.drop(channel)
        except RundownError as error:
            _log.warning("panel not shown", extra={"channel": channel, "cause": str(error)})

    async def _edit(self, board: Board) -> None:
        desk = await self._shows.desk_for(board.channel)
        panel = await desk.panel(board.channel, page=board.page)
        with explained(board.channel):
            await self._target(board).edit(
                embed=draw.panel_embed(panel),
                view=draw.panel_view(panel),
                allowed_mentions=NOBODY,
            )

    async def _post(self, channel: str, page: int) -> Board:
        desk = await self._shows.desk_for(channel)
        panel = await desk.panel(channel, page=page)
        with explained(channel):
            message = await self._client.get_partial_messageable(int(channel)).send(
                embed=draw.panel_embed(panel),
                view=draw.panel_view(panel),
                allowed_mentions=NOBODY,
                silent=True,
            )
        board = Board(channel, str(message.id), self._clock(), panel.page)
        await self._boards.put(board)
        return board

    async def _remove(self, board: Board) -> None:
        try:
            with explained(board.channel):
                await self._target(board).delete()
        except ChatError as error:
            _log.info("old panel stays", extra={"channel": board.channel, "cause": str(error)})

    def _target(self, board: Board) -> discord.PartialMessage:
        target = self._client.get_partial_messageable(int(board.channel))
        return target.get_partial_message(int(board.message))
