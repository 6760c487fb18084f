"""What a message gives: its headings and items, each with an id that outlives edits."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from bot.core.episode.builder import links_of
from bot.core.events import Message
from bot.core.grammar.message import Rules, parse, parse_note
from bot.core.model import Bullet, Content, Heading, Item, Note, Paragraph
from bot.core.urls import fingerprint


def print_of(content: Content) -> str:
    """Return the fingerprint of what an item is: its first address, else its words."""
    links = links_of(content)
    born = content.line if isinstance(content, Bullet) else content
    return fingerprint(links[0].canonical if links else repr(born))


class MessageItems:
    """What one state of a message gives: its headings and items by id, in order.

    `note` holds talk marked 📝 in a reply, as notes. `follows` tells that a reply's content goes
    behind what it replies to.
    """

    __slots__ = ("follows", "gone", "marked", "note", "parts")

    def __init__(
        self,
        message: Message,
        text: str | None,
        rules: Rules,
        *,
        marked: bool,
        gone: bool,
        former: Sequence[str] = (),
    ) -> None:
        """Read a state; `former` are the texts of the message's earlier states, in order."""
        self.gone = gone
        self.marked = marked
        self.note: tuple[Note, ...] | None = None
        self.parts: list[tuple[str, Heading | Item]] = []
        if text is not None:
            self._fill(message, text, rules, former)
        self.follows = message.threaded or any(
            isinstance(part, Item) and links_of(part.content) for _, part in self.parts
        )

    def _fill(self, message: Message, text: str, rules: Rules, former: Sequence[str]) -> None:
        blocks = _blocks(text, rules, marked=self.marked, gone=self.gone)
        only_talk = bool(blocks) and all(isinstance(block, Paragraph) for block in blocks)
        if self.marked and message.reply_to and only_talk and not self.gone:
            self.note = parse_note(text)
        ids = _named(blocks, message.id)
        if former:
            earlier = [_blocks(one, rules, marked=self.marked, gone=self.gone) for one in former]
            ids = _passed_on([*earlier, blocks], message.id)
        for identity, block in zip(ids, blocks, strict=True):
            if isinstance(block, Heading):
                self.parts.append((identity, block))
            else:
                at, stamp = message.at, message.stamp
                item = Item(identity, block, message.id, message.by, at, stamp=stamp)
                self.parts.append((identity, item))


_Blocks = list[Heading | Content]


def _blocks(text: str, rules: Rules, *, marked: bool, gone: bool) -> _Blocks:
    return [
        block
        for block in parse(text, rules, marked=marked).blocks
        if not (gone and isinstance(block, Heading))
    ]


def _named(blocks: Iterable[Heading | Content], message: str) -> list[str]:
    """Return the ids of what is new: a heading by its place, an item by what it is."""
    seen: dict[str, int] = {}
    ids = []
    for number, block in enumerate(blocks):
        if isinstance(block, Heading):
            ids.append(f"{message}/{number}")
        else:
            born = print_of(block)
            count = seen[born] = seen.get(born, -1) + 1
            ids.append(f"{message}/{born}/{count}")
    return ids


def _passed_on(states: list[_Blocks], message: str) -> list[str]:
    """Return the ids of the last state's parts, each that of what it was in the states before.

    What is still the same keeps its id. Of the rest, the first of a kind is taken for what became
    of the first of that kind, and so on: a corrected heading, bullet or address.
    """
    ids = _named(states[0], message)
    for before, after in pairwise(states):
        former = {key: ids[at] for key, at in _keys(before).items()}
        keys = _keys(after)
        kept = {at: former.pop(key) for key, at in keys.items() if key in former}
        left: dict[type, list[str]] = {}
        for (kind, _, _), identity in former.items():
            left.setdefault(kind, []).append(identity)
        fresh = _named(after, message)
        taken = {*kept.values(), *former.values()}
        ids = []
        for at, block in enumerate(after):
            if at in kept:
                ids.append(kept[at])
            elif left.get(type(block)):
                ids.append(left[type(block)].pop(0))
            else:
                ids.append(_free(fresh[at], taken))
                taken.add(ids[-1])
    return ids


def _keys(blocks: _Blocks) -> dict[tuple[type, str, int], int]:
    """Return the place of each part by what it is: its kind, its name or print, its occurrence."""
    found: dict[tuple[type, str, int], int] = {}
    for at, block in enumerate(blocks):
        name = block.name if isinstance(block, Heading) else print_of(block)
        count = 0
        while (type(block), name, count) in found:
            count += 1
        found[type(block), name, count] = at
    return found


def _free(identity: str, taken: set[str]) -> str:
    """Return an id that no other part has: an earlier state's may look the same."""
    while identity in taken:
        identity += "'"
    return identity
