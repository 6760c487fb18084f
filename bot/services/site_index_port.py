"""What is kept of the pages of a site's episodes, as a protocol; storage fulfils it.

It is derived from the site's files: whatever is lost of it is read again.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.core.site_index.model import SiteEntry, SitePage


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry, and the page that it stands on (without its other entries)."""

    page: SitePage
    entry: SiteEntry


@dataclass(frozen=True, slots=True)
class FoundEntries:
    """What was found, the newest first; `more` tells that there is more than this."""

    hits: tuple[Hit, ...] = ()
    more: bool = False


class SiteIndex(Protocol):
    """The index of one site. Raises StoreError where its file cannot be used."""

    @property
    def version(self) -> int:
        """A number that grows whenever something in it changes."""

    @property
    def is_whole(self) -> bool:
        """Whether all pages of the site have been read at least once."""

    @property
    def scrub_owed(self) -> bool:
        """Whether something went off the record of which traces may be left."""

    async def open(self) -> None:
        """Make known what was kept, if anything was; it may be old."""

    async def known(self, state: str) -> dict[str, str]:
        """Return the blob that each page was read from, by path.

        `state` is how pages are read; where it was another before, nothing is known any more.
        """

    async def put(self, pages: Sequence[tuple[str, SitePage]], gone: Collection[str] = ()) -> None:
        """Keep pages, each with its blob, in place of what was known; forget those `gone`."""

    async def end_round(self) -> None:
        """Note that the index is as whole as the site was."""

    async def owe_scrub(self) -> None:
        """Note that something went off the record."""

    async def scrub(self, *, is_last: bool) -> None:
        """Take what pages do not say any more out of the file; more is owed but for the last."""

    def linked(self, canonicals: Collection[str]) -> Mapping[str, Sequence[Hit]]:
        """Return where these addresses stand, by address, the oldest first: at once."""

    def numbers_linking(self, canonicals: Collection[str]) -> Iterable[str]:
        """Return the numbers of the published pages on which one of these stands: at once."""

    def at(self, places: Collection[str]) -> Mapping[str, SitePage]:
        """Return the pages at these places of the site, by place: at once."""

    async def find(self, query: str, *, pages: int, entries: int) -> FoundEntries:
        """Return what a query of `words.query` finds, on so many pages, so many entries of each."""

    async def aclose(self) -> None:
        """Let the file go."""
