"""Discord asked for what was said: one message, or a channel's history page by page."""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import suppress

import discord

from bot.core.events import Message
from bot.core.grammar.message import MARKS
from bot.core.markup import emoji
from bot.errors import ChatClosed, ChatError, RundownError
from bot.services.chat.backfill import Page
from bot.services.ports import Reaction, Snapshot
from bot.services.shows import Shows
from cogs.channels import Channels, Spot
from cogs.people import People
from cogs.translate import explained, from_person, microseconds, snapshot, snowflake

_log = logging.getLogger(__name__)

PAGE = 100
"""Messages of a request: Discord gives no more."""

UNKNOWN_MESSAGE = 10008

Host = Callable[[int, int], bool]


class DiscordRoom:
    """Gives a message as it is now. Fulfils ports.Room."""

    def __init__(self, channels: Channels, shows: Shows) -> None:
        self._channels = channels
        self._shows = shows

    async def fetch(self, channel: str, message: str) -> Message | None:
        """Return a message as it is now; None if it is gone or cannot be had."""
        if not (channel.isdecimal() and message.isdecimal()):
            return None
        try:
            where = await self._channels.spot(int(channel), None)
            if where is None:
                return None
            with explained(message):
                target = self._channels.messageable(where.id, where.base)
                found = await target.fetch_message(int(message))
            if not from_person(found):
                return None
            desk = await self._shows.desk(str(where.base))
            if desk is None:
                return None
            thread = await self._channels.thread(where)
            return snapshot(found, desk.zone, thread=thread).message
        except RundownError as error:
            _log.info("not to be had", extra={"id": message, "cause": str(error)})
            return None


class DiscordHistory:
    """Reads what channels and threads hold. Fulfils backfill.History."""

    def __init__(
        self,
        *,
        client: discord.Client,
        channels: Channels,
        people: People,
        shows: Shows,
        clock: Callable[[], int],
    ) -> None:
        self._client = client
        self._channels = channels
        self._people = people
        self._shows = shows
        self._clock = clock

    async def pages(self, channel: str, *, since: int) -> AsyncIterator[Page]:
        """Yield what a channel or thread holds since that time, oldest first, to its end."""
        number = int(channel)
        where = await self._spot(number)
        after = snowflake(since)
        while True:
            began = self._clock()
            with explained(channel):
                history = self._channels.messageable(number, where.base).history(
                    limit=PAGE, after=discord.Object(after), oldest_first=True
                )
                messages = [one async for one in history]
            snapshots = [await self._snapshot(one, where) for one in messages if from_person(one)]
            yield Page(str(after), tuple(str(one.id) for one in messages), tuple(snapshots), began)
            if len(messages) < PAGE:
                return
            after = messages[-1].id

    async def threads(self, channel: str, *, since: int) -> list[str]:
        """Return the threads of a channel in which something may have happened since that time."""
        known = self._client.get_channel(int(channel))
        if not isinstance(known, discord.TextChannel | discord.ForumChannel):
            return []
        with explained(channel):
            active = [one for one in await known.guild.active_threads() if one.parent == known]
        found = [str(one.id) for one in active]
        with suppress(ChatClosed), explained(channel):
            async for thread in known.archived_threads(limit=None):
                if microseconds(thread.archive_timestamp) < since:
                    break
                found.append(str(thread.id))
        return found

    async def is_gone(self, channel: str, message: str) -> bool:
        """Return whether Discord says of a message, by its name, that there is none."""
        try:
            await self._channels.messageable(int(channel)).fetch_message(int(message))
        except discord.NotFound as error:
            return error.code == UNKNOWN_MESSAGE
        except discord.HTTPException as error:
            raise ChatError("discord.failed", what=channel, status=error.status) from error
        return False

    async def _spot(self, channel: int) -> Spot:
        spot = await self._channels.spot(channel, None)
        if spot is None:
            raise ChatClosed("discord.closed", what=channel, code=0)
        return spot

    async def _snapshot(self, message: discord.Message, where: Spot) -> Snapshot:
        desk = await self._shows.desk_for(str(where.base))
        return snapshot(
            message,
            desk.zone,
            thread=await self._channels.thread(where),
            reactions=await self._reactions(message, where),
        )

    async def _reactions(self, message: discord.Message, where: Spot) -> tuple[Reaction, ...]:
        """Return the marks that hosts put on a message; who did costs a request for each mark."""
        found = []
        for reaction in message.reactions:
            sign = emoji.plain(str(reaction.emoji)).rstrip("\ufe0f")
            if sign not in MARKS or not isinstance(reaction.emoji, str):
                continue
            with explained(message.id):
                users = [user async for user in reaction.users()]
            found += [
                Reaction(sign, str(user.id))
                for user in users
                if not user.bot and await self._people.is_host(user.id, message.guild)
            ]
        return tuple(found)
