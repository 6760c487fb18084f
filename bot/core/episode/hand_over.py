"""What one episode hands over to the next: what waits there, and what became of it since."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from bot.core.events import Event
from bot.core.later.events import (
    Carried,
    ItemCarried,
    TopicCarried,
    carried_key,
    gone,
    register_of,
)
from bot.core.later.item_state import state_of
from bot.core.model import Nested, Topic, Waiting


def hand_over(
    origin: str,
    waiting: Sequence[Waiting],
    to: str,
    carried: Sequence[Event],
    *,
    at: int,
    takes: Collection[str],
) -> list[Event]:
    """Return the events by which an episode has what waits in `origin`, as it is there now.

    `carried` are the newest states of the registers of the episode `to`, in their order. Of what
    it has not yet it takes what was put off by the events `takes`. Nothing is returned where it
    has all of it.
    """
    wanted = {_name(one): one for one in _all(origin, waiting)}
    events, known, keys = [], set(), set[str]()
    for event in carried:
        before = event.what
        if not isinstance(before, Carried) or before.origin != origin:
            continue
        known.add(_name(before))
        keys.add(before.postponed)
        now = wanted.get(_name(before)) or gone(before)
        if now != before:
            events.append(replace(event, key=_next(event.key), what=now, seq=0))
    place = len({register_of(event.key) for event in carried})
    for name, one in wanted.items():
        if name not in known and (one.postponed in keys or one.postponed in takes):
            events.append(Event(carried_key(to, place, 0), to, at, "", one))
            place += 1
    return events


def taken_back(origin: str, carried: Sequence[Event], messages: Collection[str]) -> list[Event]:
    """Return the events by which an episode loses what it has of some messages of `origin`."""
    return [
        replace(event, key=_next(event.key), what=gone(what), seq=0)
        for event in carried
        if isinstance(what := event.what, Carried)
        and what.origin == origin
        and event.about in messages
        and what != gone(what)
    ]


def _all(origin: str, waiting: Sequence[Waiting]) -> Iterator[Carried]:
    for one in waiting:
        under = None
        for heading in one.under:
            yield TopicCarried(heading.id, under, origin, one.postponed, heading.name)
            under = heading.id
        for part in _of_topic(one.topic, under, origin, one.postponed):
            yield part
            if isinstance(part, ItemCarried):
                yield from _below(part, one.nested)


def _of_topic(topic: Topic, under: str | None, origin: str, postponed: str) -> Iterator[Carried]:
    here = topic.id if topic.name else under
    if topic.name:
        yield TopicCarried(topic.id, under, origin, postponed, topic.name)
    for item in topic.items:
        yield ItemCarried(item.id, here, origin, postponed, state_of(item))
    for sub in topic.subtopics:
        yield from _of_topic(sub, here, origin, postponed)


def _below(above: ItemCarried, nested: Sequence[Nested]) -> Iterator[ItemCarried]:
    """Yield what stands below an item that is handed over, and goes along with it."""
    for one in nested:
        if one.under == above.item:
            state = {**state_of(one.item), "under": one.under}
            part = replace(above, item=one.item.id, state=state)
            yield part
            yield from _below(part, nested)


def _name(what: Carried) -> tuple[str, str]:
    """Return what tells one thing that was put off from another."""
    return (what.item if isinstance(what, ItemCarried) else what.topic), what.postponed


def _next(key: str) -> str:
    register, _, count = key.rpartition(":")
    return f"{register}:{int(count) + 1:05}"
