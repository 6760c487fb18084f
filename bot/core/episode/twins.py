"""Links whose messages are deleted or left out, and that a later message gives too.

The link is the same, whoever gives it: what hosts and people did to it while the first message gave
it, a title, a place, that they took it out, holds for the next one that does.
"""

from bot.core.events import Event, ItemRemoved, born_of
from bot.core.model import Item


class Twins:
    """The links that wait for somebody who gives them, too, with what was done to them."""

    def __init__(self) -> None:
        self._waiting: dict[str, str] = {}  # their addresses, by their ids
        self._with: dict[str, dict[str, None]] = {}  # the ids of those with an address
        self._done: dict[str, list[Event]] = {}
        self._over: set[str] = set()  # those that another message's link stands for

    def wait(self, item: str, address: str) -> None:
        """Have a link wait that a message would give, were it not gone or left out."""
        self._leave(item)
        self._waiting[item] = address
        self._with.setdefault(address, {})[item] = None

    def see(self, event: Event, item: str) -> None:
        """See what somebody does to an item: posted again, what they took out is new."""
        if item not in self._waiting:
            return
        if isinstance(event.what, ItemRemoved):
            self._leave(item)
        else:
            self._done.setdefault(item, []).append(event)

    def taken_over(self, address: str) -> list[tuple[str, list[Event]]]:
        """Return the ids of what waited for an address, with what was done to each until now."""
        found = [*self._with.pop(address, ())]
        for one in found:
            del self._waiting[one]
        self._over.update(found)
        return [(one, self._done.pop(one, [])) for one in found]

    def message(self, identity: str, item: Item) -> str:
        """Return the message that gives what an id means: that of the item that stands for it."""
        return item.message if identity in self._over else born_of(identity)

    def _leave(self, item: str) -> None:
        if (address := self._waiting.pop(item, None)) is not None:
            del self._with[address][item]
