"""The builder that puts an episode together, one step after the other.

Steps come in the order of their time (fold.py sees to that): what a message gives, or what a
command does. A step on something that is not there does nothing: it sleeps until a later fold
in which the thing is there. Why ids and order are as they are is in docs/design.md;
where messages go, in docs/chat-grammar.md, 5 and 6.
"""

from collections.abc import Callable
from dataclasses import replace

from bot.core import events
from bot.core import file_events as in_file
from bot.core.chapters.clock import short_clock
from bot.core.episode.file_text import labelled, links_now, stand_below
from bot.core.episode.item_index import ItemIndex, links_of, links_of_line
from bot.core.episode.link_changes import readdressed, retitled, retitled_line
from bot.core.episode.sections import (
    InsertionPoint,
    PlacedItem,
    Section,
    followed,
    insert,
    is_bullet,
    is_sentence,
)
from bot.core.episode.written_name import WrittenName
from bot.core.grammar.notes import joined_notes, notes_alone
from bot.core.grammar.topic_name import joined, same_name, split_time
from bot.core.model import (
    Bullet,
    Heading,
    Item,
    Link,
    Note,
    Noted,
    Paragraph,
    Patch,
    Readdressed,
    Retitled,
    Step,
    Topic,
)
from bot.core.urls import canonical, fingerprint


class EpisodeBuilder(ItemIndex):
    """All that an episode holds, and the ways by which messages and commands find it."""

    def __init__(self, lifted: Callable[[str], int | None]) -> None:
        """Begin; `lifted` tells when a message came back on the record, None where it never did."""
        super().__init__()
        self._lifted = lifted
        self.lasts: dict[str, PlacedItem] = {}  # a message's own last item, which takes its notes
        self.replies: dict[str, str] = {}
        self.taken: dict[str, PlacedItem] = {}
        self.waits: dict[str, tuple[str, PlacedItem]] = {}
        self.headed: set[str] = set()  # the events by which items wait with their headings
        self.waiting_topics: list[tuple[str, Section]] = []
        self.disputed: dict[str, WrittenName] = {}  # by topic
        self.made: dict[str, Patch | str] = {}
        """What people made of what the chat gives again, by their event; a topic's name before."""

    # --- what a message gives ------------------------------------------------------------------

    def put(
        self, item: Item, links: tuple[Link, ...], place: InsertionPoint, *, alive: bool = True
    ) -> PlacedItem:
        """Put an item at its place, behind what the message it replies to has got so far."""
        section, after = place.section, place.after
        if after is not None and after.section is not section:
            after = None
        entry = PlacedItem(item, section, alive=alive)
        section.add(entry, after)
        place.after = entry if after else None
        self.entries[item.id] = entry
        of_line = links
        if isinstance(item.content, Paragraph) and (of_line := links_of_line(item.content)):
            elder = self.elder[item.id] = f"{item.message}/{fingerprint(repr(item.content))}/0"
            self.entries.setdefault(elder, entry)
        is_edited = item.stamp > item.at  # its id may be of what was there before the first link
        for link in of_line if is_edited else of_line[1:]:
            self.entries.setdefault(f"{item.message}/{fingerprint(link.canonical)}/0", entry)
        if alive:
            self.register(entry, self.shown(item, links))
        else:
            self.taken[item.id] = entry
        self.lasts[item.message] = self.tails[item.message] = entry
        if item.message in self.replies:
            self._trail(item.message, entry, after)
        self.settle_below(entry)  # people may have put something there for a message that is gone
        return entry

    def _trail(self, message: str, entry: PlacedItem, after: PlacedItem | None) -> None:
        """Let later replies to the messages that one answers stand behind this entry, too."""
        above = self.replies.get(message)
        while above is not None and self.tails.get(above) in (None, after):
            self.tails[above] = entry
            above = self.replies.get(above)

    def say_of(self, first: PlacedItem, item: Item, notes: tuple[Note, ...]) -> bool:
        """Add an item's notes to another; return whether they stand apart, behind a sentence."""
        if not notes or not is_sentence(first.item):
            self.annotate(first, notes, item.by)
            return False
        alone, section = replace(item, content=notes_alone(notes)), first.section
        behind = self.tails.get(first.item.id, first)  # the last note that stands so, if any
        place = InsertionPoint(section, behind if behind.section is section else first)
        self.tails[first.item.id] = self.put(alone, links_of(alone.content), place)
        return True

    def say_again(self, first: PlacedItem, item: Item) -> bool:
        """Add what was said with a link that is there, unless that is as well; as `say_of`."""
        notes = labelled(item)
        return self.say_of(first, item, () if stand_below(first.item, notes) else notes)

    def annotate(self, entry: PlacedItem, notes: tuple[Note, ...], by: str) -> None:
        """Add notes below an item, behind those it has."""
        content = entry.item.content
        if not notes or (is_sentence(entry.item) and not is_bullet(content)):
            return
        item = entry.item
        if by not in (item.by, *item.also):
            item = replace(item, also=(*item.also, by))
        if isinstance(content, Bullet) and not item.steps:
            content = replace(content, notes=joined_notes(content.notes, notes))
            entry.change(replace(item, content=content))
        else:
            self._step(entry, item, Noted(notes))

    def entitle(self, entry: PlacedItem, again: Link) -> None:
        """Have a link that no host titled bear the title with which it was posted again."""
        content = entry.item.content
        if again.title is not None and isinstance(content, Bullet) and not entry.item.steps:
            link = fingerprint(again.canonical)
            line = retitled_line(content.line, link, again.title, anew=False)
            entry.change(replace(entry.item, content=replace(content, line=line)))

    def _step(self, entry: PlacedItem, item: Item, step: Step) -> None:
        entry.change(replace(item, steps=(*item.steps, step)))

    def take_link(self, entry: PlacedItem, left: Item) -> None:
        """Leave of an item what was said with its link, which is nobody's then."""
        for link in links_of(entry.item.content):
            self.linked.pop(link.canonical, None)
        entry.change(left)

    # --- what a command does -------------------------------------------------------------------

    def add_topic(self, key: str, what: events.TopicAdded) -> None:
        under = self.section(what.under)
        known = self.topic_named(what.name, self.over(under) if under else None)
        is_new = known is None or not known.is_shown
        level = Heading("subtopic" if under else "topic", what.name)
        section = self.open_topic(key, level, under or self.top)
        if is_new and (what.after or what.before):
            self.move_topic(events.TopicMoved(key, what.after, what.before))
        self.open[what.channel] = section

    def rename_topic(self, what: events.TopicRenamed) -> None:
        section = self.section(what.topic)
        if section is None or section is self.top or not what.name:
            return
        self._name(section, joined(section.name, what.name))

    def time_topic(self, topic: str, time: int, channel: str | None) -> None:
        """Put a time before a topic's name; what follows in the channel goes under it."""
        section = self.section(topic)
        if section is None or section is self.top:
            return
        self._name(section, f"{short_clock(time)} {split_time(section.name)[1]}")
        if channel is not None:
            self.open[channel] = section

    def _name(self, section: Section, name: str) -> None:
        """Call a topic as somebody wants it called: that is more than a thread's name."""
        section.name = name
        section.unsaid = False
        under = section.parent.id if section.parent else None
        self.named.setdefault((under, same_name(name)), section)

    def move_topic(self, what: events.TopicMoved) -> None:
        section = self.section(what.topic)
        anchor = self.section(what.after) or self.section(what.before)
        if section is None or self.top in (section, anchor) or anchor is section:
            return
        under = self.section(what.under)
        parent = self.over(under) if under else (anchor or section).parent
        if parent is not None and (section.subs or parent is section):
            return  # a topic with sub-topics cannot become one
        self.siblings(section).remove(section)
        section.parent = parent
        insert(self.siblings(section), section, self.section(what.after),
                self.section(what.before))  # fmt: skip

    def merge_topic(self, what: events.TopicMerged) -> None:
        section, into = self.section(what.topic), self.section(what.into)
        if section is None or into is None or section is into or section is self.top:
            return
        if into.parent is section:
            return
        self._pour(section, into)

    def remove_topic(self, what: events.TopicRemoved) -> None:
        section = self.section(what.topic)
        if section is None or section is self.top:
            return
        siblings = self.siblings(section)
        index = siblings.index(section)
        before = siblings[index - 1] if index else section.parent or self.top
        if before is self.top:
            for sub in section.subs:
                sub.parent = None
            siblings[index + 1 : index + 1] = section.subs
            section.subs = []
        self._pour(section, before)
        section.gone = True
        self.named = {key: found for key, found in self.named.items() if found is not section}

    def leave(self, section: Section) -> None:
        """Take out a heading that was back for something that is gone from there by now."""
        if section.back and not section.subs and not any(one.alive for one in section.entries):
            self.remove_topic(events.TopicRemoved(section.id))

    def _pour(self, section: Section, into: Section) -> None:
        """Let what a section holds go to the end of another, and its ids and names lead there."""
        for entry in section.entries:
            into.add(entry)
        section.entries = []
        host = into.parent or into
        for sub in section.subs:
            twin = self.topic_named(sub.name, host)
            if into.parent is not None or (twin is not None and twin is not sub):
                self._pour_orphan(sub, twin or into)
            else:
                sub.parent = into
                into.subs.append(sub)
                self.named[(into.id, same_name(sub.name))] = sub
        section.subs = []
        self.siblings(section).remove(section)
        section.follow = into

    def _pour_orphan(self, sub: Section, into: Section) -> None:
        for entry in sub.entries:
            into.add(entry)
        sub.entries = []
        sub.follow = into

    def move_item(self, what: events.ItemMoved) -> None:
        """Put an item elsewhere, with what people put below it in the file."""
        parts = self.below(what.item)
        self.lift(what.item)
        entry, section = self.meant(what.item), self.home(what.topic)
        anchors = [self.entries.get(one) if one else None for one in (what.after, what.before)]
        after, before = (
            one if one is not None and one is not entry and one.section is section else None
            for one in anchors
        )
        for part in (entry, *map(self.meant, parts)):
            if part is not None:
                part.section.take(part)
                part.section = section
                insert(section.entries, part, after, before)
                section.items = None
                after = part

    def nest_item(self, what: in_file.ItemNested, at: int) -> None:
        """Put an item below another one: a part of its text, if both are what they were then."""
        back = (self._lifted(events.born_of(one)) or 0 for one in (what.item, what.under))
        is_apart, is_void = (lifted > at for lifted in back)
        self.move_item(events.ItemMoved(what.item, what.topic, what.after, what.before))
        self.nest(what.item, what.under, at, is_apart=is_apart, is_void=is_void)

    def retitle_item(self, what: events.ItemRetitled) -> None:
        step = Retitled(what.link, what.title)
        self.change_link(what.item, step, lambda content: retitled(content, what))

    def readdress_item(self, what: events.ItemReaddressed) -> None:
        """Give a link another address; posted again with either, it is the same."""
        step = Readdressed(what.link, what.url, what.title)
        for entry in self.change_link(what.item, step, lambda content: readdressed(content, what)):
            if entry.alive:
                self.register(entry, (Link(what.url, canonical(what.url)),))

    def remove_item(self, what: events.ItemRemoved, at: int) -> None:
        if not self.is_another_since(what.item, at):
            self._set_alive(what.item, alive=False)

    def is_another_since(self, item: str, at: int) -> bool:
        """Return whether an edit put something else in an item's place after a time."""
        entry = self.meant(item)
        if entry is None or entry.item.stamp <= at:
            return False
        links = links_of(entry.item.content)
        return bool(links) and fingerprint(links[0].canonical) not in f"{entry.item.id} {item}"

    def restore_item(self, what: events.ItemRestored) -> None:
        self._set_alive(what.item, alive=True)

    def _set_alive(self, item: str, *, alive: bool) -> None:
        entry = self.meant(item)
        if entry is None:
            return
        self.lift(item)
        if alive and entry.waits:
            entry.called_back = self.waits[entry.item.id][0], entry.section
        if alive and entry.section.gone:  # its topic waits: it stands where that had stood
            entry.called_back = entry.called_back or ("", entry.section)
            entry.section.take(entry)
            followed(entry.section).add(entry)
        if entry.alive is alive:
            return
        entry.alive, entry.waits = alive, False
        entry.section.items = None
        if alive:
            self.taken.pop(entry.item.id, None)
            self.waits.pop(entry.item.id, None)
            self.register(entry, links_of(entry.item.content))
        else:
            self.taken[entry.item.id] = entry
        self.settle_below(entry)

    # --- what people did in the file -----------------------------------------------------------

    def write_item(self, what: in_file.ItemWritten, at: int) -> None:
        entry = self.meant(what.item)
        if entry is not None:
            self.write_onto(entry, Patch(what.was, what.now, at))

    def write_onto(self, entry: PlacedItem, patch: Patch) -> None:
        self._step(entry, entry.item, patch)
        if entry.alive:
            self.register_anew(entry, patch.was or "", links_now(entry.item, patch))

    def unwrite(self, item: str, patches: tuple[Patch, ...]) -> bool:
        """Take people's words off an item, if nothing else was done to it; return if so.

        They are put onto another one, which gives their link from now on.
        """
        entry = self.meant(item)
        if entry is None or entry.item.steps != patches:
            return False
        entry.change(replace(entry.item, steps=()))
        return True

    def find_topic(self, event: events.Event, what: in_file.TopicFound) -> None:
        """Put in a topic that people wrote, or take it for the one that came in meanwhile.

        One whose name went off the record is none: what it held falls to the topic before.
        """
        if not what.name:
            self.skip(event.key, what)
            return
        key, under = event.key, self.host(what.under)
        section = given = self.standing(what.topic)
        if section is None and not what.again:
            section = self.topic_named(what.name, under)
        if section is None:
            was_there = self.was_there(what.name)
            section = self.new_topic(key, what.name, under)
            section.back = was_there
        else:
            self.sections.setdefault(key, section)
            section.back = section.back or not section.is_shown
            if given is not None:
                self.made[key] = given.name
            if given is not None and what.was is not None:
                self.write_topic(in_file.TopicWritten(given.id, what.was, what.name), event.at)
            else:
                self._name(section, what.name)
        self.move_topic(events.TopicMoved(key, what.after, what.before))

    def write_topic(self, what: in_file.TopicWritten, at: int) -> None:
        section = self.section(what.topic)
        if section is None or section is self.top or not what.now:
            return
        known = self.disputed_name(section) or WrittenName(section.name)
        name = known.reworded(what.was, what.now, is_edited=section.stamp > at)
        self.disputed[section.id] = name
        self._name(section, name.now)

    def disputed_name(self, section: Section) -> WrittenName | None:
        """Return what people call a topic, where its message calls it another thing by now."""
        found = self.disputed.get(section.id)
        return found if found and found.is_disputed and found.now == section.name else None

    def resolve(
        self, found: in_file.ConflictFound, at: int, asked: int, *, is_given: bool = True
    ) -> None:
        """Let our side of a conflict stand instead of what is in the file.

        What the chat gave then, and by now does not give any more, stays away. With what the chat
        took out goes what people had written below it when that was `asked`: it was shown as a part
        of that. What they had put there before stays.
        """
        if found.about in self.made and not found.ours:
            self._unmake(found.about)
        elif found.thing == "topic":
            if found.ours and found.theirs:
                self.write_topic(in_file.TopicWritten(found.about, found.theirs, found.ours), at)
            elif not found.ours:
                self.remove_topic(events.TopicRemoved(found.about))
        elif found.thing == "item":
            self.keep_apart(found.about, None)
            entry = self.meant(found.about)
            if not found.ours:
                for one in (found.about, *self.told_below(found.about, asked)):
                    self._set_alive(one, alive=False)
                if entry is not None:
                    self.leave(entry.section)
            else:
                if is_given:
                    self._set_alive(found.about, alive=True)
                self.write_item(
                    in_file.ItemWritten(found.about, found.theirs or found.ours, found.ours), at
                )

    def _unmake(self, identity: str) -> None:
        """Take away what people made of what the chat gives again: its own side was chosen."""
        was, entry, section = self.made[identity], self.meant(identity), self.section(identity)
        if entry is not None:
            steps = tuple(step for step in entry.item.steps if step is not was)
            entry.change(replace(entry.item, steps=steps))
        elif section is not None and isinstance(was, str):
            self._name(section, was)

    def is_shown(self, identity: str) -> bool:
        """Return whether an item or topic stands in the outline."""
        entry, section = self.entries.get(identity), self.section(identity)
        return entry.alive if entry is not None else section is not None and section.is_shown

    # --- the result ----------------------------------------------------------------------------

    def view(self) -> tuple[Topic, ...]:
        """Return the topics in order; the one without a heading only where it holds something."""
        top = self.top.view()
        topics = tuple(section.view() for section in self.topics if section.is_shown)
        return (top, *topics) if top.items else topics
