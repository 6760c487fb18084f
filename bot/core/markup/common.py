"""What the mark-ups of all chat platforms have in common."""

import re
from datetime import UTC, datetime, tzinfo

_BACKTICKS = re.compile(r"(?<!\\)`+")
_BLANKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_FENCE = 3


def code_spans(text: str) -> list[tuple[int, int]]:
    """Find fences and inline code: (start, end) of each, its backticks included, in order.

    A run of backticks is closed by the next run of the same length; below a fence's three, on the
    same line. Takes linear time.
    """
    runs = [match.span() for match in _BACKTICKS.finditer(text)]
    partner: dict[int, int] = {}
    last: dict[int, int] = {}
    for index in range(len(runs) - 1, -1, -1):
        length = runs[index][1] - runs[index][0]
        if length in last:
            partner[index] = last[length]
        last[length] = index
    spans = []
    index = 0
    while index < len(runs):
        start, inside = runs[index]
        closing = partner.get(index)
        if closing is not None and (
            inside - start >= _FENCE or text.find("\n", inside, runs[closing][0]) < 0
        ):
            spans.append((start, runs[closing][1]))
            index = closing
        index += 1
    return spans


def one_line(name: str, otherwise: str) -> str:
    """Return a name fit to stand in a line: no line breaks, no control characters, never empty."""
    return _BLANKS.sub(" ", name).strip() or otherwise


def date(seconds: float, zone: tzinfo, *, day: bool = True, time: bool = False) -> str | None:
    """Write a moment as `YYYY-MM-DD`, `HH:MM` or both; None where no calendar has it."""
    try:
        moment = datetime.fromtimestamp(seconds, UTC).astimezone(zone)
    except (ValueError, OverflowError, OSError):
        return None
    parts = [f"{moment:%Y-%m-%d}"] * day + [f"{moment:%H:%M}"] * time
    return " ".join(parts)
