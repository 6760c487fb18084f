"""What is known of a site's episodes: pages, and the entries on them."""

from dataclasses import dataclass
from typing import Literal

MOST_ENTRIES = 4_000
"""Entries of one page that are kept."""

Kind = Literal["episode", "topic", "item"]


@dataclass(frozen=True, slots=True)
class SiteEntry:
    """A part of a page: the episode itself, a topic, or what stands under it.

    `text` are its words as a reader sees them, `notes` those below it; `topic` is the heading that
    it stands under, `time` as typed, and `urls` its links as they stand there.
    """

    kind: Kind
    text: str
    topic: str = ""
    time: str = ""
    notes: str = ""
    urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SitePage:
    """An episode's page.

    `title` is without the number, `full_title` as the page has it. `at` orders pages by when they
    came out. `address` is where the site shows it, "" where that is not known; `addresses` are the
    places on the site (`place_of`) at which it is, or was, found.
    """

    path: str
    number: str = ""
    title: str = ""
    full_title: str = ""
    date: str = ""
    at: int = 0
    is_draft: bool = False
    address: str = ""
    addresses: tuple[str, ...] = ()
    entries: tuple[SiteEntry, ...] = ()
