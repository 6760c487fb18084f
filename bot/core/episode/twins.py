"""Links that their messages do not give any more, and that another message gives too.

The link is the same, whoever gives it: what hosts and people did to it while the first message gave
it, a title, a place, that they took it out, holds for the next one that does. So it is where the
first one is deleted, left out, or edited to something else.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from bot.core.episode.builder import EpisodeBuilder
from bot.core.episode.file_text import is_retitling
from bot.core.episode.item_index import ItemIndex
from bot.core.episode.sections import PlacedItem
from bot.core.events import (
    Event,
    ItemMoved,
    ItemNoted,
    ItemReaddressed,
    ItemRemoved,
    ItemRestored,
    ItemRetitled,
    born_of,
)
from bot.core.file_events import ItemNested, ItemWritten
from bot.core.later.events import ItemPostponed
from bot.core.model import Item, Patch
from bot.core.urls import fingerprint

FOREVER = 1 << 62
"""Later than all times: what is held until then is so by now."""

TO_ITEMS = (
    ItemWritten, ItemMoved, ItemNested, ItemRetitled, ItemReaddressed, ItemNoted, ItemRemoved,
    ItemRestored, ItemPostponed,
)  # fmt: skip
"""What is done to an item."""

_NAMING = ("item", "under", "into", "about", "after", "before")
"""Where an event names items."""


class Held(NamedTuple):
    """A link alone on a line that an item was once, or would be: of which address, and when."""

    item: str
    address: str
    since: int = 0
    until: int = FOREVER


class Twins:
    """The links that wait for somebody who gives them, too, with what was done to them."""

    def __init__(self) -> None:
        self._waiting: dict[str, dict[Held, list[Event]]] = {}  # by their addresses
        self._of: dict[str, list[Held]] = {}  # the same by their ids
        self._asleep: dict[str, list[Event]] = {}  # what was done to what is not there yet
        self._over: dict[str, dict[Held, str]] = {}  # those that another message's link stands for
        self._edited: dict[str, int] = {}  # when edits last gave the same ids other links

    def wait(self, held: Held) -> None:
        """Have a link wait that a message gave, or would give, were it not gone or left out."""
        self._waiting.setdefault(held.address, {})[held] = []
        self._of.setdefault(held.item, []).append(held)
        self._know(held)

    def _know(self, held: Held) -> None:
        if held.until != FOREVER:
            self._edited[held.item] = max(held.until, self._edited.get(held.item, 0))

    def edited(self, item: str) -> int:
        """Return when an edit gave an item the link that it has now, 0 where none did."""
        return self._edited.get(item, 0)

    def see(self, event: Event, item: str, *, is_there: bool) -> None:
        """See what somebody does to an item."""
        held = _at(self._of.get(item, ()), event.at)
        if isinstance(event.what, ItemRemoved | ItemPostponed):
            self.take_out(item, event.at)
            if held is None and not is_there:
                self._asleep.pop(item, None)
        elif held is not None:
            self._waiting[held.address][held].append(event)
        elif not is_there:
            self._asleep.setdefault(item, []).append(event)

    def take_out(self, item: str, at: int) -> None:
        """Have a link that somebody took out wait no more: posted again, it is new."""
        held = _at(self._of.get(item, ()), at)
        if held is not None:
            self._of[item].remove(held)
            del self._waiting[held.address][held]

    def taken_over(self, address: str, by: Item) -> list[tuple[Held, list[Event]]]:
        """Return what waited for an address, with what was done to each until now.

        What was edited to another link keeps all but the title, which goes with the address. Where
        the next one came after that edit, it is a new link and gets nothing.
        """
        found, waiting = [], self._waiting.get(address, {})
        for held, done in [(one, done) for one, done in waiting.items() if one.item != by.id]:
            del waiting[held]
            self._of[held.item].remove(held)
            if held.until == FOREVER:
                found.append((held, done))
            elif by.at < held.until:
                found.append((held, [event for event in done if _is_title(event, held.address)]))
        return found

    def woken(self, item: str) -> list[Event]:
        """Return what was done to an item before it came."""
        return self._asleep.pop(item, [])

    def stand(self, held: Held, entry: PlacedItem, builder: EpisodeBuilder) -> None:
        """Have an item stand for what another one was, or would be."""
        self._over.setdefault(held.item, {})[held] = entry.item.id
        self._know(held)
        if held.until == FOREVER:
            _give_way(builder, held.item, entry)

    def stands_for(self, identity: str, at: int) -> str | None:
        """Return what stands by now for that which an id meant at a time; None for itself."""
        found = self._over_at(identity, at)
        return found[1] if found else None

    def twin(self, identity: str, at: int) -> str | None:
        """Return the same by the id that its link alone gives it, whatever that line was before."""
        if (found := self._over_at(identity, at)) is None:
            return None
        return f"{born_of(found[1])}/{fingerprint(found[0].address)}/0"

    def _over_at(self, identity: str, at: int) -> tuple[Held, str] | None:
        over = self._over.get(identity, {})
        held = _at(over, at)
        return (held, over[held]) if held is not None else None

    def directed(self, event: Event, items: ItemIndex) -> Event:
        """Return an event as done to what stands by now for that which it was done to."""
        what, led = event.what, dict[str, Any]()
        for name in _NAMING if self._over else ():
            one = getattr(what, name, None)
            stands = self.stands_for(one, event.at) if isinstance(one, str) else None
            if one and stands and items.meant(one) is not items.entries[stands]:
                led[name] = stands
        return replace(event, what=replace(what, **led)) if led else event

    def message(self, identity: str, item: Item) -> str:
        """Return the message that gives what an id means: that of the item that stands for it."""
        is_over = self.stands_for(identity, FOREVER - 1) is not None
        return item.message if is_over else born_of(identity)


def _give_way(builder: EpisodeBuilder, item: str, to: PlacedItem) -> None:
    """Have an id mean another item from now on; what it was is nowhere then.

    It may be there: brought back by a host, or as what people put below a line and hosts are asked
    about. What waits with its topic waits on.
    """
    builder.lift(item)
    was = builder.entries.get(item)
    builder.entries[item] = to
    builder.pass_below(item, to)
    if was is None or was.item.id != item:
        return
    builder.taken.pop(item, None)
    if not was.section.gone:
        was.alive = was.nested = False
        was.section.items = None


def _is_title(event: Event, address: str) -> bool:
    """Return whether somebody gave a link a title, and did nothing else."""
    if isinstance(event.what, ItemWritten):
        return is_retitling(_patch(event, event.what), address)
    return isinstance(event.what, ItemRetitled)


def going_along(
    builder: EpisodeBuilder, held: Held, done: Sequence[Event], *, is_asked: bool
) -> Iterable[Event]:
    """Return what goes with a link's address from the item that has another link by now.

    Titles that people wrote stay where something else was done to the line, or hosts are asked.
    """
    patches = tuple(_patch(one, one.what) for one in done if isinstance(one.what, ItemWritten))
    if held.until == FOREVER or not patches:
        return done
    if not is_asked and builder.unwrite(held.item, patches):
        return done
    return [event for event in done if not isinstance(event.what, ItemWritten)]


def _patch(event: Event, what: ItemWritten) -> Patch:
    return Patch(what.was, what.now, event.at)


def _at(among: Iterable[Held], at: int) -> Held | None:
    return next((one for one in among if one.since <= at < one.until), None)
