"""What git's ids and the messages of commits tell."""

import re

from bot.core.git_objects import object_id

TRAILER = "Rundown-Draft"

_DRAFT = re.compile(rf"(?m)^[ \t]*{TRAILER}:[ \t]*(\S+)[ \t]*$")


def blob_id(data: bytes, digits: int = 40) -> str:
    """Return the id that git has for a file's content; of `digits`, see core/git_objects.py."""
    return object_id("blob", data, digits)


def drafts_in(message: str) -> tuple[str, ...]:
    """Return the ids of the drafts that a message names, wherever in it: a squash indents them."""
    return tuple(dict.fromkeys(_DRAFT.findall(message)))
