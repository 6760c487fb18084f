"""Which states of a guest's message wait for a host."""

from collections.abc import Collection
from dataclasses import replace

from bot.core.events import Message
from bot.core.grammar.message import KEEP


def as_read_first(message: Message, known: Message | None) -> Message:
    """Return a state as whoever wrote it stood when it was read first.

    A guest who became a host, and was one already when the state came, wrote it as a guest.
    """
    if known is None or not known.guest or message.stamp > known.stamp:
        return message
    return replace(message, guest=True)


def is_edit_that_waits(
    message: Message, known: Message | None, marks: Collection[str], *, is_marked_now: bool
) -> bool:
    """Return whether a guest changed what is in the draft: that stays until a host takes this in.

    So it does where a host wanted to take in what was changed meanwhile: nothing of it is stored.
    `marks` stand on the message now; `is_marked_now` says that a 📝 is new, which is for what the
    message says now.
    """
    if not message.guest or is_marked_now or known is None:
        return False
    is_in_draft = not known.guest or KEEP in marks
    return is_in_draft and message.stamp > known.stamp
