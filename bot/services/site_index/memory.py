"""What was said before: where a link stood, and what is found over all episodes."""

import asyncio
import logging
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.errors import StoreError

if TYPE_CHECKING:  # loaded where they are used: a chat hardly ever looks back
    from bot.core.episode.fold import Outline
    from bot.core.site_index.addresses import SiteSettings
    from bot.core.site_index.model import SitePage
    from bot.core.site_index.words import Query
    from bot.services.site_index_port import FoundEntries, Hit, SiteIndex

_log = logging.getLogger(__name__)

PAGES, ENTRIES = 8, 3
"""How many episodes an answer shows, and how many places of each."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """Where earlier episodes had a link, the newest first."""

    hits: "tuple[Hit, ...]"

    @property
    def episodes(self) -> tuple[str, ...]:
        """The episodes' names, each once."""
        return tuple(dict.fromkeys(named(hit) for hit in self.hits))


class SiteMemory:
    """Asks the index of a site.

    `wanted` is set when the site may be another now; `settings` are what it says of its addresses,
    None until they were read.
    """

    def __init__(self, index: "SiteIndex") -> None:
        self._index = index
        self.wanted = asyncio.Event()
        self.settings: SiteSettings | None = None

    @property
    def is_whole(self) -> bool:
        """Whether all pages of the site have been read at least once."""
        return self._index.is_whole

    async def erased(self) -> None:
        """Note that something went off the record: no trace of it may stay in the index."""
        try:
            await self._index.owe_scrub()
        except StoreError as error:
            # A file that cannot be used is made again; nothing else waits for that.
            _log.warning("the site's index keeps traces", extra={"cause": str(error)})
        self.wanted.set()

    @property
    def version(self) -> int:
        """A number that grows whenever something else may be known."""
        return self._index.version

    def recur(self, canonicals: Collection[str], outline: "Outline") -> bool:
        """Return whether an episode before this one had one of these addresses."""
        found = self._index.numbers_linking(canonicals)
        return any(_is_smaller(one, str(outline.number or "")) for one in found)

    def earlier(self, canonicals: Collection[str], number: object) -> Mapping[str, Earlier]:
        """Return where published episodes before the one with this number had these addresses."""
        found: dict[str, Earlier] = {}
        for address, hits in self._index.linked(canonicals).items():
            if before := [hit for hit in hits if _is_before(hit.page, str(number or ""))]:
                found[address] = Earlier(tuple(reversed(before)))
        return found

    def own_pages(self, canonicals: Collection[str]) -> "dict[str, SitePage]":
        """Return the pages of our own episodes that some addresses lead to, by address."""
        if self.settings is None or not self.settings.bases:
            return {}
        from bot.core.site_index.addresses import own_place

        places = {one: own_place(one, self.settings) for one in canonicals}
        pages = self._index.at({place for place in places.values() if place})
        return {one: pages[place] for one, place in places.items() if place and place in pages}

    async def find(
        self, typed: str, *, pages: int = PAGES, entries: int = ENTRIES
    ) -> "FoundEntries":
        """Return what is found of some words, the newest episodes first."""
        from bot.core.site_index.words import query
        from bot.services.site_index_port import FoundEntries

        asked = query(typed)
        if asked is None:
            return FoundEntries()
        return await self._find(asked, pages=pages, entries=entries)

    async def choices(self, typed: str, most: int) -> "Sequence[Hit]":
        """Return what completes some words that are typed, the newest first."""
        from bot.core.site_index.words import query

        asked = query(typed)
        if asked is None:
            return ()
        return (await self._find(asked, pages=most, entries=ENTRIES)).hits[:most]

    async def _find(self, asked: "Query", *, pages: int, entries: int) -> "FoundEntries":
        """Ask for the words as they are; for such as only begin so where that gives little."""
        found = await self._index.find(asked.whole, pages=pages, entries=entries)
        if found.more or asked.begun == asked.whole:
            return found
        return await self._index.find(asked.begun, pages=pages, entries=entries)


def named(hit: "Hit") -> str:
    """Return what hosts call a hit's episode: its number, its title, or its file."""
    return hit.page.number or hit.page.full_title or hit.page.path


def _is_before(page: "SitePage", number: str) -> bool:
    """Return whether a page is a published episode before the one with a number."""
    return not page.is_draft and _is_smaller(page.number, number)


def _is_smaller(one: str, other: str) -> bool:
    """Return whether a number comes before another; those that cannot be compared all do."""
    if one == other:
        return False
    there, here = _value(one), _value(other)
    return there is None or here is None or there < here


def _value(number: str) -> float | None:
    found = re.match(r"\d{1,9}(?:\.\d{1,3})?", number)
    return float(found[0]) if found else None
