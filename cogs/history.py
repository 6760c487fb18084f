"""Discord asked for what was said: one message, or a channel's history page by page."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import suppress
from datetime import tzinfo

import discord

from bot import mentions
from bot.core.grammar.message import MARKS, OF_AUTHORS
from bot.core.markup import emoji
from bot.errors import ChatClosed, ChatError, RundownError
from bot.services.chat.backfill import Activity, Stretch
from bot.services.ports import Reaction, Snapshot
from bot.services.shows import Shows
from cogs.channels import Channels, ChannelSpot
from cogs.people import DiscordPeople
from cogs.translate import explained, from_person, microseconds, snowflake
from cogs.translate import snapshot as snapshot_of

_log = logging.getLogger(__name__)

PAGE = 100
"""Messages of a request: Discord gives no more
(https://discord.com/developers/docs/resources/message#get-channel-messages)."""

FRESH = 30_000_000
"""Microseconds for which the list of a server's threads serves all of its channels."""

UNKNOWN_MESSAGE = 10008
"""Discord's code for a message that is not there
(https://discord.com/developers/docs/topics/opcodes-and-status-codes#json)."""


class DiscordRoom:
    """Fetches a message as it is now. Fulfils ports.Room."""

    def __init__(self, channels: Channels, people: DiscordPeople, shows: Shows) -> None:
        self._channels = channels
        self._people = people
        self._shows = shows

    async def fetch(self, channel: str, message: str, zone: tzinfo) -> Snapshot | None:
        """Return a message as it is now; None if it is gone or cannot be had."""
        if not (channel.isdecimal() and message.isdecimal()):
            return None
        try:
            where = await self._channels.spot(int(channel), None)
            if where is None:
                return None
            with explained(channel):
                target = self._channels.messageable(where.id, where.base)
                found = await target.fetch_message(int(message))
            if not from_person(found):
                return None
            if self._shows.channels.of(str(where.base)) is None:
                return None
            thread = await self._people.named(await self._channels.thread(where), where)
            guest = await self._people.wrote_as_guest(found)
            return snapshot_of(found, zone, thread=thread, guest=guest)
        except RundownError as error:
            _log.info("not to be had", extra={"id": message, "cause": str(error)})
            return None


class DiscordHistory:
    """Reads what channels and threads hold. Fulfils backfill.History."""

    def __init__(
        self,
        *,
        channels: Channels,
        people: DiscordPeople,
        shows: Shows,
        clock: Callable[[], int],
    ) -> None:
        self._channels = channels
        self._people = people
        self._shows = shows
        self._clock = clock
        self._asked: dict[int, tuple[int, asyncio.Future[list[discord.Thread]]]] = {}

    async def newest(self, conversation: str, *, since: int) -> Stretch:
        """Return the newest messages of a channel or thread, back to that time or further."""
        where = await self._spot(int(conversation))
        began = self._clock()
        messages: list[discord.Message] = []
        is_start = self._has_no_messages(where)
        while not is_start and (not messages or microseconds(messages[-1].created_at) > since):
            part = await self._read(where, before=messages[-1] if messages else None)
            messages += part
            is_start = len(part) < PAGE
        messages.reverse()
        is_channel = where.id == where.base
        return Stretch(
            tuple(str(one.id) for one in messages),
            await self._snapshots(messages, where),
            began,
            after="0" if is_start else None,
            threads=await self._shown(where.base) if is_channel else {},
            has_all_threads=not is_channel or self._has_no_threads(where),
        )

    async def stretches(self, conversation: str, *, since: int) -> AsyncIterator[Stretch]:
        """Yield what a channel or thread holds since that time, oldest first, to its end."""
        where = await self._spot(int(conversation))
        after = snowflake(since)
        is_end = self._has_no_messages(where)
        if is_end:
            yield Stretch((), (), self._clock(), after=str(after))
        while not is_end:
            began = self._clock()
            messages = await self._read(where, after=discord.Object(after))
            ids = tuple(str(one.id) for one in messages)
            yield Stretch(ids, await self._snapshots(messages, where), began, after=str(after))
            is_end = len(messages) < PAGE
            after = messages[-1].id if messages else after

    async def threads(self, channel: str, *, since: int) -> list[str]:
        """Return the threads of a channel in which something may have happened since that time."""
        number = int(channel)
        found = list(await self._active(number))
        known = self._channels.known(number)
        if isinstance(known, discord.TextChannel | discord.ForumChannel):
            with suppress(ChatClosed), explained(channel):
                async for thread in known.archived_threads(limit=None):
                    if microseconds(thread.archive_timestamp) < since:
                        break
                    found.append(str(thread.id))
        return found

    async def _shown(self, channel: int) -> dict[str, Activity]:
        """Return the threads that are not archived, none where Discord does not show them."""
        try:
            return await self._active(channel)
        except ChatClosed:
            return {}

    async def _active(self, channel: int) -> dict[str, Activity]:
        """Return the threads of a channel that are not archived; asked once for a whole server."""
        known = self._channels.known(channel)
        if not isinstance(known, discord.TextChannel | discord.ForumChannel):
            return {}
        guild = known.guild
        asked = self._asked.get(guild.id)
        if asked is None or self._clock() - asked[0] > FRESH:
            asked = self._clock(), asyncio.ensure_future(guild.active_threads())
            self._asked[guild.id] = asked
        try:
            with explained(channel):
                threads = await asyncio.shield(asked[1])
        except ChatError:
            self._asked.pop(guild.id, None)
            raise
        ours = [one for one in threads if one.parent_id == channel]
        for thread in ours:  # what Discord told of it since may be newer
            self._channels.learn(guild.get_thread(thread.id) or thread)
        return {str(one.id): _activity(one) for one in ours}

    def forget(self) -> None:
        """Ask anew which threads there are, and who has which roles: a session was missing."""
        self._asked.clear()
        self._people.forget()

    async def _read(
        self,
        where: ChannelSpot,
        *,
        before: discord.abc.Snowflake | None = None,
        after: discord.abc.Snowflake | None = None,
    ) -> list[discord.Message]:
        """Return a page of messages: newest first, or oldest first with `after`."""
        with explained(where.id):
            history = self._channels.messageable(where.id, where.base).history(
                limit=PAGE, before=before, after=after, oldest_first=after is not None
            )
            return [one async for one in history]

    def _has_no_messages(self, where: ChannelSpot) -> bool:
        """Return whether a channel holds threads alone."""
        return isinstance(self._channels.known(where.id, where.base), discord.ForumChannel)

    def _has_no_threads(self, where: ChannelSpot) -> bool:
        return isinstance(
            self._channels.known(where.id, where.base), discord.VoiceChannel | discord.StageChannel
        )

    async def _snapshots(
        self, messages: Iterable[discord.Message], where: ChannelSpot
    ) -> tuple[Snapshot, ...]:
        return tuple([await self.snapshot(one, where) for one in messages if from_person(one)])

    async def one(self, conversation: str, message: str) -> Stretch:
        """Return a message, by its name; `exists` is False where there is none any more."""
        began = self._clock()
        where = await self._spot(int(conversation))
        try:
            with explained(where.id):
                target = self._channels.messageable(where.id, where.base)
                found = await target.fetch_message(int(message))
        except ChatClosed as error:
            if error.values.get("code") != UNKNOWN_MESSAGE:
                raise
            return Stretch((), (), began, exists=False)
        return Stretch((message,), await self._snapshots([found], where), began)

    async def _spot(self, channel: int) -> ChannelSpot:
        spot = await self._channels.spot(channel, None)
        if spot is None:
            raise ChatClosed("discord.unknown", what=mentions.channel(channel), code=0)
        return spot

    async def snapshot(self, message: discord.Message, where: ChannelSpot) -> Snapshot:
        """Return a message's state, with the marks that count."""
        desk = await self._shows.desk_for(str(where.base))
        return snapshot_of(
            message,
            desk.zone,
            thread=await self._people.named(await self._channels.thread(where), where),
            guest=await self._people.wrote_as_guest(message),
            reactions=await self._reactions(message, where),
        )

    async def _reactions(
        self, message: discord.Message, where: ChannelSpot
    ) -> tuple[Reaction, ...]:
        """Return the marks on a message; who put them costs a request for each kind."""
        found = []
        for reaction in message.reactions:
            sign = emoji.plain(str(reaction.emoji)).rstrip("\ufe0f")
            if sign not in MARKS or not isinstance(reaction.emoji, str):
                continue
            found += [
                Reaction(sign, str(user.id), counts=await self._counts(sign, user, message))
                for user in await _givers(reaction)
                if not user.bot
            ]
        return tuple(found)

    async def _counts(
        self, sign: str, user: discord.User | discord.Member, message: discord.Message
    ) -> bool:
        """Return whether somebody may put a mark on a message now."""
        if sign in OF_AUTHORS and user.id == message.author.id:
            return True
        return await self._people.is_host(user.id, message.guild)


async def _givers(reaction: discord.Reaction) -> list[discord.User | discord.Member]:
    """Return who put a reaction; those of a super reaction are listed by themselves."""
    kinds = []
    if reaction.count > reaction.burst_count:
        kinds.append(discord.ReactionType.normal)
    if reaction.burst_count:
        kinds.append(discord.ReactionType.burst)
    with explained(reaction.message.channel.id):
        users = [user for kind in kinds async for user in reaction.users(type=kind)]
    return list({user.id: user for user in users}.values())


def _activity(thread: discord.Thread) -> Activity:
    last = discord.utils.snowflake_time(thread.last_message_id or thread.id)
    return Activity(microseconds(last), thread.message_count)
