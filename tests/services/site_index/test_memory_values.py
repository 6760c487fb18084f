"""What counts as an earlier episode, and when fewer letters are looked for."""

import logging
from collections.abc import Collection, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from bot.core.model import Lookup
from bot.core.site_index.addresses import SiteSettings
from bot.core.site_index.model import SiteEntry, SitePage
from bot.errors import StoreError
from bot.services.lookups import FRESH
from bot.services.site_index.memory import SiteMemory
from bot.services.site_index.own_titles import _is_new
from bot.services.site_index_port import FoundEntries, Hit

ENTRY = SiteEntry("item", "x")
A, B = "https://example.org/a", "https://example.org/b"


class Index:
    """An index of what a test says."""

    version = 7
    is_whole = True

    def __init__(self, *numbers: str, drafts: Collection[str] = ()) -> None:
        self.hits = [
            Hit(SitePage(f"{one}.md", one, is_draft=one in drafts), ENTRY) for one in numbers
        ]
        self.found: dict[str, FoundEntries] = {}
        self.asked: list[tuple[str, int]] = []
        self.error: StoreError | None = None
        self.owed = 0

    def linked(self, canonicals: Collection[str]) -> Mapping[str, Sequence[Hit]]:
        return dict.fromkeys(canonicals, self.hits)

    def numbers_linking(self, canonicals: Collection[str]) -> list[str]:
        return [hit.page.number for hit in self.hits]

    async def find(self, asked: str, *, pages: int, entries: int) -> FoundEntries:
        self.asked.append((asked, pages))
        return self.found.get(asked, FoundEntries())

    async def owe_scrub(self) -> None:
        self.owed += 1
        if self.error is not None:
            raise self.error


def memory(index: Index) -> SiteMemory:
    return SiteMemory(index)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("there", "here", "is_before"),
    [
        ("6", "7", True),
        ("7", "7", False),
        ("8", "7", False),
        ("9", "10", True),
        ("6.5", "7", True),
        ("7", "6.5", False),
        ("special", "7", True),  # those that cannot be compared all are
        ("7", "", True),
        ("", "", False),
        ("7b", "7", False),
    ],
)
def test_an_earlier_episode_has_a_smaller_number(there: str, here: str, is_before: bool) -> None:
    known = memory(Index(there))
    outline: Any = SimpleNamespace(number=here)
    assert known.recur({A}, outline) is is_before
    assert (A in known.earlier({A}, here)) is is_before


def test_of_earlier_episodes_the_newest_comes_first_and_drafts_are_none() -> None:
    found = memory(Index("1", "2", "3", "8", drafts=["2"])).earlier({A, B}, "7")
    assert found[A].episodes == found[B].episodes == ("3", "1")
    assert memory(Index("1", drafts=["1"])).earlier({A}, "7") == {}
    assert memory(Index("1")).earlier({A}, None)[A].episodes == ("1",)


async def test_words_that_only_begin_so_are_looked_for_where_whole_ones_give_little() -> None:
    index = Index()
    await memory(index).find("bread")
    assert len(index.asked) == 2
    whole, begun = (asked for asked, _ in index.asked)
    found = FoundEntries(tuple(index.hits), more=True)
    index.found[whole] = found
    assert await memory(index).find("bread") is found
    assert len(index.asked) == 3
    few = index.found[begun] = FoundEntries()
    index.found[whole] = FoundEntries()
    assert await memory(index).find("bread") is few
    assert await memory(index).find("   ") == FoundEntries()
    assert await memory(index).choices("  ", 3) == ()


async def test_no_more_is_offered_than_is_asked_for() -> None:
    index = Index("1", "2", "3")
    await memory(index).choices("bread", 2)
    (whole, pages), _ = index.asked
    assert pages == 2
    index.found[whole] = FoundEntries(tuple(index.hits), more=True)
    assert [hit.page.number for hit in await memory(index).choices("bread", 2)] == ["1", "2"]


def test_without_a_sites_addresses_nothing_is_our_own() -> None:
    known = memory(Index("1"))
    assert known.own_pages({A}) == {}
    known.settings = SiteSettings()
    assert known.own_pages({A}) == {}
    assert (known.version, known.is_whole) == (7, True)


async def test_an_index_that_cannot_note_an_erasure_holds_nothing_up(
    caplog: pytest.LogCaptureFixture,
) -> None:
    index = Index()
    await memory(index).erased()
    assert caplog.records == []
    index.error = StoreError("store.same")
    failing = memory(index)
    with caplog.at_level(logging.WARNING):
        await failing.erased()
    assert len(caplog.records) == 1
    assert index.owed == 2
    assert failing.wanted.is_set()


@pytest.mark.parametrize(
    ("known", "is_new"),
    [
        (None, True),
        (Lookup(A, "T", source="provider", at=1000 * FRESH), False),
        (Lookup(A, "T", source="provider", at=1000 * FRESH - FRESH // 2), False),
        (Lookup(A, "T", source="provider", at=1000 * FRESH - FRESH // 2 - 1), True),
        (Lookup(A, "T", source="provider", at=0), True),
        (Lookup(A, "Other", source="provider", at=1000 * FRESH), True),
        (Lookup(A, "T", source="page", at=1000 * FRESH), True),
        (Lookup(A, "T", source="provider", at=1000 * FRESH, error="dns"), True),
        (Lookup(A, "Other", source="file", at=0), False),  # a person gave it
    ],
)
def test_a_title_of_our_own_is_kept_where_it_says_something_new(
    known: Lookup | None, is_new: bool
) -> None:
    assert _is_new(Lookup(A, "T", source="provider", at=1000 * FRESH), known) is is_new
