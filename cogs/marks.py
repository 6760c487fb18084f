"""The bot's one quiet reaction below a message: kept, there already, or no title found.

Discord limits reactions tightly, so each channel has a queue of what its messages should show; of
a message only the last state counts, and where much is waiting, the oldest go without.
"""

import asyncio
import logging
from collections import OrderedDict

import discord

from bot.errors import ChatError
from cogs.translate import explained

_log = logging.getLogger(__name__)

SHOWN = {"kept": "✅", "already": "♻️", "untitled": "❓"}
"""What stands below a message, by the outcome of its receipt; nothing for any other."""

MOST_WAITING = 50
MOST_KNOWN = 20_000

Key = tuple[int, int]


class Marks:
    """Shows what became of messages."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client
        self._shown: OrderedDict[Key, str] = OrderedDict()
        self._wanted: dict[int, OrderedDict[int, str | None]] = {}
        self._workers: dict[int, asyncio.Task[None]] = {}

    def show(self, channel: int, message: int, outcome: str, *, known: str | None = None) -> None:
        """Have a message show an outcome; `known` is what Discord says that it shows now."""
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
        if channel not in self._workers:
            self._workers[channel] = asyncio.create_task(self._work(channel))

    async def aclose(self) -> None:
        """Stop showing; what was not shown does not matter."""
        for task in self._workers.values():
            task.cancel()
        await asyncio.gather(*self._workers.values(), return_exceptions=True)

    async def settled(self) -> None:
        """Wait until all is shown."""
        while self._workers:
            await asyncio.gather(*self._workers.values())

    async def _work(self, channel: int) -> None:
        waiting = self._wanted[channel]
        try:
            while waiting:
                message, wanted = waiting.popitem(last=False)
                try:
                    await self._put(channel, message, wanted)
                except ChatError as error:
                    # A mark that cannot be shown costs nobody anything but a glance.
                    _log.info("no mark", extra={"channel": channel, "cause": str(error)})
        finally:
            self._wanted.pop(channel, None)
            self._workers.pop(channel, None)

    async def _put(self, channel: int, message: int, wanted: str | None) -> None:
        key = (channel, message)
        shown = self._shown.get(key)
        if shown == wanted:
            return
        target = self._client.get_partial_messageable(channel).get_partial_message(message)
        me = self._client.user
        with explained(channel):
            if wanted is not None:
                await target.add_reaction(wanted)
            if shown is not None and me is not None:
                await target.remove_reaction(shown, me)
        self._remember(key, wanted)

    def _remember(self, key: Key, emoji: str | None) -> None:
        self._shown.pop(key, None)
        if emoji is not None:
            self._shown[key] = emoji
        if len(self._shown) > MOST_KNOWN:
            self._shown.popitem(last=False)


def shown_by(message: discord.Message) -> str | None:
    """Give the quiet mark of ours that a message shows, as Discord says it."""
    ours = [str(one.emoji) for one in message.reactions if one.me]
    return next((one for one in ours if one in SHOWN.values()), None)
