"""What stands in where no index of the site is kept."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.site_index.model import SitePage
    from bot.services.site_index_port import FoundEntries, Hit


class NoIndex:
    """An index in which nothing is (site_index_port.SiteIndex)."""

    version = 0
    is_whole = False
    scrub_owed = False

    async def open(self) -> None:
        pass

    async def known(self, state: str) -> dict[str, str]:
        return {}

    async def put(
        self, pages: "Sequence[tuple[str, SitePage]]", gone: Collection[str] = ()
    ) -> None:
        pass

    async def end_round(self) -> None:
        pass

    async def owe_scrub(self) -> None:
        pass

    async def scrub(self, *, is_last: bool) -> None:
        pass

    def linked(self, canonicals: Collection[str]) -> Mapping[str, "Sequence[Hit]"]:
        return {}

    def numbers_linking(self, canonicals: Collection[str]) -> Iterable[str]:
        return ()

    def at(self, places: Collection[str]) -> Mapping[str, "SitePage"]:
        return {}

    async def find(self, query: str, *, pages: int, entries: int) -> "FoundEntries":
        # Loaded here, where hardly anybody asks.
        from bot.services.site_index_port import FoundEntries

        return FoundEntries()

    async def aclose(self) -> None:
        pass
