"""The Discord client: put together, connected, and stopped."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

import discord
import yarl
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.errors import ChatError
from bot.services.chat.backfill import Backfill
from bot.services.chat.backfill_worker import BackfillWorker
from bot.services.chat.live_panels import LivePanels
from bot.services.chat.panel_actions import PanelActions
from bot.services.chat.posted_panels import PostedPanels
from bot.services.chat.router import CommandRouter
from bot.services.chat.saved_choices import SavedChoices
from bot.services.chat.setup import Setup
from bot.services.chat.status_reactions import StatusReactions
from bot.services.parts import Parts
from bot.services.request import Request
from bot.services.watched_channels import Watched
from cogs.asking import Asking
from cogs.capture import CaptureCog
from cogs.channels import Channels
from cogs.commands import Slash, Translations
from cogs.history import DiscordHistory, DiscordRoom
from cogs.hosts import Hosts
from cogs.marks import DiscordReactions
from cogs.missed import MissedCog
from cogs.panels import DiscordPanels
from cogs.taps import TapsCog
from cogs.translate import PLATFORM, explained

_log = logging.getLogger(__name__)

LAST_WORDS = 10.0
"""Seconds that stopping waits for answers that are on their way."""

API = "https://discord.com/api/v10"

PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    embed_links=True,
    attach_files=True,
    read_message_history=True,
    add_reactions=True,
)
"""All that the bot asks for."""


# We have no voice, and need not be told so at every start.
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False


def intents() -> discord.Intents:
    """Return what Discord is asked to tell: what is said in servers, and reactions to it."""
    wanted = discord.Intents.none()
    wanted.guilds = wanted.guild_messages = wanted.guild_reactions = True
    wanted.message_content = True
    return wanted


def invite(application: int) -> str:
    """Return the link by which somebody adds the bot to a server, with exactly what it needs."""
    return discord.utils.oauth_url(
        application, permissions=PERMISSIONS, scopes=("bot", "applications.commands")
    )


class RundownBot(commands.AutoShardedBot):
    """One connection to Discord; after `close`, another one has to be made."""

    def __init__(self, parts: Parts, *, boards: PostedPanels, **options: float) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            intents=intents(),
            help_command=None,
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            allowed_mentions=discord.AllowedMentions.none(),
            **options,  # type: ignore[arg-type]
        )
        self.parts = parts
        shows, clock = parts.shows, parts.clock
        self.channels = Channels(self, shows.places)
        self.hosts = Hosts(self, shows.places)
        self.marks = StatusReactions(DiscordReactions(self), shows)
        self.panels = LivePanels(wall=DiscordPanels(self), shows=shows, boards=boards, clock=clock)
        offers = SavedChoices(parts.store)
        self.asking = Asking(channels=self.channels, offers=offers)
        history = DiscordHistory(
            client=self, channels=self.channels, hosts=self.hosts, shows=shows, clock=clock
        )
        catching_up = Backfill(
            platform=PLATFORM, shows=shows, store=parts.store, history=history, clock=clock
        )
        self.gaps = BackfillWorker(
            shows=shows,
            catching_up=catching_up,
            say=self.panels.say,
            is_ours=_is_ours,
            is_connected=lambda: self.missed.is_told,
            clock=clock,
        )
        self.missed = MissedCog(client=self, shows=shows, gaps=self.gaps, panels=self.panels)
        setting_up = Setup(shows=shows, site=parts.site)
        self.doors = CommandRouter(shows=shows, setting_up=setting_up, read_past=self._read_past)
        self.room = DiscordRoom(self.channels, shows)
        self.capture = CaptureCog(
            channels=self.channels,
            hosts=self.hosts,
            marks=self.marks,
            shows=shows,
            clock=clock,
            missed=self.gaps.again,
        )
        tapping = PanelActions(doors=self.doors, shows=shows, live=self.panels, offers=offers)
        self.taps = TapsCog(
            asking=self.asking, doors=self.doors, panels=self.panels, tapping=tapping
        )
        self._closed_already = False
        self.began = asyncio.Event()
        self._shards: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        _guard(self)

    def _read_past(self, channel: str, since: int, request: Request) -> None:
        self.gaps.read(channel, since)

    async def setup_hook(self) -> None:
        """Learn whose bot this is, and tell Discord the commands."""
        application = self.application
        if application is not None:
            self.asking.owners = frozenset(_owners(application))
        await self.add_cog(self.capture)
        await self.add_cog(self.taps)
        await self.add_cog(self.missed)
        slash = Slash(
            asking=self.asking, doors=self.doors, shows=self.parts.shows, panels=self.panels
        )
        slash.add_to(self.tree)
        await self.tree.set_translator(Translations())
        try:
            with explained("commands"):
                await self.tree.sync()
        except ChatError as error:
            # Those of the last time are still there, and nothing must be missed meanwhile.
            _log.warning("commands not told", extra={"cause": str(error)})

    async def connect(self, *, reconnect: bool = True) -> None:
        """Connect to the gateway that Discord names, also when a session is lost for good."""
        with explained("/gateway/bot"):
            shards, gateway, _ = await self.http.get_bot_gateway()
        self.shard_count = shards
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)
        await super().connect(reconnect=reconnect)

    def tasks(self) -> list["asyncio.Task[None]"]:
        """Return what runs by itself."""
        return [*self._tasks, *self.marks.tasks(), *self.gaps.tasks(), *self.panels.tasks()]

    async def settled(self) -> None:
        """Wait until what runs by itself is done: what was read again, and the marks of it."""
        while self._tasks:
            await asyncio.gather(*self._tasks)
        await self.gaps.settled()
        await self.marks.settled()

    def is_well(self) -> bool:
        """Return whether the bot is connected, and nothing is missed."""
        return self.is_ready() and not self.is_closed() and self.missed.is_connected

    def read_again(self, event: str, data: object) -> None:
        """Ask for the message that an event was about which could not be read."""
        if event not in ("MESSAGE_CREATE", "MESSAGE_UPDATE") or not isinstance(data, dict):
            return
        try:
            channel, message = int(data["channel_id"]), int(data["id"])
            guild = int(data["guild_id"]) if data.get("guild_id") else None
        except (KeyError, TypeError, ValueError):
            return
        self._keep(self.capture.take_again(channel, message, guild))

    def _keep(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def on_shard_ready(self, shard_id: int) -> None:
        """Note that a session began; `began` is set once all have, with their servers known."""
        self._shards.add(shard_id)
        if len(self._shards) == (self.shard_count or 1):
            self.began.set()

    async def on_message(self, message: discord.Message, /) -> None:
        """Look for no commands in messages: there are slash commands."""

    async def close(self) -> None:
        """Finish what was asked for, stop what runs by itself, then the connection."""
        if self._closed_already:
            return
        self._closed_already = True
        await self.asking.finish(LAST_WORDS)
        await self.capture.intake.finish(LAST_WORDS)
        await self.gaps.aclose()
        await self.panels.aclose()
        await self.marks.aclose()
        await super().close()


def _is_ours(watched: Watched) -> bool:
    return watched.place.startswith(f"{PLATFORM}:")


def _owners(application: discord.AppInfo) -> list[int]:
    """Return the users whose bot it is: its owner, or the members of its team."""
    team = application.team
    return [one.id for one in team.members] if team else [application.owner.id]


def move_to(api: str | None) -> None:
    """Have the client speak to another server than Discord's."""
    Route.BASE = api or API


def _guard(bot: RundownBot) -> None:
    """Let no event that cannot be read end the connection, as it would: a part may be missing.

    Of a message that came so, its current state is asked for.
    """
    parsers: dict[str, Callable[[Any], Any]] = bot._connection.parsers

    def guarded(event: str, parse: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def read(data: Any) -> None:  # noqa: ANN401 - as the library has it
            if event == "INTERACTION_CREATE":
                _complete(data)
            try:
                parse(data)
            except Exception as error:  # noqa: BLE001 - whatever it is, others must still come
                _log.warning("event not read", extra={"event": event, "cause": repr(error)[:200]})
                bot.read_again(event, data)

        return read

    for event, parse in list(parsers.items()):
        if event not in ("READY", "RESUMED"):
            parsers[event] = guarded(event, parse)


def _complete(data: dict[str, Any]) -> None:
    """Fill in what the library wants of an interaction and not every server sends."""
    data.setdefault("version", 1)
    data.setdefault("attachment_size_limit", 10 * 1024 * 1024)
    data.setdefault("entitlements", [])
