"""Times of a recording: whole milliseconds from its start, and the ways in which they are typed."""

import re

HOUR = 3_600_000
LONGEST = 100 * HOUR
"""The first time that is too long for a recording, in milliseconds: no format writes it alike."""

TYPED = r"\d{1,4}(?:[:：]\d{2}){1,2}(?:[.,]\d{1,6})?"
"""What looks like a time (1:30, 01:02:03.5), whether or not it is one."""

_TYPED = re.compile(rf"\s*{TYPED}\s*", re.ASCII)


class ClockError(ValueError):
    """A text is not a time. `reason`: `form`, `seconds`, `minutes` (over 59) or `hours`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read_clock(text: str) -> int:
    """Return the milliseconds of `M:SS`, `MM:SS` or `H:MM:SS`, each with or without a fraction.

    Raises ClockError for anything else, for more than 59 minutes or seconds, and from 100 hours on.
    """
    if not _TYPED.fullmatch(text):
        raise ClockError("form")
    whole, _, fraction = text.strip().replace("：", ":").replace(",", ".").partition(".")
    *hours, minutes, seconds = (int(part) for part in whole.split(":"))
    if hours and hours[0] >= LONGEST // HOUR:
        raise ClockError("hours")
    for reason, value in (("minutes", minutes), ("seconds", seconds)):
        if value > 59:
            raise ClockError(reason)
    total = (sum(hours) * 60 + minutes) * 60 + seconds
    return total * 1000 + int(fraction.ljust(3, "0")[:3] or 0)


def short_clock(at: int) -> str:
    """Return a time as people type it: `4:16`, `1:02:03`; what is less than a second is dropped."""
    minutes, seconds = divmod(at // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def long_clock(at: int) -> str:
    """Return a time as `HH:MM:SS.mmm`, which every reader of chapters takes."""
    seconds, rest = divmod(at, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{rest:03}"
