"""The front of a made-up platform, over a whole desk: what it is told, and what it shows."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bot.errors import ChatError, RundownError
from bot.services.chat import posted_panels
from bot.services.chat.backfill import Stretch
from bot.services.chat.front import Backend, Front, Platform
from bot.services.chat.posted_panels import PostedPanels
from bot.services.chat.router import ALL
from bot.services.desk.desk import Desk
from bot.services.desk.panel import Panel
from bot.services.request import Answer, Request
from bot.services.shows import FIRST, Shows
from bot.services.tasks import Supervisor
from bot.services.watched_channels import Caller, Watched, WatchedChannels
from tests.services.desk.house import MONDAY, House, house

OURS = "test:1"
SITE = "own/pod"
NOTES = Watched("notes", OURS, FIRST)


@dataclass
class Port:
    """Where panels hang: `refuses` says what the platform does not take, by name."""

    slows_old: bool = False
    has_threads_alone: bool = False
    refuses: dict[str, ChatError] = field(default_factory=dict)
    out_of_reach: set[str] = field(default_factory=set)
    panels: dict[tuple[str, str], Panel] = field(default_factory=dict)
    said: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    shown: dict[str, list[tuple[str | None, str | None]]] = field(default_factory=dict)
    drawn: list[str] = field(default_factory=list)
    posts: int = 0

    def reaches(self, watched: Watched) -> bool:
        return watched.channel not in self.out_of_reach

    def home(self, channel: str, thread: str | None) -> str | None:
        return thread if self.has_threads_alone else channel

    async def post(self, conversation: str, panel: Panel) -> str:
        self._try("post")
        self.posts += 1
        self.panels[conversation, f"p{self.posts}"] = panel
        return f"p{self.posts}"

    async def edit(self, conversation: str, message: str, panel: Panel) -> None:
        self._try("edit")
        self.drawn.append(message)
        self.panels[conversation, message] = panel

    def link(self, channel: str, conversation: str, message: str) -> str:
        return f"https://chat.test/{channel}/{conversation}/{message}"

    async def remove(self, conversation: str, message: str) -> None:
        self._try("remove")
        del self.panels[conversation, message]

    async def say(self, conversation: str, text: str, choices: Sequence[tuple[str, str]]) -> None:
        self._try("say")
        self.said.append((conversation, text, tuple(label for label, _ in choices)))
        self.keys += [key for _, key in choices]

    async def change(
        self, channel: str, message: str, *, add: str | None, remove: str | None
    ) -> None:
        self._try("change")
        self.shown.setdefault(message, []).append((add, remove))

    def _try(self, name: str) -> None:
        if name in self.refuses:
            raise self.refuses[name]


@dataclass
class Past:
    """A platform's memory without messages, and what was asked of it; `fails` while it is told."""

    asked: list[str] = field(default_factory=list)
    fails: ChatError | None = None

    async def newest(self, conversation: str, *, since: int) -> Stretch:
        self.asked.append(conversation)
        if self.fails is not None:
            raise self.fails
        return Stretch((), (), 1, has_all_threads=True)

    async def stretches(self, conversation: str, *, since: int) -> AsyncIterator[Stretch]:
        self.asked.append(f"all of {conversation}")
        if self.fails is not None:
            raise self.fails
        for one in ():
            yield one


@dataclass
class Station:
    """A front and all around it."""

    home: House
    front: Front
    port: Port
    past: Past
    shows: Shows
    backend: Backend
    now: list[int]
    entered: list[str] = field(default_factory=list)
    lets_in: bool = True
    broken: list[RundownError] = field(default_factory=list)

    async def run(
        self, name: str, caller: Caller | None = None, /, *, request: Request | None = None,
        channel: str = "notes", **values: str,
    ) -> Answer:  # fmt: skip
        """Give a command of the table, as a host who does not manage the workspace."""
        command = next(one for one in ALL if one.name == name)
        asked = request or self.home.request(channel=channel)
        return await self.front.router.run(command, asked, values, caller or host())

    @property
    def panel(self) -> Panel:
        (panel,) = self.port.panels.values()
        return panel

    async def idle(self) -> None:
        await self.front.wait_idle()
        await self.front.panels.wait_idle()


def host(**more: Any) -> Caller:
    return replace(Caller(OURS, user="oka"), **more)


@asynccontextmanager
async def station(
    folder: Path,
    *channels: Watched,
    owns: Callable[[Watched], bool] = lambda one: True,
) -> AsyncIterator[Station]:
    """A front of `channels` (else of `notes`), of which all feed the desk of one house."""
    # Panels wait for nothing here; how long they do, test_live_panels.py shows.
    with patch.multiple(posted_panels, SOON=0, EVERY=0):
        async with house(folder) as home:
            watching = await WatchedChannels.open(home.store)
            for one in channels or (NOTES,):
                await watching.watch(one)
            broken: list[RundownError] = []

            @asynccontextmanager
            async def opened(show: str, site: str | None) -> AsyncIterator[Desk]:
                if broken:
                    raise broken[0]
                yield home.desk

            now = [MONDAY]
            shows = Shows(channels=watching, open_desk=opened, clock=lambda: now[0])
            port, past = Port(), Past()
            backend = Backend(
                shows=shows, store=home.store, clock=lambda: now[0], site=SITE,
                supervisor=Supervisor(timer=lambda: 0),
            )  # fmt: skip
            made: list[Station] = []

            async def enter(channel: str) -> bool:
                made[0].entered.append(channel)
                return made[0].lets_in

            history: Any = past
            platform = Platform(
                name="test", history=history, reactions=port, panels=port, enter=enter, owns=owns,
                hears=lambda _: True,
            )  # fmt: skip
            posted = await PostedPanels.open(home.store)
            front = Front(backend, platform, posted=posted)
            made.append(Station(home, front, port, past, shows, backend, now, broken=broken))
            try:
                yield made[0]
            finally:
                await front.aclose()
                await shows.aclose()
