"""From events to the episode: which events count, in which order, and what they come to.

The result depends on the set of events alone, not on the order or number of their deliveries. A
message is a register (its newest state wins) that stands at the message's own time; commands
stand at theirs; undo skips a command. What comes at the end of the line is given to the builder as
it is; anything else (an edit, a late arrival, an undo, a mark on an older message) has the episode
built anew from what is known, which takes a few microseconds an event.
"""

from collections.abc import Collection, Iterable
from copy import copy
from itertools import chain

from bot.core.episode.item_index import ItemIndex
from bot.core.episode.link_changes import readdressings
from bot.core.episode.marks import Marks
from bot.core.episode.message_items import MessageItems
from bot.core.episode.order import BEFORE_ALL, is_newer, order_of, state_order
from bot.core.episode.referred import is_talk, referred
from bot.core.episode.sections import is_sentence
from bot.core.episode.state import EpisodeState, Outcome
from bot.core.episode.undo import EDITS, Undoings
from bot.core.episode.waiting import told_by
from bot.core.episode.written_name import WrittenName
from bot.core.events import (
    DraftAsked,
    DraftRefused,
    Event,
    Marked,
    Message,
    MessageGone,
    MessageSeen,
    Redone,
    Undone,
    What,
    born_of,
)
from bot.core.file_events import OF_CONFLICT, OF_FILE, ConflictFound, ConflictSettled, ItemWritten
from bot.core.grammar.message import KEEP, LEAVE_OUT, OFF_RECORD, Parsed, Rules, parse
from bot.core.later.events import CARRIED, ItemCarried, register_of
from bot.core.model import Episode, Item
from bot.core.threads import unnamed

MOST_PARSED = 1_000
"""Messages that were parsed and not folded yet, which happens between the two."""


class Outline:
    """The fold over the events of one episode."""

    def __init__(self, episode: str, rules: Rules) -> None:
        self._id = episode
        self.rules = rules
        self._keys: set[str] = set()
        self._messages: dict[str, Event] = {}
        self._former: dict[str, list[Event]] = {}
        self._gone: dict[str, int] = {}  # when messages were deleted
        self._referred: set[str] = set()  # messages whose talk counts
        self._starters: set[str] = set()  # of threads whose names wait for a mark on them
        self._marks = Marks()
        self._commands: dict[str, Event] = {}
        self._carried: dict[str, Event] = {}  # the newest state of what came from another episode
        self._undoings = Undoings()
        self._given: dict[str, MessageItems] = {}
        self._parsed: dict[tuple[str, bool, bool], Parsed] = {}
        self._episode: tuple[int, Episode] | None = None
        self._tail = BEFORE_ALL
        self._stale = False
        self.version = 0
        """Grows with everything that was taken in."""
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
        self._referred.update(referred(event))
        self.version += 1
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
            self._gone[what.message] = event.at
            self._forget(what.message)
        elif isinstance(what, Undone | Redone):
            self._undoings.apply(event, what)
            self._stale = self._stale or what.event in self._commands
        elif isinstance(what, CARRIED):
            self._carry(event)
        else:
            self._commands[event.key] = event
            self._stale = self._stale or self._is_of_edited(what)
            self._append(event)

    def wants(self, event: Event) -> bool:
        """Return whether an event matters here: talk does only where something refers to it."""
        return not is_talk(event) or event.about in self._referred

    def unknown(self, events: Iterable[Event]) -> set[str]:
        """Return the messages that these events refer to and of which nothing is known here."""
        return set(chain(*map(referred, events))) - self._messages.keys()

    def _see(self, event: Event, message: Message) -> None:
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

    def _carry(self, event: Event) -> None:
        """Take in what is known now of a thing that came from another episode."""
        register = register_of(event.key)
        known = self._carried.get(register)
        if known is None:
            self._carried[register] = event
            self._append(event)
        elif event.key > known.key:
            self._carried[register] = event
            self._stale = True

    def _mark(self, event: Event, what: Marked) -> None:
        message = what.message
        before = self._marked(message), self._marks.left(message)
        self._marks.put(event, what)
        if (self._marked(message), self._marks.left(message)) != before:
            self._forget(message)

    def _forget(self, message: str) -> None:
        """Have a message read again, and with it all that came after."""
        self._given.pop(message, None)
        here = message in self._messages or message in self._starters
        self._stale = self._stale or here or bool(self._carried)

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
        if self._episode is None or self._episode[0] != self.version:
            self._episode = self.version, self._laid().episode(self._id)
        return self._episode[1]

    @property
    def number(self) -> object:
        """The episode's number, None before it has one."""
        return self._laid().fields.get("number")

    def outcome(self, message: str) -> Outcome:
        """Return what became of a message: kept, there already, or talk."""
        return self._laid().outcomes.get(message, "talk")

    def carried(self) -> list[Event]:
        """Return the newest states of what came from other episodes, in their order."""
        return [self._carried[register] for register in sorted(self._carried)]

    def told_by(self, things: Collection[str]) -> list[Message]:
        """Return the messages, as far as they are kept, of which some items and topics are made."""
        found = sorted(told_by(self._laid().builder, things))
        return [one for one in map(self.message, found) if one is not None and one.text is not None]

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
        return set(self._laid().builder.named)

    def conflicts(self) -> dict[str, tuple[int, ConflictFound]]:
        """Return what nobody settled yet by its event's key, with the number that it alone has."""
        state = self._laid()
        return {key: (state.numbers[key], state.question(key)) for key in state.conflicts}

    def settled(self) -> dict[str, tuple[int, ConflictFound, Event]]:
        """Return what somebody settled by its event's key: its number, and the answer that holds.

        Of several answers that is the first.
        """
        numbers, found = self._laid().numbers, dict[str, tuple[int, ConflictFound, Event]]()
        for event in self.commands():
            if isinstance(event.what, ConflictSettled) and not self.undone(event.key):
                key, asked = event.what.conflict, self._commands.get(event.what.conflict)
                if key in numbers and asked and isinstance(asked.what, ConflictFound):
                    found.setdefault(key, (numbers[key], asked.what, event))
        return found

    def stands_in(self) -> dict[str, Event]:
        """Return by what was taken out in the file the StandsIn that tells where its words are."""
        return dict(self._laid().stands_in)

    def holder(self, item: str) -> str | None:
        """Return what people have an item's words, or its link, in that is shown."""
        return self._laid().holder(item)

    def line_of(self, thing: str) -> str | None:
        """Return the item or topic that is shown and into which people put a thing's words."""
        return self._laid().line_of(thing)

    def disputed(self) -> dict[str, WrittenName]:
        """Return by topic what people call it, where its message calls it another thing by now."""
        builder = self._laid().builder
        shown = [one for one in map(builder.section, builder.disputed) if one and one.is_shown]
        return {one.id: name for one in shown if (name := builder.disputed_name(one))}

    def taken_out(self) -> set[str]:
        """Return the ids of the items and topics that were taken out, those of no message too."""
        builder = self._laid().builder
        gone = {one for one, section in builder.sections.items() if section.gone}
        return gone | builder.taken.keys()

    def is_shown(self, identity: str) -> bool:
        """Return whether an item or topic stands in the outline."""
        return self._laid().builder.is_shown(identity)

    def twin(self, identity: str, at: int) -> str | None:
        """Return an id of another message's link that stands for what one meant at a time."""
        return self._laid().twins.twin(identity, at)

    def takes_notes(self, identity: str) -> bool:
        """Return whether notes can stand below an item: it is a bullet, and no sentence by now."""
        entry = self._laid().builder.meant(identity)
        return entry is not None and not is_sentence(entry.item)

    def given(self, identity: str) -> Item | str | None:
        """Return the item, or a topic's name, that the chat gives, though people took it out.

        It gives what hosts brought back of a message that is deleted, too.
        """
        state = self._laid()
        entry = state.builder.entries.get(identity)
        message = state.twins.message(identity, entry.item) if entry else born_of(identity)
        is_gone = message in self._gone and (entry is None or identity in state.gone)
        if is_gone or self._marked(message) & {LEAVE_OUT, OFF_RECORD}:
            return None
        section = state.builder.sections.get(identity)
        if entry is not None or section is None or section.id != identity:
            return entry.item if entry is not None else None
        name = state.builder.disputed_name(section)
        return name.ours if name else section.name

    def is_taken_in_chat(self, identity: str) -> bool:
        """Return whether the chat took an item or topic out, or does not give it any more."""
        return identity in self._laid().gone or self.given(identity) is None

    def message(self, identity: str) -> Message | None:
        """Return a message's newest known state."""
        event = self._messages.get(identity)
        return event.what.message if event and isinstance(event.what, MessageSeen) else None

    def marked(self, message: str, new: Iterable[Event] = ()) -> frozenset[str]:
        """Return the marks that stand on a message now, or would with `new` ones."""
        return self._marks.set_on(message, new)

    def holds(self, message: str) -> bool:
        """Return whether the text of any state of a message is here, or what came of it."""
        carried = (event.what for event in self._carried.values() if event.about == message)
        if any(isinstance(what, ItemCarried) and what.state is not None for what in carried):
            return True
        now = self.message(message)
        return bool(self._states_before(message)) or (now is not None and now.text is not None)

    def lifted(self, message: str, new: Iterable[Event] = ()) -> int | None:
        """Return when 🔒 was taken from a message last; None where it stands, or never did."""
        return self._marks.lifted(message, new)

    def knows(self, key: str) -> bool:
        """Return whether an event was taken in."""
        return key in self._keys

    def marks(self, message: str) -> dict[tuple[str, str], bool]:
        """Return who set (True) or took away which mark: (user, emoji) to state."""
        return self._marks.of(message)

    def after_mark(self, mark: tuple[str, str], message: str, at: int, *, on: bool) -> int:
        """Return when a mark that is told of now changed: after all that is known of it."""
        return self._marks.after(mark, message, at, on=on)

    def unerased(self) -> list[str]:
        """Return messages that are off the record and whose text is here still."""
        off = self.off_record()
        return [message for message in self._marks if message in off and self.holds(message)]

    def off_record(self) -> set[str]:
        """Return the messages that are off the record."""
        return {message for message in self._marks if OFF_RECORD in self._marked(message)}

    def locked_since(self, seq: int) -> set[str]:
        """Return the messages on which 🔒 was set after a place in the log."""
        return self._marks.locked_since(seq)

    def unread(self) -> list[str]:
        """Return messages that are marked 📝, or from which 🔒 was taken, without their text."""
        return [
            message
            for message in self._marks
            if message not in self._gone
            and (self._marked(message) == {KEEP} or self.lifted(message) is not None)
            and ((state := self.message(message)) is None or state.text is None)
        ]

    # --- building the episode --------------------------------------------------------------------

    def _clear(self) -> None:
        self._state = EpisodeState(self.lifted)
        self._tail = BEFORE_ALL
        self._stale = False

    def index(self) -> ItemIndex:
        """Return all that the episode holds, put together now, and what leads to it."""
        return self._laid().builder

    def copy(self) -> "Outline":
        """Return a fold of the same events that goes its own way; nothing is parsed for it."""
        other = copy(self)
        other._keys = set(self._keys)
        other._messages = dict(self._messages)
        other._former = {message: list(states) for message, states in self._former.items()}
        other._gone = dict(self._gone)
        other._referred = set(self._referred)
        other._starters = set(self._starters)
        other._marks = self._marks.copy()
        other._commands = dict(self._commands)
        other._carried = dict(self._carried)
        other._undoings = self._undoings.copy()
        other._given = dict(self._given)
        other._parsed = {}
        other._clear()
        other._stale = bool(self._messages or self._commands or self._carried)
        return other

    def _laid(self) -> EpisodeState:
        if self._stale:
            self._clear()
            parts = (self._messages, self._commands, self._carried)
            written = (one for one in self._commands.values() if self._is_of_edited(one.what))
            done = (one for one in written if not self.undone(one.key))
            self._state.builder.readdressed = readdressings(done)
            known = sorted(chain(*(one.values() for one in parts)), key=order_of)
            for event in known:
                self._step(event)
            self._tail = order_of(known[-1])
        return self._state

    def _step(self, event: Event) -> None:
        event = self._state.twins.directed(event, self._state.builder)
        what = event.what
        if isinstance(what, MessageSeen):
            message = what.message
            given = self._given.get(message.id) or self._read(message)
            self._state.give(self._with_thread(message), given)
        elif isinstance(what, ItemCarried) and OFF_RECORD in self._marked(born_of(what.item)):
            return
        elif (since := self._undoings.since(event.key)) is not None:
            self._state.builder.undo(event, since)
        else:
            self._state.obey(event)

    def _is_of_edited(self, what: What) -> bool:
        """Return whether people wrote of what a message gives, which may say another thing now."""
        return isinstance(what, ItemWritten) and born_of(what.item) in self._former

    # --- a message -----------------------------------------------------------------------------

    def _marked(self, message: str) -> frozenset[str]:
        return self._marks.set_on(message)

    def parse(self, text: str, *, marked: bool, guest: bool = False) -> Parsed:
        """Parse a message to decide on it; it is not parsed once more when it is folded then."""
        parsed = parse(text, self.rules, marked=marked, guest=guest)
        if parsed.blocks:
            if len(self._parsed) >= MOST_PARSED:
                self._parsed.clear()
            self._parsed[text, marked, guest] = parsed
        return parsed

    def _read(self, message: Message) -> MessageItems:
        """Read a message by the grammar, and keep that until it has another state."""
        marks, text = self._marked(message.id), message.text or ""
        given = self._given[message.id] = MessageItems(
            message, self.rules, marks=marks,
            gone=self._gone.get(message.id), left=self._marks.left(message.id),
            former=() if OFF_RECORD in marks else self._states_before(message.id),
            parsed=self._parsed.pop((text, KEEP in marks, message.guest), None),
        )  # fmt: skip
        return given

    def _states_before(self, message: str) -> list[Message]:
        """Return a message's earlier states with a text, oldest first."""
        events = sorted(self._former.get(message, ()), key=state_order)
        states = (event.what.message for event in events if isinstance(event.what, MessageSeen))
        return [state for state in states if state.text is not None]

    def _with_thread(self, message: Message) -> Message:
        """Return a message without its thread's name, where that waits for a host."""
        thread = message.thread
        if thread is None or not thread.guest or KEEP in self._marked(thread.starter or thread.id):
            return message
        return unnamed(message)
