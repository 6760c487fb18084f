"""What is no title: what challenge, consent, log-in and error pages call themselves.

A wall is told by the whole of a title. Its words may stand beside the site's name, and nothing
else: "Access Denied | Example" is a wall on example.com, "Access Denied: a history" is a title.
Encyclopedias and newspapers do write of such things, so what shows itself an article is one.
"""

import re

from bot.core.page.title_text import squash, words
from bot.core.page.wall_phrases import (
    APPS,
    BEGINNINGS,
    DOTTED,
    MARKERS,
    NOTHING,
    SENTENCES,
    VENDORS,
    WORDS,
)

_URL = re.compile(r"[^:/?#]*://(?:[^/?#@]*@)?([^/?#:]*)[^/?#]*([^#]*)")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "…": "..."})
_END = " .!?。！？:"
_STATUS = re.compile(
    r"(?:http )?(?:status |error |エラー ?)?(?:code )?:? ?[45]\d\d(?: error)?"
    r"(?:[\s(:|!–—-]+(?:[\w'/ ]{0,30}(?:not found|forbidden|denied|unavailable|unauthorized|error"
    r"|bad gateway|bad request|time-?out|too many requests|gone|satisfied|required)[\w ]{0,25})?"
    r"[\s).!1-]*)?"
)
_LOG_IN = re.compile(
    r"(?:please )?(?:log ?-?in|sign ?-?in|log ?on|sign ?-?up)(?:to|with|or| |,|/|-|・)*"
    r"|ログイン|サインイン|(?<=.)に(?=ログイン|サインイン)"
)
_LOG_IN_TRACES = ("log", "sign", "ログイン", "サインイン")
_TO_ITS = frozenset({"your", "my", "the", "a", "account", "page", "form", "here"})
_SITE_LABEL = re.compile(r"(?:www\d?|m|mobile|en|ja|com|org|net|co|ne|or|ac|go|edu|gov|info|io)\Z")
_SOMETHING = re.compile(r"[^\W_]|[^\x00-\x7f]")
_BEGINNINGS = tuple(BEGINNINGS)
_LONGEST = 100  # of a wall's title
_THIN = 64 * 1024


class Judge:
    """Knows the address that a page came from, the site's name, and whether it is an article."""

    def __init__(self, url: str, site_name: str | None = None, *, is_article: bool = False) -> None:
        parts = _URL.match(url)
        self._host = parts[1].lower().removeprefix("www.") if parts else ""
        self._path = parts[2].strip("/") if parts else ""
        labels = self._host.split(".")
        self._labels = [squash(each) for each in labels if not _SITE_LABEL.match(each)]
        self._whole = squash(self._host)
        self._site = squash(site_name or "")
        self._is_article = is_article or "wiki/" in self._path

    def is_site(self, text: str) -> bool:
        """Return whether words are the site's name, by its address or by what it calls itself."""
        name = squash(text)
        if not name:
            return False
        if name in (self._site, self._whole):
            return True
        return any(
            name == label or (len(name) > 3 and name in label) or (len(label) > 3 and label in name)
            for label in self._labels
        )

    def says_nothing(self, title: str) -> bool:
        """Return whether a title names no page: `Untitled`, an address, the wall's app."""
        plain = _plain(title)
        if plain in NOTHING or not _SOMETHING.search(title):
            return True
        if plain.startswith(("http://", "https://")) and " " not in plain:
            return True
        if not self._path or len(title) > _LONGEST:
            return False
        if plain.isdecimal() and len(plain) > 5 and plain in self._path:
            return True
        name = squash(title)
        return name == self._whole or (name in APPS and self.is_site(title))

    def wall(self, title: str) -> str | None:
        """Return the reason why a title is no title (`challenge`, `consent`, `login`, `error`)."""
        if self._host.startswith("consent."):
            return "consent"
        if self._is_article:
            return None
        whole = _plain(title)
        if len(whole) > _LONGEST:
            return None
        if whole.startswith(_BEGINNINGS):
            return next(BEGINNINGS[each] for each in _BEGINNINGS if whole.startswith(each))
        if reason := self._reason(whole, []):
            return reason
        parts = words(whole)
        for index, part in enumerate(parts if len(parts) > 1 else ()):
            others = parts[:index] + parts[index + 1 :]
            if reason := self._reason(part, others, most=": " not in whole):
                return reason
        return None

    def _reason(self, part: str, others: list[str], *, most: int = 0) -> str | None:
        """Return the reason if a part of a title is a wall's, and the others only name the site.

        Beside what is a wall for sure, `most` parts may be any words: few sites are called by
        the name that they have in their address.
        """
        bare = part.strip(_END)
        reason = SENTENCES.get(bare) or (DOTTED.get(bare) if part.endswith("...") else None)
        if reason and len(others) <= most:
            return reason
        reason = reason or WORDS.get(bare) or self._reason_of_words(bare)
        return reason if reason and all(map(self._names_site, others)) else None

    def _reason_of_words(self, text: str) -> str | None:
        if _STATUS.fullmatch(text):
            return "error"
        if not any(trace in text for trace in _LOG_IN_TRACES) or not _LOG_IN.search(text):
            return None
        rest = _LOG_IN.sub(" ", text).split()
        return "login" if all(word in _TO_ITS or self.is_site(word) for word in rest) else None

    def _names_site(self, text: str) -> bool:
        return self.is_site(text) or squash(text) in VENDORS


def wall_of_status(status: int) -> str | None:
    """Return the reason why an answer with this status has no title; None where it may have one."""
    if status < 400:
        return None
    return "login" if status in (401, 407) else "error"


def wall_of_body(data: bytes) -> str | None:
    """Return the reason if a page without a title shows itself a challenge by what it loads."""
    if len(data) > _THIN:
        return None
    return next((reason for marker, reason in MARKERS.items() if marker in data), None)


def _plain(text: str) -> str:
    return text.translate(_QUOTES).casefold().strip()
