"""The whole Slack front for tests: the real library, a Slack of our own, SQLite and git."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.app.app import clock
from bot.app.rooms import Rooms
from bot.core.model import Lookup
from bot.core.urls import canonical
from bot.services.chat.front import Backend
from bot.services.desk.desk import Desk
from bot.services.ports import Fetcher
from bot.services.shows import FIRST, Shows
from bot.slack.app import SlackFront, web_client
from storage.store import SqliteStore
from tests.fakes.slack import LocalSlack, Raw, local_slack
from tests.fakes.slack_shapes import Channel, Said, User
from tests.services.desk.house import app, git, make_site

needs_network = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]

PROFILE = "name: Test\npath: '_drafts/ep{{ number }}.md'\naround_links: keep\n"
TEMPLATE = "---\ntitle: {{ title | yaml }}\n---\n\n{{ body }}\n"


@dataclass
class Front:
    """The app on a local Slack, with a channel, and people in it."""

    folder: Path
    site: Path
    slack: LocalSlack
    channel: Channel
    boss: User
    mika: User
    jonas: User
    web: Fetcher | None = None
    app: SlackFront = field(init=False)
    shows: Shows = field(init=False)
    store: SqliteStore = field(init=False)
    _stack: AsyncExitStack = field(init=False)

    async def start(self) -> None:
        """Start the app, as `rundown run` does."""
        self._stack = AsyncExitStack()
        enter = self._stack.enter_async_context
        environment = {"RUNDOWN_SITE": str(self.site)}
        db = self.folder / "rundown.db"
        opened = await enter(app(db, environment=environment, web=self.web))
        self.store, self.shows = opened.store, opened.shows
        await self.connect(opened.rooms)

    async def connect(self, rooms: Rooms) -> None:
        session = await self._stack.enter_async_context(aiohttp.ClientSession())
        backend = Backend(shows=self.shows, store=self.store, clock=clock, site=str(self.site))
        client = web_client(self.slack.bot_token, self.slack.url, session)
        self.app = await SlackFront.open(
            backend, client=client, app_token=self.slack.app_token, ping=0.5
        )
        rooms.join("slack", self.app.room)
        await self.connected()
        await self.settled()

    async def connected(self) -> None:
        """Wait until the app knows that it is connected."""
        async with asyncio.timeout(20):
            await self.app.connection.greeted.wait()

    async def stop(self) -> None:
        """Stop it, as SIGTERM does."""
        await self.app.aclose()
        await self._stack.aclose()

    async def kill(self) -> None:
        """Stop it as kill -9 does: nothing is finished, nothing noted."""
        self.app.front.backfill.stop()
        tasks = self.app.tasks()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.app.connection.aclose()
        await self._stack.aclose()

    async def restart(self) -> None:
        await self.stop()
        await self.start()

    async def settled(self) -> None:
        """Wait until the app has done all that it was told of."""
        await self.slack.quiet()
        await self.app.wait_idle()

    # --- short for what tests do often ---------------------------------------------------------

    async def say(self, text: str, *, by: User | None = None, **more: Any) -> Raw:
        channel = more.pop("channel", self.channel)
        raw = await self.slack.say(by or self.mika, channel, text, **more)
        await self.settled()
        return raw

    async def command(self, line: str, *, by: User | None = None) -> Said:
        return await self.slack.command(by or self.mika, self.channel, line)

    async def body(self) -> str:
        """The draft without its front matter."""
        return (await (await self.desk()).rendered(self.channel.id)).body.text

    async def desk(self) -> Desk:
        return await self.shows.open(FIRST)

    def mark(self, raw: Raw) -> str:
        """What the app shows below a message."""
        given = self.slack.reactions.get((raw["channel"], raw["ts"]), {})
        return "".join(name for name, users in given.items() if self.slack.me.id in users)

    def committed(self, path: str) -> str:
        return git(self.site, "show", f"HEAD:{path}")


@asynccontextmanager
async def front(
    folder: Path,
    *,
    setup: bool = True,
    profile: str = PROFILE,
    template: str = TEMPLATE,
    lookups: Iterable[Lookup] = (),
    names: Sequence[str] = ("Boss", "Mika", "Jonas"),
    web: Fetcher | None = None,
    branch: str = "main",
) -> AsyncIterator[Front]:
    """Open the front on a site with a profile; with `setup`, its channel is watched already."""
    site = folder / "site"
    if not site.exists():
        make_site(site)
        (site / ".rundown").mkdir()
        (site / ".rundown/site.yml").write_text(profile, encoding="utf-8")
        (site / ".rundown/draft.md.j2").write_text(template, encoding="utf-8")
        git(site, "add", "--all")
        git(site, "commit", "--quiet", "--message=profile")
        git(site, "branch", "--move", branch)
    async with local_slack() as slack:
        channel = slack.channel()
        boss, mika, jonas = (slack.user(name) for name in names)
        boss.admin = True
        opened = Front(folder, site, slack, channel, boss, mika, jonas, web)
        await opened.start()
        try:
            await opened.store.put_lookups({canonical(one.url): one for one in lookups})
            if setup:
                await opened.command("/rundown setup", by=boss)
            yield opened
        finally:
            await opened.stop()
        assert slack.faults == []
