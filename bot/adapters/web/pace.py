"""Spaces requests out in time: all links of a channel at once would look like an attack."""

import asyncio


class Pace:
    """Hands out turns: so many at once, then one after the other (the generic cell rate algorithm).

    `every` is in seconds, 0 for no pause; `burst` is how many turns may come at once.
    """

    def __init__(self, *, every: float, burst: int) -> None:
        self._every = every
        self._ahead = (burst - 1) * every
        self._next = 0.0

    def take(self, now: float) -> float:
        """Take the next turn; return the seconds from `now` until it comes."""
        due = max(self._next, now)
        self._next = due + self._every
        return max(0.0, due - now - self._ahead)

    def is_idle(self, now: float) -> bool:
        """Return whether nothing is left of the turns that it gave."""
        return self._next <= now

    async def turn(self) -> None:
        """Wait for the next turn."""
        pause = self.take(asyncio.get_running_loop().time())
        if pause:
            await asyncio.sleep(pause)
