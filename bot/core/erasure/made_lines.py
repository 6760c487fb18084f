"""What stood in the place of a message's line while the chat did not give it, in all its states.

It goes off the record whatever it says: hosts may have given its link another title since people
wrote it, and people another address, so that no line of a draft is the one that an event has.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.core.document.pieces import lines_of, links_in
from bot.core.document.traces import bare_line
from bot.core.document.version import Side
from bot.core.erasure.said_again import made_of
from bot.core.events import Event, ItemReaddressed, ItemRetitled
from bot.core.file_events import ItemAdded, ItemWritten
from bot.core.urls import canonical, fingerprint


class MadeLines:
    """The first lines of such items, but for those that are left in drafts."""

    def __init__(
        self, events: Iterable[Event], message: str, drafts: Iterable[tuple[Side, Side]]
    ) -> None:
        """Take all events, and drafts as they were, each with what is left of it."""
        self._events = list(events)
        left = [
            owner
            for before, after in drafts
            for owner, line in first_lines(before).items()
            if first_lines(after).get(owner) == line
        ]
        self._items = made_of(self._events, message).difference(left)

    def said(self) -> set[str]:
        """Return them, in all states, without the marks before them."""
        texts = [text for event in self._events for text in self._texts(event)]
        return {bare_line(text.split("\n")[0]) for text in texts} - {""}

    def untitled(self) -> list[Event]:
        """Return what hosts made of titles and addresses on them, without these."""
        links, changed = dict[str, set[str]](), list[Event]()
        for event in self._events:
            what = event.what
            for text in self._texts(event):
                known = links.setdefault(_item(event), set())
                known |= {fingerprint(one.canonical) for one in links_in(text.split("\n")[0])}
            if isinstance(what, ItemRetitled) and what.link in links.get(what.item, ()):
                changed.append(replace(event, what=replace(what, title="")))
            elif isinstance(what, ItemReaddressed) and what.link in links.get(what.item, ()):
                links[what.item].add(fingerprint(canonical(what.url)))
                changed.append(replace(event, what=replace(what, url="", title=None)))
        return changed

    def _texts(self, event: Event) -> Sequence[str]:
        if _item(event) not in self._items:
            return ()
        what = event.what
        if isinstance(what, ItemAdded):
            return what.was or "", what.text
        return (what.was or "", what.now) if isinstance(what, ItemWritten) else ()


def _item(event: Event) -> str:
    what = event.what
    return event.key if isinstance(what, ItemAdded) else getattr(what, "item", None) or ""


def first_lines(side: Side) -> dict[str, str]:
    """Return the first line of all that has an id."""
    lines = zip(lines_of(side.text), side.owners, strict=True)
    return {owner: line for line, owner in reversed([*lines]) if owner and line.strip()}
