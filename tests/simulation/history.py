"""What a platform remembers of a simulated chat: its messages as they are now."""

from collections.abc import AsyncIterator, Callable, Mapping

from bot.core.events import Message
from bot.services.chat.backfill import Stretch, order
from bot.services.desk.desk import Desk
from bot.services.ports import Snapshot


class SimulatedHistory:
    """A channel's messages, named in the order of `known`. Fulfils backfill.History.

    What was said before a time is not shown when that time is asked for, but by its name.
    """

    def __init__(
        self,
        messages: Mapping[str, Message],
        shown: Callable[[Message], Snapshot],
        clock: Callable[[], int],
        sent: Callable[[str], int],
        last: Callable[[int], str],
    ) -> None:
        """Take what is there; `sent` gives the time by which a message's id is ordered.

        `last` gives the last id that a message from before a time can have.
        """
        self._messages = messages
        self._shown = shown
        self._clock = clock
        self._sent = sent
        self._last = last

    def _page(self, *, since: int) -> Stretch:
        found = sorted(
            (one for one in self._messages.values() if self._sent(one.id) >= since),
            key=lambda one: order(one.id),
        )
        ids = tuple(one.id for one in found)
        shown, after = tuple(map(self._shown, found)), self._last(since)
        return Stretch(ids, shown, self._clock(), after=after, has_all_threads=True)

    async def newest(self, conversation: str, *, since: int) -> Stretch:
        return self._page(since=since)

    async def stretches(self, conversation: str, *, since: int) -> AsyncIterator[Stretch]:
        yield self._page(since=since)

    async def threads(self, channel: str, *, since: int) -> list[str]:
        return []

    async def one(self, conversation: str, message: str) -> Stretch:
        found = self._messages.get(message)
        shown = (self._shown(found),) if found else ()
        return Stretch((message,) if found else (), shown, self._clock(), exists=found is not None)


class OneDesk:
    """The shows of a chat that has one desk for all."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def desk(self, channel: str) -> Desk:
        return self._desk
