"""What can happen to an episode; how the log writes that is event_json.py's.

What people do in the committed file is file_events.py's; a recording and what waits for the next
episode have kinds of their own, too.

An event is stored once, under a key made of the platform's own ids, and never changed; the
episode is folded from its events (fold.py). Times are microseconds since 1970, UTC. Topics and
items are named by id, never by position; a place is "after this, before that" (both may be None:
`after=None` with `before` set is the front, both None is the end).
"""

from dataclasses import dataclass
from typing import Any, ClassVar

from bot.core import file_events as in_file
from bot.core.later import events as later
from bot.core.recording import events as recording


@dataclass(frozen=True, slots=True)
class Thread:
    """A Discord thread or forum post: `name` is its topic until one is set in it.

    `starter` is the id of the message it hangs on, if it hangs on one. `guest` says that whoever
    named it is no host: the name waits until a host takes the starter in.
    """

    id: str
    name: str
    parent: str
    starter: str | None = None
    guest: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """A message's whole state, in plain Markdown (docs/chat-grammar.md, section 0).

    `channel` is where it stands: the thread's id in a thread. `at` is the platform's time of the
    message, `stamp` that of this state of it (its last edit, else `at`); the newest stamp wins.
    `text` is None for talk, whose text is not kept. `threaded` messages (Slack's threads) belong
    to `reply_to` whatever they hold. A `guest` was no host when this state was read: it gives
    something only while a host's 📝 is on it.
    """

    id: str
    channel: str
    at: int
    by: str
    text: str | None
    stamp: int
    reply_to: str | None = None
    threaded: bool = False
    thread: Thread | None = None
    guest: bool = False


@dataclass(frozen=True, slots=True)
class MessageSeen:
    """A message came, or was edited."""

    kind: ClassVar = "message"
    message: Message


@dataclass(frozen=True, slots=True)
class MessageGone:
    """A message was deleted on the platform; this wins over any state of it."""

    kind: ClassVar = "message_gone"
    message: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A host put a reaction on a message, or took it away; the newest `at` wins.

    `emoji` is the character of one of the marks (grammar.MARKS), `by` of the event its user.
    """

    kind: ClassVar = "mark"
    message: str
    emoji: str
    on: bool


@dataclass(frozen=True, slots=True)
class EpisodeOpened:
    """The first kept message, or a host, opened the episode, with its number as text.

    With a `channel`, it is that channel's own; else all channels of the show feed it.
    """

    kind: ClassVar = "episode_opened"
    number: str
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class EpisodeClosed:
    """The episode is over: what comes later belongs to the next."""

    kind: ClassVar = "episode_closed"


@dataclass(frozen=True, slots=True)
class EpisodeReopened:
    """A closed episode is open again."""

    kind: ClassVar = "episode_reopened"


@dataclass(frozen=True, slots=True)
class FieldSet:
    """A field of the episode was set; None takes it away. Dots reach into mappings."""

    kind: ClassVar = "field"
    name: str
    value: Any


@dataclass(frozen=True, slots=True)
class TopicAdded:
    """A topic was made by command; what follows in `channel` goes under it.

    Its id is the event's key. With `under`, it is a sub-topic of that topic.
    """

    kind: ClassVar = "topic_added"
    name: str
    channel: str
    under: str | None = None
    after: str | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True)
class TopicRenamed:
    """A topic has another name; the former one still leads to it."""

    kind: ClassVar = "topic_renamed"
    topic: str
    name: str


@dataclass(frozen=True, slots=True)
class TopicMoved:
    """A topic, with all it holds, stands elsewhere among its siblings, or `under` another."""

    kind: ClassVar = "topic_moved"
    topic: str
    after: str | None
    before: str | None
    under: str | None = None


@dataclass(frozen=True, slots=True)
class TopicMerged:
    """A topic's items and sub-topics went to the end of another; its names lead there."""

    kind: ClassVar = "topic_merged"
    topic: str
    into: str


@dataclass(frozen=True, slots=True)
class TopicRemoved:
    """A topic's heading is gone; what it held falls to the topic before."""

    kind: ClassVar = "topic_removed"
    topic: str


@dataclass(frozen=True, slots=True)
class ItemMoved:
    """An item stands elsewhere, in the same topic or another."""

    kind: ClassVar = "item_moved"
    item: str
    topic: str
    after: str | None
    before: str | None


@dataclass(frozen=True, slots=True)
class ItemRetitled:
    """A host gave a link another title (Markdown). `link` is the fingerprint of its address."""

    kind: ClassVar = "item_retitled"
    item: str
    link: str
    title: str


@dataclass(frozen=True, slots=True)
class ItemReaddressed:
    """A host gave a link another address; `link` is the fingerprint of the one that it had.

    With a `title`, a link without one has that from now on: the new address may say another.
    """

    kind: ClassVar = "item_readdressed"
    item: str
    link: str
    url: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class ItemNoted:
    """A host added a note to an item: text in plain Markdown, read as lines below a link."""

    kind: ClassVar = "item_noted"
    item: str
    text: str


@dataclass(frozen=True, slots=True)
class ItemRemoved:
    """A host took an item out; it stays out when its message is edited."""

    kind: ClassVar = "item_removed"
    item: str


@dataclass(frozen=True, slots=True)
class ItemRestored:
    """A host brought back an item that was taken out or whose message was deleted."""

    kind: ClassVar = "item_restored"
    item: str


@dataclass(frozen=True, slots=True)
class DraftAsked:
    """A host asked for a draft; one is owed until a draft is settled or refused."""

    kind: ClassVar = "draft_asked"


@dataclass(frozen=True, slots=True)
class DraftRefused:
    """The draft that was asked for could not be made, and whoever asked was told."""

    kind: ClassVar = "draft_refused"


@dataclass(frozen=True, slots=True)
class Undone:
    """The event with that key is skipped, until it is redone."""

    kind: ClassVar = "undone"
    event: str


@dataclass(frozen=True, slots=True)
class Redone:
    """The event with that key counts again."""

    kind: ClassVar = "redone"
    event: str


What = (
    MessageSeen | MessageGone | Marked | Undone | Redone
    | EpisodeOpened | EpisodeClosed | EpisodeReopened | FieldSet | DraftAsked | DraftRefused
    | TopicAdded | TopicRenamed | TopicMoved | TopicMerged | TopicRemoved
    | ItemMoved | ItemRetitled | ItemReaddressed | ItemNoted | ItemRemoved | ItemRestored
    | in_file.FileEdited | in_file.ItemWritten | in_file.ItemAdded | in_file.ItemNested
    | in_file.TopicFound | in_file.TopicWritten | in_file.StandsIn | in_file.LinkInTemplate
    | in_file.ConflictFound | in_file.ConflictSettled
    | recording.RecordingSet | recording.TopicTimed | recording.TopicSkipped | recording.CutMarked
    | later.ItemPostponed | later.TopicPostponed | later.ItemCarried | later.TopicCarried
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: `key` tells it apart, `by` is the person's id.

    `episode` is `SHOW#N`. `at` is the time at which it takes its place: of a message its own, of
    all else that at which it happened. `seq` is its place in the log, 0 before it is stored.
    """

    key: str
    episode: str
    at: int
    by: str
    what: What
    seq: int = 0

    @property
    def about(self) -> str | None:
        """The message that this event tells of, itself or by one of its items or topics."""
        what = self.what
        if isinstance(what, MessageSeen):
            return what.message.id
        if isinstance(what, MessageGone | Marked):
            return what.message
        if isinstance(what, in_file.ConflictFound):
            return born_of(what.about)
        named = getattr(what, "item", None) or getattr(what, "topic", None)
        return born_of(named) if named else None


def born_of(identity: str) -> str:
    """Return the id of the message (or key of the command) that an item or topic was born of."""
    return identity.split("/", 1)[0]
