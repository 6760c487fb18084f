"""Where events stand in an episode: by their time, and the same way whenever they arrive."""

from bot.core.events import Event, MessageSeen
from bot.core.file_events import ConflictFound

Order = tuple[int, int, int, str]
BEFORE_ALL: Order = (-1, 0, 0, "")


def order_of(event: Event) -> Order:
    """Return an event's place: its time, messages before commands, then its id.

    A question comes after what its draft took in.
    """
    what = event.what
    if isinstance(what, MessageSeen):
        message = what.message
        return (message.at, 0, len(message.id), message.id)
    return (event.at, 2 if isinstance(what, ConflictFound) else 1, len(event.key), event.key)


def is_newer(event: Event, known: Event) -> bool:
    """Return whether a state of a message is newer than another; ties go the same way.

    The same state with its text is newer than without: that one was stored while it was talk, or
    is erased.
    """
    return state_order(event) > state_order(known)


def state_order(event: Event) -> tuple[int, bool, str]:
    assert isinstance(event.what, MessageSeen)  # noqa: S101 - only states of messages are asked
    return (event.what.message.stamp, event.what.message.text is not None, event.key)
