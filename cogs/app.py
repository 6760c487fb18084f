"""The Discord client: put together, connected, and stopped."""

import asyncio
import logging
from typing import Any

import discord
import yarl
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.errors import ChatError
from bot.services.chat.front import Backend, Front, Platform
from bot.services.chat.posted_panels import PostedPanels
from bot.services.shards import Shards
from bot.services.tasks import BackgroundTasks
from bot.services.watched_channels import Watched
from cogs.asked_again import ask_again
from cogs.asking import DiscordAsking
from cogs.capture import CaptureCog
from cogs.channels import Channels
from cogs.commands import DiscordCommands, Translations
from cogs.connection import ConnectionCog
from cogs.guard import guard
from cogs.history import DiscordHistory, DiscordRoom
from cogs.panels import DiscordPanels, DiscordReactions
from cogs.people import DiscordPeople
from cogs.taps import TapsCog
from cogs.translate import PLATFORM, explained

_log = logging.getLogger(__name__)

LAST_WORDS = 5.0
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

    def __init__(
        self,
        backend: Backend,
        *,
        posted: PostedPanels,
        shards: Shards | None = None,
        **options: float,
    ) -> None:
        """Put the client together; with `shards`, other processes hold the others."""
        super().__init__(
            command_prefix=commands.when_mentioned,
            intents=intents(),
            help_command=None,
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            allowed_mentions=discord.AllowedMentions.none(),
            **(_held(shards) | options),
        )
        ask_again(self.http)
        shows = backend.shows
        self.held = shards
        self._owners = backend.owners
        self.channels = Channels(self, shows.channels)
        self.people = DiscordPeople(self, shows.channels, backend.clock)
        self.history = DiscordHistory(
            channels=self.channels,
            people=self.people,
            shows=shows,
            clock=backend.clock,
        )
        self.front = Front(backend, self._platform(backend), posted=posted)
        self.asking = DiscordAsking(channels=self.channels, front=self.front)
        self.capture = CaptureCog(
            client=self,
            channels=self.channels,
            people=self.people,
            history=self.history,
            front=self.front,
        )
        self.connection = ConnectionCog(client=self, history=self.history, front=self.front)
        self.taps = TapsCog(asking=self.asking, front=self.front)
        self.room = DiscordRoom(self.channels, self.people, shows)
        self._closed_already = False
        self.began = asyncio.Event()
        self._shards: set[int] = set()
        self._tasks = BackgroundTasks[None]("messages asked for")
        guard(self, self.read_again)

    def _platform(self, backend: Backend) -> Platform:
        return Platform(
            name=PLATFORM,
            history=self.history,
            reactions=DiscordReactions(self),
            panels=DiscordPanels(self, backend.shows.channels),
            enter=_is_inside,
            owns=self._owns,
            part=str(self.held) if self.held else "",
            hears=lambda watched: self.connection.hears(watched),
        )

    def _owns(self, watched: Watched) -> bool:
        platform, _, guild = watched.workspace.partition(":")
        return platform == PLATFORM and (self.held is None or self.held.has(int(guild)))

    async def setup_hook(self) -> None:
        """Learn whose bot this is, and tell Discord the commands."""
        application = self.application
        if application is not None:
            self.asking.owners = owners_of(application, self._owners)
        await self.add_cog(self.capture)
        await self.add_cog(self.taps)
        await self.add_cog(self.connection)
        slash = DiscordCommands(
            asking=self.asking, people=self.people, front=self.front, taps=self.taps
        )
        slash.add_to(self.tree)
        await self.tree.set_translator(Translations())
        if self.held is not None and 0 not in self.held.held:
            return  # whoever holds the first shard tells it
        try:
            with explained("the commands"):
                await self.tree.sync()
        except (ChatError, LookupError, TypeError, ValueError) as error:
            # Those of the last time are still there, and nothing must be missed meanwhile: also
            # where the library cannot read what Discord answers.
            _log.warning(
                "commands not told",
                extra={"cause": str(error) if isinstance(error, ChatError) else repr(error)[:200]},
            )

    async def connect(self, *, reconnect: bool = True) -> None:
        """Connect to the gateway that Discord names, also when a session is lost for good."""
        with explained("the gateway"):
            shards, gateway, _ = await self.http.get_bot_gateway()
        self.shard_count = shards if self.held is None else self.held.count
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)
        await super().connect(reconnect=reconnect)

    def tasks(self) -> list["asyncio.Future[None]"]:
        """Return what runs by itself."""
        return [*self._tasks, *self.front.tasks()]

    async def wait_idle(self) -> None:
        """Wait until what runs by itself is done."""
        await self._tasks.wait_idle()
        await self.front.wait_idle()

    def is_well(self) -> bool:
        """Return whether the bot is connected, and nothing is missed."""
        return self.is_ready() and not self.is_closed() and self.connection.is_connected

    def read_again(self, event: str, data: object) -> None:
        """Ask for the message that an event was about which could not be read."""
        if event not in ("MESSAGE_CREATE", "MESSAGE_UPDATE") or not isinstance(data, dict):
            return
        try:
            channel, message = int(data["channel_id"]), int(data["id"])
            guild = int(data["guild_id"]) if data.get("guild_id") else None
        except (KeyError, TypeError, ValueError):
            return
        self._tasks.start(self.capture.take_again(channel, message, guild))

    async def on_shard_ready(self, shard_id: int) -> None:
        """Note that a session began; `began` is set once all have, with their servers known."""
        self._shards.add(shard_id)
        if len(self._shards) == len(self.shard_ids or range(self.shard_count or 1)):
            self.began.set()

    async def on_message(self, message: discord.Message, /) -> None:
        """Look for no commands in messages: there are slash commands."""

    async def close(self) -> None:
        """Finish what was asked for, stop what runs by itself, then the connection."""
        if self._closed_already:
            return
        self._closed_already = True
        await self.asking.finish(LAST_WORDS)
        await self.asking.aclose()  # what takes longer has nobody to tell it
        await self.front.finish(LAST_WORDS)
        await self.front.aclose()
        await super().close()


def _held(shards: Shards | None) -> dict[str, Any]:
    """Return the client's options for some of the shards."""
    return {"shard_ids": list(shards.held), "shard_count": shards.count} if shards else {}


async def _is_inside(channel: str) -> bool:
    """Return whether the bot is in a channel: it is in all of a server's."""
    return True


def owners_of(application: discord.AppInfo, named: frozenset[str]) -> frozenset[int]:
    """Return the users whose bot it is: those named, else its owner or the members of its team."""
    if named:
        return frozenset(int(one) for one in named if one.isdecimal())
    if application.team is None:
        return frozenset({application.owner.id})
    accepted = discord.TeamMembershipState.accepted
    members = application.team.members
    return frozenset(one.id for one in members if one.membership_state is accepted)


def move_to(api: str | None) -> None:
    """Have the client speak to another server than Discord's."""
    Route.BASE = api or API
