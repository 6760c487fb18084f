"""What happens in the channels that are watched: messages, edits, deletions, marks."""

import logging

import discord
from discord.ext import commands

from bot.core.grammar.message import MARKS, OF_AUTHORS, OFF_RECORD
from bot.core.markup import emoji
from bot.errors import ChatClosed, ChatError
from bot.services.chat.front import Front
from bot.services.desk.desk import Desk
from bot.services.ports import Person, Snapshot
from cogs.answers import NOBODY
from cogs.channels import Channels, ChannelSpot
from cogs.history import UNKNOWN_MESSAGE, DiscordHistory
from cogs.panels import shown_by
from cogs.people import DiscordPeople
from cogs.translate import explained, from_person, person, snapshot

_log = logging.getLogger(__name__)


class CaptureCog(commands.Cog):
    """Stores what people write, and shows its status."""

    def __init__(
        self,
        *,
        client: discord.Client,
        channels: Channels,
        people: DiscordPeople,
        history: DiscordHistory,
        front: Front,
    ) -> None:
        self._client = client
        self._channels = channels
        self._history = history
        self._front = front
        self._people = people
        self._shows = front.shows
        self._reactions = front.reactions
        self._intake = front.intake
        self._clock = front.clock

    # --- messages ------------------------------------------------------------------------------

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Take in a message that came."""
        await self._take(message)

    @commands.Cog.listener()
    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Take in an edit, or a preview that arrived: the message itself tells which."""
        if payload.message_id == payload.channel_id:
            self._channels.forget(payload.channel_id)  # a forum post's first message
        await self._take(payload.message)

    async def take_again(self, channel: int, message: int, guild: int | None) -> None:
        """Take in a message of which Discord told in a way that could not be read."""
        spot = await self._channels.spot(channel, guild)
        if spot is not None:
            await self._intake.take(str(spot.base), self._fetch(spot, message))

    async def _fetch(self, spot: ChannelSpot, message: int) -> None:
        target = self._channels.messageable(spot.id, spot.base)
        try:
            with explained(spot.id):
                found = await target.fetch_message(message)
        except ChatClosed as error:
            if error.values.get("code") != UNKNOWN_MESSAGE:
                raise
            return  # it is gone by now, as Discord tells by itself
        await self._take(found)

    async def _take(self, message: discord.Message) -> None:
        if not from_person(message):
            return
        guild = message.guild.id if message.guild else None
        spot = await self._channels.spot(message.channel.id, guild)
        if spot is not None:
            await self._intake.take(str(spot.base), self._store(message, spot))

    async def _store(self, message: discord.Message, spot: ChannelSpot) -> None:
        desk = await self._shows.desk(str(spot.base))
        if desk is None:
            return
        taken: Snapshot = snapshot(
            message,
            desk.zone,
            thread=await self._people.named(await self._channels.thread(spot), spot),
            guest=await self._people.wrote_as_guest(message),
        )
        receipt = await desk.capture.message(taken, language=desk.language)
        self._reactions.show(
            desk, str(message.channel.id), str(message.id), receipt, known=shown_by(message)
        )
        if receipt.note is not None and message.edited_at is None:
            await self._tell(message, receipt.note)

    async def _tell(self, message: discord.Message, note: str) -> None:
        """Tell whoever wrote something what they have to know, without a ping, if that can be."""
        try:
            with explained(message.channel.id):
                await message.reply(
                    note,
                    mention_author=False,
                    allowed_mentions=discord.AllowedMentions.none(),
                    silent=True,
                )
        except ChatError as error:
            # What they wrote is stored: there is nothing to be read again.
            _log.warning("note not sent", extra={"cause": str(error)})

    @commands.Cog.listener()
    async def on_raw_thread_update(self, payload: discord.RawThreadUpdateEvent) -> None:
        """Follow a thread's new name, which its messages stand under."""
        self._channels.forget(payload.thread_id)
        spot = await self._channels.spot(payload.thread_id, payload.guild_id)
        if spot is not None:
            await self._intake.take(str(spot.base), self._rename(spot))

    async def _rename(self, spot: ChannelSpot) -> None:
        desk = await self._shows.desk(str(spot.base))
        thread = await self._people.named(await self._channels.thread(spot), spot)
        if desk is not None and thread is not None:
            await desk.thread_names.rename(thread, at=self._clock())

    # --- deletions -----------------------------------------------------------------------------

    @commands.Cog.listener()
    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Take in that a message was deleted."""
        await self._gone(payload.channel_id, payload.guild_id, [payload.message_id])

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Take in that many messages were deleted at once."""
        await self._gone(payload.channel_id, payload.guild_id, sorted(payload.message_ids))

    async def _gone(self, channel: int, guild: int | None, messages: list[int]) -> None:
        spot = await self._channels.spot(channel, guild)
        if spot is not None:
            await self._intake.take(str(spot.base), self._forget(spot, messages))

    async def _forget(self, spot: ChannelSpot, messages: list[int]) -> None:
        desk = await self._shows.desk(str(spot.base))
        for message in messages if desk else ():
            assert desk is not None  # noqa: S101 - the loop is empty without
            self._reactions.forget(str(message))
            nobody = Person("", "")  # Discord does not say who
            at = self._clock()
            await desk.capture.gone(str(message), channel=str(spot.base), person=nobody, at=at)

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """Take in that a thread was deleted with all that was said in it: nobody tells of each."""
        self._channels.forget(payload.thread_id)
        spot = await self._channels.spot(payload.parent_id, payload.guild_id)
        if spot is not None:
            await self._intake.take(str(spot.base), self._forget_thread(spot, payload.thread_id))

    async def _forget_thread(self, spot: ChannelSpot, thread: int) -> None:
        desk = await self._shows.desk(str(spot.base))
        known = await desk.capture.known_in(str(spot.base)) if desk else {}
        await self._forget(spot, sorted(map(int, known.get(str(thread), {}))))

    # --- marks ---------------------------------------------------------------------------------

    @commands.Cog.listener()
    async def on_raw_reaction_add(self, payload: discord.RawReactionActionEvent) -> None:
        """Take in that somebody put a reaction on a message."""
        if (payload.member is None or not payload.member.bot) and await self._counts(payload):
            await self._react(payload, on=True)

    async def _counts(self, payload: discord.RawReactionActionEvent) -> bool:
        """Return whether a mark is one that its giver may put."""
        sign = emoji.plain(payload.emoji.name or "").rstrip("\ufe0f")
        if sign in OF_AUTHORS and await self._author(payload) == payload.user_id:
            return True
        if sign not in MARKS or payload.member is None:
            return sign in MARKS and await self._people.is_host_of(
                payload.user_id, payload.guild_id
            )
        return self._people.counts(payload.member)

    async def _author(self, payload: discord.RawReactionActionEvent) -> int | None:
        """Return who wrote the message of a reaction; Discord may leave it out, and is asked."""
        if payload.message_author_id is not None:
            return payload.message_author_id
        spot = await self._channels.spot(payload.channel_id, payload.guild_id)
        if spot is None:
            return None
        target = self._channels.messageable(spot.id, spot.base)
        try:
            with explained(spot.id):
                return (await target.fetch_message(payload.message_id)).author.id
        except ChatError as error:
            _log.info("its writer is not to be had", extra={"cause": str(error)})
            self._front.backfill.want_channel(str(spot.base))
            return None

    @commands.Cog.listener()
    async def on_raw_reaction_remove(self, payload: discord.RawReactionActionEvent) -> None:
        """Take in that somebody took a reaction away; of two kinds of it, one may be left."""
        sign = emoji.plain(payload.emoji.name or "").rstrip("\ufe0f")
        if payload.type is discord.ReactionType.burst and sign in MARKS:
            await self._read_marks(payload.channel_id, payload.message_id, payload.guild_id)
            return
        await self._react(payload, on=False)

    @commands.Cog.listener()
    async def on_raw_reaction_clear(self, payload: discord.RawReactionClearEvent) -> None:
        """Take in that all reactions were taken away from a message."""
        await self._read_marks(payload.channel_id, payload.message_id, payload.guild_id)

    @commands.Cog.listener()
    async def on_raw_reaction_clear_emoji(
        self, payload: discord.RawReactionClearEmojiEvent
    ) -> None:
        """Take in that one kind of reaction was taken away from a message."""
        if emoji.plain(payload.emoji.name).rstrip("\ufe0f") in MARKS:
            await self._read_marks(payload.channel_id, payload.message_id, payload.guild_id)

    async def _read_marks(self, channel: int, message: int, guild: int | None) -> None:
        """Ask for the marks of a message of which Discord does not say whose they were."""
        spot = await self._channels.spot(channel, guild)
        if spot is not None:
            await self._intake.take(str(spot.base), self._read(spot, message))

    async def _read(self, spot: ChannelSpot, message: int) -> None:
        at = self._clock()
        desk = await self._shows.desk(str(spot.base))
        with explained(spot.id):
            found = await self._channels.messageable(spot.id, spot.base).fetch_message(message)
        if desk is not None and from_person(found):
            await desk.capture.read([await self._history.snapshot(found, spot)], at=at)
            receipt = await desk.capture.receipt(str(message))
            self._reactions.show(desk, str(spot.id), str(message), receipt, known=shown_by(found))
            await self._name_again(message, found.guild.id if found.guild else None)

    async def _react(self, payload: discord.RawReactionActionEvent, *, on: bool) -> None:
        sign = emoji.plain(payload.emoji.name or "").rstrip("\ufe0f")
        if payload.emoji.is_custom_emoji() or sign not in MARKS:
            return
        spot = await self._channels.spot(payload.channel_id, payload.guild_id)
        if spot is not None:
            await self._intake.take(str(spot.base), self._mark(payload, spot, sign, on=on))

    async def _mark(
        self, payload: discord.RawReactionActionEvent, spot: ChannelSpot, sign: str, *, on: bool
    ) -> None:
        desk = await self._shows.desk(str(spot.base))
        if desk is None:
            return
        who = person(payload.member) if payload.member else await self._known(payload.user_id, desk)
        receipt = await desk.capture.mark(
            str(payload.message_id),
            sign,
            on=on,
            channel=str(payload.channel_id),
            person=who,
            at=self._clock(),
            stamped=False,
            language=desk.language,
        )
        self._reactions.show(desk, str(payload.channel_id), str(payload.message_id), receipt)
        if sign == OFF_RECORD and not on:
            await self._name_again(payload.message_id, payload.guild_id)
        note = self._front.note_of(receipt, desk.language)
        if note is not None and on:
            await self._tell_giver(payload, note)

    async def _name_again(self, first: int, guild: int | None) -> None:
        """Put what is said in the thread of a message, if it has one, under its name again."""
        self._channels.forget(first)  # a thread has the id of the message that it hangs on
        spot = await self._channels.spot(first, guild)
        if spot is not None and spot.id != spot.base:
            await self._rename(spot)

    async def _tell_giver(self, payload: discord.RawReactionActionEvent, note: str) -> None:
        """Tell whoever set a mark what concerns them: in private, or else in the channel."""
        client = self._client
        try:
            with explained("a direct message"):
                private = await client.create_dm(discord.Object(payload.user_id))
                await private.send(note, allowed_mentions=NOBODY)
                return
        except ChatError as error:
            _log.info("no direct message", extra={"cause": str(error)})
        try:
            with explained(payload.channel_id, "send_messages", where=client):
                target = client.get_partial_messageable(payload.channel_id)
                await target.send(note, allowed_mentions=NOBODY, silent=True)
        except ChatError as error:
            _log.warning("note not sent", extra={"cause": str(error)})

    async def _known(self, user: int, desk: Desk) -> Person:
        """Return somebody of whom Discord says the id alone by the name that is known."""
        return Person(str(user), await desk.name_of(str(user)))
