"""The items of an episode that is put together, and how ids and addresses lead to them.

Of those that people put below another one in the file, too: an item with lines of somebody else
below it is one piece of the file. What is nested so is a part of that one's text, and keeps a place
of its own, so that it stands for itself again when what it is under goes.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from bot.core import events, file_events
from bot.core.episode.file_text import links_written
from bot.core.episode.link_changes import links_shown
from bot.core.episode.sections import PlacedItem
from bot.core.episode.topic_index import TopicIndex
from bot.core.model import (
    Bullet,
    Content,
    Item,
    Link,
    Nested,
    Paragraph,
    Parted,
    Patch,
    Readdressed,
    Retitled,
    Verbatim,
    Written,
)
from bot.core.urls import fingerprint

_WITH_LINKS = (Bullet, Written)


class ItemIndex(TopicIndex):
    """All items of an episode; the builder puts them in."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: dict[str, PlacedItem] = {}
        self.elder: dict[str, str] = {}  # by item, the id that it had in older versions of the app
        self.linked: dict[str, PlacedItem] = {}
        self.posted_again: dict[str, tuple[Item, PlacedItem]] = {}
        """By id the links that messages give, and the items that had them already."""
        self.readdressed: Mapping[str, Collection[events.Event]] = {}
        """By what people gave items other addresses in the file, known before it is its turn."""
        self._prints: dict[str, str] = {}  # those addresses by fingerprint, once one is asked for
        self._above: dict[str, str] = {}  # of what people put below another item, that one
        self._below: dict[str, dict[str, None]] = {}  # the same the other way, as it stands
        self._hosts: dict[PlacedItem, set[str]] = {}  # the ids by which something is below these
        self._nested_at: dict[str, int | None] = {}  # when they put it there
        self._apart: set[str] = set()  # of these, what is not a part of that one's text any more
        self._void: set[str] = set()  # and what is a part of the next one above that, if of any

    def meant(self, identity: str) -> PlacedItem | None:
        """Return the item that an id means; None where an edit made of it what another has already.

        What is done to an item is not done to another one that took its link in.
        """
        entry = self.entries.get(identity)
        if entry is None or entry.item.id == identity or identity.startswith(file_events.OF_FILE):
            return entry
        if identity == self.elder.get(entry.item.id):
            return entry
        links = links_of_line(entry.item.content)
        return entry if any(fingerprint(link.canonical) in identity for link in links) else None

    def first_with(self, canonical: str) -> PlacedItem | None:
        """Return the living item that has a link already."""
        entry = self.linked.get(canonical)
        if entry is None or not entry.alive or entry.section.gone:
            return None
        return entry

    def living_with(self, link: str) -> PlacedItem | None:
        """Return the living item that has a link already, by its fingerprint."""
        for one in self.linked.keys() - self._prints.values():
            self._prints[fingerprint(one)] = one
        address = self._prints.get(link)
        return self.first_with(address) if address is not None else None

    def shown(self, item: Item, links: tuple[Link, ...]) -> tuple[Link, ...]:
        """Return the links of an item that lead to it, of those that its message gives now."""
        given = self.readdressed.get(item.id)
        return links_shown(item, links, given) if given else links

    def register(self, entry: PlacedItem, links: tuple[Link, ...]) -> None:
        """Let addresses lead to an item, but those of which a living one has it already."""
        for link in links:
            first = self.linked.setdefault(link.canonical, entry)
            if first is not entry and self.first_with(link.canonical) is None:
                self.linked[link.canonical] = entry

    def register_anew(self, entry: PlacedItem, was: str, links: tuple[Link, ...]) -> None:
        """Let addresses lead to an item whose text people changed from what it `was`.

        What they took out of it leads there no more: posted again, it is new, or another's that has
        it still. Where there are as many links as before they corrected an address: with either it
        is there.
        """
        were = links_written(was)
        if len(links) < len(were):
            own = {link.canonical for link in (*links, *links_of(entry.item.content))}
            gone = {link.canonical for link in were} - own
            self._lead_elsewhere(entry, {one for one in gone if self.linked.get(one) is entry})
        self.register(entry, links)

    def _lead_elsewhere(self, entry: PlacedItem, addresses: Collection[str]) -> None:
        """Let addresses that lead to an item lead to another one that has them, if any does."""
        for address in addresses:
            del self.linked[address]
        for other in self.entries.values() if addresses else ():
            if other is not entry and other.alive:
                links = links_of(other.item.content)
                self.register(other, tuple(one for one in links if one.canonical in addresses))

    def undo(self, event: events.Event, at: int) -> None:
        """Leave out what somebody did, and undid at a time."""
        self.skip(event.key, event.what)
        entry = self.meant(event.what.item) if isinstance(event.what, events.ItemNoted) else None
        if entry is not None:
            self.note_anew(entry, event.at, at)

    def claim_links(self, item: str) -> None:
        """Let an item's addresses lead to it, though another living one has them."""
        entry = self.meant(item)
        if entry is not None and entry.alive:
            self.linked.update((link.canonical, entry) for link in links_of(entry.item.content))

    def come_again(self, item: Item, first: PlacedItem) -> None:
        """Keep that a message gives a link that an item has already."""
        self.posted_again[item.id] = item, first
        self.note_anew(first, item.at, item.stamp)

    def note_anew(self, entry: PlacedItem, said: int, at: int | None) -> None:
        """Keep when what was `said` of an item at a time was said anew or taken back, if it was."""
        if at is not None and at > max(said, entry.item.noted):
            entry.change(replace(entry.item, noted=at))

    # --- what stands below another item --------------------------------------------------------

    def nest(
        self,
        item: str,
        under: str,
        at: int | None = None,
        *,
        is_apart: bool = False,
        is_void: bool = False,
    ) -> None:
        """Make an item a part of another one's text; that one comes out if it was below this.

        People put it there `at` that time, or in an episode from which it came.

        An item that went off the record since, and is back, `is_apart` from that text. Where the
        upper one is back so, it `is_void`: its text is new.
        """
        item, under = self._same(item), self._same(under)
        if item == under:
            return
        if item in self._every_over(under):
            self.lift(under)
        self._part(item)  # the last one stands last
        self._above[item], self._nested_at[item] = under, at
        self._below.setdefault(under, {})[item] = None
        if (host := self.meant(under)) is not None:
            self._hosts.setdefault(host, set()).add(under)
        for known, now in ((self._apart, is_apart), (self._void, is_void)):
            (known.add if now else known.discard)(item)
        self.settle_from(item)

    def keep_apart(self, item: str, at: int | None) -> None:
        """Have something that is done now to what stands for itself not be undone later.

        It is not what it was below others any more, and these are without it when they are back.
        Hosts do nothing to what is a part of another one's text; where people do that in the file,
        `at` a time, they wrote the other one anew then.
        """
        item, entry = self._same(item), self.meant(item)
        if item not in self._above or item in self._apart or entry is None:
            return
        if at is not None and at == self._nested_at[item]:  # they wrote it as they put it there
            return
        over = [one for one in map(self.meant, self._over(item)) if one not in (None, entry)]
        hosts = {one.item.id: one for one in over if one is not None}
        patches = [step for one in hosts.values() for step in one.item.steps
                   if isinstance(step, Patch)]  # fmt: skip
        if at is not None and any(step.at == at for step in patches):
            return
        for host in hosts.values():
            by_people = isinstance(host.item.content, Written)
            if by_people or any(isinstance(one, Patch) for one in host.item.steps):
                host.change(replace(host.item, steps=(*host.item.steps, Parted(entry.item))))
        self.lift(item)

    def lift(self, item: str) -> None:
        """Take an item out of another one's text."""
        item = self._same(item)
        if item in self._above:
            self._part(item)
            self.settle_from(item)

    def lift_out_of(self, item: str, was: str, now: str) -> None:
        """Have what people put out of an item's text, while that was away, stand for itself.

        What they took out instead is told of by itself: it stood for itself then.
        """
        lost = set(was.split("\n")).difference(now.split("\n"))
        lines = {line.strip() for line in lost}
        addresses = {link.canonical for line in lost for link in links_written(line)}
        for one in self.below(item):
            entry = self.meant(one)
            if entry is not None and _is_of(entry.item, lines, addresses):
                self.lift(one)

    def _part(self, item: str) -> None:
        under = self._above.pop(item, None)
        if under is not None:
            del self._below[under][item]

    def is_below(self, item: str) -> bool:
        """Return whether people put an item below another one, be that there or gone.

        What is not a part of that one's text any more is below it no more.
        """
        return bool(self.above(item))

    def above(self, item: str) -> list[str]:
        """Return in whose text an item may stand, be that there or gone, the next one first."""
        item = self._same(item)
        return [] if item in self._apart else list(self._over(item))

    def is_below_others(self, item: str) -> bool:
        """Return whether an item is below one that is there, in whose text it may stand."""
        return any(map(self._is_there, self.above(item)))

    def _same(self, item: str) -> str:
        """Return the id by which an item is known here: what people wrote may be a host's, too."""
        entry = self.meant(item)
        return entry.item.id if entry is not None else item

    def pass_below(self, item: str, entry: PlacedItem) -> None:
        """Have what people put below an item be below another one, which stands for it by now."""
        to = entry.item.id
        if to != item and to not in self._every_below(item):
            for one in self._below.pop(item, ()):
                self._above[one] = to
                self._below.setdefault(to, {})[one] = None
        self.settle_below(entry)

    def settle_below(self, entry: PlacedItem) -> None:
        """Have what is below an item stand for itself, or not, as that one is there or gone."""
        for host in {entry.item.id, *self._hosts.get(entry, ())}:
            for item in self._every_below(host):
                self._settle(item)

    def settle_from(self, item: str) -> None:
        """Have an item, and what is below it, stand for itself or not, as it is below others."""
        for one in (item, *self._every_below(item)):
            self._settle(one)

    def _settle(self, item: str) -> None:
        entry = self.meant(item)
        if entry is None or not (entry.nested or entry.alive):
            return
        over = () if item in self._apart else self._over(item)
        is_part = any(self.meant(one) is not entry and self._is_there(one) for one in over)
        if is_part is not entry.nested:
            entry.nested, entry.alive = is_part, not is_part
            entry.section.items = None
            if entry.alive:
                self.register(entry, links_of(entry.item.content))

    def below(self, item: str) -> list[str]:
        """Return what people put below an item, and below that, in the order in which it stands."""
        item = self._same(item)
        parts = (one for one in self._below.get(item, ()) if one not in self._void)
        return [each for part in parts for each in (part, *self._every_below(part))]

    def hosts(self, item: str) -> list[PlacedItem]:
        """Return the items in whose texts an item stands, as a part of these."""
        entry = self.meant(item)
        if entry is None or not entry.nested:
            return []
        over = map(self.meant, self._over(entry.item.id))
        return list(dict.fromkeys(one for one in over if one not in (None, entry)))

    def change_link(
        self,
        item: str,
        step: Retitled | Readdressed,
        change: Callable[[Bullet | Paragraph], Bullet | Paragraph],
    ) -> list[PlacedItem]:
        """Change an item's link, also in the texts that it is a part of; return what has it so."""
        entry, hosts = self.meant(item), self.hosts(item)
        if entry is None:
            return []
        content, texts = entry.item.content, hosts
        if isinstance(content, Written) or entry.item.steps:
            texts = [entry, *hosts]
        elif isinstance(content, Verbatim):  # it has no link
            return []
        else:
            entry.change(replace(entry.item, content=change(content)))
        for one in texts:
            one.change(replace(one.item, steps=(*one.item.steps, step)))
        return [entry, *hosts]

    def told_below(self, item: str, at: int) -> list[str]:
        """Return what people wrote below an item at a time, and have not changed since."""
        item = self._same(item)
        found = {item: None}
        for one in self._every_below(item):
            entry = self.meant(one)
            is_theirs = one.startswith(file_events.OF_FILE) and self._above[one] in found
            if entry is not None and is_theirs and entry.item.at == at and not entry.item.steps:
                found[one] = None
        return list(found)[1:]

    def _every_below(self, item: str) -> list[str]:
        """Return all below an item, those above first: they decide what the others are."""
        found, waiting = list[str](), list(reversed(self._below.get(item, {})))
        while waiting:
            found.append(one := waiting.pop())
            waiting += reversed(self._below.get(one, {}))
        return found

    def _over(self, item: str) -> Iterator[str]:
        """Yield in whose text an item may stand, the next one first."""
        below = item
        for one in self._every_over(item):
            if below not in self._void:
                yield one
            below = one

    def _every_over(self, item: str) -> Iterator[str]:
        """Yield what an item was put below, the next one first."""
        at = self._above.get(item)
        while at is not None:  # nothing is below itself: `nest` sees to that
            yield at
            at = self._above.get(at)

    def left_by(self, message: str) -> tuple[Item, ...]:
        """Return what stands for itself that people had put right below what a message gave."""
        left = (one for one, above in self._above.items() if events.born_of(above) == message)
        return tuple(one.item for one in map(self.meant, left) if one is not None and one.alive)

    def nested(self, below: Iterable[Item] | None = None) -> tuple[Nested, ...]:
        """Return what is a part of another item's text: of any, or of those that it is `below`.

        Each with the next one above it that is there.
        """
        known: Iterable[str] = self._above
        if below is not None:
            known = dict.fromkeys(one for item in below for one in self.below(item.id))
        parts = ((self.meant(one), one) for one in known)
        return tuple(
            Nested(next(filter(self._is_there, self._over(one))), part.item)
            for part, one in parts
            if part is not None and part.nested
        )

    def _is_there(self, item: str) -> bool:
        entry = self.meant(item)
        return entry is not None and (entry.alive or entry.waits or entry.nested)


def _is_of(item: Item, lines: Collection[str], addresses: Collection[str]) -> bool:
    """Return whether an item stands on one of some lines: by its link, or people's own words."""
    links, content = links_of(item.content), item.content
    if links:
        return links[0].canonical in addresses
    return isinstance(content, Written) and content.text.split("\n")[0].strip() in lines


def links_of(content: Content) -> tuple[Link, ...]:
    """Return the links of an item's own line."""
    return content.links if isinstance(content, _WITH_LINKS) else ()


def links_of_line(content: Content) -> tuple[Link, ...]:
    """Return the links of an item's own line, also where 📝 made a paragraph of it."""
    if not isinstance(content, Paragraph):
        return links_of(content)
    lines = (tuple(part for part in line if isinstance(part, Link)) for line in content.lines)
    linked = [links for links in lines if links]
    return linked[0] if len(linked) == 1 else ()
