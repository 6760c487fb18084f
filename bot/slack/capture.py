"""What happens in the channels that are watched: messages, edits, deletions, marks."""

import logging
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.core.grammar.message import MARKS
from bot.core.markup.slack_message import dict_of, id_of, mark_of, time_of
from bot.errors import ChatError, RundownError
from bot.services.chat.front import Front
from bot.services.ports import Person
from bot.slack.answers import Reply, say_to
from bot.slack.history import SlackHistory
from bot.slack.mentions import MessageReader
from bot.slack.translate import explained, is_gone

_log = logging.getLogger(__name__)


class SlackCapture:
    """Stores what people write, and shows its status."""

    def __init__(
        self,
        *,
        client: AsyncWebClient,
        reading: MessageReader,
        history: SlackHistory,
        front: Front,
    ) -> None:
        self._client = client
        self._history = history
        self._reading = reading
        self._people = reading.people
        self._front = front
        self._shows = front.shows
        self._reactions = front.reactions
        self._intake = front.intake
        self._clock = front.clock

    def watches(self, channel: str) -> bool:
        """Return whether a channel of this workspace is watched; costs no I/O."""
        watched = self._shows.channels.of(channel)
        return watched is not None and watched.workspace == self._people.workspace

    async def message(self, event: dict[str, Any], *, again: bool = False) -> None:
        """Take in what Slack calls a message: one that came, was edited, or was deleted.

        One that it sends `again` may have been deleted meanwhile, before the app was there.
        """
        channel = event.get("channel")
        if not isinstance(channel, str) or not self.watches(channel):
            return
        kind, changed = event.get("subtype"), dict_of(event.get("message"))
        if kind == "message_deleted":
            await self._intake.take(channel, self._gone(channel, event.get("deleted_ts"), event))
        elif kind == "message_changed" and is_gone(changed):
            await self._intake.take(channel, self._gone(channel, changed.get("ts"), event))
        elif kind == "message_changed":
            event_time = event.get("event_ts") or event.get("ts")
            await self._intake.take(channel, self._store(channel, changed, event_time=event_time))
        elif not again or await self._is_there(channel, event):
            await self._intake.take(channel, self._store(channel, event))

    async def _is_there(self, channel: str, event: dict[str, Any]) -> bool:
        """Return whether Slack has a message still; what it does not tell counts as there."""
        stamp = event.get("ts")
        if time_of(stamp) is None:
            return True
        try:
            found = await self._history.one(channel, id_of(channel, str(stamp)))
        except RundownError as error:
            _log.info("not to be had", extra={"id": str(stamp), "cause": str(error)})
            return True
        return found.exists

    async def _store(self, channel: str, raw: dict[str, Any], *, event_time: object = None) -> None:
        """Store a message; `event_time` is when an event brought its change, None for a new one."""
        desk = await self._shows.desk(channel)
        if desk is None:
            return
        taken = await self._reading.snapshot(raw, channel, desk.zone, event_time=event_time)
        if taken is None:
            return
        receipt = await desk.capture.message(taken, language=desk.language)
        self._reactions.show(desk, channel, taken.message.id, receipt)
        if receipt.note is not None and event_time is None:
            reply = Reply(channel=channel, user=raw["user"], thread=raw.get("thread_ts"))
            await self._tell(reply, receipt.note)

    async def _tell(self, reply: Reply, note: str) -> None:
        """Tell somebody what they have to know, seen by them alone, if that can be."""
        try:
            with explained(reply.channel):
                await say_to(self._client, reply, note)
        except ChatError as error:
            # What they wrote is stored: there is nothing to be read again.
            _log.warning("note not sent", extra={"cause": str(error)})

    async def _gone(self, channel: str, stamp: object, event: dict[str, Any]) -> None:
        desk = await self._shows.desk(channel)
        if desk is None or time_of(stamp) is None:
            return
        message = id_of(channel, str(stamp))
        self._reactions.forget(message)
        nobody = Person("", "")  # Slack does not say who
        at = time_of(event.get("event_ts")) or time_of(event.get("ts")) or self._clock()
        await desk.capture.gone(message, channel=channel, person=nobody, at=at)

    async def reaction(self, event: dict[str, Any], *, on: bool) -> None:
        """Take in that somebody put a reaction on a message, or took it away."""
        item = dict_of(event.get("item"))
        channel, stamp = item.get("channel"), item.get("ts")
        sign = (mark_of(event.get("reaction")) or "").rstrip("\ufe0f")
        is_mark = sign in MARKS and time_of(stamp) is not None
        if is_mark and isinstance(channel, str) and self.watches(channel):
            await self._intake.take(channel, self._mark(channel, str(stamp), sign, event, on=on))

    async def _mark(
        self, channel: str, stamp: str, sign: str, event: dict[str, Any], *, on: bool
    ) -> None:
        by = str(event.get("user"))
        if on and not await self._people.may_mark(by, sign, event.get("item_user")):
            return
        desk = await self._shows.desk(channel)
        if desk is None:
            return
        message = id_of(channel, stamp)
        receipt = await desk.capture.mark(
            message,
            sign,
            on=on,
            channel=channel,
            person=(await self._people.user(by)).person,
            # Slack's own time: what is sent again is the same mark, and what comes late is older.
            at=time_of(event.get("event_ts")) or self._clock(),
            language=desk.language,
        )
        self._reactions.show(desk, channel, message, receipt)
        note = self._front.note_of(receipt, desk.language)
        if note is not None and on:
            await self._tell(Reply(channel=channel, user=by), note)
