"""What others had by themselves: it is not made of a message's lines, however alike it is.

That is all that other messages and hosts' commands say, and what people had in the file before.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable

from bot.core.document.pieces import links_in
from bot.core.erasure.said import lines_in, links_said
from bot.core.events import Event, ItemNoted, MessageSeen, TopicAdded, TopicRenamed, born_of
from bot.core.file_events import (
    FILE_PERSON,
    OF_FILE,
    ItemAdded,
    ItemWritten,
    LinkInTemplate,
    TopicFound,
    TopicWritten,
)
from bot.core.urls import fingerprint


def came_at(events: Iterable[Event], message: str) -> int:
    """Return when a message came; 0 where it is another episode's."""
    seen = (event.what.message for event in events if isinstance(event.what, MessageSeen))
    return min((one.at for one in seen if one.id == message), default=0)


def lines_of_others(events: Iterable[Event], message: str, until: int) -> dict[str, set[str]]:
    """Return the lines that others had by themselves, by the ids of messages, items and topics.

    What people wrote counts until a time, and so does what hosts said of that.
    """
    found = defaultdict[str, set[str]](set)
    for event in events:
        thing, text = _said(event)
        is_by_people = event.by.startswith(FILE_PERSON) or thing.startswith(OF_FILE)
        if born_of(thing) != message and (event.at < until or not is_by_people):
            found[thing] |= lines_in(text)
    return found


def addresses_of_others(
    events: Collection[Event], message: str, addresses: Iterable[str]
) -> set[str]:
    """Return the addresses that other messages give, and those that people had first.

    Of people's in lines of the template that is, of some `addresses`, known by these alone.
    """
    others = {event.about for event in events if event.about} - {message}
    came, prints = came_at(events, message), {fingerprint(one): one for one in addresses}
    found = {link.canonical for link in links_said(events, others)}
    for event in events:
        if not event.by.startswith(FILE_PERSON) or event.at >= came:
            continue
        if isinstance(event.what, LinkInTemplate):
            found.update({prints[event.what.link]} if event.what.link in prints else ())
        _, text = _said(event)
        found.update(link.canonical for line in text.split("\n") for link in links_in(line))
    return found


def _said(event: Event) -> tuple[str, str]:
    """Return what somebody said or wrote, with the id of what it is of."""
    what = event.what
    if isinstance(what, MessageSeen):
        return what.message.id, what.message.text or ""
    if isinstance(what, ItemAdded):
        return event.key, what.text
    if isinstance(what, TopicFound | TopicAdded):
        return event.key, what.name
    if isinstance(what, ItemWritten):
        return what.item, what.now
    if isinstance(what, ItemNoted):
        return what.item, what.text
    if isinstance(what, TopicWritten):
        return what.topic, what.now
    return (what.topic, what.name) if isinstance(what, TopicRenamed) else ("", "")
