"""What was done to a link or topic that goes off the record, and that another message gives, too.

That one's link or topic stands on, as hosts and people left it: out, put off, in its place, below
another line, with what was put there. Nothing tells that once the first message is erased, so it is
told of the other one's. Where the line is the other one's by now, its words stay as well, unless
they say what the message alone said. What people put into the message's own lines stands by itself
again, also where the message is back.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple, Self

from bot.core.document.pieces import links_in
from bot.core.episode.sections import Section
from bot.core.episode.twins import FOREVER
from bot.core.erasure.kept_places import kept_places
from bot.core.erasure.line_words import words_in
from bot.core.erasure.lock import Lock
from bot.core.erasure.said import lines_said, links_said
from bot.core.events import (
    Event,
    ItemNoted,
    ItemReaddressed,
    ItemRetitled,
    MessageSeen,
    TopicRenamed,
    What,
    born_of,
)
from bot.core.file_events import (
    OF_FILE,
    ConflictFound,
    ItemAdded,
    ItemNested,
    ItemWritten,
    StandsIn,
    TopicFound,
    TopicWritten,
)
from bot.core.later.events import CARRIED
from bot.core.model import Item, Link

_WORDED = (
    *(ItemWritten, ItemNoted, ItemReaddressed, ItemRetitled),
    *(TopicRenamed, TopicWritten, ConflictFound),
)
_TEXTS = ("was", "now", "text", "url", "title", "name", "ours", "theirs", "said", "had")

_IDS = ("item", "topic", "under", "into", "about", "after", "before")
_OF_LINE: dict[type, tuple[str, ...]] = {
    ItemAdded: ("item",),
    TopicFound: ("topic",),
    ItemNested: ("under",),
    StandsIn: ("item", "into"),
    **dict.fromkeys(_WORDED, ("item", "topic", "about")),
}
"""What an event names that is there with its line alone."""


class SaidAlone:
    """Tells which texts say what a message alone said: in its lines, or by its addresses."""

    @classmethod
    def of(
        cls, events: Collection[Event], message: str, said: Iterable[str], links: Iterable[Link]
    ) -> Self:
        """Return those of a message with these lines and links, beside what all others say."""
        others = {event.about for event in events if event.about} - {message}
        theirs = {link.canonical for link in links_said(events, others)}
        addresses = {link.canonical for link in links} - theirs
        return cls(said, lines_said(events, others), addresses)

    def __init__(
        self, said: Iterable[str], others: Iterable[str], addresses: Collection[str]
    ) -> None:
        """Take the lines of the message and of all others, and the addresses that it alone gave."""
        known = set().union(*map(words_in, others))
        self._words = set().union(*map(words_in, said)) - known
        self._addresses = addresses

    def are_in(self, text: str) -> bool:
        """Return whether some of them are in a text."""
        return any(
            not self._words.isdisjoint(words_in(line))
            or any(link.canonical in self._addresses for link in links_in(line))
            for line in text.split("\n")
        )


class PassedOn:
    """Passes what was done to what a message gave on to other messages that give it, too."""

    def __init__(self, events: Collection[Event], lock: Lock, own: SaidAlone) -> None:
        """Take all events of an episode with the message, and its own words."""
        self._lock, self._own = lock, own
        self._topics = _topics(lock)
        self._since: dict[str, int] = {}
        for event in events if self._topics else ():
            what = event.what
            key = what.message.id if isinstance(what, MessageSeen) else event.key
            self._since.setdefault(key, event.at)
        self._lost = {
            self._meant(one, event.at)
            for event in events
            if isinstance(event.what, _WORDED) and (one := _subject(event.what)) is not None
            if any(map(own.are_in, _texts(event.what)))
        }
        items = {one: it.item for one, it in lock.unlocked.index().entries.items()}
        lines = {one for one, item in items.items()
                 if item.message != lock.message or _is_given_alike(lock, item)}  # fmt: skip
        lines |= self._topics.keys()
        self._lines = {one for one in lines if born_of(one) == lock.message}

    def rewritten(self, events: Iterable[Event]) -> list[Event]:
        """Return events, those about another message's from now on as done to that."""
        return [self._passed(event) for event in events]

    def _passed(self, event: Event) -> Event:
        what, changed = event.what, dict[str, Any]()
        if isinstance(what, CARRIED):
            return event
        for name in _IDS:
            one = getattr(what, name, None)
            if not isinstance(one, str) or born_of(one) != self._lock.message:
                continue
            heir = self._heir(one, event.at)
            if name in _OF_LINE.get(type(what), ()) and not self._is_others(one, event):
                heir = self._by_itself(what) if name == "into" else None
            if heir is not None:
                changed[name] = heir
        if not changed:
            return event
        if isinstance(what, ItemWritten) and what.was is not None and self._own.are_in(what.was):
            changed["was"] = None
        return replace(event, what=replace(what, **changed))

    def _is_others(self, identity: str, event: Event) -> bool:
        """Return whether a line is another message's to which something was done.

        In the file that was the line that the id meant then: its message may say something else
        since. What hosts said of that is of the message.
        """
        meant = self._meant(identity, event.at)
        if meant in self._lost:
            return False
        by_hand = event.key.startswith(OF_FILE) and meant.twin is not None
        return by_hand or identity in self._lines

    def _meant(self, identity: str, at: int) -> "_Meant":
        return _Meant(identity, self._lock.unlocked.twin(identity, at))

    def _heir(self, identity: str, at: int) -> str | None:
        """Return what another message gives of the same, if it did so at a time."""
        topic = self._topics.get(identity)
        if topic is None:
            return self._lock.deleted.twin(identity, at)
        return topic if self._since.get(born_of(topic), at) <= at else None

    def _by_itself(self, what: What) -> str | None:
        """Return what stands for itself again when the line goes that has its words."""
        if not isinstance(what, StandsIn) or born_of(what.item) == self._lock.message:
            return None
        return what.item if isinstance(self._lock.outline.given(what.item), Item) else None


def kept_deeds(events: Collection[Event], lock: Lock, passed: PassedOn) -> dict[str, Event]:
    """Return by their keys the events by which all else stays as it was put, without the message.

    Those are about another message's from now on, or put something beside others.
    """
    now = passed.rewritten(events)
    on = {after.key: after for event, after in zip(events, now, strict=True) if after is not event}
    return {**on, **{one.key: one for one in kept_places(now, lock.before, lock.message)}}


class _Meant(NamedTuple):
    """What an id meant at a time: itself, or a link that another message gives, too."""

    id: str
    twin: str | None


def _topics(lock: Lock) -> dict[str, str]:
    """Return the topics that other messages open, too, by the ids of a message's headings.

    Their headings have the same name, or one that people or hosts gave the topic.
    """
    own, others = dict[str, Section](), dict[Section, str]()
    for one, section in lock.unlocked.index().sections.items():
        if born_of(one) == lock.message:
            own[one] = section
        elif not one.startswith(OF_FILE):
            others.setdefault(section, one)
    return {one: others[section] for one, section in own.items() if section in others}


def _is_given_alike(lock: Lock, item: Item) -> bool:
    """Return whether another message gives an item of the locked one with all that it says."""
    twin = lock.deleted.twin(item.id, FOREVER - 1)
    entry = lock.deleted.index().entries.get(twin) if twin else None
    return entry is not None and entry.item.content == item.content


def _subject(what: What) -> str | None:
    named: Iterator[str | None] = (getattr(what, name, None) for name in ("item", "topic", "about"))
    return next(filter(None, named), None)


def _texts(what: What) -> Iterator[str]:
    """Yield the texts of what was done; what an item was before need not be known."""
    names = _TEXTS[1:] if isinstance(what, ItemWritten) else _TEXTS
    yield from (text for name in names if isinstance(text := getattr(what, name, None), str))
