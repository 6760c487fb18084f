"""What a podcast's feed says of a sound file: how many bytes it has, and how long it is.

RSS 2.0 (https://www.rssboard.org/rss-specification#ltenclosuregtSubelementOfLtitemgt), and Atom's
links. One pass over the tags that name files: no tree is made of what somebody else wrote.
"""

import re
from dataclasses import dataclass
from html import unescape

LONGEST_TAG = 4_000
MOST_BYTES = 10**12
LONGEST = 100 * 3_600
"""Seconds from which on nothing is a recording."""

_TAG = re.compile(r"<(?:enclosure|link)\b", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w:]{1,40})\s{0,20}=\s{0,20}(?:"([^"]*)"|'([^']*)')""")
_ITEM_ENDS = re.compile(r"</(?:item|entry)\s*>", re.IGNORECASE)
_ITEM_BEGINS = re.compile(r"<(?:item|entry)\b", re.IGNORECASE)
_DURATION = re.compile(
    r"<itunes:duration[^<>]{0,100}>\s{0,100}(?:<!\[CDATA\[\s{0,100})?([\d:]{1,12})", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A sound file in a feed: its bytes, and its length as `H:MM:SS`; None for what is not said."""

    size: int | None
    duration: str | None


def enclosure(feed: str, url: str) -> Enclosure | None:
    """Return what a feed says of the file at an address; None where it does not name it."""
    for tag in _TAG.finditer(feed):
        end = feed.find(">", tag.end(), tag.end() + LONGEST_TAG)
        if end < 0:
            continue
        found = _ATTRIBUTE.findall(feed, tag.end(), end)
        values = {name.lower(): unescape(one or other) for name, one, other in found}
        is_link = tag[0].lower() == "<link"
        if is_link and values.get("rel") != "enclosure":
            continue
        if not _is_same(values.get("href" if is_link else "url", ""), url):
            continue
        item = max((one.start() for one in _ITEM_BEGINS.finditer(feed, 0, tag.start())), default=0)
        ends = _ITEM_ENDS.search(feed, end)
        length = _DURATION.search(feed, item, ends.start() if ends else len(feed))
        return Enclosure(_size(values.get("length", "")), _clock(length[1]) if length else None)
    return None


def _is_same(one: str, other: str) -> bool:
    """Return whether two addresses lead to the same file: some go by a counter of downloads."""
    short, long = sorted((_place(one), _place(other)), key=len)
    return bool(short) and (long == short or ("/" in short and long.endswith(f"/{short}")))


def _place(url: str) -> str:
    return url.strip().partition("://")[2].partition("?")[0].partition("#")[0].rstrip("/")


def _size(text: str) -> int | None:
    """Read a length; many feeds say 0 or 1 where they do not know it."""
    known = text.strip()
    is_number = known.isascii() and known.isdigit() and len(known) <= 13
    return int(known) if is_number and 1 < int(known) <= MOST_BYTES else None


def _clock(text: str) -> str | None:
    """Read seconds, `M:SS` or `H:MM:SS` as `H:MM:SS`."""
    parts = text.split(":")
    if len(parts) > 3 or not all(part.isdigit() for part in parts):
        return None
    seconds = 0
    for part in parts:
        seconds = seconds * 60 + int(part)
    if not 0 < seconds < LONGEST:
        return None
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
