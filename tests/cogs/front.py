"""The whole Discord front for tests: the real client on a Discord of our own."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from discord.ext import commands

from bot.core.model import Lookup
from bot.core.urls import canonical
from bot.services.chat.posted_panels import PostedPanels
from bot.services.ports import Fetcher
from bot.services.tasks import cut_off
from cogs.app import RundownBot, move_to
from tests.fakes.discord import LocalDiscord, local_discord
from tests.fakes.discord_asks import Interaction
from tests.fakes.discord_shapes import MANAGER, Guild, Post, User
from tests.front import PROFILE, TEMPLATE, Home, needs_network, profiled_site
from tests.patience import LONGEST

__all__ = ["PROFILE", "TEMPLATE", "Front", "front", "needs_network"]

EVENTS = ("discord.py: on_", "CommandTree")
"""What the tasks are called in which the client does what it was told of."""


class QuickBot(RundownBot):
    """The bot, in no hurry to be polite to Discord's identify limit of one in 5 seconds."""

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        pass


class Front(Home):
    """The bot on a local Discord, with a server, its channel, and people in it."""

    bot: RundownBot
    patience = 0.01
    """Seconds that the library waits for more servers before it says that a session began."""
    _running: "asyncio.Task[None]"

    def __init__(
        self,
        folder: Path,
        site: Path,
        web: Fetcher | None,
        discord: LocalDiscord,
        names: Sequence[str],
    ) -> None:
        super().__init__(folder, site, web)
        self.discord = discord
        self.guild = discord.guild()
        self.channel = discord.channel(self.guild)
        self.boss, self.mika, self.jonas = (discord.user(name) for name in names)
        self.boss.permissions = MANAGER
        discord.owner = self.boss
        self._marks = itertools.count()

    @property
    def watched(self) -> str:
        return str(self.channel.id)

    async def connect(self) -> None:
        move_to(self.discord.url)
        posted = await PostedPanels.open(self.store)
        self.bot = QuickBot(self.backend, posted=posted, guild_ready_timeout=self.patience)
        self.rooms.join("discord", self.bot.room)
        self._running = asyncio.create_task(self.bot.start(self.discord.token))
        ready = asyncio.create_task(self.bot.began.wait())
        await asyncio.wait({self._running, ready}, return_when=asyncio.FIRST_COMPLETED)
        if self._running.done():
            self._running.result()
        await self.settled()

    async def disconnect(self) -> None:
        await self.bot.close()
        await asyncio.gather(self._running, return_exceptions=True)

    async def break_off(self) -> None:
        self.bot.front.backfill.stop()
        ours = [self._running, *self.bot.tasks()]
        ours += [task for task in asyncio.all_tasks() if task.get_name().startswith(EVENTS)]
        await cut_off(ours)
        await commands.AutoShardedBot.close(self.bot)

    async def settled(self, guild: Guild | None = None) -> None:
        """Wait until the bot has done all that it was told of, in that server or its own."""
        name = f"LOCAL_MARK_{next(self._marks)}"
        heard = asyncio.create_task(
            self.bot.wait_for(
                "socket_event_type", check=lambda event: event == name, timeout=LONGEST
            )
        )
        await asyncio.sleep(0)  # let it listen before it is told
        await self.discord.gateway.send(name, {}, guild=(guild or self.guild).id)
        await heard
        while tasks := [task for task in asyncio.all_tasks() if task.get_name().startswith(EVENTS)]:
            await asyncio.gather(*tasks)
        await self.bot.wait_idle()

    # --- short for what tests do often ---------------------------------------------------------

    async def say(self, text: str, *, by: User | None = None, **more: object) -> Post:
        channel = more.pop("channel", self.channel)
        post = await self.discord.say(by or self.mika, channel, text, **more)  # type: ignore[arg-type]
        await self.settled()
        return post

    async def command(
        self, name: str, /, *, by: User | None = None, **options: object
    ) -> Interaction:
        channel = options.pop("where", self.channel)
        return await self.discord.command(by or self.mika, channel, name, **options)  # type: ignore[arg-type]

    async def setup(self, **options: object) -> Interaction:
        return await self.command("setup", by=self.boss, **options)

    def mark(self, post: Post) -> str:
        """What the bot shows below a message."""
        return "".join(
            emoji for emoji, users in post.reactions.items() if self.discord.me.id in users
        )


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
    shards: int = 1,
) -> AsyncIterator[Front]:
    """Open the front on a site with a profile; with `setup`, its channel is watched already."""
    site = profiled_site(folder, profile, template, branch)
    async with local_discord(shards=shards) as discord:
        opened = Front(folder, site, web, discord, names)
        await opened.start()
        try:
            known = {canonical(one.url): one for one in lookups}
            await opened.store.put_lookups(known)
            if setup:
                await opened.setup()
                for post in discord.of_bot(opened.channel):  # a word of welcome
                    del discord.posts[post.channel][post.id]
            yield opened
        finally:
            await opened.stop()
        assert not discord.faults, "\n".join(discord.faults)
        assert [one for one in discord.interactions.values() if one.late] == []
