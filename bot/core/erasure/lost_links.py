"""What people added that has a link which others gave, too, and loses it with what a lock takes.

Its line goes with the message, so the link stands where the others gave it, and as they did.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from bot.core.document.pieces import links_in
from bot.core.document.traces import bare_line
from bot.core.document.version import Side
from bot.core.erasure.made_lines import first_lines
from bot.core.erasure.scrubbed_event import GoneLines, scrubbed
from bot.core.events import Event, ItemReaddressed
from bot.core.file_events import ItemAdded, ItemWritten


def without_links(
    events: Iterable[Event], before: Side, after: Side, gone: GoneLines, others: Collection[str]
) -> dict[str, Event]:
    """Return what people added, and what was done to it, without lines by which it had such links.

    By their events' keys; `after` is what is left of a draft that was as `before`, and `others` are
    the links that others gave.
    """
    had, left = _links(before), _links(after)
    lost = {one for one, links in had.items() if links.intersection(others) - left.get(one, set())}
    of_item = defaultdict[str, list[Event]](list)
    for event in events if lost else ():
        item = _item(event)
        if item in lost and (isinstance(event.what, ItemAdded) or item in of_item):
            of_item[item].append(event)
    return {
        event.key: _without(event, GoneLines({*gone.said, *_linked(done)}, gone.addresses))
        for done in of_item.values()
        for event in done
    }


def _item(event: Event) -> str:
    what = event.what
    if isinstance(what, ItemWritten | ItemReaddressed):
        return what.item
    return event.key if isinstance(what, ItemAdded) else ""


def _links(side: Side) -> Mapping[str, set[str]]:
    """Return the links on the first line of all that has an id."""
    firsts = first_lines(side).items()
    return {owner: {link.canonical for link in links_in(line)} for owner, line in firsts}


def _linked(events: Iterable[Event]) -> set[str]:
    """Return the first lines that an item had, in all states in which they had a link."""
    whats = [event.what for event in events]
    texts = [one.text for one in whats if isinstance(one, ItemAdded)]
    texts += [one for it in whats if isinstance(it, ItemWritten) for one in (it.was or "", it.now)]
    firsts = (text.split("\n")[0] for text in texts)
    return {bare_line(line) for line in firsts if links_in(line)}


def _without(event: Event, gone: GoneLines) -> Event:
    if isinstance(event.what, ItemReaddressed):
        return replace(event, what=replace(event.what, url="", title=None))
    return scrubbed(event, gone, {})
