"""What was kept of an episode and is not in its file: it came after the last draft, mostly."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import unescape

from bot.core.document.pieces import lines_of, read
from bot.core.episode.file_text import links_written
from bot.core.grammar.topic_name import same_name
from bot.core.model import Bullet, Item, Topic, links_within
from bot.core.publication.said_since import InFile, said_since
from bot.core.urls import canonical, find_urls, fingerprint


@dataclass(frozen=True, slots=True)
class Late:
    """An item of which something is in no file: the addresses that are not, none for words.

    Of one that is there, it is the `words` that came to it later: notes, titles, a new wording.
    """

    item: Item
    missing: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What tells that it was named: the item, and what of it is missing, without its words."""
        more = [f"+{len(self.words)}:{sum(map(len, self.words))}"] if self.words else []
        return " ".join((self.item.id, *map(fingerprint, self.missing), *more))


def late(
    items: Iterable[Item],
    file: str,
    *,
    committed: str = "",
    owners: Sequence[str | None] = (),
    chat: Iterable[Item] = (),
    drafted: Iterable[Item] = (),
) -> list[Late]:
    """Return what of an episode's items is not in its file.

    A link is there if its address is, wherever. Words are if a line stands there still that was
    `committed` for their item, as the `owners` of those lines tell. What hosts said of an item
    since it was `drafted` is looked for too, by its state in the `chat`.
    """
    now, then = _by_id(chat), _by_id(drafted)
    in_file = InFile(file)
    addresses = addresses_in(file)
    standing = {line.strip() for line in lines_of(file)}
    there = {
        owner
        for line, owner in zip(lines_of(committed), owners, strict=False)
        if owner is not None and line.strip() and line.strip() in standing
    }
    found = []
    for item in items:
        links = dict.fromkeys(link.canonical for link in links_within(item.content))
        missing = tuple(one for one in links if one not in addresses)
        if missing or (not links and item.id not in there):
            found.append(Late(item, missing))
        elif item.id in now:
            since = said_since(now[item.id], then.get(item.id))
            if words := in_file.without(since):
                found.append(Late(item, (), words))
    return found


def renamed(topics: Iterable[Topic], drafted: Iterable[Topic], file: str) -> list[Late]:
    """Return the topics to which hosts gave another name since a draft, one that no heading has.

    Each is named as an item is, by the name that it had.
    """
    former = {topic.id: topic.name for topic in drafted}
    headings = {same_name(piece.title) for piece in read(file) if piece.kind == "heading"}
    return [
        Late(Item(topic.id, Bullet((former[topic.id],)), topic.id, "", 0), (), (topic.name,))
        for topic in topics
        if topic.id in former
        and same_name(former[topic.id]) != same_name(topic.name)
        and same_name(topic.name) not in headings
    ]


def _by_id(items: Iterable[Item]) -> Mapping[str, Item]:
    return {item.id: item for item in items}


def addresses_in(text: str) -> set[str]:
    """Return the canonical forms of all addresses in a file, in whatever mark-up they stand."""
    found = {link.canonical for link in links_written(text)}
    for line in text.split("\n"):
        if "://" in line:
            for start, end in find_urls(line):
                found |= {canonical(line[start:end]), canonical(unescape(line[start:end]))}
    return found
