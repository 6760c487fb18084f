"""The names that people gave topics in the file, where those are words that go off the record.

A topic that has no other name goes, and what stood under it falls to the topic before. One that got
another name since has that from the beginning; one that had another before has that again, unless
people made another kind of line of that.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace

from bot.core.document.pieces import lines_of
from bot.core.document.traces import bare_line
from bot.core.document.version import Side
from bot.core.erasure.line_words import words_in
from bot.core.erasure.said_again import SaidAgain
from bot.core.erasure.scrubbed_event import GoneLines
from bot.core.events import Event, TopicRemoved, TopicRenamed, What, born_of
from bot.core.file_events import OF_FILE, TopicFound, TopicWritten

_NAMED = (TopicFound, TopicRenamed, TopicWritten)


class GoneNames:
    """The names that go: those of headings that are not in what is left of drafts."""

    def __init__(
        self, drafts: Iterable[tuple[Side, Side]], gone: GoneLines, again: SaidAgain
    ) -> None:
        """Take drafts as they were, each with what is left of it, and the lines that go.

        What the message said `again` goes from a name that no draft has any more.
        """
        self._gone, self._again = gone, again
        self._lost = defaultdict[str, list[Set[str]]](list)
        self._left = defaultdict[str, list[Set[str]]](list)
        self._lines = defaultdict[str, set[str]](set)
        for before, after in drafts:
            was, now = map(_headings, (before, after))
            for one, lines in now.items():
                for line in lines:
                    self._lines[bare_line(line)].add(one)
            for topic, lines in was.items():
                self._lost[topic] += [words_in(one) for one in lines - now[topic]]
                self._left[topic] += [words_in(one) for one in now[topic]]

    def have(self, topic: str, name: str) -> bool:
        """Return whether a topic's name goes."""
        if not name or _is_of(name, self._left.get(topic, ())):
            return False
        is_gone = self._had(topic, name) or bool(self._gone.within(name))
        return is_gone or self._again.is_in_name(topic, name)

    def are_of(self, event: Event) -> bool:
        """Return whether the name goes that an event gave a topic.

        What hosts call a topic of the chat is their own word for it, unless a draft lost that.
        """
        topic, name = _named(event)
        is_hosts = isinstance(event.what, TopicRenamed) and not topic.startswith(OF_FILE)
        return self.have(topic, name) and (not is_hosts or self._had(topic, name))

    def stand_elsewhere(self, topic: str, name: str) -> bool:
        """Return whether people made another kind of line of a topic's heading, which is left."""
        return any(one.startswith(OF_FILE) for one in self._lines.get(name, set()) - {topic})

    def _had(self, topic: str, name: str) -> bool:
        return _is_of(name, self._lost.get(topic, ()))


def without_names(events: Iterable[Event], gone: GoneNames, message: str) -> list[Event]:
    """Return the events that gave topics names that go, or made one of a message's, without it."""
    of_topic = defaultdict[str, list[Event]](list)
    for event in events:
        if isinstance(event.what, _NAMED):
            of_topic[_named(event)[0]].append(event)
    return [
        now
        for topic, named in of_topic.items()
        for event, now in zip(named, _renamed(topic, named, gone, message), strict=True)
        if now is not event
    ]


def _headings(side: Side) -> Mapping[str, set[str]]:
    """Return the lines of all that has an id, and so of topics."""
    found = defaultdict[str, set[str]](set)
    for line, owner in zip(lines_of(side.text), side.owners, strict=True):
        if owner is not None and line.strip():
            found[owner].add(line)
    return found


def _renamed(topic: str, events: Sequence[Event], gone: GoneNames, message: str) -> Iterator[Event]:
    """Yield the events that named a topic without the names that go: all, of one of a message's."""
    is_own = any(_is_made_of(event.what, message) for event in events)
    given = [_named(event)[1] for event in events if not is_own and not gone.are_of(event)]
    stays = next(filter(None, given), "")
    called = ""
    for event in events:
        what, is_gone = event.what, is_own or gone.are_of(event)
        now: What = what
        if isinstance(what, TopicFound):
            called = what.name
            if is_gone:
                called, again = stays, what.again or bool(stays)
                now = replace(what, name=stays, again=again, topic=None, was=None)
        elif isinstance(what, TopicWritten):
            if is_gone and gone.stand_elsewhere(topic, what.was):
                now = TopicRemoved(topic)
            elif is_gone:
                now = replace(what, was="", now="")
            elif what.was not in given and gone.have(topic, what.was):
                now = replace(what, was=called)
            called = what.now if not is_gone else called
        elif isinstance(what, TopicRenamed) and is_gone:
            now = replace(what, name="")
        yield event if now is what else replace(event, what=now)


def _is_made_of(what: What, message: str) -> bool:
    """Return whether people made a topic of what a message gave, and the chat did not then."""
    return isinstance(what, TopicFound) and born_of(what.topic or "") == message


def _named(event: Event) -> tuple[str, str]:
    """Return the topic that an event named, and the name."""
    what = event.what
    if isinstance(what, TopicWritten):
        return what.topic, what.now
    if isinstance(what, TopicRenamed):
        return what.topic, what.name
    return event.key, what.name if isinstance(what, TopicFound) else ""


def _is_of(name: str, headings: Iterable[Set[str]]) -> bool:
    """Return whether a heading has a name, and maybe more: a number, or an anchor."""
    words = words_in(name)
    return any(words <= heading for heading in headings)
