"""What can happen to an episode by its committed file: kinds of events like the others (events.py).

People edit a draft's file; what they did there is taken in before the next draft. Where chat and
file disagree on one thing, that is a conflict until somebody chooses. What people take out is an
ItemRemoved or TopicRemoved, as when a host does it, under a key of the file's.
"""

from dataclasses import dataclass
from typing import ClassVar

OF_FILE = "file:"
"""How the keys begin of what people did in a draft's file."""

FILE_PERSON = "file:"
"""How the ids begin of those who are known by what they did in the file."""

OF_CONFLICT = "conflict:"
"""How the keys begin of conflicts between chat and file."""


@dataclass(frozen=True, slots=True)
class FileEdited:
    """People changed the draft's file: from the content `before` to `after` (blob ids).

    What they did there are events of their own, `count` of them, under keys that begin like this
    one's. `commit` is the newest of theirs, "" where nothing was committed yet.
    """

    kind: ClassVar = "file_edited"
    path: str
    before: str
    after: str
    commit: str
    count: int


@dataclass(frozen=True, slots=True)
class ItemWritten:
    """People made `now` of an item's text in the file, which was `was` there: whole lines.

    With no `was`, it is `now` whatever it was.
    """

    kind: ClassVar = "item_written"
    item: str
    was: str | None
    now: str


@dataclass(frozen=True, slots=True)
class ItemAdded:
    """People wrote an item into the file; its id is the event's key.

    A link that the episode has already by then is `again`: people meant it to stand there twice.
    Where it is what they made of an `item` that the chat did not give at the time, which `was`
    another text, it is that item once the chat gives it again.
    """

    kind: ClassVar = "item_added"
    text: str
    topic: str
    after: str | None = None
    before: str | None = None
    again: bool = False
    item: str | None = None
    was: str | None = None


@dataclass(frozen=True, slots=True)
class ItemNested:
    """People put an item below another one in the file: there it is a part of that one's text.

    It stands for itself again, in the `topic`, as soon as nothing that it is `under` is there.
    """

    kind: ClassVar = "item_nested"
    item: str
    under: str
    topic: str
    after: str | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True)
class TopicFound:
    """People wrote a topic into the file; its id is the event's key.

    A name that the episode has already by then is `again`. With `under`, it is a sub-topic. Where
    it is what they made of a `topic` that the chat did not give at the time, which `was` called
    another thing, it is that topic once the chat gives it again.
    """

    kind: ClassVar = "topic_found"
    name: str
    under: str | None = None
    after: str | None = None
    before: str | None = None
    again: bool = False
    topic: str | None = None
    was: str | None = None


@dataclass(frozen=True, slots=True)
class TopicWritten:
    """People made `now` of a topic's heading in the file, which was `was` there."""

    kind: ClassVar = "topic_written"
    topic: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class StandsIn:
    """What people took out in the file says the same there as a part of another thing.

    `item` is the item or topic, `into` what has its words: the line that it was put behind or
    below, the heading made of it, the bullet that was one; itself, where that went off the record.
    """

    kind: ClassVar = "stands_in"
    item: str
    into: str


@dataclass(frozen=True, slots=True)
class LinkInTemplate:
    """People put a link, by its fingerprint, into a line of the template's; or it is gone there."""

    kind: ClassVar = "link_in_template"
    link: str
    there: bool


@dataclass(frozen=True, slots=True)
class ConflictFound:
    """Chat and file disagreed on one thing; `theirs` stands in the file until somebody chooses.

    `about` is the id of the `item` or `topic`, or the name of the `field`; `name` by what hosts
    know it. What a side had removed is "" there; `later` tells that the chat had put it off.

    Of an item that people put into another one's lines, both sides are those lines. Then `said` is
    what the chat says of the item by itself, and `had` what the file has of it: should those lines
    go, it stands for itself like that until somebody chooses.
    """

    kind: ClassVar = "conflict_found"
    thing: str
    about: str
    name: str
    ours: str
    theirs: str
    later: bool = False
    said: str = ""
    had: str = ""


@dataclass(frozen=True, slots=True)
class ConflictSettled:
    """Somebody chose: `ours`, or what stands in the file."""

    kind: ClassVar = "conflict_settled"
    conflict: str
    ours: bool
