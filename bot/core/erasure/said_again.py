"""What a message gave, and people made another kind of in the file: theirs by id, not by words.

A paragraph that becomes a bullet, a bullet that becomes a note or heading, a note that becomes a
bullet and a heading that becomes any of them are taken in as what people removed, and added; off
the record they go nevertheless.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from copy import copy
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Self

from bot.core.document.enclosing import uncommented
from bot.core.document.list_marks import item_start, split_marks
from bot.core.document.pieces import lines_of, links_in, read, words_of
from bot.core.document.traces import bare_line
from bot.core.document.wrapped_links import whole_links
from bot.core.erasure.line_words import Share, words_in, wrapped
from bot.core.erasure.others_words import addresses_of_others, came_at, lines_of_others
from bot.core.events import (
    Event,
    ItemNoted,
    ItemRemoved,
    Marked,
    MessageGone,
    TopicRemoved,
    What,
    born_of,
)
from bot.core.file_events import (
    FILE_PERSON,
    ConflictFound,
    ItemAdded,
    ItemNested,
    ItemWritten,
    StandsIn,
    TopicFound,
    TopicWritten,
)
from bot.core.grammar.message import LEAVE_OUT
from bot.core.grammar.topic_name import without_heading
from bot.core.later.events import ItemCarried
from bot.core.model import Link

Line = tuple[str, str | None]
"""A line of a draft, and the id of what it is of."""


class SaidAgain:
    """Finds the lines of a message in what people wrote in the file."""

    @classmethod
    def of(
        cls,
        events: Collection[Event],
        message: str,
        words: Collection[str],
        links: Iterable[Link],
        parted: Collection[str] = (),
    ) -> Self:
        """Return what finds a message's words and links, beside what all others said.

        What people `parted` from its lines has some of its words.
        """
        known = lines_of_others(events, message, came_at(events, message))
        addresses = {link.canonical for link in links}
        theirs = addresses_of_others(events, message, addresses)
        return cls(
            events,
            message,
            words=words,
            others=set().union(*known.values()),
            addresses=addresses,
            theirs=theirs,
            parted=parted,
        )

    def __init__(
        self,
        events: Iterable[Event],
        message: str,
        *,
        words: Collection[str],
        others: Collection[str],
        addresses: Collection[str],
        theirs: Collection[str],
        parted: Collection[str] = (),
    ) -> None:
        """Take the lines of the message and of others, its addresses and `theirs`."""
        ours, known = ({_bare(line) for line in lines} for lines in (words, others))
        self._said, self._message, self._known = ours - known - {""}, message, known - {""}
        self.others, self.addresses = set(others), set(addresses)
        self.own, self.of_others = self.addresses.difference(theirs), set(theirs)
        self._of_others_alone = self.of_others - self.addresses
        events, self._parted = list(events), parted
        by_people = [event for event in events if event.by.startswith(FILE_PERSON)]
        self._made = made_of(by_people, message)
        found = {one.key for one in by_people if isinstance(one.what, ItemAdded | TopicFound)}
        written = {one.what.item for one in by_people if isinstance(one.what, ItemWritten)}
        renamed = {one.what.topic for one in by_people if isinstance(one.what, TopicWritten)}
        carried = [(one.what, one.at) for one in events if isinstance(one.what, ItemCarried)]
        there = {one.item: at for one, at in carried if _is_changed(one)}
        changed = [event.at for event in by_people if self._is_change(event)]
        changed += [at for one, at in there.items() if born_of(one) == message]
        of_people = {None, *found, *written, *renamed, *there}
        self._theirs = of_people if changed else set[str | None]()
        self._before = lines_of_others(events, message, min(changed, default=0))
        self.in_theirs = self.own if changed else set[str]()
        self._since_taken_out = _since_taken_out(events, message)
        put = (event.what for event in events if isinstance(event.what, StandsIn))
        named = {one.key for one in by_people if isinstance(one.what, TopicFound)} | renamed
        self._headings = {one.into for one in put if born_of(one.item) == message} & named
        self._notes: dict[str, set[str]] = {}
        for event in events:
            if isinstance(event.what, ItemNoted):
                said = {words_of(line) for line in event.what.text.split("\n")}
                self._notes.setdefault(event.what.item, set()).update(said)

    def within(
        self, lines: Sequence[Line], rendered: str, committed: Sequence[Line] = ()
    ) -> set[int]:
        """Return the places of lines that say what the message said, or more than half of it.

        Of lines that are no item's, those are people's that were not `rendered`: what they put
        below a line of the template. What they wrapped of the message's lines is found where it
        stood when it was `committed`, behind those.
        """
        theirs = [at for at, line in enumerate(lines) if self._may_go(*line)]
        if not theirs:
            return set()
        made = {line.strip() for line in lines_of(rendered)}
        pieces = read("".join(line for line, _ in lines), [owner for _, owner in lines])
        of_body = {
            at
            for piece in pieces
            if piece.owner is not None or piece.kind != "front"
            for at in range(piece.line, piece.line + piece.height)
            if piece.owner is not None or lines[at][0].strip() not in made
        }
        theirs = [at for at in theirs if at in of_body]
        known = set(theirs)
        elsewhere = {
            word for at, (line, _) in enumerate(lines) if at not in known for word in words_in(line)
        }
        said = [words_in(line) - elsewhere for line in self._said]
        found = {at for at in theirs if self._is_of_it(*lines[at], said)}
        more = set(self._wrapped(committed, said, elsewhere))
        found |= {at for at in theirs if words_of(lines[at][0]) in more}
        firsts = {lines[at][1]: at for at in reversed(theirs) if lines[at][0].strip()}
        found |= {
            at
            for one, at in firsts.items()
            if (one in self._made and self._is_made(lines[at][0]))
            or (one in self._parted and self._is_part(lines[at][0]))
        }
        found |= self._broken_off(lines, theirs, found)
        return whole_links([line for line, _ in lines], found)

    def may_be_of_it(self, lines: Sequence[Line]) -> Iterator[str]:
        """Yield people's lines that have too few of the message's words to go, or a link besides.

        That is an eighth of a line's letters at least, in words that nobody else said.
        """
        theirs = self._theirs | self._since_taken_out
        others = "\n".join([*self.others, *(line for line, one in lines if one not in theirs)])
        said = [words_in(line) - words_in(others) for line in self._said]
        for line, owner in lines:
            shares = (_share(line, one) for one in said) if owner in theirs and owner else ()
            if any(share.known and 8 * share.known >= share.letters for share in shares):
                yield bare_line(line)

    def is_in_name(self, topic: str, name: str) -> bool:
        """Return whether people's name for a topic says what the message said, or most of it.

        No draft needs to have it: a heading gets other names, or another line is taken for it.
        """
        known = set().union(*map(words_in, self.others))
        said = [words_in(line) - known for line in self._said] if topic in self._theirs else []
        return bool(said) and self._is_of_it(name, topic, said)

    def _broken_off(
        self, lines: Sequence[Line], theirs: Iterable[int], found: Collection[int]
    ) -> set[int]:
        """Return the lines of something found that go on with it in the message's words alone.

        What was one line of HTML is several in Markdown.
        """
        owners = {lines[at][1] for at in found} - {None}
        said = set().union(*map(words_in, self._said)) if owners else set()
        rest = {at: lines[at][0] for at in theirs if lines[at][1] in owners and at not in found}
        own = {
            at
            for at, line in rest.items()
            if (not line.strip("> \t\r\n") or words_in(line))
            and not item_start(line)
            and words_in(line) <= said
        }
        stays = {lines[at][1] for at in rest if at not in own}
        return {at for at in own if words_in(lines[at][0]) or lines[at][1] not in stays}

    def _wrapped(
        self, lines: Sequence[Line], said: Sequence[Collection[str]], others: Set[str]
    ) -> Iterator[str]:
        """Yield the words of lines in which people went on with one of the message's."""
        own = [owner is not None and born_of(owner) == self._message for _, owner in lines]
        may_go = [
            line if is_own or self._may_go(line, owner) else ""
            for (line, owner), is_own in zip(lines, own, strict=True)
        ]
        first_lines = {at for at, line in enumerate(may_go) if own[at] and item_start(line)}
        with_rarest = _by_rarest([words_in(split_marks(line)[1]) - others for line in may_go])
        for words in said:
            share = partial(_share, said=words)
            first = {at for at in first_lines if share(may_go[at]).known}
            near = first.union(*(with_rarest.get(word, ()) for word in words))
            here = [line if at in near else "" for at, line in enumerate(may_go)]
            for at in wrapped(here, first, share, others=others) - first:
                yield words_of(may_go[at])

    def whole(self, lines: Sequence[Line], taken: Collection[int]) -> set[str]:
        """Return what people made of the message's words alone, but for the notes of hosts.

        It goes whole: such a note has nothing that it could stand below.
        """
        left: dict[str, set[str]] = {}
        for at, (line, owner) in enumerate(lines):
            if owner in self._notes and owner in self._theirs:
                words = left.setdefault(owner, set())
                words.update([words_of(line)] if at not in taken and line.strip() else ())
        gone = {owner for at in taken if (owner := lines[at][1]) is not None}
        return {one for one in gone.intersection(left) if left[one] <= self._notes[one]}

    def where_cut(self, cut: Collection[str]) -> "SaidAgain":
        """Return what finds the lines of a message where some of what people made is `cut`.

        The line by which that was known as the message's is gone: what is left is their own.
        """
        other = copy(self)
        other._made = self._made.difference(cut)
        return other

    def _is_change(self, event: Event) -> bool:
        """Return whether people changed, parted or took out what the message gave.

        It may have stood in what another one did.
        """
        what, thing = event.what, None
        if isinstance(what, ItemRemoved | ItemNested | ItemWritten):
            thing = what.item
        elif isinstance(what, TopicRemoved):
            thing = what.topic
        was = what.was if isinstance(what, ItemWritten) else None
        stood_in = not self._said.isdisjoint(map(words_of, lines_of(was or "")))
        is_of_it = born_of(thing or "") == self._message
        return is_of_it or stood_in or event.key in self._made or event.key in self._parted

    def _may_go(self, line: str, owner: str | None) -> bool:
        """Return whether a line is people's, and not what its thing had before."""
        if owner not in self._theirs:
            return False
        words = words_in(line)
        is_new = not words or not words <= self._words_before(owner)
        return is_new or any(link.canonical in self.own for link in links_in(line))

    def _words_before(self, owner: str | None) -> set[str]:
        """Return the words that something had before people changed the message's, or by itself."""
        known = (self._before.get(one, ()) for one in (owner or "", born_of(owner or "")))
        return set().union(*map(words_in, chain.from_iterable(known)))

    def _is_alone(self, line: str) -> bool:
        """Return whether no link of anybody else stands on a line."""
        return {link.canonical for link in links_in(line)} <= self.addresses

    def is_of_others(self, line: str) -> bool:
        """Return whether a line is nothing but links that others gave, too: it tells of nothing."""
        links = {link.canonical for link in links_in(line)}
        return bool(links) and links <= self.of_others and not words_in(line)

    def _is_made(self, line: str) -> bool:
        """Return whether a line in the place of the message's is what people made of that.

        Their own words and links go along, but not what another message says, nor its link.
        """
        links = (link.canonical for link in links_in(line))
        return words_of(
            without_heading(line)
        ) not in self._known and self._of_others_alone.isdisjoint(links)

    def _is_part(self, line: str) -> bool:
        """Return whether a line has the message's words alone, and no link of anybody else."""
        words, said = words_in(line), set().union(*map(words_in, self._said))
        return bool(words) and words <= said and self._is_alone(line)

    def _is_of_it(self, line: str, owner: str | None, said: Sequence[Collection[str]]) -> bool:
        """Return whether a line says it; one with a link of somebody else does not.

        One word alone is enough in a heading that is known to have the message's words.
        """
        line = uncommented(line)
        links = {link.canonical for link in links_in(line)}
        if links & self.own:
            return True
        if not self._is_alone(line):
            return False
        words = words_in(line) - self._words_before(owner)
        return _bare(line) in self._said or any(
            _is_most(words, one, is_known=owner in self._headings) for one in said
        )


def made_of(events: Iterable[Event], message: str) -> set[str]:
    """Return the ids of what people made of a message's lines while the chat did not give them."""
    return {event.key for event in events if born_of(_origin(event.what) or "") == message}


def without_questions(events: Iterable[Event], message: str) -> list[Event]:
    """Return what was asked of what people made of a message's lines, without the words."""
    events = list(events)
    made = made_of(events, message)
    return [
        replace(event, what=replace(event.what, name="", ours="", theirs="", said="", had=""))
        for event in events
        if isinstance(event.what, ConflictFound) and event.what.about in made
    ]


def _since_taken_out(events: Iterable[Event], message: str) -> set[str]:
    """Return the ids of what people wrote once hosts had taken something of a message's out.

    It may be what they had made of that by then: where a draft had to take both in, nothing tells.
    """
    found, is_out = set[str](), False
    for event in events:
        what = event.what
        if not event.by.startswith(FILE_PERSON):
            is_out = is_out or (event.about == message and _takes_out(what))
        elif is_out and isinstance(what, ItemAdded | TopicFound):
            found.add(event.key)
        elif is_out and isinstance(what, ItemWritten | TopicWritten):
            found.add(what.item if isinstance(what, ItemWritten) else what.topic)
    return found


def _takes_out(what: What) -> bool:
    if isinstance(what, Marked):
        return what.on and what.emoji == LEAVE_OUT
    return isinstance(what, ItemRemoved | MessageGone | TopicRemoved)


def _bare(line: str) -> str:
    """Return the words of a line, a heading's as a name: people may have made a bullet of it."""
    return words_of(without_heading(line))


def _is_changed(what: ItemCarried) -> bool:
    """Return whether people had changed an item, or put it below another, where it came from."""
    return what.state is not None and bool(what.state["steps"] or what.state.get("under"))


def _origin(what: What) -> str | None:
    if isinstance(what, ItemAdded):
        return what.item
    return what.topic if isinstance(what, TopicFound) else None


def _is_most(words: Collection[str], said: Collection[str], *, is_known: bool) -> bool:
    """Return whether some words are more than half of what was said, and not one word alone."""
    share = _share_of(words, said)
    return share.is_most and (is_known or not share.is_scant)


def _by_rarest(lines: Sequence[Set[str]]) -> Mapping[str, set[int]]:
    """Return the places of lines by their rarest word: what has all of a line's has that one."""
    often = Counter(chain.from_iterable(lines))
    found: defaultdict[str, set[int]] = defaultdict(set)
    for at, words in enumerate(lines):
        if words:
            found[min(words, key=lambda word: (often[word], word))].add(at)
    return found


def _share(line: str, said: Collection[str]) -> Share:
    """Return how much of what was said a line says."""
    return _share_of(words_in(line), said)


def _share_of(words: Collection[str], said: Collection[str]) -> Share:
    return Share.of((one for one in said if one in words), sum(map(len, said)))
