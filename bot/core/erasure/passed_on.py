"""What was done to a link that goes off the record, and that another message gives, too.

That one's link stands on, as hosts and people left it: out, put off, in its place, below another
line. Nothing tells that once the first message is erased, so it is told of the other one's.
What people put into the message's own lines stands by itself again, also where the message is back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from bot.core.erasure.lock import Lock
from bot.core.events import Event, ItemMoved, ItemRemoved, ItemRestored, born_of
from bot.core.file_events import ItemNested, StandsIn
from bot.core.later.events import ItemPostponed
from bot.core.model import Item

_STAYS = (ItemRemoved, ItemRestored, ItemMoved, ItemNested, ItemPostponed)
"""What is done to an item, and has no words."""


def passed_on(
    events: Iterable[Event], lock: Lock, placed: Mapping[str, Event] = MappingProxyType({})
) -> list[Event]:
    """Return the events that were done to a message's link, as done to another one's.

    Of those that are rewritten already, `placed` has what they are by now, by their keys.
    """
    now = (placed.get(event.key, event) for event in events)
    return [after for event in now if (after := _passed_on(event, lock)) is not None]


def _passed_on(event: Event, lock: Lock) -> Event | None:
    what = event.what
    if isinstance(what, StandsIn) and born_of(what.into) == lock.message != born_of(what.item):
        is_item = isinstance(lock.outline.given(what.item), Item)
        return replace(event, what=replace(what, into=what.item)) if is_item else None
    if not isinstance(what, _STAYS) or born_of(what.item) != lock.message:
        return None
    item = lock.deleted.twin(what.item, event.at)
    return replace(event, what=replace(what, item=item)) if item is not None else None
