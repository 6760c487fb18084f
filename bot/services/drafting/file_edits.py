"""What people did in the file becomes part of the episode, once a draft has it.

See docs/design.md, "What people did becomes events".
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.core.chapters.heading_time import HeadingTime
from bot.core.document.form import same_but_for_form
from bot.core.document.pieces import read
from bot.core.document.version import Side
from bot.core.episode.fields import one_line
from bot.core.episode.fold import Outline
from bot.core.episode.template_links import is_put_there
from bot.core.events import Event, FieldSet, TopicMoved, TopicRemoved, What, born_of
from bot.core.file_edits.detect import detect
from bot.core.file_edits.fields import fields_of_keys
from bot.core.file_edits.moved_in_both import moved_in_both
from bot.core.file_events import (
    FILE_PERSON,
    OF_FILE,
    ConflictFound,
    FileEdited,
    ItemAdded,
    ItemNested,
    ItemWritten,
    LinkInTemplate,
    StandsIn,
    TopicFound,
    TopicWritten,
)
from bot.core.merge.conflict import Conflict
from bot.core.merge.template_lines import as_committed
from bot.core.model import Item
from bot.services.drafting.asked_elsewhere import asked_elsewhere
from bot.services.drafting.conflict_keys import conflict_key
from bot.services.drafting.found_edits import Apart, FoundEdits
from bot.services.drafting.hidden_lines import written_by
from bot.services.drafting.past_render import PastRender, edits_prefix
from bot.services.drafting.rendering import Drafting, Rendered
from bot.services.drafting.said_apart import SaidApart
from bot.services.drafting.said_over import Question, name_of, said_of_lifted, said_over
from bot.services.ports import Draft, Person
from bot.services.show import Show

ROUNDS = 3
"""Times that the episode is compared with the file; the first does it all but for odd files."""

_TOPICS = (TopicFound, TopicWritten, TopicMoved, TopicRemoved)


class FileEdits:
    """Takes what people did to a draft's file into the log."""

    def __init__(self, *, show: Show, drafting: Drafting, former: PastRender) -> None:
        self._show = show
        self._drafting = drafting
        self._former = former
        self._apart = SaidApart(show=show, drafting=drafting, former=former)

    async def record(
        self, draft: Draft, rendered: Rendered | None, *, last: Draft | None
    ) -> tuple[FoundEdits, Draft]:
        """Store what people did since the `last` draft, once however often it is asked for.

        The draft comes back with the ids of what they wrote. `rendered` is what the episode gave
        at the draft, where that is known.
        """
        outline = await self._former.outline(draft, with_edits=False)
        before = outline.episode.fields
        waiting = {item.id for item in outline.episode.waiting_items()}
        by = FILE_PERSON + (draft.people[0] if draft.people else "")
        at = max(draft.at, outline.newest)
        rendered = rendered or await self._former.render(draft, outline)
        draft = _known_by_now(draft, outline)
        keys = fields_of_keys(outline.episode, rendered.text)
        former, now = await self._within_others(last, draft, outline, rendered)
        events, owners = await self._deeds(draft, outline, rendered, former, by=by, at=at)
        lifted = list(said_of_lifted(outline, events, former, now))
        if last is not None:
            put = await self._apart.put_elsewhere(
                last, replace(draft, owners=owners), outline, events
            )
            more = [
                Event(f"{edits_prefix(draft)}{number:04}", draft.episode, at, by, what)
                for number, what in enumerate(put, len(events) + 1)
            ]
            outline.extend(more)
            events += more
        known = replace(draft, owners=owners, conflicts=_to_choose(draft, outline))
        conflicts = [
            Event(key, draft.episode, at, by, self._apart.put_into(known, outline, what, was))
            for key, what, was in _merge_conflicts(known, before, keys, events, owners, waiting)
        ]
        if events:
            edited = FileEdited(draft.path, draft.before, draft.blob, draft.edit, len(events))
            events.insert(0, Event(f"{edits_prefix(draft)}0000", draft.episode, at, by, edited))
        merged = [one.what for one in conflicts if isinstance(one.what, ConflictFound)]
        apart, asked = await self._asked(last, known, outline, merged, lifted)
        conflicts += [Event(key, draft.episode, at, by, found) for key, found in asked]
        if events or conflicts:
            await self._show.people.meet([Person(by, draft.people[0] if draft.people else "")])
            stored = await self._show.log.record([*events, *conflicts])
            conflicts = [one for one in conflicts if any(one.key == it.key for it in stored)]
        alone = await self._alone_now(last, known, outline) if last is not None else []
        named = (*(event.key for event in conflicts), *alone)
        deeds = [event.what for event in events]
        edits = _counted(draft, deeds, named)
        places = moved_in_both(outline.episode, _done_since(last, outline), deeds)
        return replace(edits, apart=apart, places=tuple(places)), known

    async def _asked(
        self,
        last: Draft | None,
        draft: Draft,
        outline: Outline,
        merged: Sequence[ConflictFound],
        lifted: Sequence[Question],
    ) -> tuple[Apart, Sequence[Question]]:
        """Return what was said of what had left the file, and all to ask but what is `merged`."""
        profile = self._former.profile(draft)
        over = await said_over(outline, draft, drafting=self._drafting, profile=profile)
        others = (*over, *lifted, *asked_elsewhere(outline, draft))
        if last is None:
            return Apart(), others
        known = [*merged, *(found for _, found in others)]
        apart = await self._apart.found(last, draft, outline, known)
        return apart, (*apart.asked, *others)

    async def _alone_now(self, last: Draft, draft: Draft, outline: Outline) -> list[str]:
        """Return the keys of questions about what stood in another one's lines, which are gone.

        Hosts are told of them anew, as they are about that alone. What a locked line had below it
        is known by itself in what is left of the `last` draft.
        """
        asked = {
            key: found.about
            for key, (_, found) in outline.conflicts().items()
            if found.had and found.about in draft.owners
        }
        locked = outline.locked_since(last.seq) if asked else set[str]()
        before = (await self._former.outline(last) if locked else outline).index()
        within = {
            one
            for one in asked.values()
            if any(born_of(upper) in locked for upper in before.above(one))
        }
        alone = set(written_by(last).owners) - within
        return [key for key, one in asked.items() if one not in alone]

    async def _within_others(
        self, last: Draft | None, draft: Draft, outline: Outline, rendered: Rendered
    ) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """Return the texts of what was a part of another's at the `last` draft, and those by now.

        Those that stood below one, and those that people had joined with one whose lines say them
        no more.
        """
        if last is None or not draft.people:
            return {}, rendered.nested
        was = await self._apart.joined_at(last, draft, outline)
        nested = (await self._former.rendered(last)).nested
        joined = {one: text for one, (text, _) in was.items()}
        now = {one: text for one, (_, text) in was.items()}
        return {**joined, **nested}, {**now, **rendered.nested}

    async def _deeds(
        self,
        draft: Draft,
        outline: Outline,
        rendered: Rendered,
        former: Mapping[str, str],
        *,
        by: str,
        at: int,
    ) -> tuple[list[Event], tuple[str | None, ...]]:
        """Compare the episode with the file until they are the same."""
        profile = self._former.profile(draft)
        file = Side(_with_leading_times(draft.committed, profile.times), draft.owners)
        both = {item: (_plain(was), _plain(now)) for item, (was, now) in draft.both.items()}
        # What the chat took away, and people had changed, comes back with their words in it.
        both |= {one.owner: (_base(one, profile.times), "") for one in draft.conflicts
                 if one.owner is not None and not one.ours}  # fmt: skip
        events: list[Event] = []
        given: Rendered | None = rendered
        for _ in range(ROUNDS):
            given = given or await self._former.render(draft, outline)
            # What the template makes of what they did is not in the file yet.
            side = as_committed(given.side, rendered.side, draft.committed)
            deeds, file = detect(
                given.episode,
                Side(_with_leading_times(side.text, profile.times), side.owners),
                file,
                names=outline.names(),
                sub_level=profile.headings[1],
                prefix=edits_prefix(draft),
                count=len(events),
                both=both,
                nested=given.nested,
                away=await self._away(draft, given, file),
                lost=former,
            )
            if not deeds:
                await self._former.keep(draft, given, given=rendered)
                break
            given = None
            new = [Event(key, draft.episode, at, by, what) for key, what in deeds]
            outline.extend(new)
            events += new
        return events, file.owners

    async def _away(self, draft: Draft, rendered: Rendered, file: Side) -> dict[str, str]:
        """Return the text of what was taken out or waits, and stands in the file still.

        People's words brought that back: they are put over what it was, so that an edit of its
        message goes into them.
        """
        profile, there = self._former.profile(draft), set(file.owners)
        return {
            item.id: await self._drafting.item_text(item, profile=profile, lookups=draft.lookups)
            for item in (*rendered.episode.removed, *rendered.episode.waiting_items())
            if item.id in there
        }


def _known_by_now(draft: Draft, outline: Outline) -> Draft:
    """Return a draft with lines that another message gives by now as that one's.

    People changed them in the file, so they were kept as what they had been.
    """

    def now(owner: str | None) -> str | None:
        given = outline.given(owner) if owner and not owner.startswith(OF_FILE) else None
        is_there = isinstance(given, Item) and given.id in draft.owners
        return given.id if isinstance(given, Item) and not is_there else owner

    names = {
        owner: now(owner) for owner in {*draft.owners, *(one.owner for one in draft.conflicts)}
    }
    return replace(
        draft,
        owners=tuple(names[owner] for owner in draft.owners),
        conflicts=tuple(replace(one, owner=names[one.owner]) for one in draft.conflicts),
        both={names.get(item) or item: texts for item, texts in draft.both.items()},
    )


def _merge_conflicts(
    draft: Draft,
    before: Mapping[str, object],
    keys: Mapping[str, str],
    events: Iterable[Event],
    owners: tuple[str | None, ...],
    waiting: Collection[str],
) -> Iterator[tuple[str, ConflictFound, str]]:
    """Yield the conflicts of a draft's merges that somebody can settle in the chat, by their keys.

    Each comes with what both sides had. `before` are the episode's fields as they were, `keys` name
    those that keys show, `waiting` has the ids of the items that wait.
    """
    fields = {event.what.name for event in events if isinstance(event.what, FieldSet)}
    for one in draft.conflicts:
        name = keys.get(one.name, one.name)
        found = _conflict(one, name, before.get(name) if name in fields else None)
        if found is not None:
            about = _id_in_file(one, owners) or found.about
            later = found.thing == "item" and found.about in waiting
            key = conflict_key(one.owner or one.name, one.base, one.ours, one.theirs)
            yield key, replace(found, about=about, later=later), _plain(one.base)


def _to_choose(draft: Draft, outline: Outline) -> tuple[Conflict, ...]:
    """Return the conflicts of which there is something to choose.

    Where people put an item's link into one of the template's lines, hosts are told what they said
    of it.
    """
    links = outline.episode.in_template
    return tuple(
        one
        for one in draft.conflicts
        if one.owner is None
        or one.theirs
        or not one.ours
        or not is_put_there(outline.given(one.owner), links)
    )


def _id_in_file(conflict: Conflict, owners: tuple[str | None, ...]) -> str | None:
    """Return the id of what stands in the file: people's own, where the chat has it no more."""
    is_there = conflict.kind != "front-matter" and conflict.height
    return owners[conflict.line] if is_there else None


def _conflict(conflict: Conflict, field: str, value: object) -> ConflictFound | None:
    """Return the event of a conflict that somebody can settle in the chat.

    Of front matter that is what shows a `field` that people set; `value` is what it was.
    """
    base, ours, theirs = (_plain(one) for one in (conflict.base, conflict.ours, conflict.theirs))
    if conflict.kind == "front-matter":
        if not isinstance(value, str):
            return None
        return ConflictFound("field", field, field, value, theirs)
    if conflict.owner is None:
        return None
    if conflict.kind == "topic":
        ours, theirs, name = _title(ours), _title(theirs), one_line(conflict.name)
        return ConflictFound("topic", conflict.owner, name, ours, theirs)
    return ConflictFound("item", conflict.owner, name_of(theirs or base or ours), ours, theirs)


def _base(conflict: Conflict, times: HeadingTime) -> str:
    """Return what an item was, or the name that a topic had."""
    base = _plain(conflict.base)
    return _title(_with_leading_times(base, times)) if conflict.kind == "topic" else base


def _title(heading: str) -> str:
    return next((piece.title for piece in read(heading)), "")


def _with_leading_times(text: str, times: HeadingTime) -> str:
    if times == HeadingTime():
        return text
    # Loaded here because most sites have times before titles, or none.
    from bot.core.chapters.retime import with_leading_times

    return with_leading_times(text, times)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")


def _done_since(last: Draft | None, outline: Outline) -> Iterator[What]:
    """Yield what hosts did by command since the `last` draft, and did not undo."""
    if last is None:
        return
    for event in outline.commands():
        is_hosts = not event.key.startswith(OF_FILE) and not outline.undone(event.key)
        if event.seq > last.seq and is_hosts:
            yield event.what


def _counted(draft: Draft, deeds: list[What], conflicts: tuple[str, ...]) -> FoundEdits:
    topics = {_about(what) for what in deeds if isinstance(what, _TOPICS)}
    fields = {what.name for what in deeds if isinstance(what, FieldSet)}
    items = {
        _about(what)
        for what in deeds
        if not isinstance(what, (*_TOPICS, FieldSet, FileEdited, StandsIn, LinkInTemplate))
        and not _is_form(what)
        # What they wrote below another item is counted where it was added.
        and not (isinstance(what, ItemNested) and what.item.startswith(edits_prefix(draft)))
    }
    return FoundEdits(
        people=draft.people,
        links=len(items),
        topics=len(topics),
        fields=len(fields),
        conflicts=conflicts,
    )


def _is_form(what: What) -> bool:
    """Return whether what was written in the file says what stood there, in another form."""
    return isinstance(what, ItemWritten) and same_but_for_form(what.was or "", what.now)


def _about(what: What) -> object:
    """Return what tells the things apart that something was done to."""
    if isinstance(what, ItemAdded | TopicFound):
        return what
    return getattr(what, "item", None) or getattr(what, "topic", None)
