"""The time of day, which a clock that jumps does not take along at once."""

import logging
import time
from collections.abc import Callable

_log = logging.getLogger(__name__)

SLACK = 2_000_000
"""Microseconds by which the clock may be set at any time: that is how it is kept right."""

HOLD = 10 * 60 * 1_000_000
"""Microseconds for which a jump is not believed: a clock that was set wrong is mostly set back."""


class SteadyClock:
    """Microseconds since 1970, by the clock that people set as long as it goes steadily.

    What it says is written into the log of events, where a day in the future would stand above
    everything that is said until then. After a jump, time goes on as before for HOLD; a jump that
    stands by then is right.
    """

    def __init__(self, *, wall: Callable[[], int], steady: Callable[[], int]) -> None:
        """Take the clock that may jump, and one that only grows, both in microseconds."""
        self._wall = wall
        self._steady = steady
        self._anchor = wall(), steady()
        self._jump: tuple[int, int] | None = None  # how far, and since when

    def __call__(self) -> int:
        """Return the time."""
        wall, steady = self._wall(), self._steady()
        expected = self._anchor[0] + steady - self._anchor[1]
        ahead = wall - expected
        if abs(ahead) <= SLACK or self._stands(ahead, steady):
            self._anchor, self._jump = (wall, steady), None
            return wall
        return expected

    def _stands(self, ahead: int, steady: int) -> bool:
        """Return whether a jump has stood for so long that it is right."""
        if self._jump is None or abs(ahead - self._jump[0]) > SLACK:
            self._jump = ahead, steady
            _log.warning("the clock jumped", extra={"seconds": round(ahead / 1_000_000)})
        return steady - self._jump[1] >= HOLD


def steady() -> int:
    """Return microseconds that only grow, also while the machine sleeps where it can tell."""
    which = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    return time.clock_gettime_ns(which) // 1000
