"""Who is a host, where Discord does not say it with the event: asked once, and remembered."""

from collections import OrderedDict

import discord

from bot.errors import ChatClosed
from bot.services.watched_channels import Caller, WatchedChannels
from cogs.translate import explained, workspace_of

MOST = 5_000


class People:
    """Knows whose marks count."""

    def __init__(self, client: discord.Client, watched: WatchedChannels) -> None:
        self._client = client
        self._watched = watched
        self._roles: OrderedDict[tuple[int, int], frozenset[str] | None] = OrderedDict()

    async def is_host(self, user: int, guild: discord.Guild | None) -> bool:
        """Return whether a user is a host in a server."""
        if guild is None:
            return False
        workspace = workspace_of(guild.id)
        if not self._watched.hosts(workspace):
            return self._watched.is_host(Caller(workspace))  # whoever could put the mark may write
        roles = await self._ask(user, guild)
        return roles is not None and self._watched.is_host(Caller(workspace, roles))

    def counts(self, member: discord.Member) -> bool:
        """Return whether a member whom Discord names with an event is a host."""
        caller = Caller(
            workspace_of(member.guild.id),
            frozenset(str(role.id) for role in member.roles),
            manages=member.guild_permissions.manage_guild,
        )
        return self._watched.is_host(caller)

    async def _ask(self, user: int, guild: discord.Guild) -> frozenset[str] | None:
        key = (guild.id, user)
        if key not in self._roles:
            roles = None
            try:
                with explained(guild.name):
                    member = await guild.fetch_member(user)
                roles = frozenset(str(role.id) for role in member.roles)
            except ChatClosed:
                roles = None  # they have left
            self._roles[key] = roles
            if len(self._roles) > MOST:
                self._roles.popitem(last=False)
        return self._roles[key]

    def forget(self) -> None:
        """Ask anew: roles change."""
        self._roles.clear()
