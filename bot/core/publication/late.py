"""What was kept of an episode and is not in its file: it came after the last draft, mostly."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import unescape

from bot.core.document.pieces import lines_of, read
from bot.core.episode.file_text import links_written
from bot.core.grammar.topic_name import same_name
from bot.core.merge.sequences import matched
from bot.core.merge.words import words_in
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
    `committed` for their item, as the `owners` of those lines tell, or one that people made of it:
    it is new, and has most of its words. What hosts said of an item since it was `drafted` is
    looked for too, by its state in the `chat`.
    """
    now, then = _by_id(chat), _by_id(drafted)
    in_file = InFile(file)
    addresses = addresses_in(file)
    there = _standing(lines_of(file), lines_of(committed), owners)
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


def _standing(
    file: Sequence[str], committed: Sequence[str], owners: Sequence[str | None]
) -> set[str]:
    """Return the owners of committed lines that a file has, as they were or reworded."""
    here, before = {line.strip() for line in file}, {line.strip() for line in committed}
    owned = [(line.strip(), owner) for line, owner in zip(committed, owners, strict=False)]
    lines = [(line, owner) for line, owner in owned if owner is not None and line]
    there = {owner for line, owner in lines if line in here}
    left = [(line, owner) for line, owner in lines if owner not in there]
    new = _New(_words(line) for line in dict.fromkeys(map(str.strip, file)) if line not in before)
    return there.union(owner for line, owner in left if new.has_most_of(_words(line)))


class _New:
    """The words of new lines, by which those of a line that they were made of are looked up."""

    def __init__(self, lines: Iterable[list[str]]) -> None:
        self._lines = list(lines)
        self._places: dict[str, list[int]] = defaultdict(list)
        for at, line in enumerate(self._lines):
            for word in dict.fromkeys(line):
                self._places[word].append(at)

    def has_most_of(self, words: Sequence[str]) -> bool:
        """Return whether a new line has more than half of some words, in their order.

        Only those are compared that have so many of them at all.
        """
        counts = Counter(at for word in words for at in self._places.get(word, ()))
        some = (self._lines[at] for at, count in counts.items() if 2 * count > len(words))
        return any(2 * len(matched(words, line)) > len(words) for line in some)


def _words(line: str) -> list[str]:
    return words_in(line.casefold())


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
