"""Who is a host, where Discord does not say it with the event: asked, and believed for a moment."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace

import discord

from bot.core.events import Thread
from bot.errors import ChatClosed
from bot.services.chat.named_hosts import named_hosts
from bot.services.watched_channels import PERSON, Caller, WatchedChannels
from cogs.channels import ChannelSpot
from cogs.translate import explained, guild_of, workspace_of

MOST = 5_000

FRESH = 30_000_000
"""Microseconds for which Discord's word on somebody's roles is believed: it tells of no change."""


class DiscordPeople:
    """Knows whose marks count."""

    def __init__(
        self, client: discord.Client, watched: WatchedChannels, clock: Callable[[], int]
    ) -> None:
        self._client = client
        self._watched = watched
        self._clock = clock
        self._roles: OrderedDict[tuple[int, int], tuple[int, frozenset[str] | None]] = OrderedDict()

    async def is_host(self, user: int, guild: discord.Guild | None) -> bool:
        """Return whether a user is a host in a server."""
        if guild is None:
            return False
        workspace = workspace_of(guild.id)
        hosts = self._watched.hosts(workspace)
        if not hosts or PERSON + str(user) in hosts:
            return self._watched.is_host(Caller(workspace, user=str(user)))  # they may write here
        roles = await self._ask(user, guild)
        return roles is not None and self._watched.is_host(Caller(workspace, roles))

    async def wrote_as_guest(self, message: discord.Message) -> bool:
        """Return whether whoever wrote a message is no host now."""
        if isinstance(message.author, discord.Member):  # Discord names the roles with it
            return not self.counts(message.author)
        return not await self.is_host(message.author.id, message.guild)

    async def named(self, thread: Thread | None, spot: ChannelSpot) -> Thread | None:
        """Return a thread that knows whether a guest named it."""
        if thread is None or spot.owner is None:
            return thread
        watched = self._watched.of(str(spot.base))
        guild = guild_of(watched.workspace) if watched else None
        return replace(thread, guest=not await self.is_host_of(spot.owner, guild))

    async def is_host_of(self, user: int, guild: int | None) -> bool:
        """Return whether a user is a host in the server with this id."""
        return await self.is_host(user, self._client.get_guild(guild) if guild else None)

    def counts(self, member: discord.Member) -> bool:
        """Return whether a member whom Discord names with an event is a host."""
        caller = Caller(
            workspace_of(member.guild.id),
            frozenset(str(role.id) for role in member.roles),
            manages=member.guild_permissions.manage_guild,
            user=str(member.id),
        )
        return self._watched.is_host(caller)

    async def _ask(self, user: int, guild: discord.Guild) -> frozenset[str] | None:
        key = (guild.id, user)
        at, roles = self._roles.pop(key, (0, None))
        if self._clock() - at > FRESH:
            roles, at = None, self._clock()
            try:
                with explained(guild.name):
                    member = await guild.fetch_member(user)
                roles = frozenset(str(role.id) for role in member.roles)
            except ChatClosed:
                roles = None  # they have left
        self._roles[key] = at, roles
        if len(self._roles) > MOST:
            self._roles.popitem(last=False)
        return roles

    def named_hosts(self, typed: str, guild: discord.Guild | None) -> list[str]:
        """Return the roles and people of a server that are named; raise CommandError for others."""

        def find(name: str) -> str | None:
            wanted = name.casefold()
            for role in guild.roles if guild else ():
                if wanted in (role.name.lstrip("@").casefold(), str(role.id)):
                    return str(role.id)
            for member in guild.members if guild else ():
                names = (member.name, member.display_name, str(member.id))
                if wanted in map(str.casefold, names):
                    return PERSON + str(member.id)
            return PERSON + name if name.isdecimal() else None

        return named_hosts(typed, find)

    def forget(self) -> None:
        """Ask anew: roles change."""
        self._roles.clear()
