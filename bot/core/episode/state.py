"""The episode as it is put together: what messages give, and what commands do to it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal

from bot.core.episode.added_items import add_item
from bot.core.episode.asked_within import asked_of, bullet_that_says, hold, know, let_go, take_place
from bot.core.episode.builder import EpisodeBuilder
from bot.core.episode.fields import with_field
from bot.core.episode.item_index import links_of
from bot.core.episode.message_items import MessageItems
from bot.core.episode.sections import InsertionPoint, PlacedItem, is_bullet
from bot.core.episode.stands_in import holder, line_of
from bot.core.episode.template_links import TemplateLinks
from bot.core.episode.twins import FOREVER, TO_ITEMS, Held, Twins, going_along
from bot.core.episode.waiting import (
    carry_item,
    carry_topic,
    postpone_item,
    postpone_topic,
    put_off_again,
    waiting,
)
from bot.core.events import (
    EpisodeClosed,
    EpisodeOpened,
    EpisodeReopened,
    Event,
    FieldSet,
    ItemMoved,
    ItemNoted,
    ItemReaddressed,
    ItemRemoved,
    ItemRestored,
    ItemRetitled,
    Message,
    TopicAdded,
    TopicMerged,
    TopicMoved,
    TopicRemoved,
    TopicRenamed,
)
from bot.core.file_events import (
    OF_FILE,
    ConflictFound,
    ConflictSettled,
    ItemAdded,
    ItemNested,
    ItemWritten,
    LinkInTemplate,
    StandsIn,
    TopicFound,
    TopicWritten,
)
from bot.core.grammar.message import parse_note
from bot.core.later.events import ItemCarried, ItemPostponed, TopicCarried, TopicPostponed
from bot.core.model import Episode, Heading, Item
from bot.core.recording.events import CutMarked, RecordingSet, TopicSkipped, TopicTimed
from bot.core.recording.recording import Recording

Outcome = Literal["kept", "already", "talk"]


class EpisodeState:
    """What the events come to that were applied, in their order."""

    def __init__(self, lifted: Callable[[str], int | None]) -> None:
        self.builder = EpisodeBuilder(lifted)
        self.fields: dict[str, Any] = {}
        self.conflicts: dict[str, ConflictFound] = {}
        self.numbers: dict[str, int] = {}
        self.asked: dict[str, int] = {}  # when conflicts were found
        self.stands_in: dict[str, Event] = {}
        self.gone: set[str] = set()
        """What the chat took out, with its message or alone, and nobody brought back."""
        self.deleted: dict[str, int] = {}  # when messages were
        self.parted: set[str] = set()  # what stood in a line that went, and was not gone itself
        self.in_template = TemplateLinks()
        self.twins = Twins()
        self.marked: set[str] = set()  # the messages of which a host wants all
        self.opened: int | None = None
        self.closed = False
        self.outcomes: dict[str, Outcome] = {}
        self.recording = Recording()

    def episode(self, identity: str) -> Episode:
        """Return the episode as it stands, under an id."""
        links, taken = self.in_template, self.builder.taken.items()
        return Episode(
            id=identity,
            topics=self.builder.view(),
            fields=self.fields,
            removed=tuple(entry.item for one, entry in taken if not links.stands_for(one)),
            waiting=waiting(self.builder),
            nested=self.builder.nested(),
            in_template=frozenset(links.links),
            already=tuple(links.already.values()),
            opened=self.opened,
            closed=self.closed,
            recording=self.recording,
        )

    def give(self, message: Message, given: MessageItems) -> None:
        """Put what a message gives in its place."""
        builder = self.builder
        if given.marked:
            self.marked.add(message.id)
        if message.reply_to is not None:
            builder.replies[message.id] = message.reply_to
        if self._note(message, given):
            return
        self._wait(message, given)
        section = builder.come(message, given.lost, is_talk=given.is_talk)
        if given.parts:
            is_noted = given.note is not None and message.reply_to in builder.lasts
            follows = given.follows or is_noted
            place = builder.place(message, section, follows=follows)
            for identity, part in given.parts:
                if isinstance(part, Heading):
                    place = InsertionPoint(builder.heading(identity, part, message))
                    self.outcomes[message.id] = "kept"
                else:
                    self._put(part, place, given)
                    for event in self.twins.woken(identity):
                        self.obey(event)
            section = place.section
            if not given.gone and (self.opened is None or message.at < self.opened):
                self.opened = message.at
        if section is not None:
            builder.stood[message.id] = section

    def _note(self, message: Message, given: MessageItems) -> bool:
        """Put talk that replies to an item below it; return whether that could be."""
        target = self.builder.lasts.get(message.reply_to or "")
        if target is None:
            return False
        changed = message.stamp if given.note is not None else given.went
        self.builder.note_anew(target, message.at, changed)
        if given.note is None or not target.takes_notes:
            return False
        self.builder.annotate(target, given.note, message.by)
        self.builder.tails[message.id] = self.builder.lasts[message.id] = target
        self.builder.stood[message.id] = target.section
        self.outcomes[message.id] = "kept"
        return True

    def _wait(self, message: Message, given: MessageItems) -> None:
        """Have links that a message does not give any more be another one's that does, or wait."""
        if given.gone:
            self.deleted[message.id] = given.went or 0
        for held in given.held:
            first = self.builder.first_with(held.address)
            if first is None:
                self.twins.wait(held)
            else:
                went = given.went if held.until == FOREVER else held.until
                self.builder.note_anew(first, first.item.at, went)
                self._stand_for(held, first)

    def _put(self, item: Item, place: InsertionPoint, given: MessageItems) -> None:
        builder, links, first = self.builder, links_of(item.content), None
        if len(links) == 1 and not given.marked and not given.gone:
            first = builder.first_with(links[0].canonical)
            if first is None and self.in_template.have(item):
                self._put_without_link(item, place)
                return
        if first is None:
            builder.put(item, links, place, alive=not given.gone)
            if given.gone and (stands := self.twins.stands_for(item.id, item.stamp)) is not None:
                builder.entries[item.id] = builder.entries[stands]
                del builder.taken[item.id]
            elif given.gone:
                self.gone.add(item.id)
            else:
                self.outcomes[item.message] = "kept"
                if not given.marked:
                    self._take_over(item)
            return
        builder.come_again(item, first)
        if builder.say_again(first, item):  # only link lines have twins
            self.outcomes[item.message] = "kept"
            return
        builder.entitle(first, links[0])
        builder.entries[item.id] = first
        builder.lasts[item.message] = first
        builder.tails.setdefault(item.message, first)
        self.outcomes.setdefault(item.message, "already")

    def _take_over(self, item: Item) -> None:
        """Have a link be what earlier messages gave and do not by now, with what was done to it."""
        links = links_of(item.content)
        address = links[0].canonical if len(links) == 1 else ""
        for held, done in self.twins.taken_over(address, item):
            self._stand_for(held, self.builder.entries[item.id])
            is_asked = held.item in {one.about for one in self.conflicts.values()}
            for event in going_along(self.builder, held, done, is_asked=is_asked):
                self.obey(self.twins.directed(event, self.builder))

    def _stand_for(self, held: Held, entry: PlacedItem) -> None:
        """Have an item be what another one was once, or would be."""
        self.twins.stand(held, entry, self.builder)
        if held.until == FOREVER:
            self.gone.discard(held.item)

    def _put_without_link(self, item: Item, place: InsertionPoint) -> None:
        """Put in what was said with a link that stands in the template's line."""
        left = self.in_template.leave(item)
        shown = left or item
        self.builder.put(shown, links_of(shown.content), place, alive=left is not None)
        self.outcomes.setdefault(item.message, "already" if left is None else "kept")

    # --- commands ------------------------------------------------------------------------------

    def obey(self, event: Event) -> None:
        self.see(event)
        obey = _OBEY.get(type(event.what))
        if obey is not None:
            obey(self, event, event.what)

    def see(self, event: Event) -> None:
        """Have what somebody does to an item outlive its message, and what is above it."""
        if isinstance(event.what, TO_ITEMS):
            item, by_hand = event.what.item, event.key.startswith(OF_FILE)
            entry, is_there = self.builder.meant(item), item in self.builder.entries
            self.twins.see(event, entry.item.id if entry else item, is_there=is_there)
            if isinstance(event.what, ItemRetitled | ItemReaddressed) and self.builder.hosts(item):
                return  # in the others' texts it is so, too
            self.builder.keep_apart(item, event.at if by_hand else None)

    def _open(self, event: Event, what: EpisodeOpened) -> None:
        self.fields = {"number": what.number, **self.fields}  # a host's word stands above
        self.opened = min(self.opened or event.at, event.at)

    def _close(self, _: Event, what: EpisodeClosed | EpisodeReopened) -> None:
        self.closed = isinstance(what, EpisodeClosed)

    def _set(self, _: Event, what: FieldSet) -> None:
        self.fields = with_field(self.fields, what.name.split("."), what.value)

    def _record(self, event: Event, what: RecordingSet) -> None:
        self.recording = self.recording.put(what.state, what.moment or event.at)

    def _skip(self, _: Event, what: TopicSkipped) -> None:
        self.recording = self.recording.skip(what.topic)

    def _mark_cut(self, event: Event, what: CutMarked) -> None:
        self.recording = self.recording.marked(what.text, what.moment or event.at)

    def _time(self, event: Event, what: TopicTimed) -> None:
        before = self.recording
        section = self.builder.section(what.topic)
        if section is None:
            return
        self.recording = before.timed(section.id, what.moment or event.at, what.time)
        if self.recording is not before:
            self.builder.time_topic(section.id, self.recording.times[section.id], what.channel)

    def _annotate(self, event: Event, what: ItemNoted) -> None:
        entry = self.builder.meant(what.item)
        if entry is None:
            return
        notes = parse_note(what.text)
        if entry.alive or is_bullet(entry.item.content):
            alone = Item(event.key, entry.item.content, event.key, event.by, event.at)
            self.builder.say_of(entry, alone, notes)

    def _remove(self, event: Event, what: ItemRemoved) -> None:
        by_hand = event.key.startswith(OF_FILE)
        if not by_hand and not self.builder.is_another_since(what.item, event.at):
            self.gone.add(what.item)
        self.builder.remove_item(what, event.at)

    def _remove_topic(self, event: Event, what: TopicRemoved) -> None:
        if not event.key.startswith(OF_FILE):
            self.gone.add(what.topic)
        self.builder.remove_topic(what)

    def _restore(self, event: Event, what: ItemRestored) -> None:
        entry = self.builder.meant(what.item)
        if entry is not None and self.deleted.get(entry.item.message, 0) > event.at:
            return  # what was brought back goes with its message
        self.gone.discard(what.item)
        self.in_template.already.pop(what.item, None)
        self.builder.restore_item(what)
        if what.item in self.stands_in:  # posted again, it is there and in that line no more
            self.builder.claim_links(what.item)
        if entry is not None and entry.item.message in self.deleted:
            self._take_over(entry.item)

    def _stand_in(self, event: Event, what: StandsIn) -> None:
        """Keep where people put an item's words; where that is no more, it stands for itself."""
        if what.into != what.item:
            self.stands_in[what.item] = event
        builder = self.builder
        entry, into = builder.meant(what.item), builder.meant(what.into)
        is_in = not builder.is_another_since(what.item, event.at)  # else another link is there
        if is_in and into is not None and into.alive and entry is not None and not entry.alive:
            builder.register(into, links_of(entry.item.content))  # posted again, it is there
        if what.item in self.gone:
            return
        if not (builder.is_shown(what.into) or builder.is_below(what.item)):
            self.parted.add(what.item)
            builder.restore_item(ItemRestored(what.item))

    def _link_template(self, event: Event, what: LinkInTemplate) -> None:
        """Keep that a link stands in the template's line, and in no item: what has it is late."""
        self.in_template.put(what)
        entry = self.builder.living_with(what.link) if what.there else None
        if entry is None or entry.item.message in self.marked:
            return
        if not self.in_template.have(entry.item):
            return
        left = self.in_template.leave(entry.item)
        if left is None:
            self.builder.remove_item(ItemRemoved(entry.item.id), entry.item.stamp)
        else:
            self.builder.take_link(entry, left)

    def holder(self, item: str) -> str | None:
        """Return the item or topic in which people have an item's words, or its link, by now."""
        return holder(self.builder, self.stands_in, item)

    def line_of(self, item: str) -> str | None:
        """Return the item or topic that is shown and into which people put an item's words."""
        return line_of(self.builder, self.stands_in, item)

    def _disagree(self, event: Event, what: ConflictFound) -> None:
        self.numbers[event.key] = take_place(self.conflicts, self.numbers, what)
        self.conflicts[event.key] = what
        self.asked[event.key] = event.at
        if what.had and what.thing == "item":
            self._hold(event, what)

    def _hold(self, event: Event, what: ConflictFound) -> None:
        """Have what stands in another one's lines be by itself what the file has of it.

        Where those are gone, that is what stands until somebody chooses.
        """
        one, is_joined = what.about, False
        if not what.said:  # the chat took it out
            self.gone.discard(one)
            is_joined = self.line_of(one) is not None and not self.builder.is_below_others(one)
            self.parted |= set() if is_joined else {one}
        (know if is_joined else hold)(self.builder, what, event)

    def _resolve(self, event: Event, what: ConflictSettled) -> None:
        """Let the side of a conflict that somebody chose stand; theirs does already."""
        found = self.conflicts.pop(what.conflict, None)
        if found is None or not what.ours:
            return
        if found.thing == "field":
            self.fields = with_field(self.fields, found.about.split("."), found.ours or None)
        elif found.later:
            put_off_again(self.builder, found.about)
        else:
            self._resolve_item(what.conflict, found, event.at)

    def _resolve_item(self, key: str, found: ConflictFound, at: int) -> None:
        """Let the chat's side stand of an item or topic, be it within another one's lines."""
        one, asked = found.about, self.asked[key]
        if not found.said and (found.had or not found.ours):
            self.twins.take_out(one, at)
        is_within = one in self.stands_in and not self.builder.is_shown(one)
        if is_within and (found.theirs or not found.ours):  # else people took it out
            self._resolve_in(found, at, asked)
            if found.had and not found.said:
                self.builder.remove_item(ItemRemoved(one), at)
        elif not found.said:
            found = replace(found, ours="", theirs=found.had) if found.had else found
            self.builder.resolve(found, at, asked, is_given=one not in self.gone)
            if not found.ours:
                self._part(one)
        if found.said:
            let_go(self.builder, found)
        elif found.had:
            self.gone.add(one)

    def question(self, key: str) -> ConflictFound:
        """Return a question as it stands: of what stands for itself by now, about that alone."""
        found = self.conflicts[key]
        if found.had and self.builder.is_shown(found.about):
            return replace(found, ours=found.said, theirs=found.had)
        return found

    def _part(self, line: str) -> None:
        """Have stand for itself again what stood in a line that the chat has no more."""
        for item, event in self.stands_in.items():
            if item in self.parted - self.gone and getattr(event.what, "into", None) == line:
                self.builder.restore_item(ItemRestored(item))

    def _resolve_in(self, found: ConflictFound, at: int, asked: int) -> None:
        """Let the chat's words stand in what people put them into.

        Where that is gone, a bullet that they made of a heading below it stands for itself.
        """
        line = self.line_of(found.about)
        if line is None and found.thing == "topic" and found.had:
            line = bullet_that_says(self.builder, found.had)
            found = replace(found, ours=found.said, theirs=found.had)
        if line is not None and found.theirs:  # else it went off the record
            here = asked_of(self.builder, found, line)
            if here.ours != here.theirs:
                self.builder.resolve(here, at, asked)
            if not found.ours:
                self._part(line)


def _on_builder(
    step: Callable[[EpisodeBuilder, Any], None],
) -> Callable[[EpisodeState, Event, Any], None]:
    return lambda state, _, what: step(state.builder, what)


_OBEY: dict[type, Callable[[EpisodeState, Event, Any], None]] = {
    EpisodeOpened: EpisodeState._open,
    EpisodeClosed: EpisodeState._close,
    EpisodeReopened: EpisodeState._close,
    FieldSet: EpisodeState._set,
    TopicAdded: lambda state, event, what: state.builder.add_topic(event.key, what),
    TopicFound: lambda state, event, what: state.builder.find_topic(event, what),
    TopicRenamed: _on_builder(EpisodeBuilder.rename_topic),
    TopicWritten: lambda state, event, what: state.builder.write_topic(what, event.at),
    TopicMoved: _on_builder(EpisodeBuilder.move_topic),
    TopicMerged: _on_builder(EpisodeBuilder.merge_topic),
    TopicRemoved: EpisodeState._remove_topic,
    ItemAdded: lambda state, event, what: add_item(state.builder, event, what, state.twins),
    ItemWritten: lambda state, event, what: state.builder.write_item(what, event.at),
    ItemMoved: _on_builder(EpisodeBuilder.move_item),
    ItemNested: lambda state, event, what: state.builder.nest_item(what, event.at),
    ItemRetitled: _on_builder(EpisodeBuilder.retitle_item),
    ItemReaddressed: _on_builder(EpisodeBuilder.readdress_item),
    ItemNoted: EpisodeState._annotate,
    ItemRemoved: EpisodeState._remove,
    ItemRestored: EpisodeState._restore,
    ItemPostponed: lambda state, event, what: postpone_item(
        state.builder, what.item, event.key, headings=what.headings
    ),
    TopicPostponed: lambda state, event, what: postpone_topic(state.builder, what, event.key),
    ItemCarried: _on_builder(carry_item),
    TopicCarried: _on_builder(carry_topic),
    RecordingSet: EpisodeState._record,
    TopicTimed: EpisodeState._time,
    TopicSkipped: EpisodeState._skip,
    CutMarked: EpisodeState._mark_cut,
    StandsIn: EpisodeState._stand_in,
    LinkInTemplate: EpisodeState._link_template,
    ConflictFound: EpisodeState._disagree,
    ConflictSettled: EpisodeState._resolve,
}
