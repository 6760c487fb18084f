"""What git's ids and the messages of commits tell."""

import hashlib
import re

TRAILER = "Rundown-Draft"

_DRAFT = re.compile(rf"(?m)^[ \t]*{TRAILER}:[ \t]*(\S+)[ \t]*$")


def blob_id(data: bytes) -> str:
    """Return the id that git has for a file's content, where its ids are SHA-1."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def drafts_in(message: str) -> tuple[str, ...]:
    """Return the ids of the drafts that a message names, wherever in it: a squash indents them."""
    return tuple(dict.fromkeys(_DRAFT.findall(message)))
