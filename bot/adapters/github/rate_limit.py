"""How fast GitHub may be asked: not more writes than it takes, and not before the time it names."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

_log = logging.getLogger(__name__)

MINUTE, HOUR = 60.0, 3600.0
WRITES_A_MINUTE, WRITES_AN_HOUR = 75, 490
"""GitHub takes 80 and 500
(https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api, secondary limits);
other programs may use the same account."""

STEP = 15 * MINUTE
"""The longest that nothing is asked: the time that GitHub names may be an error of a clock."""


@dataclass(frozen=True, slots=True)
class Time:
    """The clock (microseconds since 1970) and the way to wait, as they are passed in."""

    clock: Callable[[], int]
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep

    def now(self) -> float:
        """Return the seconds since 1970."""
        return self.clock() / 1_000_000


class RateLimiter:
    """Lets writes through one by one, as fast as GitHub allows; shared by all that use a token."""

    def __init__(
        self, time: Time, *, a_minute: int = WRITES_A_MINUTE, an_hour: int = WRITES_AN_HOUR
    ) -> None:
        self._time = time
        self._windows = ((MINUTE, a_minute), (HOUR, an_hour))
        self._writes: deque[float] = deque(maxlen=max(a_minute, an_hour))
        self._not_before = 0.0
        self._turn = asyncio.Lock()

    async def write(self) -> None:
        """Wait until one more write may be made, however long that is, and count it."""
        async with self._turn:
            while (wait := await self._take()) > 0:
                _log.info("waiting for GitHub's rate", extra={"seconds": round(wait, 1)})
                await self._time.sleep(wait)

    async def _take(self) -> float:
        """Count one more write if it may be made now; else return the seconds until then."""
        if (wait := self.wait()) <= 0:
            self._writes.append(self._time.now())
        return wait

    def wait(self) -> float:
        """Return the seconds until a write may be made: 0 for at once."""
        now = self._time.now()
        due = [self._not_before]
        for length, most in self._windows:
            if len(self._writes) >= most:
                due.append(self._writes[-most] + length)
        return max(0.0, max(due) - now)

    def held(self) -> float:
        """Return the seconds for which GitHub wants to be asked nothing at all."""
        return max(0.0, self._not_before - self._time.now())

    def hold(self, seconds: float) -> None:
        """Let nothing through for so long, as GitHub asks, but ask again after STEP."""
        self._not_before = max(self._not_before, self._time.now() + min(seconds, STEP))
