"""Which talk counts: that of an episode to which something of the same episode refers.

All other talk has no say in where anything stands, and is not even read. So whatever is folded has
to go by this rule, live as after a start; the store has it in SQL (storage/queries.py, OF_EPISODE).
"""

from collections.abc import Iterator

from bot.core.events import Event, Marked, MessageGone, MessageSeen


def is_talk(event: Event) -> bool:
    """Return whether an event is a state of a message that gives nothing."""
    return isinstance(event.what, MessageSeen) and event.what.message.text is None


def referred(event: Event) -> Iterator[str]:
    """Yield the messages whose talk counts because of an event.

    What commands are about gave something, so an event of that kind has named it before. A message
    that gives something names itself: it may have been talk, or be talk by now, where news of it
    come late.
    """
    what = event.what
    if isinstance(what, Marked | MessageGone):
        yield what.message
    elif isinstance(what, MessageSeen):
        message = what.message
        if message.reply_to is not None:
            yield message.reply_to
        if message.text is not None:
            yield message.id
            if message.thread is not None and message.thread.starter is not None:
                yield message.thread.starter
