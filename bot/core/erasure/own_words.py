"""Words of people's own on lines of the file that go off the record: they go along, and it is said.

They may tell of what is off the record, so they are counted, and never repeated.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from bot.core.document.pieces import lines_of, words_of
from bot.core.document.sense import addresses_of
from bot.core.document.traces import bare_line
from bot.core.document.version import Side
from bot.core.erasure.said import lines_said, links_said
from bot.core.erasure.said_again import made_of
from bot.core.erasure.scrubbed_event import GoneLines
from bot.core.events import Event, MessageSeen, born_of
from bot.core.file_events import OF_FILE, ItemAdded, ItemWritten, TopicWritten
from bot.core.grammar.line import read_line
from bot.core.grammar.topic_name import split_time
from bot.core.merge.words import words_in

_JOINING = 3
"""So few letters join two links, and say nothing."""


def is_own(words: Iterable[str]) -> bool:
    """Return whether words that nobody else said are more than what joins others' words."""
    return sum(map(len, words)) > _JOINING


def has_own_words(
    events: Iterable[Event], message: str, drafts: Iterable[tuple[Side, Side]] = ()
) -> bool:
    """Return whether a line of a message, as people wrote it, has what no message had.

    That is words, or the address that they put in another's place. In `drafts`, each with what is
    left of it, things of people's own may have gone with it.
    """
    stored = list(events)
    others = {event.about for event in stored if event.about} - {message}
    own, theirs = (
        {link.canonical for link in links_said(stored, one)} for one in ({message}, others)
    )
    gone, not_own = GoneLines(lines_said(stored, {message}), own - theirs), theirs - own
    spoken = _words(
        event.what.message.text or "" for event in stored if isinstance(event.what, MessageSeen)
    )
    if any(is_own(_lost(before, after) - spoken) for before, after in drafts):
        return True
    made = made_of(stored, message)
    for item, (was, now) in _written(stored).items():
        is_own_item = born_of(item) == message or (
            item in made and addresses_of(now.split("\n")[0]).isdisjoint(not_own)
        )
        for line, is_theirs in _going(was, now, gone, is_own=is_own_item):
            if is_own(_own(line, is_theirs) - spoken - _words([was])):
                return True
            if is_theirs and addresses_of(line) - own - theirs - addresses_of(was):
                return True
    return False


def _lost(before: Side, after: Side) -> set[str]:
    """Return the words of what people had added to a draft that are nowhere in what is left."""
    owned = zip(lines_of(before.text), before.owners, strict=True)
    return _words(line for line, owner in owned if (owner or "").startswith(OF_FILE)) - _words(
        [after.text]
    )


def _written(events: Iterable[Event]) -> dict[str, tuple[str, str]]:
    """Return what people made of items and topics in the file, and what these were, by their ids.

    A time before a heading is none of its words.
    """
    written: dict[str, tuple[str, str]] = {}
    for event in events:
        what = event.what
        if not event.key.startswith(OF_FILE):
            continue
        if isinstance(what, ItemAdded):
            written[event.key] = "", what.text
        elif isinstance(what, ItemWritten):
            first, _ = written.get(what.item, (what.was or "", ""))
            written[what.item] = first, what.now
        elif isinstance(what, TopicWritten):
            first, _ = written.get(what.topic, (what.was, ""))
            written[what.topic] = first, split_time(what.now)[1]
    return written


def _going(was: str, text: str, gone: GoneLines, *, is_own: bool) -> Iterator[tuple[str, bool]]:
    """Yield the lines of an item that go, and whether the line is the message's own.

    What the message gave another one's item, which `was` that text, is known in other words, too.
    """
    lines = text.split("\n")
    own = lines[:1] if is_own else []
    rest = lines[len(own) :]
    yield from ((line, True) for line in own)
    yield from ((line, False) for line in gone.within("\n".join(rest)))
    there = {bare_line(line) for line in lines}
    said = [_counted(line) for line in gone.within(was) if bare_line(line) not in there]
    known = {bare_line(line) for line in was.split("\n")}
    for line in rest if said else ():
        if bare_line(line) not in known and any(_says_most(_counted(line), one) for one in said):
            yield line, False


def _counted(line: str) -> Counter[str]:
    return Counter(words_in(words_of(line).casefold()))


def _says_most(line: Counter[str], said: Counter[str]) -> bool:
    return 2 * sum(map(len, (line & said).elements())) > sum(map(len, said.elements()))


def _own(line: str, is_theirs: bool) -> set[str]:
    """Return the words of a line; of one that has others' links, those beside these."""
    if is_theirs:
        return _words([line])
    return _words(part for part in read_line(line) if isinstance(part, str))


def _words(texts: Iterable[str]) -> set[str]:
    return {
        word
        for text in texts
        for line in lines_of(text)
        for word in words_in(words_of(line).casefold())
        if word.strip()
    }
