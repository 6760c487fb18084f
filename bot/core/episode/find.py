"""Find a topic, an item or a link by what a host calls it: an id, a number, a name, an address."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.core.document.definitions import only_defines
from bot.core.document.list_marks import split_marks
from bot.core.episode.file_text import links_written
from bot.core.model import (
    Bullet,
    Content,
    Episode,
    Item,
    Link,
    Topic,
    Verbatim,
    Written,
    links_within,
    words_of,
)
from bot.core.urls import canonical

LONGEST_LABEL = 100
"""Characters of a label: Discord shows no more of a choice."""


@dataclass(frozen=True, slots=True)
class Named:
    """Something that hosts can name: by `number` ("2" or "2.3"), or by a part of its words.

    `addresses` are those of its links, as they were typed.
    """

    id: str
    number: str
    label: str
    words: str
    addresses: tuple[str, ...] = ()


def topics(episode: Episode) -> list[Named]:
    """Return topics ("2") and sub-topics ("2a") with their numbers in the outline."""
    return [
        Named(topic.id, number, shortened(topic.name), topic.name)
        for number, topic in numbered_topics(episode)
        if topic.name
    ]


def numbered_topics(episode: Episode) -> Iterator[tuple[str, Topic]]:
    """Yield each topic and sub-topic with its number; the one without a heading has 0."""
    first = 0 if episode.topics and not episode.topics[0].name else 1
    for count, topic in enumerate(episode.topics, first):
        yield str(count), topic
        for index, subtopic in enumerate(topic.subtopics):
            yield f"{count}{_letters(index)}", subtopic


def items(episode: Episode, titles: Mapping[str, str]) -> list[Named]:
    """Return items with their outline numbers; `titles` are the looked-up ones by address.

    What only defines links by reference is none of the outline.
    """
    return [
        _named(item, f"{number}.{count}", titles)
        for number, topic in numbered_topics(episode)
        for count, item in enumerate(filter(is_listed, topic.items), 1)
    ]


def every_item(episode: Episode, titles: Mapping[str, str]) -> list[Named]:
    """Return the items of the outline, and those without a number that only define links."""
    unlisted = (item for item in episode.items() if not is_listed(item))
    return [*items(episode, titles), *(_named(item, "", titles) for item in unlisted)]


def is_listed(item: Item) -> bool:
    """Return whether an item stands in the outline: a reader sees something of it."""
    content = item.content
    return not (isinstance(content, Written) and only_defines(content.text))


def is_empty(topic: Topic) -> bool:
    """Return whether the outline has nothing below a topic."""
    return not any(map(is_listed, topic.items)) and not topic.subtopics


def removed(episode: Episode, titles: Mapping[str, str]) -> list[Named]:
    """Return the items that can be brought back, newest removal first."""
    return [
        _named(item, str(count), titles) for count, item in enumerate(reversed(episode.removed), 1)
    ]


def _named(item: Item, number: str, titles: Mapping[str, str]) -> Named:
    label = label_of(item.content, titles)
    addresses = tuple(link.url for link in links_within(item.content))
    words = f"{label} {' '.join(addresses)}"
    return Named(item.id, number, shortened(label), words, addresses)


def says(one: Named, other: Named) -> bool:
    """Return whether one has the link of the other in it, or the words of one without a link."""
    if not other.addresses:
        return other.words.strip() in one.words
    links = {*map(canonical, one.addresses)}.intersection(map(canonical, other.addresses))
    return bool(links) or any(address in one.words for address in other.addresses)


def label_of(content: Content, titles: Mapping[str, str]) -> str:
    """Return the words by which hosts know an item: its line, with titles instead of addresses."""
    if isinstance(content, Bullet | Written):
        return words_of(content.line, titles)
    if isinstance(content, Verbatim):
        return " ".join(content.text.split())
    return " ".join(words_of(line, titles) for line in content.lines)


def find(typed: str, among: Sequence[Named]) -> list[Named]:
    """Return what a host may mean: one where it is clear, several where it is not, none.

    An id or a number counts first, then an address of its links, then the whole name, then its
    beginning, then a part of it.
    """
    typed = typed.strip()
    number = unicodedata.normalize("NFKC", typed)  # a Japanese keyboard's digits are wide
    exact = [one for one in among if typed == one.id or number == one.number]
    if exact:
        return exact[:1]
    if linked := _linked(typed, among):
        return linked
    wanted = _folded(typed)
    if not wanted:
        return []
    for fits in (str.__eq__, str.startswith, str.__contains__):
        found = [one for one in among if fits(_folded(one.words), wanted)]
        found = found or [one for one in among if fits(_folded(one.label), wanted)]
        if found:
            return found
    return []


def _linked(typed: str, among: Sequence[Named]) -> list[Named]:
    """Return what has a link with just this address; where nothing has, one that is the same."""
    found = [one for one in among if typed in one.addresses]
    if found or "://" not in typed:
        return found
    wanted = canonical(typed)
    return [one for one in among if wanted in map(canonical, one.addresses)]


def link_to_title(item: Item, below: Sequence[Item], typed: str) -> tuple[str, Link] | None:
    """Return the link that a title is for, behind whose it is: the one typed, or an item's first.

    What people put `below` the item has titles of its own; so has what they wrote there.
    """
    own = _own_links(item)
    links = item.content.links if isinstance(item.content, Bullet | Written) else ()
    address = canonical(typed) if "://" in typed else None
    named = [one for one in links if one.url in typed or one.canonical == address]
    link = max(named, key=lambda one: len(one.url), default=own[0] if own else None)
    return None if link is None else (owner_of(link, item, below), link)


def owner_of(link: Link, item: Item, below: Sequence[Item]) -> str:
    """Return whose a link is that stands in an item's text: it may be of one `below` that."""
    if any(one.canonical == link.canonical for one in _own_links(item)):
        return item.id
    return next((one.id for one in below if _has(one, link)), item.id)


def shortened(text: str, length: int = LONGEST_LABEL) -> str:
    """Return a text in one line of at most so many characters."""
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1] + "…"


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _letters(index: int) -> str:
    """Count in letters: a, b … z, aa, ab."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def _own_links(item: Item) -> tuple[Link, ...]:
    """Return the links of an item that stand above what is below it."""
    content = item.content
    if isinstance(content, Written) and content.bullet:
        first, *rest = content.text.strip("\n").split("\n")
        ends = (at for at, line in enumerate(rest) if split_marks(line)[0].strip())
        return links_written("\n".join([first, *rest[: next(ends, len(rest))]]))
    return content.links if isinstance(content, Bullet | Written) else links_within(content)


def _has(item: Item, link: Link) -> bool:
    line = item.content.line if isinstance(item.content, Bullet | Written) else ()
    return any(isinstance(part, Link) and part.canonical == link.canonical for part in line)


def headings_lost(topic: str, into: str, episode: Episode) -> dict[str, str]:
    """Return the sub-topics of a topic, by id, that lose their headings where it goes into another.

    They do where that is a sub-topic itself.
    """
    if any(one.id == into for one in episode.topics):
        return {}
    return {sub.id: sub.name for one in episode.topics if one.id == topic for sub in one.subtopics}
