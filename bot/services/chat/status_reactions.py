"""The bot's own reaction below a message: kept, in an earlier episode, or no title found.

Platforms limit reactions tightly, so each channel has a queue of what its messages should show; of
a message only the last state counts, and where much is waiting, the oldest go without.
"""

import asyncio
import logging
from collections import OrderedDict
from typing import Protocol

from bot.errors import ChatError
from bot.services.capture.receipts import Receipt
from bot.services.desk.desk import Desk
from bot.services.notification import Notification
from bot.services.shows import Shows
from bot.services.tasks import BackgroundTasks, Supervisor

_log = logging.getLogger(__name__)

SHOWN = {"kept": "✅", "recurs": "🔙", "already": "♻️", "untitled": "❓", "waits": "⏳"}
"""What stands below a message, by the outcome of its receipt; nothing for any other."""

MOST_WAITING = 50
MOST_KNOWN = 20_000
MOST_UNTITLED = 2_000
"""Messages whose titles are waited for, to show the right status."""

Key = tuple[str, str]


class Reactions(Protocol):
    """A platform's reactions of the bot's own. Raises ChatError for what it does not take."""

    async def change(
        self, channel: str, message: str, *, add: str | None, remove: str | None
    ) -> None:
        """Put a reaction below a message, then take another one away."""


class StatusReactions:
    """Shows what became of messages, also once titles came that were waited for."""

    def __init__(self, reactions: Reactions, shows: Shows, supervisor: Supervisor) -> None:
        self._reactions = reactions
        self._shows = shows
        self._supervisor = supervisor
        self._shown: OrderedDict[Key, str] = OrderedDict()
        self._wanted: dict[str, OrderedDict[str, str | None]] = {}
        self._untitled: OrderedDict[str, tuple[Desk, str]] = OrderedDict()
        self._workers = BackgroundTasks[None]("status reactions")
        self._refreshing = BackgroundTasks[None]("status after look-ups")
        shows.listen(self._heard)

    def show(
        self, desk: Desk, channel: str, message: str, receipt: Receipt, *, known: str | None = None
    ) -> None:
        """Show what became of a message; `known` is what the platform says that it shows now."""
        outcome: str = receipt.outcome
        if receipt.waiting:
            outcome = receipt.meanwhile  # until it is clear that there is no title
            self._untitled[message] = (desk, channel)
            if len(self._untitled) > MOST_UNTITLED:
                self._untitled.popitem(last=False)
        else:
            self._untitled.pop(message, None)
        self._want(channel, message, outcome, known)

    def forget(self, message: str) -> None:
        """Wait no more for the titles of a message."""
        self._untitled.pop(message, None)

    def tasks(self) -> list["asyncio.Task[None]"]:
        """Return what runs by itself."""
        return [*self._workers, *self._refreshing]

    async def aclose(self) -> None:
        """Stop showing; what was not shown does not matter."""
        self._shows.unlisten(self._heard)
        await self._refreshing.aclose()
        await self._workers.aclose()

    async def wait_idle(self) -> None:
        """Wait until all is shown."""
        await self._workers.wait_idle()

    # --- titles that come later ----------------------------------------------------------------

    def _heard(self, show: str, news: Notification) -> None:
        self._refreshing.ensure("refresh", self._refresh)

    async def _refresh(self) -> None:
        await asyncio.sleep(0.2)  # titles come in crowds
        await self._supervisor.persist("status after look-ups", self._show_titled)

    async def _show_titled(self) -> None:
        for message, (desk, channel) in list(self._untitled.items()):
            receipt = await desk.capture.receipt(message)
            if not receipt.waiting:
                self.show(desk, channel, message, receipt)

    # --- the queue -----------------------------------------------------------------------------

    def _want(self, channel: str, message: str, outcome: str, known: str | None) -> None:
        if known is not None:
            self._remember((channel, message), known)
        wanted = SHOWN.get(outcome)
        waiting = self._wanted.setdefault(channel, OrderedDict())
        if self._shown.get((channel, message)) == wanted and message not in waiting:
            if not waiting and channel not in self._workers:
                del self._wanted[channel]
            return
        waiting[message] = wanted
        while len(waiting) > MOST_WAITING:
            waiting.popitem(last=False)
        self._workers.ensure(channel, lambda: self._work(channel))

    async def _work(self, channel: str) -> None:
        waiting = self._wanted[channel]
        while waiting:
            message, wanted = waiting.popitem(last=False)
            try:
                await self._put(channel, message, wanted)
            except ChatError as error:
                # Nothing but the sign is missing: what was written is stored.
                _log.info("no status", extra={"channel": channel, "cause": str(error)})
        self._wanted.pop(channel, None)

    async def _put(self, channel: str, message: str, wanted: str | None) -> None:
        key = (channel, message)
        shown = self._shown.get(key)
        if shown != wanted:
            await self._reactions.change(channel, message, add=wanted, remove=shown)
            self._remember(key, wanted)

    def _remember(self, key: Key, emoji: str | None) -> None:
        self._shown.pop(key, None)
        if emoji is not None:
            self._shown[key] = emoji
        if len(self._shown) > MOST_KNOWN:
            self._shown.popitem(last=False)
