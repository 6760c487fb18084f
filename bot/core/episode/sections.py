"""The sections of an episode that is put together, and what stands in them (builder.py)."""

from typing import TypeVar

from bot.core.document.list_marks import item_start
from bot.core.document.nesting import is_code
from bot.core.model import Bullet, Content, Item, Patch, Topic, Written

T = TypeVar("T")

TOP = "top"
"""The id of the topic without a heading."""


def is_bullet(content: Content) -> bool:
    return isinstance(content, Bullet) or (isinstance(content, Written) and content.bullet)


def _is_code(content: Content) -> bool:
    return isinstance(content, Written) and is_code(content.text.lstrip("\n"))


def is_sentence(item: Item) -> bool:
    """Return whether an item is no bullet, or people made none of it in the file."""
    texts = [step.now for step in item.steps if isinstance(step, Patch)]
    if not texts:
        return not is_bullet(item.content)
    return item_start(texts[-1].strip("\n").split("\n")[0]) == 0


class PlacedItem:
    """An item at its place in a section; `alive` is False where it was taken out, or `waits`.

    `called_back` is set where it waited until people's words in the file brought it back: by which
    event it was put off, "" for that of its topic, and where it stood. One that is `nested` is a
    part of another one's text, and not alive for as long.
    """

    __slots__ = ("alive", "called_back", "item", "nested", "section", "waits")

    def __init__(self, item: Item, section: "Section", *, alive: bool) -> None:
        self.item = item
        self.section = section
        self.alive = alive
        self.waits = False
        self.nested = False
        self.called_back: tuple[str, Section] | None = None

    @property
    def takes_notes(self) -> bool:
        return (self.alive or self.waits) and is_bullet(self.item.content)

    def change(self, item: Item) -> None:
        """Let it be another state of the item."""
        self.item = item
        self.section.items = None


class Section:
    """A topic or sub-topic under construction; those taken out keep a place in `entries`.

    `back` tells that the chat had taken its heading out, and that the file has it still, for what
    stands below it; `unsaid` that nobody typed it: it is a thread's name. `stamp` is the time of
    the newest state of the message that named it.
    """

    __slots__ = (
        "back", "entries", "follow", "gone", "id", "items", "name", "parent", "stamp", "subs",
        "topic", "unsaid",
    )  # fmt: skip

    def __init__(self, identity: str, name: str, parent: "Section | None" = None) -> None:
        self.id = identity
        self.name = name
        self.parent = parent
        self.entries: list[PlacedItem] = []
        self.subs: list[Section] = []
        self.follow: Section | None = None  # where what it held went, if merged or removed
        self.gone = False  # removed, or put off: commands on it sleep
        self.back = False
        self.unsaid = False
        self.stamp = 0
        self.items: tuple[Item, ...] | None = ()  # None: to be gathered anew
        self.topic: Topic | None = None

    def view(self) -> Topic:
        """Return the topic as a value, made anew only where something changed."""
        if self.items is None:
            self.items = tuple(entry.item for entry in self.entries if entry.alive)
        subtopics = tuple(sub.view() for sub in self.subs if sub.is_shown)
        topic = self.topic
        if (
            topic is None
            or topic.items is not self.items
            or topic.subtopics != subtopics
            or topic.name != self.name
        ):
            topic = self.topic = Topic(self.id, self.name, self.items, subtopics)
        return topic

    @property
    def is_shown(self) -> bool:
        """Whether it stands in the outline: a thread's name does while something stands below."""
        return (
            not self.unsaid
            or any(entry.alive for entry in self.entries)
            or any(sub.is_shown for sub in self.subs)
        )

    def add(self, entry: PlacedItem, after: PlacedItem | None = None) -> None:
        """Put an entry behind another of this section, or at the end.

        What people left behind that as code stays right below it: behind an item of a list it would
        be a part of that.
        """
        entry.section = self
        if after is None or after is self.entries[-1]:  # so it mostly is, in a long row
            at = len(self.entries)
        else:
            at = self.entries.index(after) + 1
        while at < len(self.entries) and _is_code(self.entries[at].item.content):
            at += 1
        self.entries.insert(at, entry)
        if entry.alive:
            self.items = None

    def take(self, entry: PlacedItem) -> None:
        self.entries.remove(entry)
        self.items = None


class InsertionPoint:
    """Where the next thing of a message goes: a section, and behind which entry if not its end."""

    __slots__ = ("after", "section")

    def __init__(self, section: Section, after: PlacedItem | None = None) -> None:
        self.section = section
        self.after = after


def followed(section: Section) -> Section:
    while section.follow is not None:
        section = section.follow
    return section


def insert(into: list[T], one: T, after: T | None, before: T | None) -> None:
    """Put one behind `after` or, where that is not there, before `before`, else at the end."""
    if after is not None and after in into:
        into.insert(into.index(after) + 1, one)
    elif before is not None and before in into:
        into.insert(into.index(before), one)
    else:
        into.append(one)
