"""From a payload of Slack's to who asks for what, and answers when all goes wrong."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.core.markup.slack_message import dict_of
from bot.errors import ChatError, CommandError, RundownError
from bot.services.chat.front import Front
from bot.services.ports import Person
from bot.services.request import Answer, Request
from bot.services.tasks import BackgroundTasks
from bot.services.watched_channels import Caller
from bot.slack import draw
from bot.slack.answers import MOST_INLINE, MOST_WINDOW, Reply, send
from bot.slack.draw import held_by
from bot.slack.people import SlackPeople
from bot.slack.translate import explained
from bot.texts import say

_log = logging.getLogger(__name__)

MOST_CHOICES = 15
MOST_SEEN = 1_000
"""Payloads that are remembered, to do what is sent again only once."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What somebody asks for: the request, who they are there, and where the answer goes.

    `held` is what the window carries that it came from, `trigger` lets a window be opened.
    """

    request: Request
    caller: Caller
    reply: Reply
    held: dict[str, str]
    trigger: str
    view: dict[str, Any]

    @property
    def language(self) -> str:
        """The language of who asks."""
        return self.request.language


Work = Callable[[Ask], Awaitable[None]]


class SlackAsking:
    """Reads payloads, and answers them."""

    def __init__(
        self,
        *,
        client: AsyncWebClient,
        people: SlackPeople,
        front: Front,
        clock: Callable[[], int],
    ) -> None:
        self.client = client
        self.people = people
        self._choices = front.choices
        self._watched = front.shows.channels
        self._clock = clock
        self._tasks = BackgroundTasks[None]("answers")
        self._seen: OrderedDict[str, None] = OrderedDict()

    def begin(self, body: dict[str, Any], work: Work) -> None:
        """Do what a payload asks for beside its acknowledgement, and only once."""
        key = _key_of(body)
        if key in self._seen:
            return
        if key:
            self._seen[key] = None
        if len(self._seen) > MOST_SEEN:
            self._seen.popitem(last=False)
        task = self._tasks.start(self._safely(body, work))
        task.set_name(str(body.get("command") or body.get("type")))

    async def complete(
        self, body: dict[str, Any], work: Callable[[Ask], Awaitable[list[tuple[str, str]]]]
    ) -> list[tuple[str, str]]:
        """Return what completes the words in a field; nothing for those who may not see it."""
        try:
            ask = await self._read(body)
            await self._check_member(ask)
            return await work(ask)
        except RundownError as error:
            _log.info("nothing to choose", extra={"cause": str(error)})
            return []

    def tasks(self) -> list["asyncio.Task[None]"]:
        """Return what is being answered."""
        return list(self._tasks)

    async def finish(self, seconds: float) -> None:
        """Wait for what is being answered, but not longer than that."""
        await self._tasks.wait_idle(seconds)

    async def aclose(self) -> None:
        """Stop what is being answered still."""
        if left := sorted(task.get_name() for task in self._tasks):
            _log.warning("stopped before it was answered", extra={"requests": ", ".join(left)})
        await self._tasks.aclose()

    async def answer(self, ask: Ask, answer: Answer) -> None:
        """Send an answer, its choices each kept under the key that its button carries."""
        if answer.file is not None and await self._opened(ask, answer.text, answer.file):
            return
        choices = answer.choices[:MOST_CHOICES]
        keys = [(one.label, await self._choices.keep(one)) for one in choices]
        with explained(ask.request.channel):
            await send(self.client, ask.reply, answer, choices=keys, language=ask.language)

    async def _opened(self, ask: Ask, text: str, name: str) -> bool:
        """Show a long file in a window, where Slack still lets one be opened for the request."""
        if not (MOST_INLINE < len(text) <= MOST_WINDOW) or not ask.trigger or ask.view:
            return False
        try:
            with explained("the window"):
                view = draw.file_view(name, text, ask.language)
                await self.client.views_open(trigger_id=ask.trigger, view=view)
        except ChatError as error:
            _log.info("no window", extra={"cause": str(error)})
            return False
        return True

    # --- from a payload ------------------------------------------------------------------------

    async def _read(self, body: dict[str, Any]) -> Ask:
        user = str(body.get("user_id") or dict_of(body.get("user")).get("id"))
        view = dict_of(body.get("view"))
        held = held_by(view)
        channel = (
            body.get("channel_id")
            or dict_of(body.get("channel")).get("id")
            or dict_of(body.get("container")).get("channel_id")
            or held.get("channel")
            or ""
        )
        trigger = str(body.get("trigger_id") or "")
        known = await self.people.user(user)
        at = self._clock()
        request = Request(
            key=f"t{_key_of(body) or at}",
            person=known.person,
            channel=str(channel),
            at=at,
            language=known.language,
        )
        reply = _reply(body, str(channel), user, held)
        return Ask(request, await self.people.caller(user), reply, held, trigger, view)

    async def _safely(self, body: dict[str, Any], work: Work) -> None:
        ask = None
        try:
            ask = await self._read(body)
            if "command" not in body:  # where somebody types, Slack knows that they are there
                await self._check_member(ask)
            await work(ask)
        except ChatError as error:
            # Slack has a bad moment, or takes nothing here: mostly nobody can be told.
            _log.warning("an answer was not taken", extra={"cause": str(error)})
            await self._complain(body, ask, error.say)
        except RundownError as error:
            await self._complain(body, ask, error.say)
        except Exception:  # noqa: BLE001 - whatever it is, the host is told, and it is logged
            _log.exception("a request failed")
            await self._complain(body, ask, lambda language: say("slack.oops", language))

    async def _check_member(self, ask: Ask) -> None:
        """Raise CommandError for somebody who is not in the channel that they ask about."""
        channel = ask.request.channel
        watched = self._watched.of(channel)
        if watched is None or watched.workspace != self.people.workspace:
            return
        if not await self.people.is_in(ask.request.person.id, channel):
            raise CommandError("slack.not-in-channel")

    async def _complain(
        self, body: dict[str, Any], ask: Ask | None, text: Callable[[str], str]
    ) -> None:
        """Tell whoever asked that it went wrong, if they can be told."""
        if ask is None:
            user = str(body.get("user_id") or dict_of(body.get("user")).get("id"))
            reply = _reply(body, str(body.get("channel_id") or ""), user, {})
            request = Request("", Person(user, user), reply.channel, 0)
            ask = Ask(request, Caller(self.people.workspace), reply, {}, "", {})
        try:
            await self.answer(ask, Answer(text(ask.language)))
        except RundownError as error:
            _log.warning("an answer was not taken", extra={"cause": str(error)})


def _key_of(body: dict[str, Any]) -> str:
    """Return what tells one request from another: a trigger, or the message that asks."""
    return str(body.get("trigger_id") or body.get("message_id") or "")


def _reply(body: dict[str, Any], channel: str, user: str, held: dict[str, str]) -> Reply:
    message = dict_of(body.get("message"))
    url = body.get("response_url")
    thread = message.get("thread_ts") or held.get("thread") or None
    return Reply(channel, user, url if isinstance(url, str) and url else None, thread)
