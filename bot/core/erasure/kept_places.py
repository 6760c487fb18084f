"""Where things stand that were put beside what goes off the record: where they stood.

A command, and what people did in the file, says what a thing stands behind or before. Where that is
erased, nothing would tell its place any more, and it would go to the end.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.core.episode.neighbours import rows_of
from bot.core.events import Event, ItemMoved, TopicAdded, TopicMoved, born_of
from bot.core.file_events import ItemAdded, ItemNested, TopicFound
from bot.core.model import Episode

_PLACING = (ItemAdded, ItemMoved, TopicAdded, TopicFound, TopicMoved)


def kept_places(events: Iterable[Event], before: Episode, message: str) -> list[Event]:
    """Return the events that placed something beside what a message gave, and now beside others.

    `before` is the episode with what the message gave. What people put below another item stands
    where that is, and comes out of it by itself.
    """
    stored = list(events)
    rows = [*rows_of(before), *([item.id for item in one.items] for one in before.sections())]
    placed = {one: (row, at) for row in rows for at, one in enumerate(row)}
    for event in stored:
        if isinstance(event.what, ItemNested):
            placed.pop(event.what.item, None)
    at = {item.id: item.at for item in before.items()}
    return [
        _beside_others(event, *placed[own], message, at)
        for event in stored
        if isinstance(event.what, _PLACING)
        and message in {born_of(one) for one in (event.what.after, event.what.before) if one}
        and (own := _own(event)) in placed
    ]


def _own(event: Event) -> str:
    """Return the id of what an event placed."""
    what = event.what
    if isinstance(what, ItemMoved):
        return what.item
    return what.topic if isinstance(what, TopicMoved) else event.key


def _beside_others(
    event: Event, row: Sequence[str], here: int, message: str, at: Mapping[str, int]
) -> Event:
    """Place it between those that stand around it now, of which the event can know."""
    what = event.what
    assert isinstance(what, _PLACING)  # noqa: S101 - only these are asked

    def first(places: range) -> str | None:
        beside = (row[n] for n in places)
        known = (one for one in beside if at.get(one, 0) <= event.at and born_of(one) != message)
        return next(known, None)

    after, before = first(range(here - 1, -1, -1)), first(range(here + 1, len(row)))
    return replace(event, what=replace(what, after=after, before=before))
