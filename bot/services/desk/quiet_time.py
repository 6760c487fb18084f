"""When a draft commits itself: once the chat has been quiet, and not too often."""

import re
from dataclasses import dataclass
from datetime import timedelta

EVERY = 10 * 60 * 1_000_000
"""Microseconds between two drafts of an episode that nobody asked for: sites build ten an hour."""

LONGEST_PAUSE = 6 * 60 * 60 * 1_000_000
"""Microseconds after which one that failed is tried again at the latest."""

SHORTEST_QUIET, LONGEST_QUIET = timedelta(minutes=1), timedelta(days=7)

_QUIET = re.compile(r"\s*(\d{1,5})\s*(s|m|min|h|d|秒|分|時間|日)?\s*")
_UNITS = {
    "s": 1,
    "秒": 1,
    "m": 60,
    "min": 60,
    "分": 60,
    "h": 3600,
    "時間": 3600,
    "d": 86400,
    "日": 86400,
}
_OFF = ("off", "no", "never", "0", "オフ", "なし", "しない")


@dataclass(frozen=True, slots=True)
class DraftState:
    """What is known of an episode when it is asked whether a draft is due; times in microseconds.

    `said` is when it last changed, `drafted` when its last draft was made (0: never), `failed` how
    often in a row it could not be, the last time at `tried`.
    """

    said: int
    drafted: int
    failed: int = 0
    tried: int = 0

    def due(self, quiet: timedelta) -> int:
        """Return the time from which a draft is due."""
        at = max(self.said + int(quiet.total_seconds() * 1_000_000), self.drafted + EVERY)
        if self.failed:
            at = max(at, self.tried + min(EVERY << min(self.failed - 1, 10), LONGEST_PAUSE))
        return at


def read_quiet(text: str) -> timedelta | None:
    """Read the quiet time that a host typed ("10m", "1 h"); None means off.

    Raises ValueError for what is neither, or too short or too long.
    """
    word = text.strip().lower()
    if word in _OFF:
        return None
    found = _QUIET.fullmatch(word)
    if found is None:
        raise ValueError(text)
    quiet = timedelta(seconds=int(found[1]) * _UNITS[found[2] or "m"])
    if not SHORTEST_QUIET <= quiet <= LONGEST_QUIET:
        raise ValueError(text)
    return quiet


def shown_quiet(quiet: timedelta) -> str:
    """Return a quiet time as a host may type it."""
    seconds = int(quiet.total_seconds())
    for unit, size in (("d", 86400), ("h", 3600), ("m", 60)):
        if seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"
