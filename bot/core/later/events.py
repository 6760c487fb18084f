"""What waits for the next episode: kinds of events like the others (core/events.py).

A host puts something off in one episode (`…Postponed`). In the episode that takes it in, each thing
has a register of its own (`…Carried`): its newest state stands before all else, so that what is
done to it there comes on top. The keys of a register's states begin alike (`register_of`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class ItemPostponed:
    """A host put an item off: it waits for the next episode, with its `headings` or without."""

    kind: ClassVar = "item_postponed"
    item: str
    headings: bool = False


@dataclass(frozen=True, slots=True)
class TopicPostponed:
    """A host put a topic off, with all it holds; what follows goes under the topic before.

    Where its heading is gone since, the `items` that it held then still wait.
    """

    kind: ClassVar = "topic_postponed"
    topic: str
    items: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Take the list that JSON has for a tuple."""
        object.__setattr__(self, "items", tuple(self.items))


@dataclass(frozen=True, slots=True)
class ItemCarried:
    """An item came from the episode `origin`, put off there by the event `postponed`.

    `state` is what it is there now (item_state.py); None where it is not put off any more, or
    gone. It stands in the `topic` that came with it, else before the first. Where people put it
    below another item, the state tells `under` which.
    """

    kind: ClassVar = "item_carried"
    item: str
    topic: str | None
    origin: str
    postponed: str
    state: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class TopicCarried:
    """The same of a topic, or of a sub-topic `under` another; a `name` of None is a gone one."""

    kind: ClassVar = "topic_carried"
    topic: str
    under: str | None
    origin: str
    postponed: str
    name: str | None


Carried = ItemCarried | TopicCarried

POSTPONED = (ItemPostponed, TopicPostponed)
CARRIED = (TopicCarried, ItemCarried)


def carried_key(episode: str, place: int, count: int) -> str:
    """Return the key of a state of a register, by its place in the episode that takes it in."""
    return f"{episode}:later:{place:05}:{count:05}"


def register_of(key: str) -> str:
    """Return what the keys of all states of a register begin with."""
    return key.rpartition(":")[0]


def thing_of(what: Carried) -> str | None:
    """Return the id of what came from another episode; None where it is gone by now."""
    if isinstance(what, ItemCarried):
        return what.item if what.state is not None else None
    return what.topic if what.name is not None else None


def gone(what: Carried) -> Carried:
    """Return the state of a register whose thing is not put off any more, or is gone."""
    if isinstance(what, ItemCarried):
        return replace(what, state=None)
    return replace(what, name=None)
