"""Hosts and people at random who do again and again what rare faults need, on few lines.

Such a fault needs several rare things on one line: it is below another, hosts are asked about it,
it goes off the record and comes back. Here there are few messages, what is done once is mostly done
to one of those that something was done to just before, and questions are asked all the time.
"""

from collections.abc import Sequence
from random import Random

from bot.core.events import born_of
from bot.services.desk.desk import Desk
from tests.simulation.hosts import Hosts, Way
from tests.simulation.people import Edit, People

FEW = 5
"""The messages of which there are seldom more."""
NEAR = 3
"""What is done next is mostly done to one of so many."""


class DenseHosts(Hosts):
    """Hosts who do little but change, lock, delete, undo and answer."""

    def __init__(self, random: Random) -> None:
        super().__init__(random)
        self._near: dict[str, None] = {}
        """The messages to which something was done, the last one behind the others."""

    def _ways(self) -> list[Way]:
        post = 20 if len(self.messages) < FEW else 1
        return [
            (post, self._post), (3, self._edit), (2, self._delete), (2, self._mark),
            (3, self._retitle), (1, self._move), (2, self._remove), (1, self._restore),
            (1, self._topic), (2, self._note), (4, self._undo), (1, self._look_up),
            (6, self._choose), (5, self._lock), (2, self._end_heading), (1, self._post_again),
        ]  # fmt: skip

    def _text(self) -> str:
        kind = self.random.randrange(7)
        if kind < 2:
            return self.url()
        if kind == 2:
            return f"[Host {self.word()}]({self.url()})\n- note {self.word()}"
        if kind == 3:
            return f"# Topic {self.word()}"
        if kind == 4:
            return f"# Topic {self.word()}\n{self.url()}\n\n{self.url()}"
        return f"- bullet {self.word()}"

    async def _post_again(self, desk: Desk) -> None:
        """Say what another message says, or said, too."""
        if self.messages:
            await self.post(desk, self.random.choice(self.texts[self._a_message()]))

    def _a_message(self) -> str:
        known = list(self.messages)
        near = [one for one in list(self._near)[-NEAR:] if one in self.messages]
        picked = self.random.choice(near if near and self.random.randrange(3) else known)
        self._touch(picked)
        return picked

    def _one_of(self, items: list[str]) -> str:
        near = [one for one in items if born_of(one) in list(self._near)[-NEAR:]]
        picked = self.random.choice(near if near and self.random.randrange(3) else items)
        self._touch(born_of(picked))
        return picked

    def _a_number(self, asked: Sequence[int]) -> int:
        return self.random.choice(asked) if asked else super()._a_number(asked)

    def _touch(self, message: str) -> None:
        self._near.pop(message, None)
        self._near[message] = None


class DensePeople(People):
    """People who change and move the lines that are there, and put in few others."""

    def _ways(self) -> tuple[Edit, ...]:
        return (
            *(self._nest,) * 5, *(self._unnest,) * 2, *(self._retitle,) * 3, *(self._note,) * 3,
            self._swap, self._swap, self._reword, self._reword, self._remove, self._remove,
            self._move_item, self._move_item, self._to_link, self._to_link, self._link,
            self._link_again, self._words, self._topic, self._block,
        )  # fmt: skip
