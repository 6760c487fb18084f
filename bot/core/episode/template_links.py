"""Links that people put into lines of the template's: posted again, they are there already.

Nothing of such a line is an item. So a link that is given is put in, but not shown; what was said
with it stands as a bullet of its own.
"""

from collections.abc import Collection
from dataclasses import replace

from bot.core.episode.item_index import links_of
from bot.core.file_events import LinkInTemplate
from bot.core.grammar.message import label_of
from bot.core.grammar.notes import notes_alone
from bot.core.model import Bullet, Item
from bot.core.urls import fingerprint


class TemplateLinks:
    """Those that stand there by now, by fingerprint, and the items that came while one did."""

    def __init__(self) -> None:
        self.links: set[str] = set()
        self.already: dict[str, Item] = {}

    def put(self, what: LinkInTemplate) -> None:
        """Take in that a link stands there, or does not any more; "" is one off the record."""
        if what.there and what.link:
            self.links.add(what.link)
        else:
            self.links.discard(what.link)

    def have(self, item: Item) -> bool:
        """Return whether an item is a bullet of nothing but a link that stands there."""
        return bool(self.links) and not item.steps and _link(item) in self.links

    def stands_for(self, item: str) -> bool:
        """Return whether the link of an item stands there, so that it cannot be brought back."""
        known = self.already.get(item)
        return known is not None and _link(known) in self.links

    def leave(self, item: Item) -> Item | None:
        """Return what is left to show of an item whose link stands there: its notes, if any."""
        content = item.content
        assert isinstance(content, Bullet)  # noqa: S101 - `have` said so
        self.already[item.id] = item
        notes = (*label_of(content), *content.notes)
        return replace(item, content=notes_alone(notes)) if notes else None


def is_put_there(item: Item | str | None, links: Collection[str]) -> bool:
    """Return whether what is given is a bullet with one link, which is one of those there."""
    return isinstance(item, Item) and _link(item) in links


def _link(item: Item) -> str | None:
    links = links_of(item.content) if isinstance(item.content, Bullet) else ()
    return fingerprint(links[0].canonical) if len(links) == 1 else None
