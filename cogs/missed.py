"""When Discord may have left something untold: what its gateway says of its sessions."""

import discord
from discord.ext import commands

from bot.services.gaps import Gaps
from bot.services.live import Live
from bot.services.shows import Shows
from cogs.translate import place_of


class MissedCog(commands.Cog):
    """Has read again what happened while a session was not there."""

    def __init__(
        self,
        *,
        client: discord.AutoShardedClient,
        shows: Shows,
        gaps: Gaps,
        panels: Live,
        lost: set[int],
    ) -> None:
        self._client = client
        self._shows = shows
        self._gaps = gaps
        self._panels = panels
        self._lost = lost

    @commands.Cog.listener()
    async def on_shard_ready(self, shard_id: int) -> None:
        """Read what happened before a new session began, as nobody tells it."""
        self._lost.discard(shard_id)
        guilds = [one for one in self._client.guilds if one.shard_id == shard_id]
        for guild in guilds:
            self._gaps.want(self._shows.places.watched(place=place_of(guild.id)))
        self._gaps.begin()
        self._panels.refresh()

    @commands.Cog.listener()
    async def on_shard_disconnect(self, shard_id: int) -> None:
        """Note that a session is gone: until it is resumed, things are missed."""
        self._lost.add(shard_id)

    @commands.Cog.listener()
    async def on_shard_resumed(self, shard_id: int) -> None:
        """Note that a session goes on: what happened meanwhile is told."""
        self._lost.discard(shard_id)

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Read what happened while a server was away."""
        if self._gaps.has_begun:
            self._gaps.want(self._shows.places.watched(place=place_of(guild.id)))
