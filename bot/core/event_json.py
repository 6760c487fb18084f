"""The form of events in the log: the JSON of what happened, beside its kind and version."""

import json
from typing import Any, get_args

from bot.core.events import Message, MessageSeen, Thread, What
from bot.errors import StoreNewer

VERSION = 2
"""1: nobody was a guest yet."""

KINDS: dict[str, type[Any]] = {cls.kind: cls for cls in get_args(What)}


def _fields(what: What | Message | Thread) -> dict[str, object]:
    return {name: getattr(what, name) for name in what.__slots__}


# Made once: an import encodes many thousands of events, and json.dumps would make one for each.
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=_fields)


def encode(what: What) -> str:
    """Return the JSON of what happened, as it is stored next to its kind and VERSION."""
    return _JSON.encode(what)


def decode(kind: str, version: int, body: str) -> What:
    """Read what `encode` gave.

    Raises StoreNewer for a kind or version that this version of the app does not know.
    """
    cls = KINDS.get(kind)
    if cls is None or version > VERSION:
        raise StoreNewer("store.unknown-event", kind=kind, version=version)
    values = json.loads(body)
    if cls is MessageSeen:
        message = values["message"]
        if message["thread"] is not None:
            message["thread"] = Thread(**message["thread"])
        values["message"] = Message(**message)
    what: What = cls(**values)
    return what
