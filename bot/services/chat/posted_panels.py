"""Where the live panels stand: one a channel, kept in the store so that a restart goes on with it.

When a panel is shown anew is decided here, the same for every platform: soon after a change,
never more often than EVERY, and as a new message where the old one has grown so old that the
platform would slow its edits down.
"""

import json
from dataclasses import asdict, dataclass, replace
from typing import Self

from bot.services.ports import Store

_AREA = "panels"

SECOND = 1_000_000
SOON = 1 * SECOND
"""Microseconds that a change waits for others that come with it."""

EVERY = 5 * SECOND
"""Microseconds between two edits of a panel."""

OLD = 50 * 60 * SECOND
"""Microseconds after which a panel is posted anew: from an hour on, Discord limits edits more."""


@dataclass(frozen=True, slots=True)
class PostedPanel:
    """A panel of a channel: its message, since when it stands, and the page that it shows.

    `thread` is where it stands, where that is not the channel itself.
    """

    channel: str
    message: str
    posted: int
    page: int = 0
    thread: str | None = None

    @property
    def conversation(self) -> str:
        """The channel or thread that it stands in."""
        return self.thread or self.channel


def due(*, changed: int, edited: int) -> int:
    """Return when a panel that `changed` then, and was `edited` last then, is to be shown anew."""
    return max(changed + SOON, edited + EVERY)


def is_old(panel: PostedPanel, now: int) -> bool:
    """Return whether a panel is to be posted anew instead of edited."""
    return now - panel.posted > OLD


class PostedPanels:
    """The panels that stand, read once by `open`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._panels: dict[str, PostedPanel] = {}

    @classmethod
    async def open(cls, store: Store) -> Self:
        """Read which panels stand."""
        found = cls(store)
        for body in (await store.state(_AREA)).values():
            panel = PostedPanel(**json.loads(body))
            found._panels[panel.channel] = panel
        return found

    def of(self, channel: str) -> PostedPanel | None:
        """Return the panel of a channel."""
        return self._panels.get(channel)

    async def put(self, panel: PostedPanel) -> None:
        """Note that a panel stands."""
        await self._store.put_state(_AREA, panel.channel, json.dumps(asdict(panel)))
        self._panels[panel.channel] = panel

    async def turn(self, channel: str, page: int) -> None:
        """Note the page that a panel shows."""
        panel = self.of(channel)
        if panel is not None and panel.page != page:
            await self.put(replace(panel, page=page))

    async def drop(self, channel: str) -> None:
        """Note that a panel is gone."""
        await self._store.drop_state(_AREA, channel)
        self._panels.pop(channel, None)
