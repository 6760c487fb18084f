"""The whole Slack front for tests: the real library on a Slack of our own."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from bot.core.model import Lookup
from bot.core.urls import canonical
from bot.services.ports import Fetcher
from bot.services.tasks import cut_off
from bot.slack.app import SlackFront, web_client
from tests.fakes.slack import LocalSlack, Raw, local_slack
from tests.fakes.slack_shapes import Said, User
from tests.front import PROFILE, TEMPLATE, Home, needs_network, profiled_site
from tests.patience import LONGEST

__all__ = ["PROFILE", "TEMPLATE", "Front", "front", "needs_network"]


class Front(Home):
    """The app on a local Slack, with a channel, and people in it."""

    app: SlackFront

    def __init__(
        self,
        folder: Path,
        site: Path,
        web: Fetcher | None,
        slack: LocalSlack,
        names: Sequence[str],
    ) -> None:
        super().__init__(folder, site, web)
        self.slack = slack
        self.channel = slack.channel()
        self.boss, self.mika, self.jonas = (slack.user(name) for name in names)
        self.boss.admin = True

    @property
    def watched(self) -> str:
        return self.channel.id

    async def connect(self) -> None:
        session = await self.stack.enter_async_context(aiohttp.ClientSession())
        client = web_client(self.slack.bot_token, self.slack.url, session)
        self.app = await SlackFront.open(
            self.backend, client=client, app_token=self.slack.app_token, ping=0.5
        )
        self.rooms.join("slack", self.app.room)
        await self.connected()
        await self.settled()

    async def connected(self) -> None:
        """Wait until the app knows that it is connected."""
        async with asyncio.timeout(LONGEST):
            await self.app.connection.greeted.wait()

    async def disconnect(self) -> None:
        await self.app.aclose()

    async def break_off(self) -> None:
        self.app.front.backfill.stop()
        await cut_off(self.app.tasks())
        await self.app.connection.aclose()

    async def settled(self) -> None:
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

    def mark(self, raw: Raw) -> str:
        """What the app shows below a message."""
        given = self.slack.reactions.get((raw["channel"], raw["ts"]), {})
        return "".join(name for name, users in given.items() if self.slack.me.id in users)


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
    site = profiled_site(folder, profile, template, branch)
    async with local_slack() as slack:
        opened = Front(folder, site, web, slack, names)
        await opened.start()
        try:
            await opened.store.put_lookups({canonical(one.url): one for one in lookups})
            if setup:
                await opened.command("/rundown setup", by=opened.boss)
                slack.messages[opened.channel.id].clear()  # a word of welcome
                del slack.shown[:-1]
            yield opened
        finally:
            await opened.stop()
        assert slack.faults == []
