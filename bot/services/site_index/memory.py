"""What was said before: where a link stood, and what is found over all episodes."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.core.site_index.words import query
from bot.services.site_index_port import Found, Hit, SiteIndex

PAGES, ENTRIES = 8, 3
"""How many episodes an answer shows, and how many places of each."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """Where earlier episodes had a link, the newest first."""

    hits: tuple[Hit, ...]

    @property
    def episodes(self) -> tuple[str, ...]:
        """The episodes' names, each once."""
        return tuple(dict.fromkeys(named(hit) for hit in self.hits))


class SiteMemory:
    """Asks the index of a site."""

    def __init__(self, index: SiteIndex) -> None:
        self._index = index

    @property
    def version(self) -> int:
        """A number that grows whenever something else may be known."""
        return self._index.version

    def earlier(self, canonicals: Collection[str], number: object) -> Mapping[str, Earlier]:
        """Return where published episodes before the one with this number had these addresses."""
        found: dict[str, Earlier] = {}
        for address, hits in self._index.linked(canonicals).items():
            if before := [hit for hit in hits if _is_before(hit, str(number or ""))]:
                found[address] = Earlier(tuple(reversed(before)))
        return found

    async def find(self, typed: str) -> Found:
        """Return what is found of some words, the newest episodes first."""
        asked = query(typed)
        if asked is None:
            return Found()
        return await self._index.find(asked, pages=PAGES, entries=ENTRIES)

    async def choices(self, typed: str, most: int) -> Sequence[Hit]:
        """Return what completes some words that are typed, the newest first."""
        asked = query(typed)
        if asked is None:
            return ()
        return (await self._index.find(asked, pages=most, entries=ENTRIES)).hits[:most]


def named(hit: Hit) -> str:
    """Return what hosts call a hit's episode: its number, its title, or its file."""
    return hit.page.number or hit.page.full_title or hit.page.path


def _is_before(hit: Hit, number: str) -> bool:
    """Return whether a hit is of a published episode before the one with a number."""
    if hit.page.is_draft or hit.page.number == number:
        return False
    there, here = _value(hit.page.number), _value(number)
    return there is None or here is None or there < here


def _value(number: str) -> float | None:
    found = re.match(r"\d{1,9}(?:\.\d{1,3})?", number)
    return float(found[0]) if found else None
