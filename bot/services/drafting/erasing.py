"""Erases one message from the events and drafts of an episode."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.core.document.form import unwrapped
from bot.core.document.pieces import lines_of
from bot.core.document.traces import Traces, traces
from bot.core.episode.find import label_of
from bot.core.erasure.joined_lines import scrubbed_events
from bot.core.erasure.kept_notes import kept_notes, noted_within, without_notes
from bot.core.erasure.lock import Lock
from bot.core.erasure.made_lines import MadeLines
from bot.core.erasure.own_words import has_own_words
from bot.core.erasure.parted_lines import parted_from
from bot.core.erasure.passed_on import PassedOn, SaidAlone, kept_deeds
from bot.core.erasure.said import lines_in, lines_said, lines_within, links_said
from bot.core.erasure.said_again import SaidAgain, without_questions
from bot.core.erasure.scrubbed_event import GoneLines, reworded_by
from bot.core.erasure.topic_names import GoneNames, without_names
from bot.core.erasure.waiting_topics import still_waiting
from bot.core.events import Event
from bot.core.file_events import FileEdited, ItemAdded
from bot.core.grammar.topic_name import without_heading
from bot.core.model import Content, Item, Link, Lookup, Written
from bot.services.drafting.erased_drafts import ErasedDrafts, sides
from bot.services.drafting.owed_files import forget_given
from bot.services.drafting.rendering import Drafting
from bot.services.lookups import Lookups
from bot.services.ports import Draft
from bot.services.saved_choices import forget_choices_of
from bot.services.show import Show


@dataclass(frozen=True, slots=True)
class _Told:
    """What all states of a message say, read before they are erased."""

    words: set[str]
    links: set[Link]


@dataclass(frozen=True, slots=True)
class Erased:
    """What is left of a message: drafts without it, and, for the answer alone, what tells of it.

    `is_known` tells whether anything of it was stored, `in_files` the episodes whose drafts had it;
    `paths` are those of the episode's file, `notes` those of others that stay; `with_own` tells
    that words of people's own go along. By `traces` commits are known, by `said` what stays;
    `may_hold` are lines of people's in drafts that may say it.
    """

    drafts: list[Draft]
    addresses: set[str]
    is_known: bool
    in_files: list[str]
    traces: Traces
    said: Traces
    may_hold: list[str]
    paths: list[str]
    notes: list[str]
    with_own: bool


def _joined(parts: list[Erased]) -> Erased:
    """Return what tells of a message in all its episodes, of which its own comes last."""
    paths = [path for one in reversed(parts) for path in one.paths]
    return replace(
        parts[-1],
        drafts=[draft for one in parts for draft in one.drafts],
        in_files=[episode for one in parts for episode in one.in_files],
        paths=list(dict.fromkeys(paths)),
        may_hold=[line for one in parts for line in one.may_hold],
        with_own=any(one.with_own for one in parts),
    )


class Erasing:
    """Erases messages from episodes, and returns what is left of them there."""

    def __init__(
        self, *, show: Show, drafting: Drafting, lookups: Lookups, new_key: Callable[[], str]
    ) -> None:
        """Take the parts; `new_key` gives a random key that nobody can guess."""
        self._show = show
        self._lookups = lookups
        self._former = ErasedDrafts(show=show, drafting=drafting, new_key=new_key)

    async def everywhere(self, episode: str, message: str) -> Erased:
        """Erase a message from its episode, and from those that have something of it."""
        events = await self._show.store.events(episode)
        told = _Told(lines_said(events, {message}), links_said(events, {message}))
        # Its own episode last: until then, a start finds that this is owed.
        parts = [
            await self._erase_in(one, message, told)
            for one in (*await self._show.hand_over.takers(episode), episode)
        ]
        erased = _joined(parts)
        if erased.in_files:
            await self._show.memory.erased()
        await forget_choices_of(self._show.store, message)
        return erased

    async def _erase_in(self, episode: str, message: str, told: _Told) -> Erased:
        async with self._show.file_locks.of(episode):
            return await self._erase(episode, message, told)

    async def _erase(self, episode: str, message: str, given: _Told) -> Erased:
        """Erase a message from one of the episodes that have something of it.

        Returns what tells of it, to be forgotten once that was asked for.
        """
        events = await self._show.store.events(episode)
        outline = await self._show.log.outline(episode)
        lock, words, whole = Lock(outline, message), set(given.words), set[str]()
        former, drafts, is_in_file = await self._show.store.drafts(episode), list[Draft](), False
        links = given.links | links_said(events, {message})
        passed = PassedOn(events, lock, SaidAlone.of(events, message, given.words, links))
        placed, parted = kept_deeds(events, lock, passed), parted_from(events, message, given.words)
        events = [placed.get(event.key, event) for event in events]
        again = SaidAgain.of(events, message, given.words, links, parted)
        within = lines_within(events, message, again.own)
        for draft in former:
            cleaned = await self._former.without(
                draft, message, again, given.words, events, placed, whole
            )
            was_hidden = await self._former.hides(draft, given.words, given.links)
            is_in_file |= was_hidden or cleaned is not draft
            words |= lines_in(draft.committed) - lines_in(cleaned.committed) - within
            drafts.append(cleaned)
        made = MadeLines(events, message, map(sides, former, drafts))
        words = _going(words | made.said(), again, drafts)
        whole |= noted_within(events, lock, GoneLines(words, again.in_theirs))
        kept = kept_notes(events, lock, self._show.profile, whole)
        notes = [*_notes_of(kept), *_labels(outline.index().left_by(message), words)]
        words -= set().union(*map(lines_in, notes))
        gone = GoneLines(words, again.in_theirs, _reworded(former, drafts))
        await self._show.log.record(passed.rewritten(kept))
        drafts = await self._forgotten(episode, drafts, again.own)
        now = scrubbed_events(events, gone, await self._former.carried(episode, message))
        rewritten = [
            *{**placed, **{one.key: one for one in now}}.values(),
            *still_waiting(events, lock),
            *without_notes(events, lock, whole, gone, self._show.profile),
            *without_questions(events, message),
            *made.untitled(),
            *without_names(events, GoneNames(map(sides, former, drafts), gone, again), message),
        ]
        await self._show.store.erase(message, canonicals=again.own, drafts=drafts, events=rewritten)
        self._show.log.forget(episode)
        return Erased(
            drafts=drafts, addresses=again.addresses, is_known=bool(given.words), notes=notes,
            in_files=[episode] if is_in_file else [], may_hold=_may_hold(again, drafts),
            paths=_paths(events, drafts), traces=_traces(words - again.others, links, again.own),
            said=_traces(_going(given.words, again, ()), links, again.own),
            with_own=has_own_words(events, message, map(sides, former, drafts)),
        )  # fmt: skip

    async def _forgotten(
        self, episode: str, drafts: Iterable[Draft], canonicals: Collection[str]
    ) -> list[Draft]:
        """Forget what the web said of some addresses; return drafts without that."""
        await self._lookups.forget(canonicals)
        await forget_given(self._show.store, episode)
        return [replace(one, lookups=_others_of(one.lookups, canonicals)) for one in drafts]


def _notes_of(kept: Iterable[Event]) -> list[str]:
    """Return the notes of others that stand by themselves from now on."""
    return [event.what.text for event in kept if isinstance(event.what, ItemAdded)]


def _labels(items: Iterable[Item], words: Collection[str]) -> list[str]:
    """Return what others' items are called that are not all words that go."""
    contents = (item.content for item in items)
    return [label_of(one, {}) for one in contents if not _label_lines(one) <= set(words)]


def _going(words: set[str], again: SaidAgain, drafts: Iterable[Draft]) -> set[str]:
    """Return the lines that go: no other message said them, nor are they left in drafts.

    A heading's name is one, too: people may have made a bullet of it, which was taken out again.
    """
    theirs = again.others.union(*(lines_in(draft.committed) for draft in drafts))
    going = {one for one in words - theirs if not again.is_of_others(one)}
    return going | (set(map(without_heading, going)) - theirs - {""})


def _may_hold(again: SaidAgain, drafts: Iterable[Draft]) -> list[str]:
    """Return the lines of drafts that may be what people made of a message's, and stay."""
    lines = (zip(lines_of(one.committed), one.owners, strict=True) for one in drafts)
    return [line for one in lines for line in again.may_be_of_it([*one])]


def _traces(words: Collection[str], links: Iterable[Link], canonicals: Collection[str]) -> Traces:
    """Return what tells of words, and of links with these addresses, as typed and as known."""
    alone = (link for link in links if link.canonical in canonicals)
    return traces(words, {one for link in alone for one in (link.url, link.canonical)})


def _paths(events: Iterable[Event], drafts: Sequence[Draft]) -> list[str]:
    """Return where an episode's file has been, the newest first."""
    earlier = [event.what.path for event in events if isinstance(event.what, FileEdited)]
    return [*dict.fromkeys([*(one.path for one in reversed(drafts)), *reversed(earlier)])]


def _reworded(drafts: Sequence[Draft], cleaned: Sequence[Draft]) -> dict[str, str]:
    """Return the lines of drafts that go on without some words, each with what it is then."""
    found = dict[str, str]()
    for before, after in map(sides, drafts, cleaned):
        found |= reworded_by(before, after)
    return found


def _label_lines(content: Content) -> set[str]:
    """Return the lines that hosts know something by, without their marks: it goes with these."""
    if not isinstance(content, Written):
        return lines_in(label_of(content, {}))
    lines = content.text.split("\n")
    return lines_in("\n".join(lines[: unwrapped(lines)[1]]))


def _others_of(lookups: Mapping[str, Lookup], canonicals: Collection[str]) -> dict[str, Lookup]:
    return {one: found for one, found in lookups.items() if one not in canonicals}
