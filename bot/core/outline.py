"""From events to the episode: which events count, in which order, and what they come to.

The result depends on the set of events alone, not on the order or number of their deliveries. A
message is a register (its newest state wins) that stands at the message's own time; commands
stand at theirs; undo skips a command. What comes at the end of the line is put on the board as
it is; anything else (an edit, a late arrival, an undo, a mark on an older message) has the board
laid anew from what is known, which takes a few microseconds an event.
"""

from collections.abc import Callable, Iterable
from typing import Any, Literal

from bot.core.board import Board, Entry, Place, links_of
from bot.core.events import (
    EpisodeClosed,
    EpisodeOpened,
    EpisodeReopened,
    Event,
    FieldSet,
    ItemMoved,
    ItemNoted,
    ItemRemoved,
    ItemRestored,
    ItemRetitled,
    Marked,
    Message,
    MessageGone,
    MessageSeen,
    Redone,
    TopicAdded,
    TopicMerged,
    TopicMoved,
    TopicRemoved,
    TopicRenamed,
    Undone,
)
from bot.core.grammar import KEEP, LEAVE_OUT, OFF_RECORD, Rules, label_of, parse, parse_note
from bot.core.model import Bullet, Episode, Heading, Item, Note, Paragraph
from bot.core.urls import fingerprint

Outcome = Literal["kept", "already", "talk"]
Order = tuple[int, int, int, str]
BEFORE_ALL: Order = (-1, 0, 0, "")

EDITS = (
    FieldSet, TopicAdded, TopicRenamed, TopicMoved, TopicMerged, TopicRemoved,
    ItemMoved, ItemRetitled, ItemNoted, ItemRemoved, ItemRestored,
)  # fmt: skip
"""What hosts do to an episode by command, and can undo."""


class Outline:
    """The fold over the events of one episode."""

    def __init__(self, episode: str, rules: Rules) -> None:
        self._id = episode
        self.rules = rules
        self._keys: set[str] = set()
        self._messages: dict[str, Event] = {}
        self._gone: set[str] = set()
        self._answered: set[str] = set()
        self._marks: dict[str, dict[tuple[str, str], tuple[int, str, bool]]] = {}
        self._commands: dict[str, Event] = {}
        self._switches: dict[str, tuple[int, str, bool]] = {}
        self._given: dict[str, _Given] = {}
        self._tail = BEFORE_ALL
        self._stale = False
        self.seq = 0
        """The last place in the log of what was taken in."""
        self.newest = 0
        """The time of the newest thing that was taken in, in microseconds since 1970."""
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
        if isinstance(what, MessageSeen):
            self._see(event, what.message)
        elif isinstance(what, Marked):
            self._mark(event, what)
        elif isinstance(what, MessageGone):
            self._gone.add(what.message)
            self._forget(what.message)
        elif isinstance(what, Undone | Redone):
            state = (event.at, event.key, isinstance(what, Undone))
            self._switches[what.event] = max(state, self._switches.get(what.event, state))
            self._stale = self._stale or what.event in self._commands
        else:
            self._commands[event.key] = event
            self._append(event)

    def wants(self, event: Event) -> bool:
        """Tell whether an event matters here: talk does only where something refers to it."""
        what = event.what
        if not isinstance(what, MessageSeen) or what.message.text is not None:
            return True
        identity = what.message.id
        return identity in self._messages or identity in self._marks or identity in self._answered

    def unknown(self, events: Iterable[Event]) -> set[str]:
        """Give the messages that these events refer to and of which nothing is known here."""
        named = {
            event.what.message.reply_to if isinstance(event.what, MessageSeen) else event.about
            for event in events
            if isinstance(event.what, MessageSeen | Marked)
        }
        return {one for one in named if one is not None and one not in self._messages}

    def _see(self, event: Event, message: Message) -> None:
        if message.reply_to is not None:
            self._answered.add(message.reply_to)
        known = self._messages.get(message.id)
        if known is None:
            self._messages[message.id] = event
            self._append(event)
        elif _newer(event, known):
            self._messages[message.id] = event
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
        self._stale = self._stale or message in self._messages

    def _append(self, event: Event) -> None:
        order = _order(event)
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
        """Tell whether a command is skipped."""
        return self._switches.get(key, (0, "", False))[2]

    def commands(self) -> list[Event]:
        """Give what hosts did by command, oldest first, undone things included."""
        return sorted(self._commands.values(), key=_order)

    def message(self, identity: str) -> Message | None:
        """Give a message's newest known state."""
        event = self._messages.get(identity)
        return event.what.message if event and isinstance(event.what, MessageSeen) else None

    def marked(self, message: str) -> frozenset[str]:
        """Give the marks that stand on a message now."""
        return self._marked(message)

    def marks(self, message: str) -> dict[tuple[str, str], bool]:
        """Give who set (True) or took away which mark: (user, emoji) to state."""
        return {mark: on for mark, (_, _, on) in self._marks.get(message, {}).items()}

    def unerased(self) -> list[str]:
        """Give messages that are off the record and whose text is here still."""
        return [
            message
            for message in self._marks
            if OFF_RECORD in self._marked(message)
            and (state := self.message(message)) is not None
            and state.text is not None
        ]

    def unread(self) -> list[str]:
        """Give messages that are marked 📝 and whose text we do not have."""
        return [
            message
            for message in self._marks
            if message not in self._gone
            and self._marked(message) == {KEEP}
            and ((state := self.message(message)) is None or state.text is None)
        ]

    # --- laying the board ----------------------------------------------------------------------

    def _clear(self) -> None:
        self._board = Board()
        self._fields: dict[str, Any] = {}
        self._opened: int | None = None
        self._closed = False
        self._outcomes: dict[str, Outcome] = {}
        self._tail = BEFORE_ALL
        self._stale = False

    def refold(self) -> None:
        """Have the episode put together anew when it is next asked for."""
        self._stale = True

    def _laid(self) -> Board:
        if self._stale:
            self._clear()
            known = [*self._messages.values(), *self._commands.values()]
            ordered = sorted((_order(event), index) for index, event in enumerate(known))
            for _, index in ordered:
                self._step(known[index])
            self._tail = ordered[-1][0]
        return self._board

    def _step(self, event: Event) -> None:
        what = event.what
        if isinstance(what, MessageSeen):
            self._give(what.message)
        elif not self.undone(event.key):
            self._obey(event)

    # --- a message -----------------------------------------------------------------------------

    def _marked(self, message: str) -> frozenset[str]:
        marks = self._marks.get(message)
        if not marks:
            return frozenset()
        return frozenset(emoji for (_, emoji), (_, _, on) in marks.items() if on)

    def _read(self, message: Message) -> "_Given":
        """Read a message by the grammar, once for each of its states."""
        given = self._given.get(message.id)
        if given is None:
            marks = self._marked(message.id)
            text = None if marks & {LEAVE_OUT, OFF_RECORD} else message.text
            given = self._given[message.id] = _Given(
                message, text, self.rules, marked=KEEP in marks, gone=message.id in self._gone
            )
        return given

    def _give(self, message: Message) -> None:
        """Put what a message gives in its place."""
        board = self._board
        given = self._read(message)
        if message.reply_to is not None:
            board.replies[message.id] = message.reply_to
            target = board.lasts.get(message.reply_to)
            if given.note is not None and target is not None and target.takes_notes:
                board.annotate(target, given.note, message.by)
                board.tails[message.id] = board.lasts[message.id] = target
                board.stood[message.id] = target.section
                self._outcomes[message.id] = "kept"
                return
        follows = given.follows or (given.note is not None and message.reply_to in board.lasts)
        place = board.place(message, follows=follows) if given.parts else None
        for number, part in enumerate(given.parts):
            assert place is not None  # noqa: S101 - there are parts, so it was found above
            if isinstance(part, Heading):
                place = Place(board.heading(f"{message.id}/{number}", part, message))
                self._outcomes[message.id] = "kept"
            else:
                self._put(part, place, given)
        if given.parts and not given.gone:
            self._opened = min(self._opened or message.at, message.at)
        section = place.section if place else board.standing(message)
        if section is not None:
            board.stood[message.id] = section

    def _put(self, item: Item, place: Place, given: "_Given") -> None:
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
        """Give the item that has the one link of this link line already."""
        links = links_of(item.content)
        return self._board.first_with(links[0].canonical) if len(links) == 1 else None

    # --- a command -----------------------------------------------------------------------------

    def _obey(self, event: Event) -> None:
        what, board = event.what, self._board
        if isinstance(what, EpisodeOpened):
            self._fields = {"number": what.number, **self._fields}  # a host's word stands above
            self._opened = min(self._opened or event.at, event.at)
        elif isinstance(what, EpisodeClosed | EpisodeReopened):
            self._closed = isinstance(what, EpisodeClosed)
        elif isinstance(what, FieldSet):
            self._fields = _with(self._fields, what.name.split("."), what.value)
        elif isinstance(what, TopicAdded):
            board.add_topic(event.key, what)
        elif isinstance(what, ItemNoted):
            entry = board.entries.get(what.item)
            if entry is not None:
                board.annotate(entry, parse_note(what.text), event.by)
        elif type(what) in _OBEY:
            _OBEY[type(what)](board, what)


_OBEY: dict[type, Callable[[Board, Any], None]] = {
    TopicRenamed: Board.rename_topic,
    TopicMoved: Board.move_topic,
    TopicMerged: Board.merge_topic,
    TopicRemoved: Board.remove_topic,
    ItemMoved: Board.move_item,
    ItemRetitled: Board.retitle_item,
    ItemRemoved: Board.remove_item,
    ItemRestored: Board.restore_item,
}


class _Given:
    """What one state of a message gives: its headings and items, in order.

    `note` holds talk marked 📝 in a reply, as notes. `follows` tells that a reply's content goes
    behind what it replies to.
    """

    __slots__ = ("follows", "gone", "marked", "note", "parts")

    def __init__(
        self, message: Message, text: str | None, rules: Rules, *, marked: bool, gone: bool
    ) -> None:
        self.gone = gone
        self.marked = marked
        self.note: tuple[Note, ...] | None = None
        self.parts: list[Heading | Item] = []
        if text is not None:
            self._fill(message, text, rules)
        self.follows = message.threaded or any(
            isinstance(part, Item) and links_of(part.content) for part in self.parts
        )

    def _fill(self, message: Message, text: str, rules: Rules) -> None:
        blocks = parse(text, rules, marked=self.marked).blocks
        if self.gone:
            blocks = tuple(block for block in blocks if not isinstance(block, Heading))
        only_talk = bool(blocks) and all(isinstance(block, Paragraph) for block in blocks)
        if self.marked and message.reply_to and only_talk and not self.gone:
            self.note = parse_note(text)
        seen: dict[str, int] = {}
        for block in blocks:
            if isinstance(block, Heading):
                self.parts.append(block)
                continue
            links = links_of(block)
            born = block.line if isinstance(block, Bullet) else block
            print_of = fingerprint(links[0].canonical if links else repr(born))
            count = seen[print_of] = seen.get(print_of, -1) + 1
            identity = f"{message.id}/{print_of}/{count}"
            self.parts.append(Item(identity, block, message.id, message.by, message.at))


def _order(event: Event) -> Order:
    """Give an event's place: its time, messages before commands, then its id."""
    if isinstance(event.what, MessageSeen):
        identity = event.what.message.id
        return (event.what.message.at, 0, len(identity), identity)
    return (event.at, 1, len(event.key), event.key)


def _newer(event: Event, known: Event) -> bool:
    """Tell whether a state of a message is newer than another, and settle ties the same way."""
    assert isinstance(event.what, MessageSeen)  # noqa: S101 - the caller looked
    assert isinstance(known.what, MessageSeen)  # noqa: S101 - the caller looked
    return (event.what.message.stamp, event.key) > (known.what.message.stamp, known.key)


def _with(fields: dict[str, Any], path: list[str], value: object) -> dict[str, Any]:
    """Give fields with one set (None takes it away), mappings on the way made as needed."""
    name, rest = path[0], path[1:]
    if rest:
        inner = fields.get(name)
        value = _with(inner if isinstance(inner, dict) else {}, rest, value) or None
    kept = {key: old for key, old in fields.items() if key != name}
    return kept if value is None else {**kept, name: value}
