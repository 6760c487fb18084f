"""Which channel a message stands in: threads are known by their parent, and asked for once."""

from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

import discord

from bot.core.events import Thread
from bot.core.markup import discord as discord_markup
from bot.errors import ChatClosed
from bot.services.watched_channels import WatchedChannels
from cogs.translate import explained, guild_of, workspace_of

T = TypeVar("T")

MOST = 10_000
"""Threads and first messages that are remembered."""


@dataclass(frozen=True, slots=True)
class ChannelSpot:
    """A channel, or a thread with its parent, which decides the show, and who made it."""

    id: int
    base: int
    thread_name: str | None = None
    owner: int | None = None


Known: TypeAlias = "discord.abc.GuildChannel | discord.Thread | discord.abc.PrivateChannel | None"


def known_channel(
    client: discord.Client, watched: WatchedChannels, channel: int, base: int | None = None
) -> Known:
    """Return what Discord told of a channel, or of a thread with its parent as `base`.

    (The library's own `get_channel` looks through all servers.)
    """
    ours = watched.of(str(base or channel))
    guild = client.get_guild(guild_of(ours.workspace)) if ours else None
    return guild.get_channel_or_thread(channel) if guild else client.get_channel(channel)


class Channels:
    """Finds out where things stand, without asking Discord for what it told already."""

    def __init__(self, client: discord.Client, watched: WatchedChannels) -> None:
        self._client = client
        self._watched = watched
        self._spots: OrderedDict[int, ChannelSpot | None] = OrderedDict()
        self._firsts: OrderedDict[int, str] = OrderedDict()

    async def spot(self, channel: int, guild: int | None) -> ChannelSpot | None:
        """Return where a channel's things stand if it is watched; None costs no request, mostly."""
        if self._watched.of(str(channel)):
            return ChannelSpot(channel, channel)
        if guild is not None and not self._watched.has(workspace_of(guild)):
            return None
        server = self._client.get_guild(guild) if guild is not None else None
        known = server.get_channel_or_thread(channel) if server else None
        if isinstance(known, discord.Thread):
            spot: ChannelSpot | None = ChannelSpot(
                channel, known.parent_id, known.name, known.owner_id
            )
        elif known is not None:
            return None
        else:
            spot = await self._ask(channel)
        return spot if spot is not None and self._watched.of(str(spot.base)) else None

    async def base(self, channel: int, guild: int | None) -> int:
        """Return the channel that a request was made in, a thread's parent."""
        spot = await self.spot(channel, guild)
        if spot is not None:
            return spot.base
        server = self._client.get_guild(guild) if guild is not None else None
        known = server.get_channel_or_thread(channel) if server else self.known(channel)
        return known.parent_id if isinstance(known, discord.Thread) else channel

    async def thread(self, spot: ChannelSpot) -> Thread | None:
        """Return the thread that things at a spot stand in, with the topic that it stands for."""
        if spot.id == spot.base:
            return None
        name = spot.thread_name or ""
        topic = discord_markup.thread_topic(name, await self._first(spot))
        return Thread(str(spot.id), topic, str(spot.base), starter=str(spot.id))

    def known(self, channel: int, base: int | None = None) -> Known:
        """Return what Discord told of a channel, or of a thread with its parent as `base`."""
        return known_channel(self._client, self._watched, channel, base)

    def learn(self, thread: discord.Thread) -> None:
        """Remember a thread that Discord told of."""
        _remember(
            self._spots,
            thread.id,
            ChannelSpot(thread.id, thread.parent_id, thread.name, thread.owner_id),
        )

    def forget(self, channel: int) -> None:
        """Ask anew about a thread that was renamed, or whose first message was edited."""
        self._spots.pop(channel, None)
        self._firsts.pop(channel, None)

    async def _ask(self, channel: int) -> ChannelSpot | None:
        """Ask Discord about a channel that it has not told of: an archived thread, mostly."""
        if channel not in self._spots:
            found = None
            with suppress(ChatClosed), explained(channel):
                found = await self._client.fetch_channel(channel)
            spot = None
            if isinstance(found, discord.Thread):
                spot = ChannelSpot(channel, found.parent_id, found.name, found.owner_id)
            _remember(self._spots, channel, spot)
        return self._spots[channel]

    async def _first(self, spot: ChannelSpot) -> str:
        """Return the first message of a thread, which has the thread's id; "" without one."""
        if spot.id not in self._firsts:
            text = ""
            for channel in (spot.base, spot.id):  # it hangs on a message, or is a forum's post
                with suppress(ChatClosed), explained(spot.id):
                    found = self.messageable(channel, spot.base)
                    text = (await found.fetch_message(spot.id)).content
                    break
            _remember(self._firsts, spot.id, discord_markup.to_markdown(text))
        return self._firsts[spot.id]

    def messageable(self, channel: int, base: int | None = None) -> discord.PartialMessageable:
        """Return a channel to be read and written in, or a thread with its parent as `base`."""
        watched = self._watched.of(str(base or channel))
        guild = guild_of(watched.workspace) if watched else None
        return self._client.get_partial_messageable(channel, guild_id=guild)


def _remember(known: "OrderedDict[int, T]", key: int, value: T) -> None:
    known[key] = value
    if len(known) > MOST:
        known.popitem(last=False)
