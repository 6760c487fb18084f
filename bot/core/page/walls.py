"""What is no title: what challenge, consent, log-in and error pages call themselves.

A wall is told by the whole of a title. Its words may stand beside the site's name, and nothing
else: "Access Denied | Example" is a wall on example.com, "Access Denied: a history" is a title.
Encyclopedias and newspapers do write of such things, so what shows itself an article is one, unless
its address says that somebody was sent there to log in or to consent.
"""

import re
from urllib.parse import unquote

from bot.core.page import title_text
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
from bot.core.page.wall_spellings import AGAIN, OOPS, spelled_walls

_URL = re.compile(r"[^:/?#]*://(?:[^/?#@]*@)?([^/?#:]*)[^/?#]*([^#]*)")
_FRONT = re.compile(r"(?:(?:[a-z]{2}(?:[_-][a-z]{2,4})?|home|index|default)(?:\.\w{2,5})?/?){0,2}")
_LOG_IN_PATH = re.compile(
    r"(?:(?:wp|user|account|member|customer|service)-?)?(?:log-?in|sign-?in|log-?on)"
    r"|(?:log|sign)-?in-?(?:page|form|required)|sign-?up|auth-?wall|anmelden|einloggen|connexion"
    r"|accedi|inloggen|iniciar-sesion|entrar|kirjaudu|logga-in|zaloguj|prihlaseni|giris"
)
_CONSENT_PATH = re.compile(
    r"(?:cookie-?|privacy-?|collect-?|gdpr-?)?(?:consent|gate|wall)(?:-?(?:page|form))?|cookiewall"
)
# What may be a log-in, if the address says where to go back to.
_MAYBE_PATH = re.compile(
    r"(?:o?auth2?|sso|saml2?|idp|cas|sessions?|accounts?|register|subscribe|checkpoint|authorize"
    r"|identify|welcome|verify|interstitial|paywall)"
)
_LOG_IN_HOST = re.compile(r"(?:log-?in|sign-?in|auth|sso|idp|accounts?|cas|oauth)\.")
_STEP_TRACES = (  # most addresses have none, and are not looked at any closer
    "log", "sign", "auth", "consent", "gate", "wall", "anmeld", "connex", "acced", "inici",
    "entrar", "kirja", "prihl", "giris", "sso", "saml", "idp", "cas", "session", "account",
    "regist", "subscr", "check", "identi", "welcom", "verify", "interst",
)  # fmt: skip
_RETURN = re.compile(
    r"(?:^|[?&;])[\w.\[\]-]*"
    r"(?:(?:return|redir|continue|next|goto|back|dest|target|referr?er|forward|orig|from|service"
    r"|request|success|rurl|url|uri|path)[\w.\[\]-]*=|=(?:https?(?::|%3a)|/|%2f))",
    re.IGNORECASE,
)
_QUOTES = str.maketrans({"’": "'", "‘": "'", "…": "..."})
_END = " .!?。！？:"
_NUMBER = re.compile(
    r"(?:http )?(?:status |error |エラー ?|ошибка |помилка |erro |fehler |erreur |chyba |virhe "
    r"|fel |fejl |feil |hiba |hata |오류 ?|错误 ?|σφάλμα |eroare |błąd )?[45]\d\d(?: hata| hiba)?"
    r"[\s:.,–—-]*"
)
_CODE = re.compile(r"[45]\d\d")
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
_CLAUSE = re.compile(r"\s*[!,.:…~！，。]+\s*")
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
        path, _, query = (parts[2] if parts else "").partition("?")
        self._query = query
        self._path = path.strip("/")
        self._is_front = _FRONT.fullmatch(self._path.lower()) is not None and not self._query
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
        if self._is_front or len(title) > _LONGEST:
            return False
        if plain.isdecimal() and len(plain) > 5 and plain in f"{self._path}?{self._query}":
            return True
        if not (name := squash(title)):
            return False
        return name in (self._whole, self._site, *self._labels) or (
            name in APPS and self.is_site(title)
        )

    def wall_of_address(self, asked: str = "") -> str | None:
        """Return the reason if the page's address shows that who `asked` was sent to a wall.

        A page that has a log-in in its own address may write of one, if it was asked for itself.
        """
        if self._host.startswith("consent."):
            return "consent"
        address = f"{self._host} {self._path.lower()}"
        if not any(trace in address for trace in _STEP_TRACES):
            return None
        before = _URL.match(asked)
        was = [*_steps(before[2].partition("?")[0])] if before else []
        is_moved = before is not None and before[2].partition("?")[0].strip("/") != self._path
        goes_back = _RETURN.search(self._query) is not None
        for step in _steps(self._path):
            is_new = is_moved and step not in was
            if _CONSENT_PATH.fullmatch(step) and (is_new or goes_back):
                return "consent"
            if _LOG_IN_PATH.fullmatch(step) and (is_new or goes_back):
                return "login"
            if _MAYBE_PATH.fullmatch(step) and is_new and goes_back:
                return "login"
        is_elsewhere = before is not None and before[1].lower().removeprefix("www.") != self._host
        return "login" if is_elsewhere and _LOG_IN_HOST.match(self._host) else None

    def wall(self, title: str) -> str | None:
        """Return the reason why a title is no title (`challenge`, `consent`, `login`, `error`)."""
        if self._is_article:
            return None
        whole = _plain(title)
        if len(whole) > _LONGEST:
            return None
        if whole.startswith(_BEGINNINGS):
            return next(BEGINNINGS[each] for each in _BEGINNINGS if whole.startswith(each))
        if reason := self._reason(whole)[0]:
            return reason
        parts = words(whole)
        for index, part in enumerate(parts if len(parts) > 1 else ()):
            reason, is_sure = self._reason(part)
            if reason and self._only_names_site(title, whole, index, is_sure=is_sure):
                return reason
        return None

    def _only_names_site(self, title: str, whole: str, index: int, *, is_sure: bool) -> bool:
        """Return whether all parts of a title but one only name the site.

        Beside what is a wall for sure, a part may be any words: few sites are called by the name
        that they have in their address.
        """
        others, beside = (
            [*parts[:index], *parts[index + 1 :]] for parts in (words(whole), words(title.strip()))
        )
        if is_sure and len(others) == 1 and ": " not in whole and all(map(_may_be_a_name, beside)):
            return True
        return all(map(self._names_site, others))

    def _reason(self, part: str) -> tuple[str | None, bool]:
        """Return the reason if a part of a title is a wall's, and whether it is for sure."""
        bare = part.strip(_END)
        if _CODE.search(bare) and not _STATUS.fullmatch(bare) and (number := _NUMBER.match(bare)):
            bare = bare[number.end() :] or bare
        more = spelled_walls()
        reason = SENTENCES.get(bare) or more.get(bare) or more.get(_bare_of(bare))
        reason = reason or (DOTTED.get(bare) if part.endswith("...") else None)
        if reason:
            return reason, True
        return WORDS.get(bare) or self._reason_of_words(bare), False

    def _reason_of_words(self, text: str) -> str | None:
        if _CODE.search(text) and _STATUS.fullmatch(text):
            return "error"
        if not any(trace in text for trace in _LOG_IN_TRACES) or not _LOG_IN.search(text):
            return None
        rest = _LOG_IN.sub(" ", text).split()
        return "login" if all(word in _TO_ITS or self.is_site(word) for word in rest) else None

    def _names_site(self, text: str) -> bool:
        return self.is_site(text) or squash(text) in VENDORS


def accept(title: str, url: str, *, is_shown: bool = False) -> str | None:
    """Return a title that somebody else gives for an address, as it may be written.

    That is oEmbed's, or the one that the chat platform shows (`is_shown`). None where it is a
    wall's or says nothing, like a page's own.
    """
    text = title_text.read_shown(title) if is_shown else title_text.read(title)
    judge = Judge(url)
    if not text or judge.wall(text) or judge.says_nothing(text):
        return None
    return title_text.site_name_once(text, judge.is_site)


def _bare_of(text: str) -> str:
    """Return a sentence without what is called out before it, and what it asks for in the end.

    `Oops! Something went wrong, try again later.`
    """
    first, *rest = _CLAUSE.split(text, maxsplit=1)
    text = rest[0] if rest and first in OOPS else text
    ends = [one for one in _CLAUSE.finditer(text) if text[one.end() :].strip(_END) in AGAIN]
    return text[: ends[-1].start()] if ends else text


def _steps(path: str) -> list[str]:
    """Return the words of a path between its strokes, in one spelling."""
    steps = unquote(path).lower().replace("_", "-").strip("/").split("/")
    return [step.partition(".")[0].partition(";")[0] for step in steps]


def _may_be_a_name(text: str) -> bool:
    """Return whether words may be a site's name: few, and with a capital where there are such."""
    text = text.strip()
    if not text or text[0].islower():
        return False
    return len(text.split()) <= 5 and len(text) <= 40 and text[-1:] not in "?？"


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
    if text.isascii():
        return text.lower().strip()
    return text.translate(_QUOTES).casefold().replace("i\u0307", "i").strip()  # İ is two characters
