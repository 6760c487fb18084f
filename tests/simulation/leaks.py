"""What was said only by messages that are off the record: after a draft it is nowhere, or named."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from bot.services.desk.desk import Desk
from bot.services.notification import Notification
from tests.simulation.hosts import Hosts
from tests.simulation.said import WORD

_PLACE = re.compile(r"line (\d+) of ([\w./-]+)")


class Leaks:
    """Looks for the words of locked messages, once a draft was made after that."""

    def __init__(self) -> None:
        self._named: set[str] = set()
        """The words of lines of which hosts were told that they may be left of what is locked."""

    def hear(self, news: Notification) -> None:
        """Hear what hosts are told by itself, such as what may be left of what is locked."""
        if news.text is not None:
            self.read(news.text("en"))

    def read(self, answer: str, files: Mapping[str, str] = MappingProxyType({})) -> None:
        """Read what hosts are answered, such as to a lock, which names lines of `files`."""
        self._named |= set(WORD.findall(answer))
        for at, path in _PLACE.findall(answer):
            self._named |= set(WORD.findall(files[path].split("\n")[int(at) - 1]))

    async def found(self, desk: Desk, hosts: Hosts, *, file: str, answer: str) -> list[str]:
        """Return the words that stand in the `file`, or that the store has still, and where.

        A draft's `answer` names what stays, once.
        """
        self.read(answer)
        away = hosts.said.off_record()
        said, others = set[str](), set[str]()
        for message, texts in hosts.texts.items():
            (said if message in away else others).update(WORD.findall("\n".join(texts)))
        said -= others | self._named
        episode, store = (await desk.views.episode("notes")).id, desk._show.store
        kept = f"{await store.events(episode)}\n{await store.drafts(episode)}"
        places = (("file", file), ("store", kept))
        return [f"{one} in the {it}" for it, text in places for one in said & {*WORD.findall(text)}]
