"""The topics of an episode that is put together, and how ids, names and channels lead to them.

Which topic a message feeds is docs/chat-grammar.md, 5; what a topic's end means for what stood
under it, 6: it falls to the topic before.
"""

from collections.abc import Iterable

from bot.core import events, file_events
from bot.core.episode.sections import TOP, InsertionPoint, PlacedItem, Section, followed
from bot.core.grammar.topic_name import same_name
from bot.core.model import Heading


class TopicIndex:
    """All sections of an episode; the builder fills them."""

    def __init__(self) -> None:
        self.top = Section(TOP, "")
        self.topics: list[Section] = []
        self.sections: dict[str, Section] = {TOP: self.top}
        self.named: dict[tuple[str | None, str], Section] = {}
        self.open: dict[str, Section] = {}
        self.stood: dict[str, Section] = {}
        self.tails: dict[str, PlacedItem] = {}  # where replies to a message go on
        self.fallen: dict[str, Section] = {}  # where what gave a topic stood itself
        self.lost: dict[str, list[str]] = {}  # ids of headings that are gone, by their name

    # --- finding -------------------------------------------------------------------------------

    def section(self, identity: str | None) -> Section | None:
        """Return a topic by one of its ids, or what it was merged into; None if it was removed."""
        found = self.sections.get(identity) if identity else None
        while found is not None and found.follow is not None:
            found = None if found.gone else found.follow
        return found

    def standing(self, identity: str | None) -> Section | None:
        """Return a topic by one of its ids, if it stands for itself: no other took it in."""
        found = self.sections.get(identity) if identity else None
        return found if found is not None and found.follow is None else None

    def home(self, identity: str) -> Section:
        """Return where that stands which was put into a topic: in the one before, if it is gone.

        That is the heading above in the same message, else where the message, or the command that
        made the topic, stood itself: there the links under a heading fall, too.
        """
        found = self.sections.get(identity)
        message, _, place = identity.partition("/")
        if found is None and (number := place.rstrip("'")).isdecimal():
            above = (self.sections.get(f"{message}/{at}") for at in reversed(range(int(number))))
            found = next((one for one in above if one is not None), None)
        found = found or self.fallen.get(message) or self.stood.get(message)
        return followed(found) if found else self.top

    def host(self, identity: str | None) -> Section | None:
        """Return the topic that a sub-topic stands under, as `home` finds it; None for none."""
        return self.over(self.home(identity)) if identity else None

    def over(self, section: Section) -> Section | None:
        """Return the topic that a sub-topic of a section stands under: none has any of its own."""
        return None if section is self.top else section.parent or section

    def topic_named(self, name: str, under: Section | None = None) -> Section | None:
        found = self.named.get((under.id if under else None, same_name(name)))
        return followed(found) if found else None

    def was_there(self, name: str) -> bool:
        """Return whether a topic of that name is gone, or waits, or went into another."""
        same = same_name(name)
        parts = (one for one in self.sections.values() if one.follow is not None)
        return same in self.lost or any(same_name(one.name) == same for one in parts)

    def siblings(self, section: Section) -> list[Section]:
        return section.parent.subs if section.parent else self.topics

    def place(
        self, message: events.Message, here: Section | None, *, follows: bool
    ) -> InsertionPoint:
        """Find where what a message gives goes: by its reply, its thread, or its channel.

        `here` is the topic that it stands under. `follows` tells that a reply's content belongs
        behind what it replies to.
        """
        target = message.reply_to
        if follows and target is not None and not self._is_open(message):
            tail = self.tails.get(target)
            if tail is not None:
                return InsertionPoint(tail.section, tail)
            if target in self.stood:
                return InsertionPoint(followed(self.stood[target]))
        if here is not None and not message.threaded:
            return InsertionPoint(here)
        return InsertionPoint(self._open_in(message))

    def _is_open(self, message: events.Message) -> bool:
        """Return whether a topic is open in a message's own thread."""
        return message.threaded and _room(message) in self.open

    def topic_of_talk(self, message: events.Message) -> Section | None:
        """Return the topic that a message of talk stands under; None where none is set yet."""
        here = self.open.get(_room(message))
        if here is None and message.threaded and message.reply_to:
            here = self.stood.get(message.reply_to)
        if here is None and message.thread is None:
            here = self.open.get(message.channel, self.top)
        return followed(here) if here is not None else None

    def _open_in(self, message: events.Message) -> Section:
        here = self.open.get(_room(message)) or self.open.get(message.channel)
        if here is not None:
            return followed(here)
        thread = message.thread
        if thread is None:
            return self.top
        if thread.name:
            section = self.topic_named(thread.name) or self._new_unsaid(thread)
        else:
            section = self._outside(thread)
        self.open[message.channel] = section
        return followed(section)

    def _new_unsaid(self, thread: events.Thread) -> Section:
        section = self.new_topic(thread.id, thread.name)
        section.unsaid = True
        return section

    def _outside(self, thread: events.Thread) -> Section:
        """Return the topic that a thread hangs on."""
        return self.stood.get(thread.starter or "") or self.open.get(thread.parent, self.top)

    # --- making --------------------------------------------------------------------------------

    def heading(self, identity: str, heading: Heading, message: events.Message) -> Section:
        """Open the topic that a heading names, made where there is none of that name."""
        here = self.open.get(_room(message)) or self.open.get(message.channel) or self.top
        section = self.open_topic(identity, heading, followed(here), stamp=message.stamp)
        self.open[_room(message)] = section
        return section

    def open_topic(
        self, identity: str, heading: Heading, here: Section, *, stamp: int = 0
    ) -> Section:
        """Find or make the topic (or, within the topic `here`, sub-topic) of that name."""
        under = None
        if heading.level == "subtopic" and here is not self.top:
            under = here.parent or here
        section = self.topic_named(heading.name, under)
        if section is None:
            return self.new_topic(identity, heading.name, under, stamp=stamp)
        if not section.is_shown:  # it comes here only now
            siblings = self.siblings(section)
            siblings.remove(section)
            siblings.append(section)
        section.unsaid = False
        self.sections.setdefault(identity, section)
        return section

    def new_topic(
        self, identity: str, name: str, under: Section | None = None, *, stamp: int = 0
    ) -> Section:
        section = Section(identity, name, under)
        section.stamp = stamp
        self.siblings(section).append(section)
        self.sections[identity] = section
        self.named[(under.id if under else None, same_name(name))] = section
        if under is None:
            for one in self.lost.pop(same_name(name), ()):
                self.sections.setdefault(one, section)
        return section

    def come(
        self, message: events.Message, lost: Iterable[tuple[str, Heading]], *, is_talk: bool = False
    ) -> Section | None:
        """Return what a message stands under before it gives anything, and keep that.

        So are kept the headings that it `lost`. Mere talk does not tell where its thread begins:
        most of it is unknown here.
        """
        here = self.topic_of_talk(message)
        outside = None
        if message.thread:
            outside = self._outside(message.thread)
            if not is_talk:
                self.fallen.setdefault(message.thread.id, outside)
        self.fallen[message.id] = here or outside or self.top
        for identity, heading in lost:
            self._lose(identity, heading)
        return here

    def _lose(self, identity: str, heading: Heading) -> None:
        """Let the id of a heading that is gone lead to the topic of its name, where one is made."""
        if heading.level == "topic" and identity not in self.sections:
            if section := self.topic_named(heading.name):
                self.sections[identity] = section
            else:
                self.lost.setdefault(same_name(heading.name), []).append(identity)

    def skip(self, key: str, what: object) -> None:
        """Remember where a topic would stand whose making was undone."""
        if isinstance(what, events.TopicAdded):
            self.fallen[key] = self.open.get(what.channel, self.top)
        elif isinstance(what, file_events.TopicFound):
            self.fallen[key] = self.home(what.after or what.under or TOP)


def _room(message: events.Message) -> str:
    """Return what a heading in this message opens a topic for: its channel, or its Slack thread."""
    return f"{message.channel}/{message.reply_to}" if message.threaded else message.channel
