"""What waits below a heading that went off the record: it waits on, and comes into no file."""

from collections.abc import Iterable
from dataclasses import replace

from bot.core.erasure.lock import Lock
from bot.core.events import Event, ItemRemoved
from bot.core.later.events import TopicPostponed
from bot.core.model import Episode


def not_come(before: Episode, after: Episode) -> list[Event]:
    """Return what keeps out what a draft had not: it waited below a heading that is gone now."""
    waited, last = {item.id for item in before.waiting_items()}, 1 << 62
    return [
        Event(f"erasing:{item.id}", after.id, last, "", ItemRemoved(item.id))
        for item in after.items()
        if item.id in waited
    ]


def still_waiting(events: Iterable[Event], lock: Lock) -> list[Event]:
    """Return what keeps off what a topic held that waits, once its heading is erased."""
    postponed = [
        (event, event.what)
        for event in events
        if isinstance(event.what, TopicPostponed) and event.about == lock.message
    ]
    if not postponed:
        return []
    waiting = lock.before.waiting
    rewritten = []
    for event, what in postponed:
        held = [one.topic for one in waiting if one.postponed == event.key]
        items = tuple(item.id for topic in held for item in topic.every_item())
        if items and any(topic.name for topic in held):
            rewritten.append(replace(event, what=replace(what, items=items)))
    return rewritten
