"""What people parted from a message's line: an item of theirs, in some of its words.

In the same edit that line lost these words, or the chat gave it no more by then. Off the record it
goes along.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from bot.core.document.pieces import lines_of
from bot.core.erasure.line_words import words_in
from bot.core.erasure.said import lines_said
from bot.core.events import Event, ItemRemoved, MessageSeen, born_of
from bot.core.file_events import OF_FILE, ItemAdded, ItemWritten

Words = frozenset[str]


@dataclass(slots=True)
class _Edit:
    """What people did between two drafts: what they added, and what a message's lines lost."""

    added: dict[str, ItemAdded] = field(default_factory=dict)
    lost: dict[str, list[Words]] = field(default_factory=dict)
    is_changed: bool = False


def parted_from(events: Collection[Event], message: str, said: Iterable[str]) -> set[str]:
    """Return the ids of what people parted from a message's lines, which no other one said."""
    others = lines_said(events, {event.about for event in events if event.about} - {message})
    own = {*map(_words, said)} - {*map(_words, others), Words()}
    edits, former, newest = dict[str, _Edit](), set[Words](), set[Words]()
    found = set[str]()
    for event in events:
        what = event.what
        if isinstance(what, MessageSeen) and event.about == message:
            former, newest = former | newest, {*map(_words, lines_of(what.message.text or ""))}
        elif event.key.startswith(OF_FILE):
            _note(edits.setdefault(event.key.rpartition(":")[0], _Edit()), event, message)
            if isinstance(what, ItemAdded) and _first(what.text) in own & (former - newest):
                found.add(event.key)
    return found.union(*(_parted(edit, own) for edit in edits.values()))


def _note(edit: _Edit, event: Event, message: str) -> None:
    what = event.what
    if isinstance(what, ItemAdded):
        edit.added[event.key] = what
    elif isinstance(what, ItemRemoved):
        edit.is_changed = edit.is_changed or born_of(what.item) == message
    elif isinstance(what, ItemWritten) and born_of(what.item) == message:
        was, left = what.was or "", set().union(*map(words_in, what.now.split("\n")))
        edit.is_changed = edit.is_changed or _first(was) != _first(what.now)
        edit.lost[what.item] = [_words(line) - left for line in was.split("\n")]


def _parted(edit: _Edit, own: set[Words]) -> Iterator[str]:
    """Yield what has all words of a line, or those that the line beside it lost."""
    for key, what in edit.added.items():
        words = _first(what.text)
        beside = (edit.lost.get(item or "", ()) for item in (what.after, what.before))
        is_rest = words and any(words <= one for one in chain.from_iterable(beside))
        if is_rest or (edit.is_changed and words in own):
            yield key


def _first(text: str) -> Words:
    """Return the words of a text's first line."""
    return _words(text.split("\n")[0])


def _words(line: str) -> Words:
    return Words(words_in(line))
