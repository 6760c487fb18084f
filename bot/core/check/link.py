"""What is wrong with a link, by what the web answers when its address is asked for."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.core.urls import canonical

_UNASKED = frozenset(
    {"never-asked", "not-asked", "offline", "private", "port", "scheme", "bad-address"}
)
"""Reasons for which nobody was asked, so that nothing is known."""

_GONE = (404, 410)
_LOG_IN = (401, 407)
_DOWN = frozenset({408, 451})
_FRONT = re.compile(
    r"/?|/(?:index|default|home)(?:\.\w{2,5})?/?|/[a-z]{2}(?:[-_][a-z]{2})?/?", re.I
)


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of asking for an address.

    `reason` says in a word (bot/texts/lookup.py) why nothing did. `final` is where it led, `moved`
    where redirects for good did. `title` and `wall` are those of the page, `secure` whether it
    is had by https too, `embed` why its provider gives no embed any more, `archived` the address
    of a copy.
    """

    url: str
    reason: str | None = None
    status: int = 0
    final: str = ""
    moved: str | None = None
    title: str | None = None
    wall: str | None = None
    secure: bool = False
    embed: str | None = None
    archived: str | None = None


@dataclass(frozen=True, slots=True)
class Rot:
    """Something that is wrong with a link: `what` names a text of bot/texts/check.py.

    `address` is a better one, `detail` what fills in the text: a status, a reason, a title.
    """

    what: str
    address: str | None = None
    detail: str = ""


def is_asked(answered: Answered) -> bool:
    """Return whether somebody was asked at all."""
    return answered.reason not in _UNASKED


def is_gone(answered: Answered) -> bool:
    """Return whether nothing is left there of what the link is about."""
    return any(one.what in ("gone", "error-page", "front-page") for one in rot(answered))


def rot(answered: Answered, *, known_title: str | None = None) -> list[Rot]:
    """Return what is wrong with a link; `known_title` is the page's when it was read last."""
    if answered.reason is not None:
        if answered.reason in _UNASKED:
            return []
        return [Rot("no-answer", detail=answered.reason)]
    broken = _broken(answered)
    if broken is not None:
        return [broken]
    if answered.status >= 400 or answered.wall in ("challenge", "consent"):
        return []  # it answers, but not to us
    return [*_worn(answered, known_title)]


def _broken(answered: Answered) -> Rot | None:
    status, archived = answered.status, answered.archived
    if status in _GONE:
        return Rot("gone", archived, str(status))
    if status in _LOG_IN:
        return Rot("log-in")
    if status >= 500 or status in _DOWN:
        return Rot("no-answer", detail=f"status-{status}")
    if status >= 400:
        return None
    if answered.wall == "login":
        return Rot("log-in")
    if answered.wall == "error":
        return Rot("error-page", archived)
    if _is_front(answered.final) and not _is_front(answered.url):
        return Rot("front-page", archived, answered.final)
    return None


def _is_front(url: str) -> bool:
    parts = urlsplit(url)
    return _FRONT.fullmatch(parts.path) is not None and not parts.query


def _worn(answered: Answered, known_title: str | None) -> Iterator[Rot]:
    """Yield what is wrong with a link that still leads to its page."""
    url, moved = answered.url, answered.moved
    if moved is not None and not _same(url, moved):
        yield Rot("moved", moved)
    elif _is_plain(url) and moved is not None and not _is_plain(moved):
        yield Rot("https", moved)
    elif answered.secure:
        yield Rot("https", f"https{url[4:]}")
    if answered.embed is not None:
        yield Rot("embed", detail=answered.embed)
    if known_title and answered.title and not _alike(known_title, answered.title):
        yield Rot("title", detail=answered.title)


def _same(url: str, other: str) -> bool:
    return canonical(url) == canonical(other)


def _is_plain(url: str) -> bool:
    return url[:5].lower() == "http:"


def _alike(one: str, other: str) -> bool:
    """Return whether two titles are one: a site's name may come to it, or leave it."""
    first, second = _folded(one), _folded(other)
    return first in second or second in first


def _folded(text: str) -> str:
    letters = unicodedata.normalize("NFKC", text).casefold()
    return "".join(one for one in letters if one.isalnum())


def archived_in(answer: object) -> str | None:
    """Return the address of the copy that the Wayback Machine's availability API names.

    https://archive.org/help/wayback_api.php
    """
    found = answer
    for name in ("archived_snapshots", "closest"):
        found = found.get(name) if isinstance(found, dict) else None
    if not isinstance(found, dict) or found.get("available") is not True:
        return None
    url = found.get("url")
    if not isinstance(url, str) or str(found.get("status", "200")) != "200" or len(url) > 4000:
        return None
    match = re.fullmatch(r"https?(://web\.archive\.org/web/\d{4,14}[a-z_]{0,4}/\S+)", url)
    return f"https{match[1]}" if match else None
