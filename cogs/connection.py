"""What the gateway says of its sessions: where one was missing, history is read again."""

import discord
from discord.ext import commands

from bot.services.chat.front import Front
from bot.services.shards import shard_of
from bot.services.watched_channels import Watched
from cogs.history import DiscordHistory
from cogs.translate import guild_of, workspace_of


class ConnectionCog(commands.Cog):
    """Follows the sessions, and reads what happened while one was missing."""

    def __init__(
        self, *, client: discord.AutoShardedClient, history: DiscordHistory, front: Front
    ) -> None:
        self._client = client
        self._history = history
        self._front = front
        self._watched = front.shows.channels
        self._began: set[int] = set()  # shards that had a session
        self._away: set[int] = set()  # servers that are not there for the moment
        self._lost: set[int] = set()  # shards whose session is not there

    @property
    def is_connected(self) -> bool:
        """Whether all sessions are there."""
        return not self._lost

    def hears(self, watched: Watched) -> bool:
        """Return whether Discord tells of all that happens in a channel."""
        guild = guild_of(watched.workspace)
        shard = shard_of(guild, self._client.shard_count or 1)
        return shard in self._began - self._lost and guild not in self._away

    @commands.Cog.listener()
    async def on_shard_ready(self, shard_id: int) -> None:
        """Read what happened before a new session began, as nobody tells it."""
        self._lost.discard(shard_id)
        self._began.add(shard_id)
        self._history.forget()
        there = []
        for guild in [one for one in self._client.guilds if one.shard_id == shard_id]:
            if guild.unavailable:
                await self.on_guild_unavailable(guild)
            else:
                there.append(workspace_of(guild.id))
        self._front.session_began(there)

    @commands.Cog.listener()
    async def on_shard_disconnect(self, shard_id: int) -> None:
        """Note that a session is gone: until it is resumed, things are missed."""
        self._lost.add(shard_id)

    @commands.Cog.listener()
    async def on_shard_resumed(self, shard_id: int) -> None:
        """Note that a session goes on: what happened meanwhile is told."""
        self._lost.discard(shard_id)

    @commands.Cog.listener()
    async def on_guild_unavailable(self, guild: discord.Guild) -> None:
        """Note that a server is away: of what happens there nothing is told."""
        if self._watched.has(workspace_of(guild.id)):
            self._away.add(guild.id)

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Read what happened while a server was away."""
        if guild.id not in self._away:
            return
        self._away.discard(guild.id)
        self._history.forget()
        if self._front.backfill.has_begun:
            self._front.backfill.want(self._watched.watched(workspace=workspace_of(guild.id)))

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Wait no more for a server that the bot was taken from."""
        self._away.discard(guild.id)
        for watched in self._watched.watched(workspace=workspace_of(guild.id)):
            await self._front.backfill.owe(watched.channel)

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Read what happened in a server before the bot was let in again."""
        self._front.backfill.want(self._watched.watched(workspace=workspace_of(guild.id)))

    # --- channels that are hidden for a while ----------------------------------------------------

    @commands.Cog.listener()
    async def on_guild_channel_update(
        self, before: discord.abc.GuildChannel, after: discord.abc.GuildChannel
    ) -> None:
        """Read a channel that was hidden from the bot, and is shown again."""
        await self._look(after)

    @commands.Cog.listener()
    async def on_guild_role_update(self, before: discord.Role, after: discord.Role) -> None:
        """Look which channels a role's new permissions show or hide."""
        for watched in self._watched.watched(workspace=workspace_of(after.guild.id)):
            channel = after.guild.get_channel(int(watched.channel))
            if channel is not None:
                await self._look(channel)

    async def _look(self, channel: discord.abc.GuildChannel) -> None:
        """Note that a watched channel is hidden from the bot, or read it when it is shown."""
        me = channel.guild.me
        if me is None or self._watched.of(str(channel.id)) is None:
            return
        allowed = channel.permissions_for(me)
        if allowed.view_channel and allowed.read_message_history:
            await self._front.let_in(str(channel.id))
        else:
            await self._front.shut_out(str(channel.id))
