"""What a topic is called, apart from the time at which it begins in the episode."""

import re
import unicodedata

_LEADING_TIME = re.compile(r"\A\s*\d{1,3}(?::\d{2}){1,2}(?=\s)")
_HEADING = re.compile(r"#{1,6}[ \t\u3000]+")
_TYPED_TIME = re.compile(r"\d{1,3}(?:[:：]\d{2}){1,2}\s+")


def same_name(name: str) -> str:
    """Return the form in which names are the same: no case, width, spaces or leading time."""
    name = unicodedata.normalize("NFKC", name)
    return " ".join(_LEADING_TIME.sub("", name).split()).casefold()


def split_time(name: str) -> tuple[str, str]:
    """Return a name's leading time, with the white space behind it ("" if none), and the rest."""
    time = _TYPED_TIME.match(name)
    return (time[0], name[time.end() :]) if time else ("", name)


def without_heading(line: str) -> str:
    """Return a line, a heading's as the name alone: without its marks, and a time before it."""
    name = _HEADING.sub("", line)
    return name if name == line else split_time(name)[1]


def joined(former: str, name: str) -> str:
    """Return a topic's new name with the time of its former one, unless it brings its own."""
    return name if split_time(name)[0] else split_time(former)[0] + name
