"""What hosts said of something that stands in the file no more, or as another kind of thing.

People took it out there, or put it into another line, or made a heading of it. What is said of it
after that goes into no draft: hosts are asked, or at least told.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace

from bot.core.document.pieces import bare_of, lines_of, words_of
from bot.core.document.sense import sense_of
from bot.core.document.version import Side
from bot.core.episode.file_text import has_file_text, links_written
from bot.core.episode.find import label_of, shortened
from bot.core.episode.fold import Outline
from bot.core.episode.item_index import links_of
from bot.core.episode.template_links import is_put_there
from bot.core.events import Event, ItemRemoved, What
from bot.core.file_edits.answered import holder_now
from bot.core.file_edits.left_in_file import LeftInFile
from bot.core.file_edits.said_anew import said_anew
from bot.core.file_edits.stands_in import stands_in_written
from bot.core.file_edits.template_links import lines_with_links
from bot.core.file_events import OF_FILE, ConflictFound, ItemAdded, ItemWritten, StandsIn
from bot.core.model import Episode, Item, Nested, Written, notes_of
from bot.core.publication.said_since import InFile, said_since
from bot.core.urls import fingerprint
from bot.services.drafting.conflict_keys import conflict_key
from bot.services.drafting.found_edits import Apart
from bot.services.drafting.past_render import PastRender, edits_prefix
from bot.services.drafting.rendering import Drafting
from bot.services.drafting.said_over import LONGEST_NAME
from bot.services.drafting.shown_lines import waits_for_place
from bot.services.ports import Draft
from bot.services.show import Show

Given = Item | str | None
"""An item, the name of a topic, or nothing any more."""


class SaidApart:
    """Finds what was said since a draft of what had left the file before it."""

    def __init__(self, *, show: Show, drafting: Drafting, former: PastRender) -> None:
        self._show = show
        self._drafting = drafting
        self._former = former

    async def put_elsewhere(
        self, last: Draft, draft: Draft, outline: Outline, events: Sequence[Event]
    ) -> list[What]:
        """Return where people put the words of what the chat took out since the `last` draft.

        They took it out as what it was, too; the chat may bring it back. So they may have put what
        hosts are asked about into a third line.
        """
        asked = {conflict.owner for conflict in draft.conflicts}
        moved = [StandsIn(*one) for one in _moved_though_asked(last, draft, outline)]
        went = _went(last, outline) - asked if events else set[str]()
        if not went:
            return list(moved)
        before = await self._former.outline(last)
        given = {one: before.given(one) for one in sorted(went)}
        items = {one: was for one, was in given.items() if isinstance(was, Item)}
        topics = {one: was for one, was in given.items() if isinstance(was, str)}
        texts = {one: await self._text(draft, was, newest=False) for one, was in items.items()}
        deeds = [(event.key, event.what) for event in events]
        # A heading that stands there as one is people's, with what they put below it.
        in_items = [deed for deed in deeds if isinstance(deed[1], ItemAdded | ItemWritten)]
        found = stands_in_written(texts, deeds) | stands_in_written(topics, in_items)
        put: list[What] = [ItemRemoved(one) for one in found if one in items]
        return [*put, *moved, *(StandsIn(one, into) for one, into in found.items())]

    async def found(
        self, last: Draft, draft: Draft, outline: Outline, others: Sequence[ConflictFound]
    ) -> Apart:
        """Return what was said from the `last` draft to this one, but for what `others` ask."""
        away = _away(outline) | (went := _went(last, outline))
        if not (away or outline.episode.already or has_file_text(outline.episode)):
            return Apart()
        before = await self._former.outline(last)
        new = _already(before.episode, outline.episode)
        away -= new.keys()
        asked_about = _asked_about(others, draft, outline)
        new |= _posted(last, before, outline, away - asked_about)
        asked, gone = list[tuple[str, ConflictFound]](), dict[str, Item | str]()
        spots = _spots(new.values(), draft.committed)
        unshown = [words for words, line in spots if line is None]
        headless, inside = list[str](), list[str]()
        nested = {one.item.id for one in outline.episode.nested}
        both = {conflict.owner for conflict in draft.conflicts}
        for one in sorted(away):
            was, now = before.given(one), outline.given(one)
            if one not in went and before.is_shown(one) and one in nested | both:
                was = await self._before_it_was_put(draft, outline, one) if one in nested else None
                if was is None:  # of lines that both changed, the merge asks
                    continue
            if _is_nothing_new(one, was, now, outline, is_gone=one in went):
                continue
            now = None if one in went else now
            parts = {part for it in (before, outline) for part in _below(one, it.episode.nested)}
            if (found := await self._question(draft, outline, one, was, now, parts)) is not None:
                asked.append((conflict_key(found.about, found.ours, found.theirs), found))
            elif now is None:
                gone |= {} if was is None else {one: was}
            elif isinstance(now, str):
                headless += [] if now in draft.committed else [now]
            else:
                words = inside if _is_elsewhere(one, now, outline) else unshown
                words += _unshown(was, now, draft.committed)
        questions = [*others, *(one for _, one in asked)]
        inside += _beside(questions, away, before, outline, draft.committed)
        known = _asked_about(questions, draft, outline)
        left = _left(gone, went, known, last, draft, before, outline)
        return Apart(
            tuple(asked),
            tuple(dict.fromkeys(unshown)),
            tuple(dict.fromkeys(headless)),
            tuple(dict.fromkeys(left)),
            tuple(dict.fromkeys(inside)),
            tuple((words, line) for words, line in spots if line is not None),
        )

    async def _before_it_was_put(self, draft: Draft, outline: Outline, thing: str) -> Given:
        """Return what something was that is within another line, where it stood for itself before.

        That was not there, and has by now what was said when people put it there.
        """
        event = outline.stands_in().get(thing)
        if event is None or event.key.startswith(edits_prefix(draft)):
            return None
        return (await self._former.outline(replace(draft, seq=event.seq))).given(thing)

    async def joined_at(
        self, last: Draft, draft: Draft, outline: Outline
    ) -> dict[str, tuple[str, str]]:
        """Return what people had joined with lines that say it no more, by its id.

        That is with its text as the `last` draft had it, and as the chat gives it by now.
        """
        within = {one: into for one in outline.stands_in() if (into := outline.line_of(one))}
        within = {one: into for one, into in within.items() if not outline.is_shown(one)}
        before = await self._former.outline(last) if within else outline
        asked = {it.about: it.had for _, it in outline.conflicts().values() if it.had}
        found = dict[str, tuple[str, str]]()
        for one, into in within.items():
            was, now = before.given(one) or outline.given(one), outline.given(one)
            if isinstance(was, str) or isinstance(now, str):
                continue
            texts = [await self._text(draft, it, newest=False) for it in (was, now)]
            if was is None:  # its message gives it no more: it is what they are asked about
                texts = [asked.get(one, "")] * 2
            if texts[0] and not _says(_lines_of(draft, into) or "", texts[0].partition("\n")[0]):
                found[one] = texts[0], texts[1]
        return found

    def put_into(
        self, draft: Draft, outline: Outline, found: ConflictFound, was: str
    ) -> ConflictFound:
        """Return what to ask of something that `was` that text, and people put into another line.

        The chat changed it before a draft took that in: its words go into that line if chosen.
        """
        if found.theirs or outline.is_shown(found.about):
            return found
        text, about = text_in_file(draft, outline, found.about), found.about
        if not found.ours:
            about, was = _anew(draft, outline, was) or (about, was)
        ours = said_anew(text, was, found.ours) if text is not None else None
        if text is None or ours is None:
            return found
        return replace(found, about=about, ours=ours, theirs=text, said=found.ours, had=was)

    async def _question(
        self,
        draft: Draft,
        outline: Outline,
        thing: str,
        was: Given,
        now: Given,
        parts: Collection[Item],
    ) -> ConflictFound | None:
        """Return what to ask of a thing whose words people made part of another; None if nothing.

        What it is to say is looked for in the words that it had at the draft before, and in those
        that it had when people did that.
        """
        event = outline.stands_in().get(thing)
        text = text_in_file(draft, outline, thing)
        if event is None or text is None:
            return None
        first = await self._former.outline(replace(draft, seq=event.seq)) if event.seq else None
        now_text = await self._text(draft, now)
        below = [await self._text(draft, one) for one in parts]
        for said in (was, first.given(thing) if first else None):
            if said is None:
                continue
            kind = "topic" if isinstance(said, str) else "item"
            about, had = thing, await self._text(draft, said)
            if kind == "item" and not now_text:
                about, had = _anew(draft, outline, had) or (about, had)
            ours = said_anew(text, had, now_text, parts=below)
            if ours is None:
                continue
            words = said if isinstance(said, str) else label_of(said.content, {})
            name = shortened(words, LONGEST_NAME)
            sides = (ours, text, False, now_text, had)
            return ConflictFound(kind, about, name, *sides)
        return None

    async def _text(self, draft: Draft, given: Given, *, newest: bool = True) -> str:
        if given is None or isinstance(given, str):
            return given or ""
        profile = self._former.profile(draft)
        return await self._drafting.item_text(
            given, profile=profile, lookups=draft.lookups, newest=newest
        )


def _away(outline: Outline) -> set[str]:
    """Return what people took out, or put into another line."""
    away = {*outline.taken_out(), *outline.stands_in()}
    return {one for one in away if not outline.is_shown(one)}


def _went(last: Draft, outline: Outline) -> set[str]:
    """Return what had lines of its own at the `last` draft, and was taken out in the chat since."""
    there = (one for one in set(last.owners) if one is not None)
    return {one for one in there if not outline.is_shown(one) and outline.is_taken_in_chat(one)}


def _moved_though_asked(last: Draft, draft: Draft, outline: Outline) -> Iterator[tuple[str, str]]:
    """Yield what people put into another line while hosts are asked about it, with that line."""
    was, now = Side(last.committed, last.owners), Side(draft.committed, draft.owners)
    for _, found in outline.conflicts().values():
        is_within = found.had and found.thing == "item" and not outline.is_shown(found.about)
        into = holder_now(found, was, now) if is_within else None
        if into is not None:
            yield found.about, into


def _below(thing: str, nested: Sequence[Nested]) -> Iterator[Item]:
    """Yield what people put below something, and below that."""
    above = {one.item.id: one.under for one in nested}
    for one in nested:
        at = one.under
        while at != thing and at in above:
            at = above[at]
        if at == thing:
            yield one.item


def _already(before: Episode, now: Episode) -> dict[str, tuple[str, Item]]:
    """Return what was given since, while people had its link in a line of the template's.

    It comes by id, with its words.
    """
    known = {(one.id, label_of(one.content, {})) for one in before.already}
    told = {one.id: (label_of(one.content, {}), one) for one in now.already}
    return {one: (words, item) for one, (words, item) in told.items() if (one, words) not in known}


def _posted(
    last: Draft, before: Outline, outline: Outline, away: Set[str]
) -> dict[str, tuple[str, Item]]:
    """Return what was given while its link was in the file, and people took that out there.

    That is since the `last` draft; or before that, where the line was one that went off the record
    since. It comes by id, with its words.
    """
    items, given = outline.index(), dict[str, Item]()
    for one, (item, first) in items.posted_again.items():
        if first.item.id in away and not outline.is_taken_in_chat(first.item.id):
            given[one] = item
    for one in away:
        now = None if one.startswith(OF_FILE) else outline.given(one)
        if isinstance(now, Item) and not outline.is_taken_in_chat(one):
            given[one] = now
    found = dict[str, tuple[str, Item]]()
    for one, item in given.items():
        links = links_of(item.content)
        is_away = len(links) == 1 and items.first_with(links[0].canonical) is None
        if is_away and (before.given(one) is None or waits_for_place(last, one)):
            found[one] = label_of(item.content, {}), item
    return found


def _spots(given: Collection[tuple[str, Item]], file: str) -> dict[tuple[str, int | None], None]:
    """Return the words of items with the first line of a file that has the link of each.

    That is None where none has it by now.
    """
    spots = dict[tuple[str, int | None], None]()
    there = lines_with_links(file) if given else {}
    for words, item in given:
        (link,) = links_of(item.content)
        line, _ = there.get(fingerprint(link.canonical), (None, ""))
        spots[words, line] = None
    return spots


def _is_same(was: Given, now: Given) -> bool:
    if isinstance(was, Item) and isinstance(now, Item):
        return (was.content, was.steps) == (now.content, now.steps)
    return was == now


def _anew(draft: Draft, outline: Outline, was: str) -> tuple[str, str] | None:
    """Return what people have below another one in the place of what the chat took out.

    That is its id and text. The chat had it no more when the draft took that in, so it is theirs,
    with what they wrote below it.
    """
    sense, prefix = sense_of(was.partition("\n")[0]), edits_prefix(draft)
    new = (one.item for one in outline.episode.nested if one.item.id.startswith(prefix))
    texts = ((one.id, one.content.text) for one in new if isinstance(one.content, Written))
    return next((each for each in texts if sense_of(each[1].partition("\n")[0]) == sense), None)


def text_in_file(draft: Draft, outline: Outline, thing: str) -> str | None:
    """Return the lines, or the heading's name, into which people put something."""
    line = outline.line_of(thing)
    if line is None:
        return None
    names = {topic.id: topic.name for topic in outline.episode.sections()}
    return names.get(line) or _lines_of(draft, line)


def _lines_of(draft: Draft, owner: str) -> str | None:
    lines = bare_of(lines_of(draft.committed))
    own = [line for line, one in zip(lines, draft.owners, strict=False) if one == owner]
    return "\n".join(own).strip("\n") or None


def _unshown(was: Given, now: Item, file: str) -> Sequence[str]:
    """Return the words that are new, and that the file has not."""
    return InFile(file).without(said_since(now, was if isinstance(was, Item) else None))


def _is_nothing_new(thing: str, was: Given, now: Given, outline: Outline, *, is_gone: bool) -> bool:
    """Return whether nothing is said anew of a thing.

    Of what was nothing there is, where its message had said something else, and gives it again.
    """
    if was is None and (thing.startswith(OF_FILE) or outline.is_taken_in_chat(thing)):
        return True
    return not is_gone and _is_same(was, now)


def _asked_about(
    questions: Iterable[ConflictFound], draft: Draft, outline: Outline
) -> set[str | None]:
    """Return what hosts are asked about, with what is asked since a draft before."""
    open_ones = (found for _, found in outline.conflicts().values())
    return {one.about for one in (*questions, *open_ones)} | {one.owner for one in draft.conflicts}


def _beside(
    asked: Iterable[ConflictFound],
    away: Collection[str],
    before: Outline,
    outline: Outline,
    file: str,
) -> Iterator[str]:
    """Yield the words that are new, and in neither the file nor what is asked.

    Below a heading's name stands no note.
    """
    for one in asked:
        was, now = before.given(one.about), outline.given(one.about)
        if one.about in away and one.ours and isinstance(now, Item):
            yield from _unshown(was, now, f"{file}\n{one.ours}")


def _is_elsewhere(thing: str, now: Item, outline: Outline) -> bool:
    """Return whether people have an item's words, or its link, in another line."""
    put = is_put_there(now, outline.episode.in_template)
    return put or outline.holder(thing) is not None


def _says(text: str, line: str) -> bool:
    """Return whether a text says what a line does, be it among other words: by its address."""
    if links := links_written(line):
        there = {link.canonical for link in links_written(text)}
        return links[0].canonical in there
    return words_of(line) in words_of(text)


def _with_fewer_notes(
    before: Outline, outline: Outline, asked: Collection[str | None]
) -> Iterator[tuple[Item, Item]]:
    """Yield what items were, and are, of which the chat took notes out; none that is `asked`."""
    episode = before.episode
    nested = (one.item for one in episode.nested)
    for one in (*episode.items(), *episode.removed, *nested):
        was = before.given(one.id) if one.id not in asked else None
        if not isinstance(was, Item) or not (notes := notes_of(was)):
            continue
        now = outline.given(one.id)
        if isinstance(now, Item) and not {*notes} <= {*notes_of(now)}:
            yield was, now


def _left(
    gone: Mapping[str, Item | str],
    went: Collection[str],
    asked: Collection[str | None],
    last: Draft,
    draft: Draft,
    before: Outline,
    outline: Outline,
) -> Iterator[tuple[str, int]]:
    """Yield what was taken out, with the first line at which the file says it still.

    That are things that are gone, and notes of others; not what is `asked` about, nor what was put
    below one that is gone, and is there by itself.
    """
    told = {one: was for one, was in gone.items() if one not in asked}
    fewer = list(_with_fewer_notes(before, outline, asked))
    if not told and not fewer:
        return
    given = (item for item in outline.episode.items() if not item.id.startswith(OF_FILE))
    file = LeftInFile(draft.committed, Side(last.committed, last.owners), given)
    for one, was in told.items():
        if (still := file.line(one, was, was_there=one in went)) is not None:
            yield still
        below = {item.id for item in _below(one, before.episode.nested)}
        notes = file.notes(one, was)
        yield from (note for note in notes if draft.owners[note[1] - 1] not in below)
    for had, now in fewer:
        yield from file.notes(had.id, had, now)
