"""What a message gives: its headings and items, each with an id that outlives edits."""

from collections.abc import Collection, Iterable, Sequence
from itertools import chain, pairwise

from bot.core.episode.item_index import links_of, links_of_line
from bot.core.episode.twins import FOREVER, Held
from bot.core.events import Message
from bot.core.grammar.message import KEEP, LEAVE_OUT, OFF_RECORD, Parsed, Rules, parse, parse_note
from bot.core.model import Bullet, Content, Heading, Item, Note, Paragraph, links_within
from bot.core.urls import fingerprint

_Block = Heading | Content


def print_of(content: Content) -> str:
    """Return the fingerprint of what an item is: its first address, else its words."""
    links = links_of_line(content)
    born = content.line if isinstance(content, Bullet) else content
    return fingerprint(links[0].canonical if links else repr(born))


def _kind(block: _Block) -> type:
    """Return what a part is taken for: a link's line is the same where 📝 keeps all of it."""
    is_link = isinstance(block, Paragraph) and links_of_line(block)
    return Bullet if is_link else type(block)


class MessageItems:
    """What one state of a message gives: its headings and items by id, in order.

    `note` holds talk marked 📝 in a reply, as notes. `follows` tells that a reply's content goes
    behind what it replies to. `lost` are the headings that it gave once, or would if it were not
    gone or left out, by their ids; `held` are the links alone on a line of which that is true.
    `gone` tells that it was deleted, `went` when it was, or was told by a mark to give less; a
    message that `is_talk`, and always was, takes nothing away with it.
    """

    __slots__ = ("follows", "gone", "held", "is_talk", "lost", "marked", "note", "parts", "went")

    def __init__(
        self,
        message: Message,
        rules: Rules,
        *,
        marks: Collection[str],
        gone: int | None,
        left: int | None = None,
        former: Sequence[Message] = (),
        parsed: Parsed | None = None,
    ) -> None:
        """Read a state; `former` are the message's earlier states, in order.

        `gone` is when it was deleted, `left` when a mark had it give less. `parsed` is what its own
        text gives, where somebody parsed it already.
        """
        self.gone = gone is not None
        self.marked = KEEP in marks
        self.note: tuple[Note, ...] | None = None
        self.parts: list[tuple[str, Heading | Item]] = []
        self.lost: list[tuple[str, Heading]] = []
        self.held: tuple[Held, ...] = ()
        known = [] if OFF_RECORD in marks else [*former, message]
        read = [(one.stamp, one.text) for one in known if one.text is not None]
        self.is_talk = not read
        self.went = left if gone is None or (self.is_talk and OFF_RECORD not in marks) else gone
        states = [
            list(
                parsed.blocks
                if parsed is not None and at == len(former)
                else parse(text, rules, marked=self.marked, guest=message.guest).blocks
            )
            for at, (_, text) in enumerate(read)
        ]
        ids = _passed_on(states, message.id)
        waits = message.guest and not self.marked
        if known and message.text is not None and not waits and LEAVE_OUT not in marks:
            self._fill(message, zip(ids[-1], states[-1], strict=True))
        gave_more = self.gone or LEAVE_OUT in marks or len(read) > 1 or message.text is None
        if gave_more and not waits and not self.marked:
            self._hold([stamp for stamp, _ in read], ids, states)
        self._lose(zip(chain(*ids), chain(*states), strict=True))
        self.follows = message.threaded or any(
            isinstance(part, Item) and links_of(part.content) for _, part in self.parts
        )

    def _fill(self, message: Message, blocks: Iterable[tuple[str, _Block]]) -> None:
        only_talk = False
        for identity, block in blocks:
            is_talk = isinstance(block, Paragraph) and not links_within(block)
            only_talk = is_talk and (only_talk or not self.parts)
            if not isinstance(block, Heading):
                at, stamp = message.at, message.stamp
                item = Item(identity, block, message.id, message.by, at, stamp=stamp)
                self.parts.append((identity, item))
            elif not self.gone:
                self.parts.append((identity, block))
        if self.marked and message.reply_to and only_talk and not self.gone:
            self.note = parse_note(message.text or "", guest=message.guest)

    def _hold(
        self,
        stamps: Sequence[int],
        ids: Sequence[Sequence[str]],
        states: Sequence[Sequence[_Block]],
    ) -> None:
        """Hold each link that was alone on a line, from when to when, but what is given still."""
        runs: dict[str, list[Held]] = {}
        for stamp, names, blocks in zip(stamps, ids, states, strict=True):
            for one, block in zip(names, blocks, strict=True):
                address, known = _address_alone(block), runs.setdefault(one, [])
                if known and known[-1].address != address:
                    known[-1] = known[-1]._replace(until=stamp)
                if not known or known[-1].address != address:
                    known.append(Held(one, address, stamp if known else 0))
        given = set[str]() if self.gone else {one for one, _ in self.parts}
        self.held = tuple(
            run
            for run in chain(*runs.values())
            if run.address and not (run.until == FOREVER and run.item in given)
        )

    def _lose(self, blocks: Iterable[tuple[str, _Block]]) -> None:
        given = {identity for identity, _ in self.parts}
        lost = {one: block for one, block in blocks if isinstance(block, Heading)}
        self.lost = [(one, heading) for one, heading in lost.items() if one not in given]


def _address_alone(block: _Block) -> str:
    """Return the address of a line with one link; "" of anything else."""
    links = () if isinstance(block, Heading) else links_of(block)
    return links[0].canonical if len(links) == 1 else ""


def _named(blocks: Iterable[_Block], message: str) -> list[str]:
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


def _passed_on(states: Sequence[Sequence[_Block]], message: str) -> list[list[str]]:
    """Return the ids of each state's parts, each that of what it was in the states before.

    What is still the same keeps its id. Of the rest, the first of a kind is taken for what became
    of the first of that kind, and so on: a corrected heading, bullet or address.
    """
    found = [_named(state, message) for state in states[:1]]
    for before, after in pairwise(states):
        former = {key: found[-1][at] for key, at in _keys(before).items()}
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
            elif left.get(_kind(block)):
                ids.append(left[_kind(block)].pop(0))
            else:
                ids.append(_free(fresh[at], taken))
                taken.add(ids[-1])
        found.append(ids)
    return found


def _keys(blocks: Sequence[_Block]) -> dict[tuple[type, str, int], int]:
    """Return the place of each part by what it is: its kind, its name or print, its occurrence."""
    found: dict[tuple[type, str, int], int] = {}
    for at, block in enumerate(blocks):
        name = block.name if isinstance(block, Heading) else print_of(block)
        kind, count = _kind(block), 0
        while (kind, name, count) in found:
            count += 1
        found[kind, name, count] = at
    return found


def _free(identity: str, taken: set[str]) -> str:
    """Return an id that no other part has: an earlier state's may look the same."""
    while identity in taken:
        identity += "'"
    return identity
