"""Events as rows of the log, and back.

Talk is most of a chat and gives nothing, so its rows are small: of its message the body holds
only what the row's other columns do not tell.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any, NamedTuple

from bot.core.event_json import VERSION, decode, encode
from bot.core.events import Event, Message, MessageSeen, Thread
from bot.core.threads import unnamed
from bot.errors import StoreUnusable
from storage.bodies import escaped

TALK = "talk"
"""The kind of a message's state without text; such rows are read only where they matter."""

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class Row(NamedTuple):
    """An event as it is put into the log, its episode by number."""

    key: str
    episode: int
    kind: str
    at: int
    by: str
    about: str | None
    refers: str | None
    starter: str | None
    version: int
    body: str


def row_of(event: Event, episode: int) -> Row:
    """Return the row of an event; `episode` is its episode's number in the database."""
    what = event.what
    about = event.about
    kind: str = what.kind
    refers = starter = body = None
    if isinstance(what, MessageSeen):
        message = what.message
        refers = message.reply_to
        starter = message.thread.starter if message.thread else None
        if message.text is None:
            kind = TALK
            body = _slim(message, _usual(event.at, event.by, about, refers))
    if body is None:
        body = encode(what)
    return Row(
        event.key, episode, kind, event.at, event.by,
        about, refers, starter, VERSION, escaped(body),
    )  # fmt: skip


def event_of(row: Sequence[Any]) -> Event:
    """Read a row of the view `log`: its `seq`, then what `Row` has, the episode by name.

    Raises StoreNewer for an event that this version does not know, StoreUnusable for a damaged one.
    """
    seq, key, episode, kind, at, by, about, refers, _, version, body = row
    try:
        if kind == TALK:
            kind = MessageSeen.kind
            body = _full(body, _usual(at, by, about, refers))
        what = decode(kind, version, body)
    except (ValueError, TypeError, KeyError) as error:
        raise StoreUnusable("store.damaged-event", seq=seq) from error
    return Event(key, episode, at, by, what, seq)


def erased_message(message: Message) -> Message:
    """Return a message's state without any words: its text, and the name of its thread."""
    return unnamed(replace(message, text=None))


def _usual(at: int, by: str, about: str | None, refers: str | None) -> dict[str, object]:
    """Return what a message of talk is, going by its row."""
    return {
        "at": at, "by": by, "id": about, "reply_to": refers, "stamp": at,
        "text": None, "thread": None, "threaded": False, "guest": False,
    }  # fmt: skip


def _slim(message: Message, usual: dict[str, object]) -> str:
    """Return the JSON of what is not as usual about a message of talk: its channel, mostly."""
    rest: dict[str, object] = {}
    for name in Message.__slots__:
        value = getattr(message, name)
        if name not in usual or value != usual[name]:
            rest[name] = asdict(value) if isinstance(value, Thread) else value
    return _JSON.encode(rest)


def _full(body: str, usual: dict[str, object]) -> str:
    return json.dumps({"message": usual | json.loads(body)})
