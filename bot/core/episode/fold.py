"""From events to the episode: which events count, in which order, and what they come to.

The result depends on the set of events alone, not on the order or number of their deliveries. A
message is a register (its newest state wins) that stands at the message's own time; commands
stand at theirs; undo skips a command. What comes at the end of the line is put on the board as
it is; anything else (an edit, a late arrival, an undo, a mark on an older message) has the board
laid anew from what is known, which takes a few microseconds an event.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, Literal

from bot.core.episode.builder import EpisodeBuilder, links_of
from bot.core.episode.fields import with_field
from bot.core.episode.message_items import MessageItems
from bot.core.episode.order import BEFORE_ALL, is_newer, order_of, state_order
from bot.core.episode.sections import Entry, Place
from bot.core.episode.undo import EDITS, Undoings
from bot.core.events import (
    OF_CONFLICT,
    OF_FILE,
    ConflictFound,
    ConflictSettled,
    DraftAsked,
    DraftRefused,
    EpisodeClosed,
    EpisodeOpened,
    EpisodeReopened,
    Event,
    FieldSet,
    ItemAdded,
    ItemMoved,
    ItemNoted,
    ItemRemoved,
    ItemRestored,
    ItemRetitled,
    ItemWritten,
    Marked,
    Message,
    MessageGone,
    MessageSeen,
    Redone,
    TopicAdded,
    TopicFound,
    TopicMerged,
    TopicMoved,
    TopicRemoved,
    TopicRenamed,
    TopicWritten,
    Undone,
)
from bot.core.grammar.message import KEEP, OFF_RECORD, Rules, label_of, parse_note
from bot.core.model import Bullet, Episode, Heading, Item

Outcome = Literal["kept", "already", "talk"]


class Outline:
    """The fold over the events of one episode."""

    def __init__(self, episode: str, rules: Rules) -> None:
        self._id = episode
        self.rules = rules
        self._keys: set[str] = set()
        self._messages: dict[str, Event] = {}
        self._former: dict[str, list[Event]] = {}
        self._gone: set[str] = set()
        self._answered: set[str] = set()
        self._starters: set[str] = set()  # of threads whose names wait for a mark on them
        self._marks: dict[str, dict[tuple[str, str], tuple[int, str, bool]]] = {}
        self._commands: dict[str, Event] = {}
        self._undoings = Undoings()
        self._given: dict[str, MessageItems] = {}
        self._tail = BEFORE_ALL
        self._stale = False
        self.seq = 0
        """The last place in the log of what was taken in."""
        self.newest = 0
        """The time of the newest thing that was taken in, in microseconds since 1970."""
        self.said = 0
        """The last place in the log of what happened in the chat."""
        self.heard = 0
        """The time of the newest thing in the chat."""
        self.asked = 0
        """The place in the log at which a draft was asked for that was not refused."""
        self._clear()

    # --- taking events in ----------------------------------------------------------------------

    def extend(self, events: Iterable[Event]) -> None:
        """Take in events, in any order; those known by their key count once."""
        for event in events:
            self.apply(event)

    def apply(self, event: Event) -> None:
        """Take in one event."""
        if event.key in self._keys:
            return
        self._keys.add(event.key)
        self.seq = max(self.seq, event.seq)
        self.newest = max(self.newest, event.at)
        what = event.what
        in_chat = not event.key.startswith((OF_FILE, OF_CONFLICT))
        if in_chat and not isinstance(what, DraftAsked | DraftRefused):
            self.said, self.heard = max(self.said, event.seq), max(self.heard, event.at)
        if isinstance(what, DraftAsked | DraftRefused):
            self.asked = event.seq if isinstance(what, DraftAsked) else 0
        elif isinstance(what, MessageSeen):
            self._see(event, what.message)
        elif isinstance(what, Marked):
            self._mark(event, what)
        elif isinstance(what, MessageGone):
            self._gone.add(what.message)
            self._forget(what.message)
        elif isinstance(what, Undone | Redone):
            self._undoings.apply(event, what)
            self._stale = self._stale or what.event in self._commands
        else:
            self._commands[event.key] = event
            self._append(event)

    def wants(self, event: Event) -> bool:
        """Return whether an event matters here: talk does only where something refers to it."""
        what = event.what
        if not isinstance(what, MessageSeen) or what.message.text is not None:
            return True
        identity = what.message.id
        return identity in self._messages or identity in self._marks or identity in self._answered

    def unknown(self, events: Iterable[Event]) -> set[str]:
        """Return the messages that these events refer to and of which nothing is known here."""
        named = {
            event.what.message.reply_to if isinstance(event.what, MessageSeen) else event.about
            for event in events
            if isinstance(event.what, MessageSeen | Marked)
        }
        return {one for one in named if one is not None and one not in self._messages}

    def _see(self, event: Event, message: Message) -> None:
        if message.reply_to is not None:
            self._answered.add(message.reply_to)
        if message.thread is not None and message.thread.guest:
            self._starters.add(message.thread.starter or message.thread.id)
        known = self._messages.get(message.id)
        if known is None:
            self._messages[message.id] = event
            self._append(event)
        else:
            newer = is_newer(event, known)
            self._messages[message.id] = event if newer else known
            self._former.setdefault(message.id, []).append(known if newer else event)
            self._forget(message.id)

    def _mark(self, event: Event, what: Marked) -> None:
        marks = self._marks.setdefault(what.message, {})
        before = self._marked(what.message)
        mark = (event.by, what.emoji)
        state = (event.at, event.key, what.on)
        marks[mark] = max(state, marks.get(mark, state))
        if self._marked(what.message) != before:
            self._forget(what.message)

    def _forget(self, message: str) -> None:
        """Have a message read again, and with it all that came after."""
        self._given.pop(message, None)
        self._stale = self._stale or message in self._messages or message in self._starters

    def _append(self, event: Event) -> None:
        order = order_of(event)
        if not self._stale and order > self._tail:
            self._tail = order
            self._step(event)
        else:
            self._stale = True

    # --- asking --------------------------------------------------------------------------------

    @property
    def episode(self) -> Episode:
        """The episode as it stands."""
        board = self._laid()
        return Episode(
            id=self._id,
            topics=board.view(),
            fields=self._fields,
            removed=tuple(entry.item for entry in board.taken.values()),
            opened=self._opened,
            closed=self._closed,
        )

    def outcome(self, message: str) -> Outcome:
        """Tell what became of a message: kept, there already, or talk."""
        self._laid()
        return self._outcomes.get(message, "talk")

    def undone(self, key: str) -> bool:
        """Return whether a command is skipped."""
        return self._undoings.undone(key)

    def commands(self) -> list[Event]:
        """Return what hosts did by command, oldest first, undone things included."""
        return sorted(self._commands.values(), key=order_of)

    def to_redo(self, person: str) -> list[Event]:
        """Return the commands that somebody undid and may do again, the last at the end."""
        edits = (event for event in self._commands.values() if isinstance(event.what, EDITS))
        keys = self._undoings.to_redo(person, edits)
        return [self._commands[key] for key in keys if key in self._commands]

    def names(self) -> set[tuple[str | None, str]]:
        """Return the names that lead to topics, as `same_name` has them, with their ids."""
        return set(self._laid().named)

    def conflicts(self) -> dict[str, tuple[int, ConflictFound]]:
        """Return what nobody settled yet by its event's key, with the number that it alone has."""
        self._laid()
        return {key: (self._numbers[key], found) for key, found in self._conflicts.items()}

    def message(self, identity: str) -> Message | None:
        """Return a message's newest known state."""
        event = self._messages.get(identity)
        return event.what.message if event and isinstance(event.what, MessageSeen) else None

    def marked(self, message: str) -> frozenset[str]:
        """Return the marks that stand on a message now."""
        return self._marked(message)

    def marks(self, message: str) -> dict[tuple[str, str], bool]:
        """Return who set (True) or took away which mark: (user, emoji) to state."""
        return {mark: on for mark, (_, _, on) in self._marks.get(message, {}).items()}

    def unerased(self) -> list[str]:
        """Return messages that are off the record and whose text is here still."""
        return [
            message
            for message in self._marks
            if OFF_RECORD in self._marked(message)
            and (state := self.message(message)) is not None
            and state.text is not None
        ]

    def unread(self) -> list[str]:
        """Return messages that are marked 📝 and whose text we do not have."""
        return [
            message
            for message in self._marks
            if message not in self._gone
            and self._marked(message) == {KEEP}
            and ((state := self.message(message)) is None or state.text is None)
        ]

    # --- laying the board ----------------------------------------------------------------------

    def _clear(self) -> None:
        self._board = EpisodeBuilder()
        self._fields: dict[str, Any] = {}
        self._conflicts: dict[str, ConflictFound] = {}
        self._numbers: dict[str, int] = {}
        self._opened: int | None = None
        self._closed = False
        self._outcomes: dict[str, Outcome] = {}
        self._tail = BEFORE_ALL
        self._stale = False

    def refold(self) -> None:
        """Have the episode put together anew when it is next asked for."""
        self._stale = True

    def _laid(self) -> EpisodeBuilder:
        if self._stale:
            self._clear()
            known = [*self._messages.values(), *self._commands.values()]
            ordered = sorted((order_of(event), index) for index, event in enumerate(known))
            for _, index in ordered:
                self._step(known[index])
            self._tail = ordered[-1][0]
        return self._board

    def _step(self, event: Event) -> None:
        what = event.what
        if isinstance(what, MessageSeen):
            self._give(what.message)
        elif self.undone(event.key):
            self._board.skip(event.key, what)
        else:
            self._obey(event)

    # --- a message -----------------------------------------------------------------------------

    def _marked(self, message: str) -> frozenset[str]:
        marks = self._marks.get(message)
        if not marks:
            return frozenset()
        return frozenset(emoji for (_, emoji), (_, _, on) in marks.items() if on)

    def _read(self, message: Message) -> MessageItems:
        """Read a message by the grammar, once for each of its states."""
        given = self._given.get(message.id)
        if given is None:
            marks = self._marked(message.id)
            given = self._given[message.id] = MessageItems(
                message,
                self.rules,
                marks=marks,
                gone=message.id in self._gone,
                former=() if OFF_RECORD in marks else self._texts_before(message),
            )
        return given

    def _texts_before(self, message: Message) -> list[str]:
        """Return the texts of a message's earlier states, oldest first."""
        states = sorted(self._former.get(message.id, ()), key=state_order)
        return [
            event.what.message.text
            for event in states
            if isinstance(event.what, MessageSeen) and event.what.message.text is not None
        ]

    def _give(self, message: Message) -> None:
        """Put what a message gives in its place."""
        board = self._board
        given = self._read(message)
        message = self._with_thread(message)
        if message.reply_to is not None:
            board.replies[message.id] = message.reply_to
            target = board.lasts.get(message.reply_to)
            if given.note is not None and target is not None and target.takes_notes:
                board.annotate(target, given.note, message.by)
                board.tails[message.id] = board.lasts[message.id] = target
                board.stood[message.id] = target.section
                self._outcomes[message.id] = "kept"
                return
        board.come(message, given.lost)
        follows = given.follows or (given.note is not None and message.reply_to in board.lasts)
        place = board.place(message, follows=follows) if given.parts else None
        for identity, part in given.parts:
            assert place is not None  # noqa: S101 - there are parts, so it was found above
            if isinstance(part, Heading):
                place = Place(board.heading(identity, part, message))
                self._outcomes[message.id] = "kept"
            else:
                self._put(part, place, given)
        if given.parts and not given.gone:
            self._opened = min(self._opened or message.at, message.at)
        section = place.section if place else board.standing(message)
        if section is not None:
            board.stood[message.id] = section

    def _with_thread(self, message: Message) -> Message:
        """Return a message without its thread's name, where that waits for a host."""
        thread = message.thread
        if thread is None or not thread.guest or KEEP in self._marked(thread.starter or thread.id):
            return message
        return replace(message, thread=replace(thread, name=""))

    def _put(self, item: Item, place: Place, given: MessageItems) -> None:
        board = self._board
        first = None if given.marked or given.gone else self._twin(item)
        if first is None:
            board.put(item, place, alive=not given.gone)
            if not given.gone:
                self._outcomes[item.message] = "kept"
            return
        content = item.content
        assert isinstance(content, Bullet)  # noqa: S101 - only link lines have twins
        board.annotate(first, (*label_of(content), *content.notes), item.by)
        board.entitle(first, content.links[0])
        board.entries[item.id] = first
        board.lasts[item.message] = first
        board.tails.setdefault(item.message, first)
        self._outcomes.setdefault(item.message, "already")

    def _twin(self, item: Item) -> Entry | None:
        """Return the item that has the one link of this link line already."""
        links = links_of(item.content)
        return self._board.first_with(links[0].canonical) if len(links) == 1 else None

    # --- a command -----------------------------------------------------------------------------

    def _obey(self, event: Event) -> None:
        obey = _OBEY.get(type(event.what))
        if obey is not None:
            obey(self, event, event.what)

    def _open(self, event: Event, what: EpisodeOpened) -> None:
        self._fields = {"number": what.number, **self._fields}  # a host's word stands above
        self._opened = min(self._opened or event.at, event.at)

    def _close(self, _: Event, what: EpisodeClosed | EpisodeReopened) -> None:
        self._closed = isinstance(what, EpisodeClosed)

    def _set(self, _: Event, what: FieldSet) -> None:
        self._fields = with_field(self._fields, what.name.split("."), what.value)

    def _annotate(self, event: Event, what: ItemNoted) -> None:
        entry = self._board.meant(what.item)
        if entry is not None:
            self._board.annotate(entry, parse_note(what.text), event.by)

    def _disagree(self, event: Event, what: ConflictFound) -> None:
        self._conflicts[event.key] = what
        self._numbers[event.key] = len(self._numbers) + 1

    def _settle(self, event: Event, what: ConflictSettled) -> None:
        """Let the side of a conflict that somebody chose stand; theirs does already."""
        found = self._conflicts.pop(what.conflict, None)
        if found is None or not what.ours:
            return
        if found.thing == "field":
            self._fields = with_field(self._fields, found.about.split("."), found.ours or None)
        else:
            self._board.settle(found, event.at)


def _on_board(step: Callable[[EpisodeBuilder, Any], None]) -> Callable[[Outline, Event, Any], None]:
    return lambda outline, _, what: step(outline._board, what)


_OBEY: dict[type, Callable[[Outline, Event, Any], None]] = {
    EpisodeOpened: Outline._open,
    EpisodeClosed: Outline._close,
    EpisodeReopened: Outline._close,
    FieldSet: Outline._set,
    TopicAdded: lambda outline, event, what: outline._board.add_topic(event.key, what),
    TopicFound: lambda outline, event, what: outline._board.find_topic(event.key, what),
    TopicRenamed: _on_board(EpisodeBuilder.rename_topic),
    TopicWritten: _on_board(EpisodeBuilder.write_topic),
    TopicMoved: _on_board(EpisodeBuilder.move_topic),
    TopicMerged: _on_board(EpisodeBuilder.merge_topic),
    TopicRemoved: _on_board(EpisodeBuilder.remove_topic),
    ItemAdded: lambda outline, event, what: outline._board.add_item(event, what),
    ItemWritten: lambda outline, event, what: outline._board.write_item(what, event.at),
    ItemMoved: _on_board(EpisodeBuilder.move_item),
    ItemRetitled: _on_board(EpisodeBuilder.retitle_item),
    ItemNoted: Outline._annotate,
    ItemRemoved: lambda outline, event, what: outline._board.remove_item(what, event.at),
    ItemRestored: _on_board(EpisodeBuilder.restore_item),
    ConflictFound: Outline._disagree,
    ConflictSettled: Outline._settle,
}
