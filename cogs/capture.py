"""What happens in the channels that are watched: messages, edits, deletions, marks."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable

import discord
from discord.ext import commands

from bot.core import emoji
from bot.core.grammar import MARKS
from bot.errors import RundownError
from bot.services.desk import Desk, Receipt
from bot.services.ports import Person, Snapshot
from bot.services.shows import Shows
from cogs.channels import Channels, Spot
from cogs.hosts import Hosts
from cogs.marks import Marks, shown_by
from cogs.translate import from_person, person, snapshot

_log = logging.getLogger(__name__)

MOST_WAITING = 2_000
"""Messages whose titles are waited for, to show the right mark."""


class CaptureCog(commands.Cog):
    """Takes in what people write; `missed` is told where something could not be stored."""

    def __init__(
        self,
        *,
        channels: Channels,
        hosts: Hosts,
        marks: Marks,
        shows: Shows,
        clock: Callable[[], int],
        missed: Callable[[], None],
    ) -> None:
        self._channels = channels
        self._hosts = hosts
        self._marks = marks
        self._shows = shows
        self._clock = clock
        self._missed = missed
        self._busy: set[asyncio.Future[None]] = set()
        self._waiting: OrderedDict[str, tuple[Desk, int]] = OrderedDict()

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
            await self._guarded(self._fetch(spot, message))

    async def _fetch(self, spot: Spot, message: int) -> None:
        target = self._channels.messageable(spot.id, spot.base)
        await self._take(await target.fetch_message(message))

    async def _take(self, message: discord.Message) -> None:
        if not from_person(message):
            return
        guild = message.guild.id if message.guild else None
        spot = await self._channels.spot(message.channel.id, guild)
        if spot is not None:
            await self._guarded(self._store(message, spot))

    def tasks(self) -> list["asyncio.Future[None]"]:
        """Give what is being taken in."""
        return list(self._busy)

    async def finish(self, seconds: float) -> None:
        """Wait for what is being taken in, but not longer than that."""
        if self._busy:
            await asyncio.wait(self._busy, timeout=seconds)

    async def _guarded(self, work: Awaitable[None]) -> None:
        """Do something that must not be lost: what fails is read again later."""
        task = asyncio.ensure_future(work)
        self._busy.add(task)
        task.add_done_callback(self._busy.discard)
        try:
            await task
        except (RundownError, discord.HTTPException) as error:
            name = str(error) if isinstance(error, RundownError) else type(error).__name__
            _log.warning("not taken in yet", extra={"cause": name})
            self._missed()
        except Exception:  # noqa: BLE001 - whatever it is, it is logged, and read again
            _log.exception("not taken in")
            self._missed()

    async def _store(self, message: discord.Message, spot: Spot) -> None:
        desk = await self._shows.desk(str(spot.base))
        if desk is None:
            return
        taken: Snapshot = snapshot(message, desk.zone, thread=await self._channels.thread(spot))
        receipt = await desk.message(taken, language=desk.language)
        self._show(desk, message.channel.id, message.id, receipt, known=shown_by(message))
        if receipt.note is not None and message.edited_at is None:
            await self._tell(message, receipt.note)

    async def _tell(self, message: discord.Message, note: str) -> None:
        """Tell whoever wrote something what they have to know, without a ping."""
        await message.reply(
            note, mention_author=False, allowed_mentions=discord.AllowedMentions.none(), silent=True
        )

    # --- the quiet mark ------------------------------------------------------------------------

    def _show(
        self, desk: Desk, channel: int, message: int, receipt: Receipt, known: str | None = None
    ) -> None:
        outcome: str = receipt.outcome
        if receipt.waiting:
            outcome = "kept"  # until it is clear that there is no title
            self._waiting[str(message)] = (desk, channel)
            if len(self._waiting) > MOST_WAITING:
                self._waiting.popitem(last=False)
        else:
            self._waiting.pop(str(message), None)
        self._marks.show(channel, message, outcome, known=known)

    async def look_again(self) -> None:
        """Show anew what became of messages whose titles were waited for."""
        for message, (desk, channel) in list(self._waiting.items()):
            receipt = await desk.receipt(message)
            if not receipt.waiting:
                self._show(desk, channel, int(message), receipt)

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
            await self._guarded(self._forget(spot, messages))

    async def _forget(self, spot: Spot, messages: list[int]) -> None:
        desk = await self._shows.desk(str(spot.base))
        for message in messages if desk else ():
            assert desk is not None  # noqa: S101 - the loop is empty without
            self._waiting.pop(str(message), None)
            nobody = Person("", "")  # Discord does not say who
            at = self._clock()
            await desk.gone(str(message), channel=str(spot.base), person=nobody, at=at)

    # --- marks ---------------------------------------------------------------------------------

    @commands.Cog.listener()
    async def on_raw_reaction_add(self, payload: discord.RawReactionActionEvent) -> None:
        """Take in that somebody put a reaction on a message."""
        member = payload.member
        if member is not None and (member.bot or not self._hosts.member(member)):
            return
        await self._react(payload, on=True)

    @commands.Cog.listener()
    async def on_raw_reaction_remove(self, payload: discord.RawReactionActionEvent) -> None:
        """Take in that somebody took a reaction away."""
        await self._react(payload, on=False)

    @commands.Cog.listener()
    async def on_raw_reaction_clear(self, payload: discord.RawReactionClearEvent) -> None:
        """Take in that all reactions were taken away from a message: read it again."""
        self._missed()

    @commands.Cog.listener()
    async def on_raw_reaction_clear_emoji(
        self, payload: discord.RawReactionClearEmojiEvent
    ) -> None:
        """Take in that one kind of reaction was taken away from a message: read it again."""
        if emoji.plain(payload.emoji.name).rstrip("\ufe0f") in MARKS:
            self._missed()

    async def _react(self, payload: discord.RawReactionActionEvent, *, on: bool) -> None:
        sign = emoji.plain(payload.emoji.name or "").rstrip("\ufe0f")
        if payload.emoji.is_custom_emoji() or sign not in MARKS:
            return
        spot = await self._channels.spot(payload.channel_id, payload.guild_id)
        if spot is not None:
            await self._guarded(self._mark(payload, spot, sign, on=on))

    async def _mark(
        self, payload: discord.RawReactionActionEvent, spot: Spot, sign: str, *, on: bool
    ) -> None:
        desk = await self._shows.desk(str(spot.base))
        if desk is None:
            return
        who = person(payload.member) if payload.member else await self._known(payload.user_id, desk)
        receipt = await desk.mark(
            str(payload.message_id),
            sign,
            on=on,
            channel=str(payload.channel_id),
            person=who,
            at=self._clock(),
            language=desk.language,
        )
        self._show(desk, payload.channel_id, payload.message_id, receipt)

    async def _known(self, user: int, desk: Desk) -> Person:
        """Give somebody of whom Discord says the id alone by the name that is known."""
        return Person(str(user), await desk.name_of(str(user)))
