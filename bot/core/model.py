"""What an episode is made of. Everything here is a value: frozen, compared by content."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any, Literal

from bot.core.recording.recording import Recording

# --- what a message holds (made by message.py) -------------------------------------------------


@dataclass(frozen=True, slots=True)
class Link:
    """An address in a line.

    `url` is as typed, `canonical` the form in which two are the same (urls.py). `title` is the
    Markdown that a host gave it; None means that it is to be looked up. `quiet` links were typed
    `<url>` and get no embed.
    """

    url: str
    canonical: str
    title: str | None = None
    quiet: bool = False


Line = tuple["str | Link", ...]
"""A line of text: a host's Markdown and the links in it, in order. Never holds a line break."""


@dataclass(frozen=True, slots=True)
class Note:
    """A line below an item.

    A `bullet` has its nesting as `level`, 1 or more. A `text` (continuation) or `quote` belongs to
    the bullet of that level; level 0 is the item itself. Quotes are without their `>`; `tight`
    says that it was typed with no blank behind it.
    """

    kind: Literal["bullet", "text", "quote"]
    level: int
    line: Line
    tight: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A topic (`#` to `###`) or sub-topic (`####`); `name` as typed, white space trimmed."""

    level: Literal["topic", "subtopic"]
    name: str


@dataclass(frozen=True, slots=True)
class Bullet:
    """A link line or a text bullet, with its notes; one bullet of the draft.

    `links` are those of the line itself, without those of its notes.
    """

    line: Line
    notes: tuple[Note, ...] = ()
    links: tuple[Link, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Find the links once: a fold asks for them again and again."""
        links = tuple([part for part in self.line if isinstance(part, Link)])
        object.__setattr__(self, "links", links)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Talk that a host marked with 📝; its line breaks are kept."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Verbatim:
    """The lines of a ```md or ```html fence, as they are, joined by line breaks."""

    text: str


@dataclass(frozen=True, slots=True)
class Written:
    """A piece of the file as people left it there: its lines, as they are.

    `line` holds the words and links of its first line, without the mark of a `bullet`; `links`
    are all its links, with the titles that they have there. One that is `counted` has the number
    that it comes to have in its list, and not one that people gave it. They gave it its mark at
    the time `since`, None is with its text; or they did not, and it goes on with the list above it:
    `listed` are its lines then as they last stood there, behind that list's mark.
    """

    text: str
    bullet: bool
    line: Line
    links: tuple[Link, ...] = ()
    counted: bool = False
    since: int | None = None
    listed: str | None = None


Content = Bullet | Paragraph | Verbatim | Written
Block = Heading | Bullet | Paragraph | Verbatim


def words_of(line: Line, titles: Mapping[str, str]) -> str:
    """Return a line as plain words, with titles instead of addresses and nothing escaped."""
    return "".join(
        _unescaped(part)
        if isinstance(part, str)
        else _unescaped(part.title or "") or titles.get(part.url) or part.url
        for part in line
    ).strip()


# What Markdown escapes: https://spec.commonmark.org/0.31.2/#backslash-escapes
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|\w{1,31});")


def _unescaped(text: str) -> str:
    if "\\" not in text and "&" not in text:
        return text
    return _ESCAPED.sub(lambda found: found[1] or unescape(found[0]), text)


def links_within(content: Content) -> tuple[Link, ...]:
    """Return all links of an item, those of its notes too."""
    if isinstance(content, Verbatim):
        return ()
    if isinstance(content, Written):
        return content.links
    lines = (
        (content.line, *(note.line for note in content.notes))
        if isinstance(content, Bullet)
        else content.lines
    )
    return tuple(part for line in lines for part in line if isinstance(part, Link))


# --- what people made of it in the file --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Patch:
    """People made `now` of the text `was`, at that time; with no `was`, whatever it was."""

    was: str | None
    now: str
    at: int


@dataclass(frozen=True, slots=True)
class Retitled:
    """A host gave a link (by the fingerprint of its address) a title, after people wrote."""

    link: str
    title: str


@dataclass(frozen=True, slots=True)
class Readdressed:
    """A host gave a link another address, and maybe a title, after people wrote."""

    link: str
    url: str
    title: str | None


@dataclass(frozen=True, slots=True)
class Noted:
    """Notes came to an item after people wrote it."""

    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Parted:
    """What people had put below an item went another way while that was not there."""

    part: "Item"


Step = Patch | Retitled | Readdressed | Noted | Parted


# --- what the web says of an address -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Lookup:
    """What was found for an address, before the profile's rules.

    `source` says who gave it: `file` (a look-up file), `provider`, `page` or `preview` (the chat
    platform's own). `answer` holds the provider's oEmbed answer by its field names. `at` is in
    microseconds since 1970. With no title, `error` says why in a word (bot/texts/lookup.py);
    after so many `tries` it is tried `again` at that time, or with 0 no more.
    """

    url: str
    title: str | None = None
    site_name: str | None = None
    embed_html: str | None = None
    error: str | None = None
    source: Literal["file", "provider", "page", "preview"] = "page"
    answer: Mapping[str, object] = field(default_factory=dict)
    at: int = 0
    tries: int = 0
    again: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """What is written for a link once the profile's rules are applied.

    `title` is plain text from outside (None: nothing to be had, written `<url>`); `embed` is the
    HTML block that follows the item, if the profile has one for the address.
    """

    title: str | None = None
    embed: str | None = None


# --- the episode (made by fold.py) ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of the draft: a bullet with its notes, a paragraph or a verbatim block.

    `id` is made of the message that gave it (or the command), a fingerprint of what it was when
    it was born, and its occurrence; it outlives edits, moves and new titles. Titles that hosts
    set, and notes added by command, are already in `content`. `by` and `at` are those of the
    message, `stamp` the time of its newest state, `noted` that at which what others had noted on it
    was last said anew or taken back; `also` are the people whose notes came to it later. `steps`
    are what happened to its text since people first changed it in the file, in order (file_text.py
    makes one text of them).
    """

    id: str
    content: Content
    message: str
    by: str
    at: int
    also: tuple[str, ...] = ()
    stamp: int = 0
    noted: int = 0
    steps: tuple[Step, ...] = ()


def notes_of(item: Item) -> tuple[Note, ...]:
    """Return the notes that the chat gives an item, those that came after people wrote it, too."""
    own = item.content.notes if isinstance(item.content, Bullet) else ()
    return (*own, *(note for one in item.steps if isinstance(one, Noted) for note in one.notes))


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic with its items, then its sub-topics.

    The topic with the empty name holds what was said before the first heading; it comes first and
    has no heading in the draft.
    """

    id: str
    name: str
    items: tuple[Item, ...] = ()
    subtopics: tuple["Topic", ...] = ()

    def parts(self) -> tuple["Topic", ...]:
        """Return the topic and its sub-topics."""
        return (self, *self.subtopics)

    def every_item(self) -> tuple[Item, ...]:
        """Return its items, and those of its sub-topics."""
        return tuple(item for part in self.parts() for item in part.items)


@dataclass(frozen=True, slots=True)
class Nested:
    """An item that is a part of another one's text; `under` is the id of that one."""

    under: str
    item: Item


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for the next episode, by the key of the event that put it off.

    An item alone stands in a topic without a name; where its headings go along, they are `under`,
    the outer one first. What is `nested` below its items goes along with them.
    """

    postponed: str
    topic: Topic
    under: tuple[Topic, ...] = ()
    nested: tuple[Nested, ...] = ()


@dataclass(frozen=True, slots=True)
class Episode:
    """An episode as it stands.

    `fields` are number, title, date (ISO), starring, summary, tags and whatever else was set;
    a field that nobody set is absent. `removed` are items that a command or a deletion took out
    and that can be brought back; what is `waiting` is for the next episode. `nested` are items that
    people put below another one in the file: parts of its text by now. `in_template` are the links,
    by fingerprint, that people put into lines of the template's, `already` what was given while its
    link stood there, and not put in. `opened` is the time of the first thing that was kept, None
    before; `closed` tells whether the episode is over. `recording` is the last that was made of it.
    """

    id: str
    topics: tuple[Topic, ...] = ()
    fields: Mapping[str, object] = field(default_factory=dict)
    removed: tuple[Item, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    nested: tuple[Nested, ...] = ()
    in_template: frozenset[str] = frozenset()
    already: tuple[Item, ...] = ()
    opened: int | None = None
    closed: bool = False
    recording: Recording = field(default_factory=Recording)

    def sections(self) -> tuple[Topic, ...]:
        """Return topics and sub-topics, flat, in the order of the draft."""
        return tuple(part for topic in self.topics for part in topic.parts())

    def items(self) -> tuple[Item, ...]:
        """Return all items in the order of the draft."""
        return tuple(item for section in self.sections() for item in section.items)

    def waiting_items(self) -> tuple[Item, ...]:
        """Return the items that wait, those of topics too."""
        return tuple(item for one in self.waiting for item in one.topic.every_item())

    def below(self, *items: str) -> tuple[Item, ...]:
        """Return what people put below some items in the file, and below that."""
        found: set[str] = set()
        new = {*items}
        while new:
            new = {one.item.id for one in self.nested if one.under in new} - found
            found |= new
        return tuple(one.item for one in self.nested if one.item.id in found)

    def people(self) -> tuple[str, ...]:
        """Return the ids of those whose words are in it, in the order in which they came."""
        by_time = sorted(self.items(), key=lambda item: item.at)
        return tuple(dict.fromkeys(one for item in by_time for one in (item.by, *item.also)))


# --- what a profile's templates make of it -----------------------------------------------------


@dataclass(frozen=True, slots=True)
class Job:
    """A template to render: its source, the names it sees, and where it stands, for errors.

    `where` is the file, `line` the one at which the template starts in it.
    """

    template: str
    names: Mapping[str, Any]
    where: str
    line: int = 1
