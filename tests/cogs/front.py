"""The whole Discord front for tests: the real client, a Discord of our own, SQLite and git."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from discord.ext import commands

from bot.app.app import clock
from bot.app.rooms import Rooms
from bot.core.model import Lookup
from bot.core.urls import canonical
from bot.services.chat.front import Backend
from bot.services.chat.posted_panels import PostedPanels
from bot.services.desk.desk import Desk
from bot.services.ports import Fetcher
from bot.services.shows import FIRST, Shows
from cogs.app import RundownBot, move_to
from storage.store import SqliteStore
from tests.fakes.discord import LocalDiscord, local_discord
from tests.fakes.discord_asks import Interaction
from tests.fakes.discord_shapes import MANAGER, Channel, Guild, Post, User
from tests.services.desk.house import app, git, make_site

needs_network = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]

EVENTS = ("discord.py: on_", "CommandTree")
"""What the tasks are called in which the client does what it was told of."""

PROFILE = "name: Test\npath: '_drafts/ep{{ number }}.md'\naround_links: keep\n"
TEMPLATE = "---\ntitle: {{ title | yaml }}\n---\n\n{{ body }}\n"


class QuickBot(RundownBot):
    """The bot, in no hurry to be polite to Discord's identify limit of one in 5 seconds."""

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        pass


@dataclass
class Front:
    """The bot on a local Discord, with a server, its channel, and people in it."""

    folder: Path
    site: Path
    discord: LocalDiscord
    guild: Guild
    channel: Channel
    boss: User
    mika: User
    jonas: User
    web: Fetcher | None = None
    bot: RundownBot = field(init=False)
    shows: Shows = field(init=False)
    store: SqliteStore = field(init=False)
    rooms: Rooms = field(init=False)
    _stack: AsyncExitStack = field(init=False)
    _running: "asyncio.Task[None]" = field(init=False)
    _marks: "itertools.count[int]" = field(default_factory=itertools.count)

    async def start(self) -> None:
        """Start the app, as `rundown run` does."""
        self._stack = AsyncExitStack()
        enter = self._stack.enter_async_context
        environment = {"RUNDOWN_SITE": str(self.site)}
        db = self.folder / "rundown.db"
        opened = await enter(app(db, environment=environment, web=self.web))
        self.store, self.shows, self.rooms = opened.store, opened.shows, opened.rooms
        await self.connect(opened.rooms)

    async def connect(self, rooms: Rooms) -> None:
        move_to(self.discord.url)
        backend = Backend(shows=self.shows, store=self.store, clock=clock, site=str(self.site))
        self.bot = QuickBot(
            backend, posted=await PostedPanels.open(self.store), guild_ready_timeout=0.01
        )
        rooms.join("discord", self.bot.room)
        self._running = asyncio.create_task(self.bot.start(self.discord.token))
        ready = asyncio.create_task(self.bot.began.wait())
        await asyncio.wait({self._running, ready}, return_when=asyncio.FIRST_COMPLETED)
        if self._running.done():
            self._running.result()
        await self.settled()

    async def stop(self) -> None:
        """Stop it, as SIGTERM does."""
        await self.bot.close()
        await asyncio.gather(self._running, return_exceptions=True)
        await self._stack.aclose()

    async def kill(self) -> None:
        """Stop it as kill -9 does: nothing is finished, nothing noted."""
        ours = [self._running, *self.bot.tasks()]
        ours += [task for task in asyncio.all_tasks() if task.get_name().startswith(EVENTS)]
        for task in ours:
            task.cancel()
        await asyncio.gather(*ours, return_exceptions=True)
        await commands.AutoShardedBot.close(self.bot)
        await self._stack.aclose()

    async def restart(self) -> None:
        await self.stop()
        await self.start()

    async def settled(self) -> None:
        """Wait until the bot has done all that it was told of."""
        name = f"LOCAL_MARK_{next(self._marks)}"
        heard = asyncio.create_task(
            self.bot.wait_for("socket_event_type", check=lambda event: event == name, timeout=20)
        )
        await asyncio.sleep(0)  # let it listen before it is told
        await self.discord.gateway.send(name, {}, guild=self.guild.id)
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

    async def body(self) -> str:
        """The draft without its front matter."""
        return (await (await self.desk()).rendered(str(self.channel.id))).body.text

    async def desk(self) -> Desk:
        return await self.shows.open(FIRST)

    def mark(self, post: Post) -> str:
        """What the bot shows below a message."""
        return "".join(
            emoji for emoji, users in post.reactions.items() if self.discord.me.id in users
        )

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
    shards: int = 1,
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
    async with local_discord(shards=shards) as discord:
        guild = discord.guild()
        channel = discord.channel(guild)
        boss, mika, jonas = (discord.user(name) for name in names)
        boss.permissions = MANAGER
        opened = Front(folder, site, discord, guild, channel, boss, mika, jonas, web)
        await opened.start()
        try:
            known = {canonical(one.url): one for one in lookups}
            await opened.store.put_lookups(known)
            if setup:
                await opened.setup()
            yield opened
        finally:
            await opened.stop()
        assert not discord.faults, "\n".join(discord.faults)
        assert [one for one in discord.interactions.values() if one.late] == []
