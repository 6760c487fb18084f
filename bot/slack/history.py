"""Slack asked for what was said: one message, or a channel's history.

A thread is read by itself, named by the id of the message that it hangs on.
"""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from datetime import tzinfo
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.core.grammar.message import MARKS
from bot.core.markup.slack_message import (
    dict_of,
    dicts_of,
    id_of,
    mark_of,
    split_id,
    stamp_of,
    time_of,
)
from bot.errors import ChatClosed, RundownError
from bot.services.chat.backfill import Activity, Stretch
from bot.services.ports import Reaction, Snapshot
from bot.services.shows import Shows
from bot.slack.mentions import MessageReader
from bot.slack.translate import explained, from_person, is_gone, trace

_log = logging.getLogger(__name__)

PAGE = 200
"""Messages of a request, as many as Slack recommends
(https://docs.slack.dev/apis/web-api/pagination)."""

LOOK_BACK = 30 * 24 * 3600 * 1_000_000
"""Microseconds before a gap in which a thread may have begun that got new replies in it."""

NEVER = 1 << 62
"""A time later than all."""

Raw = dict[str, Any]
Ask = Callable[[str | None], Awaitable[Any]]
"""Asks for a page of messages by its cursor."""


class SlackHistory:
    """Reads what channels and threads hold. Fulfils backfill.History and ports.Room."""

    def __init__(
        self,
        *,
        client: AsyncWebClient,
        reading: MessageReader,
        shows: Shows,
        clock: Callable[[], int],
    ) -> None:
        self._client = client
        self._reading = reading
        self._shows = shows
        self._clock = clock

    # --- one message ---------------------------------------------------------------------------

    async def fetch(self, channel: str, message: str, zone: tzinfo) -> Snapshot | None:
        """Return a message as it is now; None if it is gone or cannot be had."""
        watched = self._shows.channels.of(channel)
        if watched is None or watched.workspace != self._reading.people.workspace:
            return None
        try:
            raw = await self._one(channel, message)
            if raw is None:
                return None
            return await self._reading.snapshot(raw, channel, zone, before=self._clock())
        except RundownError as error:
            _log.info("not to be had", extra={"id": message, "cause": str(error)})
            return None

    async def one(self, conversation: str, message: str) -> Stretch:
        """Return a message, by its name; `exists` is False where there is none any more."""
        began = self._clock()
        thread = split_id(conversation)
        channel = thread[0] if thread else conversation
        raw = await self._one(channel, message)
        if raw is None:
            # What is shown no more to anybody may be hidden only, as all is that is older.
            return Stretch((), (), began, exists=not await self._shows_older(channel, message))
        return await self._page([raw], channel, began)

    async def _shows_older(self, channel: str, message: str) -> bool:
        """Return whether Slack shows something that was said in a channel before a message."""
        named = split_id(message)
        if named is None:
            return False
        with explained(channel):
            answer: Any = await self._client.conversations_history(
                channel=channel, latest=named[1], inclusive=False, limit=1
            )
        return bool(_timed(answer))

    async def _one(self, channel: str, message: str) -> Raw | None:
        """Return a message, also one of a thread; None where Slack says that there is none."""
        named = split_id(message)
        if named is None:
            return None
        only: dict[str, Any] = {"oldest": named[1], "latest": named[1]}
        only |= {"inclusive": True, "limit": 1}
        with explained(channel):
            answer: Any = await self._client.conversations_history(channel=channel, **only)
        found = _by_time(answer, named[1])
        if found is None:
            only["limit"] = 2  # the first message of its thread may come with it
            try:
                with explained(channel):
                    answer = await self._client.conversations_replies(
                        channel=channel, ts=named[1], **only
                    )
            except ChatClosed as error:
                if error.values.get("code") in ("thread_not_found", "message_not_found"):
                    return None
                raise
            found = _by_time(answer, named[1])
        return found if found is not None and not is_gone(found) else None

    # --- whole histories -----------------------------------------------------------------------

    async def newest(self, conversation: str, *, since: int) -> Stretch:
        """Return the newest messages of a channel or thread, back to that time or further."""
        began = self._clock()
        if thread := split_id(conversation):
            return await self._thread(*thread, began)
        raws: list[Raw] = []
        cursor: str | None = None
        while not raws or (cursor and (time_of(raws[-1]["ts"]) or 0) > since):
            answer = await self._ask_history(conversation, cursor=cursor)
            raws += sorted(_timed(answer), key=lambda raw: str(raw["ts"]), reverse=True)
            cursor = _next(answer, cursor)
            if cursor is None:
                break
        raws.reverse()
        is_deep = cursor is None or (time_of(raws[0]["ts"]) or 0) <= since - LOOK_BACK
        return await self._page(raws, conversation, began, has_all_threads=is_deep)

    async def stretches(self, conversation: str, *, since: int) -> AsyncIterator[Stretch]:
        """Yield what a channel or thread holds since that time, oldest first, to its end.

        Slack gives a channel's newest messages first: they are collected before they are read.
        """
        began = self._clock()
        if thread := split_id(conversation):
            yield await self._thread(*thread, began)
        else:
            raws = await self._history(conversation, stamp_of(max(since, 0)))
            yield await self._page(raws, conversation, began)

    async def threads(self, channel: str, *, since: int) -> list[str]:
        """Return the threads of a channel in which something may have happened since that time."""
        raws = await self._history(channel, stamp_of(max(since - LOOK_BACK, 0)))
        return [thread for thread, one in _threads(raws, channel).items() if one.last >= since]

    async def _thread(self, channel: str, root: str, began: int) -> Stretch:
        """Return a thread, without the message that it hangs on."""

        async def ask(cursor: str | None) -> Any:  # noqa: ANN401 - any JSON
            return await self._client.conversations_replies(
                channel=channel, ts=root, limit=PAGE, cursor=cursor
            )

        try:
            raws = await _all(channel, ask)
        except ChatClosed as error:
            if error.values.get("code") != "thread_not_found":
                raise
            return Stretch((), (), began, exists=False)
        raws = [raw for raw in raws if raw["ts"] != root]
        return await self._page(raws, channel, began, after=id_of(channel, root))

    async def _page(
        self,
        raws: list[Raw],
        channel: str,
        began: int,
        *,
        after: str | None = None,
        has_all_threads: bool = False,
    ) -> Stretch:
        desk = await self._shows.desk_for(channel)
        snapshots = []
        for raw in raws:
            if is_gone(raw) and (left := trace(raw, channel)) is not None:
                snapshots.append(left)  # its replies go where it stood
            if from_person(raw, self._reading.me):
                marks = await self._reactions(raw, channel)
                taken = await self._reading.snapshot(raw, channel, desk.zone, marks, before=began)
                snapshots += [taken] if taken else []
        return Stretch(
            tuple(id_of(channel, str(raw["ts"])) for raw in raws if not is_gone(raw)),
            tuple(snapshots),
            began,
            after=after,
            threads=_threads(raws, channel),
            has_all_threads=has_all_threads,
        )

    async def _ask_history(
        self, channel: str, *, cursor: str | None, oldest: str | None = None
    ) -> Any:  # noqa: ANN401 - any JSON
        with explained(channel):
            return await self._client.conversations_history(
                channel=channel, oldest=oldest, limit=PAGE, cursor=cursor
            )

    async def _history(self, channel: str, oldest: str) -> list[Raw]:
        """Return a channel's own messages behind a time, oldest first."""
        return await _all(
            channel, lambda cursor: self._ask_history(channel, cursor=cursor, oldest=oldest)
        )

    async def _reactions(self, raw: Raw, channel: str) -> tuple[Reaction, ...]:
        """Return the marks on a message; a list that came cut short is asked for."""
        listed = _marks(raw)
        if any(len(users) < count for _, users, count in listed):
            with explained(channel):
                answer: Any = await self._client.reactions_get(
                    channel=channel, timestamp=raw["ts"], full=True
                )
            listed = _marks(dict_of(answer.get("message")))
        people = self._reading.people
        found = [(sign, user) for sign, users, _ in listed for user in users]
        return tuple(
            [
                Reaction(sign, user, counts=await people.may_mark(user, sign, raw.get("user")))
                for sign, user in found
            ]
        )


async def _all(channel: str, ask: Ask) -> list[Raw]:
    found: list[Raw] = []
    cursor: str | None = None
    while True:
        with explained(channel):
            answer = await ask(cursor)
        found += _timed(answer)
        cursor = _next(answer, cursor)
        if cursor is None:
            return sorted(found, key=lambda raw: str(raw["ts"]))


def _next(answer: Any, cursor: str | None) -> str | None:  # noqa: ANN401 - any JSON
    """Return the cursor of the next page; None on the last one."""
    after = dict_of(answer.get("response_metadata")).get("next_cursor")
    return after if isinstance(after, str) and after and after != cursor else None


def _threads(raws: Iterable[Raw], channel: str) -> dict[str, Activity]:
    """Return the threads that hang on some messages."""
    found = {}
    for raw in raws:
        count = raw.get("reply_count")
        if isinstance(count, int) and count > 0:
            # Where Slack does not say when the last reply came, it may have come just now.
            last = time_of(raw.get("latest_reply"))
            found[id_of(channel, str(raw["ts"]))] = Activity(NEVER if last is None else last, count)
    return found


def _marks(raw: Raw) -> list[tuple[str, list[str], int]]:
    found = []
    for reaction in dicts_of(raw.get("reactions")):
        sign = (mark_of(reaction.get("name")) or "").rstrip("\ufe0f")
        if sign in MARKS:
            users = [one for one in reaction.get("users") or () if isinstance(one, str)]
            count = reaction.get("count")
            found.append((sign, users, count if isinstance(count, int) else len(users)))
    return found


def _timed(answer: Any) -> list[Raw]:  # noqa: ANN401 - any JSON
    return [raw for raw in dicts_of(answer.get("messages")) if time_of(raw.get("ts")) is not None]


def _by_time(answer: Any, stamp: str) -> Raw | None:  # noqa: ANN401 - any JSON
    return next((raw for raw in _timed(answer) if raw["ts"] == stamp), None)
