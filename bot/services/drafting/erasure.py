"""Off the record: what a message gave is erased here, and taken out of the file at the next draft.

First the tombstone (the mark, already stored), then this, then the commit that takes it out of
the file. Until that commit a draft keeps keyed fingerprints of the lines to take out; were its
text merely scrubbed, the lines in the file would look like a person's addition and stay.
"""

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.core.document.form import unwrapped
from bot.core.document.pieces import lines_of
from bot.core.document.traces import Traces, bare_line, traces
from bot.core.episode.find import label_of, shortened
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
from bot.core.model import Content, Item, Link, Lookup, Written, links_within
from bot.errors import RundownError, SiteError, StoreError
from bot.services.drafting.erased_drafts import ErasedDrafts, sides
from bot.services.drafting.hidden_lines import KEYS, key_name
from bot.services.drafting.hidden_words import hidden_words
from bot.services.drafting.owed_files import forget_given
from bot.services.drafting.proposal import known_as
from bot.services.drafting.rendering import Drafting
from bot.services.lookups import Lookups
from bot.services.ports import Draft
from bot.services.saved_choices import forget_choices_of
from bot.services.show import Show
from bot.services.site_port import Seen
from bot.services.tasks import RETRY_PAUSES, BackgroundTasks, Supervisor
from bot.texts import say

MOST_NAMED = 3
"""Items that hold a message's address, too, and are named."""

LONGEST_NAMED = 60

MOST_COMMITS = 30
"""Commits that are named; there are hardly ever more that hold the words of one message."""

LONGEST_WAIT = 20.0
"""Seconds that whoever marked a message waits for the site's history."""

PAUSE = 1.0
"""Seconds between attempts to scrub while a reader of the database is in the way."""


class Erasure:
    """Erases messages, and goes on until nothing of them is left in the database's files."""

    def __init__(
        self,
        *,
        show: Show,
        drafting: Drafting,
        lookups: Lookups,
        supervisor: Supervisor,
        new_key: Callable[[], str],
    ) -> None:
        """Take the parts; `new_key` gives a random key that nobody can guess."""
        self._show = show
        self._drafting = drafting
        self._lookups = lookups
        self._supervisor = supervisor
        self._former = ErasedDrafts(show=show, drafting=drafting, new_key=new_key)
        self._tasks = BackgroundTasks[None]("erasure")

    async def erase(self, episode: str, message: str, language: str | None) -> str:
        """Erase a message that went off the record; return what the hosts need to know.

        Without a `language` nobody is told, and the site is not asked.
        """
        try:
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
            await self.scrub()
        except StoreError:
            self._tasks.ensure("left", self._erase_left)
            raise
        if not language:
            return ""
        report = await self._report(episode, erased, language)
        return f"{report}\n{say('erasure.own-words', language)}" if erased.with_own else report

    async def _erase_in(self, episode: str, message: str, told: "_Told") -> "_Erased":
        async with self._show.file_locks.of(episode):
            return await self._erase(episode, message, told)

    async def _erase(self, episode: str, message: str, given: "_Told") -> "_Erased":
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
            *without_notes(events, lock, whole),
            *without_questions(events, message),
            *made.untitled(),
            *without_names(events, GoneNames(map(sides, former, drafts), gone), message),
        ]
        await self._show.store.erase(message, canonicals=again.own, drafts=drafts, events=rewritten)
        self._show.log.forget(episode)
        return _Erased(
            drafts=drafts, addresses=again.addresses, is_known=bool(given.words),
            in_files=[episode] if is_in_file else [], paths=_paths(events, drafts), notes=notes,
            traces=_traces(words - again.others, links, again.own),
            said=_traces(given.words - again.others, links, again.own),
            with_own=has_own_words(events, message), may_hold=_may_hold(again, drafts),
        )  # fmt: skip

    async def _forgotten(
        self, episode: str, drafts: Iterable[Draft], canonicals: Collection[str]
    ) -> list[Draft]:
        """Forget what the web said of some addresses; return drafts without that."""
        await self._lookups.forget(canonicals)
        await forget_given(self._show.store, episode)
        return [replace(one, lookups=_others_of(one.lookups, canonicals)) for one in drafts]

    async def _report(self, episode: str, erased: "_Erased", language: str) -> str:
        """Say what was erased, which commits hold it still, and what else holds its addresses."""
        hidden = [draft for draft in erased.drafts if draft.commit and draft.hidden]
        before = hidden if not erased.is_known else []  # what was told then is known no more
        in_files = erased.in_files or dict.fromkeys(draft.episode for draft in before)
        lines = await self._until_when(in_files, language)
        if erased.traces.lines or erased.traces.addresses:
            lines += await self._still_held(episode, erased, language)
        elif before:
            lines.append(say("erasure.held", language, commits=[str(before[-1].commit)[:10]]))
        reworded, stays = await self._left_in_files(erased)
        if reworded:
            lines.append(say("erasure.may-hold", language, lines=_named(reworded)))
        if stays:
            lines.append(say("erasure.stays", language, lines=_named(stays)))
        if erased.notes:
            named = [shortened(" ".join(note.split()), LONGEST_NAMED) for note in erased.notes]
            lines.append(say("erasure.notes", language, notes=_named(named)))
        lines += await self._others_with(episode, erased.addresses, language)
        return "\n".join(lines)

    async def _until_when(self, in_files: Collection[str], language: str) -> list[str]:
        """Say what takes a message out of the files of these episodes: no draft of closed ones."""
        records = await self._show.episodes.all()
        closed = [one.id for one in records if one.id in in_files and one.closed is not None]
        if not closed:
            return [say("erasure.in-file" if in_files else "erasure.done", language)]
        numbers = await self._show.numbers()
        name = "erasure.in-file" if len(closed) < len({*in_files}) else "erasure.erased"
        told = [say("erasure.closed", language, number=numbers.get(one, "?")) for one in closed]
        return [say(name, language), *told]

    async def _still_held(self, episode: str, erased: "_Erased", language: str) -> list[str]:
        """Name every commit that holds the words, asked of the site's history."""
        view = await self._drafting.view(episode)
        number = known_as(erased.drafts[-1] if erased.drafts else None, view.episode)
        now, elsewhere = await self._paths_now(episode)
        named, lines = list[str](), list[str]()

        def holds(data: bytes) -> bool:
            return erased.traces.in_text(data.decode("utf-8", "replace"))

        for name, paths in {"": [*erased.paths, *now], **elsewhere}.items():
            try:
                async with asyncio.timeout(LONGEST_WAIT):
                    site = await self._show.further.site(name) if name else self._show.site
                    found = await site.holding(paths, number=number, holds=holds)
            except TimeoutError:
                slow = say("erasure.slow", language)
                lines.append(say("erasure.not-asked", language, why=slow))
                continue
            except SiteError as error:
                lines.append(say("erasure.not-asked", language, why=error.say(language)))
                continue
            named += [f"{name} {commit}".strip() for commit in found.commits]
            lines += [] if found.whole else [say("erasure.not-all", language)]
        more = ["…"] if len(named) > MOST_COMMITS else []
        held = [*named[:MOST_COMMITS], *more]
        return [say("erasure.held", language, commits=held), *lines] if held else lines

    async def _left_in_files(self, erased: "_Erased") -> tuple[list[str], list[str]]:
        """Return the lines of the files that may be what people made of it, and that say it.

        Both stay. What says it is a field, mostly, or another thing that is none of an item's.
        """
        keys = await self._show.store.state(KEYS)
        may_hold, stays = list[str](), list[str]()
        for draft in erased.drafts:
            try:
                async with asyncio.timeout(LONGEST_WAIT):
                    seen = await self._file_of(draft)
            except (TimeoutError, SiteError):
                continue  # the next draft says it
            left = (seen.data or b"").decode("utf-8", "replace")
            if (key := keys.get(key_name(draft))) is not None:
                left, hidden = hidden_words(draft, left, key=key)
                may_hold += hidden.may_hold
            stays += erased.said.lines_in(left)
            there = set(map(bare_line, lines_of(left)))
            may_hold += [line for line in erased.may_hold if line in there]
        may_hold = [line for line in may_hold if line not in stays]
        lines = ([*dict.fromkeys(one)] for one in (may_hold, stays))
        first, second = ([shortened(line, LONGEST_NAMED) for line in one] for one in lines)
        return first, second

    async def _file_of(self, draft: Draft) -> Seen:
        """Return a draft's file as it is now, where people moved it, too."""
        site, number = self._show.site, draft.number
        seen = await site.look(draft.path, number=number)
        moved = await site.moved(draft.path, blob=draft.blob, seen=seen) if not seen.data else None
        return seen if moved is None else await site.look(moved, number=number)

    async def _paths_now(self, episode: str) -> tuple[list[str], dict[str, list[str]]]:
        """Return where the next draft would go, and its files in other repositories, by these.

        (People may have begun that file by hand.)
        """
        try:
            rendered = await self._drafting.rendered(episode)
        except RundownError:  # of a template that fails, there is no file
            return [], {}
        elsewhere: dict[str, list[str]] = {}
        for file in rendered.files:
            if file.repository and file.path:
                elsewhere.setdefault(file.repository, []).append(file.path)
        return [rendered.path], elsewhere

    async def _others_with(self, episode: str, addresses: set[str], language: str) -> list[str]:
        """Say what else holds a message's addresses."""
        now = await self._drafting.view(episode)
        others = [
            shortened(label_of(item.content, now.titles), LONGEST_NAMED)
            for item in now.episode.items()
            if addresses & {link.canonical for link in links_within(item.content)}
        ]
        if not others:
            return []
        return [say("erasure.others", language, others=_named(others))]

    async def _erase_left(self) -> None:
        """Erase what could not be: the mark stands, so it is found again."""
        await asyncio.sleep(RETRY_PAUSES[0])
        await self._supervisor.persist("erasure", self.resume)

    async def resume(self) -> None:
        """Erase what is off the record and whose text is still stored."""
        for record in await self._show.episodes.all():
            for message in (await self._show.log.outline(record.id)).unerased():
                await self.erase(record.id, message, None)
            if record.closed is not None:
                self._show.log.forget(record.id)  # nobody may ask for it again
        await self.scrub()

    async def scrub(self) -> None:
        """Scrub what was erased, now or, while a reader is in the way, as soon as it is gone."""
        if not await self._show.store.scrub_due() or await self._show.store.scrub():
            return
        self._tasks.ensure("scrub", self._scrub_later)

    async def _scrub_later(self) -> None:
        persist, store = self._supervisor.persist, self._show.store
        while not await persist("erasure", store.scrub):  # noqa: ASYNC110 - nothing tells of readers
            await asyncio.sleep(PAUSE)

    async def aclose(self) -> None:
        """Stop; what is left to scrub is remembered by the store."""
        await self._tasks.aclose()


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


def _named(things: list[str]) -> list[str]:
    """Return the first of some things, and whether there are more."""
    return [*things[:MOST_NAMED], *(["…"] if len(things) > MOST_NAMED else [])]


@dataclass(frozen=True, slots=True)
class _Told:
    """What all states of a message say, read before they are erased."""

    words: set[str]
    links: set[Link]


@dataclass(frozen=True, slots=True)
class _Erased:
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


def _joined(parts: list[_Erased]) -> _Erased:
    """Return what tells of a message in all its episodes, of which its own comes last."""
    paths = [path for one in reversed(parts) for path in one.paths]
    return replace(
        parts[-1],
        drafts=[draft for one in parts for draft in one.drafts],
        in_files=[episode for one in parts for episode in one.in_files],
        paths=list(dict.fromkeys(paths)),
    )


def _label_lines(content: Content) -> set[str]:
    """Return the lines that hosts know something by, without their marks: it goes with these."""
    if not isinstance(content, Written):
        return lines_in(label_of(content, {}))
    lines = content.text.split("\n")
    return lines_in("\n".join(lines[: unwrapped(lines)[1]]))


def _others_of(lookups: Mapping[str, Lookup], canonicals: Collection[str]) -> dict[str, Lookup]:
    return {one: found for one, found in lookups.items() if one not in canonicals}
