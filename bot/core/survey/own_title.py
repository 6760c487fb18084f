"""How a show's hosts write links to their own episodes, learned from the newest of them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from bot.core.document.pieces import links_in
from bot.core.site_index.addresses import SiteSettings, own_place
from bot.core.survey.page import MOST, SurveyPage, common

FEWEST, NEWEST = 3, 10
"""Links that make a custom, and how many of the newest are looked at: customs change."""

_WRITTEN = re.compile(
    r"(?P<lead>[^\d{}]{0,60})(?P<number>\d{1,5}(?:\.\d{1,3})?)"
    r"(?P<sep>[回話号]?(?:[ \t\u3000]*[:：.|｜–—-][ \t\u3000]*|[ \t\u3000]+))"
    r"(?P<title>[^\s{}][^{}]*)"
)
_TAIL = re.compile(r" +[-–—|·] +[^-–—|·{}]{1,60}\Z|[|｜][^|｜{}]{1,60}\Z")


@dataclass(frozen=True, slots=True)
class OwnTitle:
    """A template for the titles of own episodes, and of how many links it is the form."""

    template: str
    seen: int
    of: int


def own_title(pages: Iterable[SurveyPage], settings: SiteSettings) -> OwnTitle | None:
    """Return the form of most links to own episodes whose words are a number and a title.

    `pages` are the newest first.
    """
    texts = list(islice(_texts(pages, settings), NEWEST))
    forms = [(lead, sep) for lead, sep, _ in texts]
    form, seen = common(forms) or (("", ""), 0)
    if seen < max(FEWEST, MOST * len(forms) / 2):
        return None
    tail = _tail([title for *one, title in texts if tuple(one) == form])
    lead, sep = form
    return OwnTitle(f"{lead}{{{{ number }}}}{sep}{{{{ title }}}}{tail}", seen, len(forms))


def _texts(pages: Iterable[SurveyPage], settings: SiteSettings) -> Iterator[tuple[str, str, str]]:
    """Yield what stands before the number and behind it, and the title, of each such link."""
    for page in pages:
        for line in page.body:
            for link in links_in(line) if "](" in line else ():
                found = _WRITTEN.fullmatch(_plain(link.title or ""))
                place = own_place(link.url, settings) if found else None
                if found and place and found["number"].lstrip("0") in _numbers(place):
                    yield found["lead"], found["sep"], found["title"]


def _numbers(place: str) -> set[str]:
    return {one.lstrip("0") for one in re.findall(r"\d+(?:\.\d+)?", place)}


def _plain(text: str) -> str:
    return re.sub(r"\\([^\w\s])", r"\1", text)


def _tail(titles: list[str]) -> str:
    """Return what most titles end in, such as the show's name, from where it is set apart."""
    tails: dict[str, int] = defaultdict(int)
    for title in titles:
        if found := _TAIL.search(title):
            tails[found[0]] += 1
    most = max(tails, key=lambda one: tails[one], default="")
    return most if tails.get(most, 0) >= max(FEWEST, MOST * len(titles)) else ""
