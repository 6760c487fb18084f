"""The commands by which hosts change an episode. Each becomes one event, which undo can skip."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from typing import Any

from bot.core.document.version import Side
from bot.core.episode import find
from bot.core.episode.fields import FIELDS, one_line, parse_field
from bot.core.episode.find import Named
from bot.core.episode.neighbours import between, items_in, topic_of
from bot.core.events import (
    EpisodeClosed,
    EpisodeReopened,
    Event,
    FieldSet,
    ItemMoved,
    ItemNoted,
    ItemRemoved,
    ItemRestored,
    ItemRetitled,
    Redone,
    TopicAdded,
    TopicMerged,
    TopicMoved,
    TopicRemoved,
    TopicRenamed,
    Undone,
    What,
)
from bot.core.file_edits.template_links import line_that_says
from bot.core.grammar.message import secrets_in
from bot.core.grammar.topic_name import same_name
from bot.core.model import Episode, Item, links_within
from bot.core.urls import fingerprint
from bot.errors import CommandError, TemplateError
from bot.services.desk.audio_field import weigh
from bot.services.desk.deeds import Deed, Deeds, deeds_of
from bot.services.desk.episode_checks import EpisodeChecks
from bot.services.desk.late_links import LateLinks
from bot.services.desk.named_thing import named_link, named_thing, named_topic
from bot.services.desk.nested_items import with_below
from bot.services.desk.one_at_a_time import one_at_a_time
from bot.services.desk.topic_place import FRONT, topic_place
from bot.services.drafting.rendering import Drafting, EpisodeView
from bot.services.episodes import EpisodeRecord, opening
from bot.services.field_names import field_name
from bot.services.lookup_reasons import reason_shown
from bot.services.lookups import Lookups
from bot.services.request import Answer, Request
from bot.services.show import Show


class Edits:
    """Turns what hosts ask for, in the words of the moment, into events that name ids."""

    def __init__(
        self, *, show: Show, drafting: Drafting, lookups: Lookups, late: LateLinks
    ) -> None:
        self._show = show
        self._late = late
        self._drafting = drafting
        self._lookups = lookups
        self._checks = EpisodeChecks(show)

    # --- episodes ------------------------------------------------------------------------------

    @one_at_a_time
    async def episode_start(
        self, request: Request, *, number: str | None = None, title: str | None = None
    ) -> Answer:
        """Open the next episode, or reopen the one with that number.

        Where one is open already, the new one is the channel's own.
        """
        if number is not None:
            parsed = parse_field("number", number)
            number = str(parsed) if parsed is not None else None
            for episode, used in (await self._show.numbers()).items():
                if used == number:
                    return await self._reopen(request, episode, number)
        record = await self._show.episodes.current(request.channel)
        channel = None
        if record.opened is not None:
            if record.channel == request.channel:
                raise CommandError("desk.channel-has-its-own", number=await self._number(record))
            channel = request.channel
            record = self._show.episodes.add()
        if number is not None:
            await self._checks.check_number(number, record)
        number = number or await self._show.next_number()
        by, at = request.person.id, request.at
        events = [opening(record, number, by=by, at=at, channel=channel)]
        if title is not None:
            named = _without_secret(FieldSet("title", title))
            events.append(Event(request.key, record.id, at, by, named))
        await self._show.people.meet([request.person])
        await self._show.log.record(events)
        return Answer(request.say("started-own" if channel else "started", number=number))

    async def _reopen(self, request: Request, episode: str, number: str) -> Answer:
        for record in [one for one in await self._show.episodes.all() if one.id == episode]:
            if record.closed is None:
                here = await self._show.episodes.current(request.channel)
                name = "desk.is-open" if here.id == episode else "desk.number-taken"
                raise CommandError(name, number=number)
            await self._checks.check_may_open(record)
        event = Event(request.key, episode, request.at, request.person.id, EpisodeReopened())
        await self._show.log.record([event])
        return Answer(request.say("reopened", number=number))

    async def episode_set(self, request: Request, *, field: str, value: str) -> Answer:
        """Set a field of the episode; an empty value takes it away."""
        name = field.strip().lower()
        name = next((one for one in FIELDS if name == request.say(f"field-{one}")), name)
        known = field_name(name, request.language)
        parsed = parse_field(name, value, self._show.profile.fields, called=known)
        record = await self._set(request, name, parsed)
        if parsed is None:
            return Answer(request.say("field-taken-away", field=known))
        words = parsed if isinstance(parsed, list) else find.shortened(str(parsed))
        text = request.say("field-set", field=known, value=words)
        if name == "audio":
            show, lookups = self._show, self._lookups
            text += await weigh(request, record.id, str(parsed), show=show, lookups=lookups)
        if name.partition(".")[0] not in self._show.profile.field_names:
            text += "\n" + request.say("field-not-shown", field=known)
        return Answer(text)

    @one_at_a_time
    async def _set(self, request: Request, name: str, parsed: object) -> EpisodeRecord:
        """Set a field to a value that was read, if that may be; return the episode that has it."""
        record = await self._show.episodes.current(request.channel)
        if name == "number":
            if parsed is None:
                raise CommandError("desk.number-needed")
            await self._checks.check_number(str(parsed), record)
        elif parsed is not None:
            self._checks.check_field(name)
        await self._do(request, FieldSet(name, parsed))
        return record

    @one_at_a_time
    async def episode_fill(self, request: Request, *, fields: Mapping[str, Any]) -> None:
        """Set several fields at once, as a file gives them; what is so already stays."""
        record = await self._show.episodes.current(request.channel)
        if "number" in fields:
            await self._checks.check_number(str(fields["number"]), record)
        first = await self._show.opening(record, by=request.person.id, at=request.at)
        known = (await self._show.log.outline(record.id)).episode.fields
        by, at = request.person.id, request.at
        events = [
            Event(f"{request.key}:{name}", record.id, at, by, FieldSet(name, value))
            for name, value in fields.items()
            if known.get(name) != value
        ]
        await self._show.log.record([*first, *events])

    async def episode_close(self, request: Request) -> Answer:
        """Close the episode, and say what is in no file; the next kept message opens the next."""
        episode, closed = await self._close(request)
        return await self._late.answer(request, episode, closed)

    @one_at_a_time
    async def _close(self, request: Request) -> tuple[str, str]:
        """Close the episode; return its id, and what is said of it."""
        record = await self._show.episodes.current(request.channel)
        if record.opened is None:
            raise CommandError("desk.nothing-open")
        await self._do(request, EpisodeClosed())
        after = await self._show.episodes.current(request.channel)
        numbers = {"number": await self._number(record), "other": await self._number(after)}
        return record.id, request.say("closed-other-open" if after.is_open else "closed", **numbers)

    async def _number(self, record: EpisodeRecord) -> str:
        return (await self._show.numbers()).get(record.id, "?")

    # --- topics --------------------------------------------------------------------------------

    @one_at_a_time
    async def topic_add(
        self, request: Request, *, name: str, after: str | None = None, under: str | None = None
    ) -> Answer:
        """Add a topic, or a sub-topic under one; what follows in the channel goes there."""
        name = _one_line(name)
        episode = await self._episode(request)
        host = self._topic(under, episode).id if under else None
        if host is None or after:
            behind, before = topic_place(after, None, episode, under=host)
        else:
            behind = before = None
        await self._do(request, TopicAdded(name, request.channel, host, behind, before))
        return Answer(request.say("topic-added", topic=name))

    @one_at_a_time
    async def topic_rename(self, request: Request, *, topic: str, name: str) -> Answer:
        """Rename a topic; its former name still leads to it."""
        name = _one_line(name)
        episode = await self._episode(request)
        found = self._topic(topic, episode)
        for other in find.topics(episode):
            if other.id != found.id and same_name(other.words) == same_name(name):
                raise CommandError("desk.topic-exists", topic=other.label, renamed=found.label)
        await self._do(request, TopicRenamed(found.id, name))
        return Answer(request.say("topic-renamed", topic=found.label, name=name))

    @one_at_a_time
    async def topic_move(
        self, request: Request, *, topic: str, after: str | None = None, before: str | None = None
    ) -> Answer:
        """Move a topic behind or before another; to the end where neither is named."""
        episode = await self._episode(request)
        found = self._topic(topic, episode)
        behind, ahead = topic_place(after, before, episode, moving=found.id)
        await self._do(request, TopicMoved(found.id, behind, ahead))
        return Answer(request.say("topic-moved", topic=found.label))

    @one_at_a_time
    async def topic_merge(self, request: Request, *, topic: str, into: str) -> Answer:
        """Put all that a topic holds at the end of another."""
        episode = await self._episode(request)
        found, target = self._topic(topic, episode), self._topic(into, episode)
        if found.id == target.id:
            raise CommandError("desk.same-topic", topic=found.label)
        lost = find.headings_lost(found.id, target.id, episode)
        if target.id in lost:
            raise CommandError("desk.own-subtopic", topic=found.label, into=target.label)
        await self._do(request, TopicMerged(found.id, target.id))
        said = request.say("topic-merged", topic=found.label, into=target.label)
        gone = request.say("topic-merged-without", names=[*lost.values()])
        return Answer(f"{said}\n{gone}" if lost else said)

    @one_at_a_time
    async def topic_remove(self, request: Request, *, topic: str) -> Answer:
        """Take a topic's heading away; what it held falls to the topic before."""
        found = self._topic(topic, await self._episode(request))
        await self._do(request, TopicRemoved(found.id))
        return Answer(request.say("topic-removed", topic=found.label))

    # --- links ---------------------------------------------------------------------------------

    @one_at_a_time
    async def link_move(
        self,
        request: Request,
        *,
        link: str,
        topic: str | None = None,
        after: str | None = None,
        before: str | None = None,
    ) -> Answer:
        """Move a link to a topic, behind or before another link; to the end where none is named."""
        view = await self._view(request)
        episode = view.episode
        found = named_link(link, view)
        behind = named_link(after, view).id if after and after not in FRONT else None
        ahead = named_link(before, view).id if before else None
        if topic:
            target = self._topic(topic, episode).id
        else:
            target = topic_of(behind or ahead or found.id, episode)
        row = [one.id for one in items_in(target, episode)]
        if after in FRONT and row:
            ahead = row[0]
        place = between(row, behind, ahead, moving=found.id)
        await self._do(request, ItemMoved(found.id, target, *place))
        into = next((one.name for one in episode.sections() if one.id == target), "")
        moved = request.say("link-moved", link=found.label, topic=into or "–")
        return Answer(with_below(moved, "goes-along", found.id, view, request.language))

    @one_at_a_time
    async def link_retitle(self, request: Request, *, link: str, title: str) -> Answer:
        """Have a link bear the title that a host typed."""
        title = _one_line(title)
        view = await self._view(request)
        episode = view.episode
        found = named_link(link, view)
        below = episode.below(found.id)
        meant = find.link_to_title(_item(found.id, episode), below, link)
        if meant is None:
            raise CommandError("desk.has-no-link", link=found.label)
        item, address = meant[0], fingerprint(meant[1].canonical)
        await self._do(request, ItemRetitled(item, address, title))
        return Answer(request.say("link-retitled", link=found.label, title=title))

    async def link_refresh(self, request: Request, *, link: str) -> Answer:
        """Ask again for the titles of a link's addresses; those that hosts gave stay."""
        view = await self._view(request)
        episode = view.episode
        found = named_link(link, view)
        asked = [one for one in links_within(_item(found.id, episode).content) if one.title is None]
        if not asked:
            raise CommandError("desk.titled-by-host", link=found.label)
        lines = []
        for one in asked:
            lookup = await self._lookups.find(one, refresh=True)
            shown = find.shortened(one.url, 80)
            if lookup.title is not None:
                lines.append(request.say("refreshed", link=shown, title=lookup.title))
            else:
                reason = reason_shown(lookup.error or "empty", request.language)
                lines.append(request.say("refreshed-none", link=shown, reason=reason))
        return Answer("\n".join(lines))

    @one_at_a_time
    async def link_note(self, request: Request, *, link: str, text: str) -> Answer:
        """Add a note below a link; behind a sentence, below which none can stand, as a bullet."""
        found = named_link(link, await self._view(request))
        if not text.strip():
            raise CommandError("desk.nothing-given")
        record = await self._show.episodes.current(request.channel)
        below = (await self._show.log.outline(record.id)).takes_notes(found.id)
        await self._do(request, ItemNoted(found.id, text))
        return Answer(request.say("link-noted" if below else "noted-behind", link=found.label))

    @one_at_a_time
    async def link_remove(self, request: Request, *, link: str) -> Answer:
        """Take a link out of the draft; it can be brought back."""
        view = await self._view(request)
        found = named_link(link, view)
        await self._do(request, ItemRemoved(found.id))
        removed = request.say("link-removed", link=found.label)
        return Answer(with_below(removed, "stays", found.id, view, request.language))

    @one_at_a_time
    async def link_restore(self, request: Request, *, link: str) -> Answer:
        """Bring back a link that was taken out, or whose message was deleted."""
        view = await self._view(request)
        among = find.removed(view.episode, view.titles)
        found = named_thing(link, among, missing="desk.no-such-removed")
        holder = (await self._show.log.outline(view.episode.id)).holder(found.id)
        for one in (*find.topics(view.episode), *find.items(view.episode, view.titles)):
            if one.id == holder and find.says(one, found):
                raise CommandError("desk.stands-in-another", link=found.label, other=one.label)
        if line := await self._line_that_says(view.episode, found):
            raise CommandError("desk.stands-in-another", link=found.label, other=line)
        await self._do(request, ItemRestored(found.id))
        return Answer(request.say("link-restored", link=found.label))

    async def _line_that_says(self, episode: Episode, found: Named) -> str | None:
        """Return the words of the template's line into which people put a thing."""
        drafts = await self._show.store.drafts(episode.id)
        if not drafts:
            return None
        item = next(one for one in episode.removed if one.id == found.id)
        said = await self._drafting.item_text(item, profile=self._show.profile, lookups={})
        try:
            rendered = (await self._drafting.rendered(episode.id)).side
        except TemplateError:  # then it is not known which lines are the template's
            return None
        line = line_that_says(said, rendered, Side(drafts[-1].committed, drafts[-1].owners))
        return None if line is None else find.shortened(line)

    # --- undo ----------------------------------------------------------------------------------

    @one_at_a_time
    async def undo(self, request: Request, *, what: str | None = None) -> Answer:
        """Take back a command: one's own last, or the one that is named."""
        deeds, deed = await self._deed(request, what, undone=False)
        together = [deed] if what else deeds.together(deed, undone=False)
        await self._do(request, *(Undone(one.event.key) for one in together))
        return Answer(request.say("undone", deed=_said(deeds, together, request.language)))

    @one_at_a_time
    async def redo(self, request: Request, *, what: str | None = None) -> Answer:
        """Let a command that was taken back count again: the one that was taken back last."""
        deeds, deed = await self._deed(request, what, undone=True)
        together = [deed] if what else deeds.together(deed, undone=True)
        await self._do(request, *(Redone(one.event.key) for one in together))
        return Answer(request.say("redone", deed=_said(deeds, together, request.language)))

    async def _deed(
        self, request: Request, what: str | None, *, undone: bool
    ) -> tuple[Deeds, Deed]:
        """Find a deed by its key, its number or its words; without any, one's own last."""
        record = await self._show.episodes.current(request.channel)
        deeds = await deeds_of(self._show, self._drafting, record.id)
        among = deeds.are(undone=undone)
        if what:
            typed = unicodedata.normalize("NFKC", what).strip().removesuffix(".")
            for deed in reversed(among):
                words = deeds.words(deed, request.language)
                if what == deed.event.key or typed == str(deed.number) or what.endswith(words):
                    return deeds, deed
            raise CommandError("desk.no-such-deed", typed=find.shortened(what))
        if undone:
            outline = await self._show.log.outline(record.id)
            order = [event.key for event in outline.to_redo(request.person.id)]
            among = sorted(
                (one for one in among if one.event.key in order),
                key=lambda one: order.index(one.event.key),
            )
        else:
            among = [one for one in among if one.event.by == request.person.id]
        if among:
            return deeds, among[-1]
        raise CommandError("desk.nothing-to-redo" if undone else "desk.nothing-to-undo")

    async def _do(self, request: Request, *deeds: What) -> None:
        """Store what a host did, in the channel's episode, opened first if need be."""
        for what in deeds:
            _without_secret(what)
        record = await self._show.episodes.current(request.channel)
        by, at = request.person.id, request.at
        await self._show.people.meet([request.person])
        first = await self._show.opening(record, by=by, at=at)
        done = [
            Event(f"{request.key}:{number}" if number else request.key, record.id, at, by, what)
            for number, what in enumerate(deeds)
        ]
        await self._show.log.record([*first, *done])

    async def _view(self, request: Request) -> EpisodeView:
        record = await self._show.episodes.current(request.channel)
        return await self._drafting.view(record.id)

    async def _episode(self, request: Request) -> Episode:
        return (await self._view(request)).episode

    def _topic(self, typed: str, episode: Episode) -> Named:
        return named_topic(typed, find.topics(episode))


def _said(deeds: Deeds, together: Sequence[Deed], language: str) -> str:
    count = f" ×{len(together)}" if len(together) > 1 else ""
    return deeds.words(together[0], language) + count


def _without_secret(what: What) -> What:
    """Refuse to store an address that carries a secret, in whatever a command says."""
    hosts = secrets_in("\n".join(map(str, astuple(what))))
    if hosts:
        raise CommandError("desk.secret-left-out", hosts=hosts)
    return what


def _item(identity: str, episode: Episode) -> Item:
    return next(item for item in episode.items() if item.id == identity)


def _one_line(text: str) -> str:
    line = one_line(text)
    if not line:
        raise CommandError("desk.nothing-given")
    return line
