"""The links of a site's pages in memory: asked of every message with a link, without the file."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping


class KnownLinks:
    """Which addresses stand on which pages, 12 bytes a link, and the numbers of published pages."""

    def __init__(self, links: Iterable[tuple[int, int]], numbers: Mapping[int, str]) -> None:
        """Take each link's key with its page, in the order of the keys."""
        self._keys, self._pages = array("Q"), array("I")
        for key, page in links:
            self._keys.append(key)
            self._pages.append(page)
        self._numbers = numbers

    def __contains__(self, key: int) -> bool:
        """Return whether an address stands on a page."""
        place = bisect_left(self._keys, key)
        return place < len(self._keys) and self._keys[place] == key

    def numbers(self, key: int) -> Iterator[str]:
        """Yield the numbers of the published pages that have an address, the oldest page first."""
        keys = self._keys
        for place in range(bisect_left(keys, key), len(keys)):
            if keys[place] != key:
                return
            number = self._numbers.get(self._pages[place])
            if number is not None:
                yield number
