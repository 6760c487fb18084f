"""Whether a file's text still holds the words of a message, in whatever form people gave it."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from bot.core.document.list_marks import ITEM_MARK
from bot.core.document.pieces import lines_of

_LONG = 12
_LONG_AND_WIDE = 6
"""A line of so many letters (of them some beyond ASCII) is looked for within others, too."""

_FIELD = re.compile(r"^[^\s:=]+\s*[:=]\s+")

_MARKS = re.compile(rf"(?:[ \t>]*{ITEM_MARK}(?:\s+|\Z))*[ \t>]*")


@dataclass(frozen=True, slots=True)
class Traces:
    """What tells of a message: its lines without their marks, and its addresses as typed."""

    lines: frozenset[str]
    addresses: frozenset[str]

    def in_text(self, text: str) -> bool:
        """Return whether a text has one of the lines, or one of the addresses."""
        if any(one in text for one in self.addresses):
            return True
        if self.lines & {bare_line(line) for line in lines_of(text)}:
            return True
        return any(line in text for line in self.lines if _is_long(line))

    def in_line(self, line: str) -> bool:
        """Return whether a line of a text says one of them, be it as the value of a field."""
        bare = bare_line(line)
        value = _FIELD.sub("", bare).strip("\"'")
        if not self.lines.isdisjoint((bare, value)) or any(
            one in bare for one in self.lines if _is_long(one)
        ):
            return True
        return any(re.search(rf"{re.escape(one)}(?![\w/%-])", bare) for one in self.addresses)


def traces(lines: Collection[str], urls: Collection[str]) -> Traces:
    """Return what to look for of some lines and addresses; a scheme may be another one."""
    addresses = {url.partition("://")[2].removeprefix("www.").rstrip("/") for url in urls}
    return Traces(frozenset(lines) - {""}, frozenset(addresses) - {""})


def bare_line(line: str) -> str:
    """Return a line without the marks before it, be they of a list with bullets or numbers."""
    return _MARKS.sub("", line, count=1).strip()


def _is_long(line: str) -> bool:
    return len(line) >= (_LONG if line.isascii() else _LONG_AND_WIDE)
