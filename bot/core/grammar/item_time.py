"""The time at which an item is talked about, as hosts type it before a link or words."""

import re
import unicodedata

from bot.core.model import Line

_TIME = re.compile(r"\s*[(\[（]?@?(\d{1,3}(?:[:：]\d{2}){1,2})[)\]）]?(?:\s*[-–—|]\s*|\s+|\Z)")


def split_line_time(line: Line) -> tuple[str, Line]:
    """Return the time that a line begins with ("" if none), and the rest; a time alone is words."""
    first = line[0] if line else ""
    found = _TIME.match(first) if isinstance(first, str) else None
    if found is None or not isinstance(first, str):
        return "", line
    rest = first[found.end() :]
    left = (rest, *line[1:]) if rest else line[1:]
    return (unicodedata.normalize("NFKC", found[1]), left) if left else ("", line)


def with_line_time(time: str, line: Line) -> Line:
    """Return a line with its time before it."""
    if not time:
        return line
    first = line[0] if line and isinstance(line[0], str) else ""
    return (f"{time} {first}", *(line[1:] if first else line))
