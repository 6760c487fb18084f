"""The names of threads, which stand as topics above what is said in them."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.core.events import Thread
from bot.services.capture.snapshot_events import seen, unnamed_if_locked
from bot.services.show import Show

KnownIn = Callable[[str], Awaitable[dict[str, dict[str, int]]]]
"""Returns the known messages of a channel and its threads, with their times."""


class ThreadNames:
    """Has what is known of a thread's messages follow the thread's name."""

    def __init__(self, *, show: Show, known_in: KnownIn) -> None:
        self._show = show
        self._known_in = known_in

    async def rename(self, thread: Thread, *, at: int) -> None:
        """Put the messages of a thread under the name that it has at that time."""
        known = (await self._known_in(thread.parent)).get(thread.id, {})
        for message, sent in known.items():
            record = await self._show.episodes.home(message, sent, thread.parent)
            outline = await self._show.log.outline(record.id)
            state = outline.message(message)
            if state is None:
                continue
            named = unnamed_if_locked(replace(state, thread=thread), outline)
            if state.thread != named.thread:
                event = seen(named, record.id, again=f"~{at}")
                await self._show.log.record([event])
