"""The Slack front of one workspace: put together, connected, and stopped."""

import asyncio
import re
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, Self

import aiohttp
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web.async_client import AsyncWebClient

from bot.core.markup.slack_message import dict_of
from bot.errors import ChatError
from bot.services.chat.front import Backend, Front, Platform
from bot.services.chat.posted_panels import PostedPanels
from bot.services.ports import Room
from bot.services.tasks import BackgroundTasks
from bot.slack.asking import SlackAsking
from bot.slack.capture import SlackCapture
from bot.slack.commands import SHORTCUTS, SlackCommands
from bot.slack.connection import LIBRARY, PING, SlackConnection
from bot.slack.history import SlackHistory
from bot.slack.home import Home
from bot.slack.mentions import MessageReader
from bot.slack.panels import SlackPanels, SlackReactions
from bot.slack.people import SlackPeople
from bot.slack.server_clock import ServerClock
from bot.slack.taps import SlackTaps
from bot.slack.translate import explained

API = "https://slack.com/api"
LAST_WORDS = 5.0
"""Seconds that stopping waits for answers that are on their way."""

ACK_WITHIN = 2.0
"""Seconds after which an event is acknowledged though it is not stored yet: Slack gives it 3
(https://docs.slack.dev/apis/events-api), and what fails later is read again."""

ENTERED = ("member_joined_channel", "channel_unarchive", "group_unarchive")
LEFT = ("member_left_channel", "channel_left", "group_left", "channel_archive", "group_archive")
"""The events that tell that the app is in a channel that can be read, or is not any more."""

LIMITED = ("ratelimited", "rate_limited")
PASSING = ("internal_error", "fatal_error", "service_unavailable", "request_timeout")
"""Slack's words for "too much at once", and for what may be well in a moment
(https://docs.slack.dev/reference/methods, the errors of each method)."""

_OURS = re.compile(r"rd:.*")


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the app is in a workspace, as Slack says it; `scopes` None where it does not say."""

    team: str
    name: str
    user: str
    bot: str
    url: str
    scopes: frozenset[str] | None = None


def web_client(token: str, api: str | None, session: aiohttp.ClientSession) -> AsyncWebClient:
    """Return the client of one app: it waits where Slack says so, and tries again what failed."""
    client = AsyncWebClient(token=token, base_url=f"{api or API}/", session=session, logger=LIBRARY)
    client.retry_handlers = [
        AsyncConnectionErrorRetryHandler(max_retry_count=2),
        _SlowDown(max_retry_count=10),
        AsyncServerErrorRetryHandler(max_retry_count=2),
        _ReadAgain(max_retry_count=2),
    ]
    return client


class _SlowDown(AsyncRateLimitErrorRetryHandler):
    """Wait where Slack says that it is too much, also where its answer is a success by its status.

    The library knows the status alone. Nothing was done, so all may be sent again.
    """

    async def _can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        is_limited = _code(response) in LIMITED
        return is_limited or (response is not None and response.status_code == 429)


class _ReadAgain(AsyncRetryHandler):
    """Ask again for what Slack, or a gateway before it, failed to bring.

    The library asks again after 500 and 503 only, and Slack tells of most troubles of its own in an
    answer that is a success by its status. What reads is safe to ask twice; what posts may have
    arrived, and would stand there twice.
    """

    async def _can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        if response is None or request.method != "GET":
            return False
        return response.status_code in (502, 504) or _code(response) in PASSING


def _code(response: HttpResponse | None) -> str | None:
    """Return Slack's word for what went wrong, None where nothing did."""
    body = dict_of(response.body if response is not None else None)
    return None if body.get("ok") is not False else str(body.get("error"))


async def identify(client: AsyncWebClient) -> Identity:
    """Ask Slack who the app is.

    Raises ChatError where it does not take the token, or where that is one of no single workspace.
    """
    with explained("auth.test"):
        answer: Any = await client.auth_test()
    if answer.get("is_enterprise_install") is True:
        raise ChatError("slack.org-wide", team=str(answer.get("team")))
    held = {name.lower(): one for name, one in answer.headers.items()}.get("x-oauth-scopes")
    return Identity(
        team=str(answer.get("team_id")),
        name=str(answer.get("team") or answer.get("team_id")),
        user=str(answer.get("user_id")),
        bot=str(answer.get("bot_id") or ""),
        url=str(answer.get("url") or ""),
        scopes=frozenset(one.strip() for one in held.split(",")) if held else None,
    )


class SlackFront:
    """One app in one workspace; made by `open`."""

    def __init__(
        self,
        backend: Backend,
        *,
        client: AsyncWebClient,
        app_token: str,
        me: Identity,
        posted: PostedPanels,
        ping: float,
    ) -> None:
        shows, clock = backend.shows, backend.clock
        self.me = me
        self.revoked = asyncio.Event()
        """Set when the workspace does not take the app's tokens any more."""
        self._client = client
        self._hearing = BackgroundTasks[None]("events")
        self.people = SlackPeople(
            client=client,
            team=me.team,
            watched=shows.channels,
            owners=backend.owners,
            clock=clock,
        )
        reading = MessageReader(people=self.people, me=me.user)
        self.history = SlackHistory(client=client, reading=reading, shows=shows, clock=clock)
        self.front = Front(backend, self._platform(), posted=posted)
        self.home = Home(client=client, people=self.people, shows=shows, clock=clock)
        self.capture = SlackCapture(
            client=client, reading=reading, history=self.history, front=self.front
        )
        server_clock = ServerClock(clock)
        client.retry_handlers.insert(0, server_clock)
        self.asking = SlackAsking(
            client=client, people=self.people, front=self.front, clock=server_clock
        )
        self.commands = SlackCommands(asking=self.asking, front=self.front, me=me.user)
        self.taps = SlackTaps(
            asking=self.asking, front=self.front, commands=self.commands, home=self.home
        )
        self.connection = SlackConnection(
            app=self._listening(),
            client=client,
            token=app_token,
            hello=self._hello,
            refused=self.revoked.set,
            ping=ping,
        )

    def _platform(self) -> Platform:
        return Platform(
            name=self.people.workspace,
            history=self.history,
            reactions=SlackReactions(self._client),
            panels=SlackPanels(self._client, self.people.workspace, url=self.me.url),
            enter=self.people.enter,
            owns=lambda watched: watched.workspace == self.people.workspace,
            hears=lambda _: self.is_well(),
        )

    @classmethod
    async def open(
        cls, backend: Backend, *, client: AsyncWebClient, app_token: str, ping: float = PING
    ) -> Self:
        """Learn who the app is, and connect."""
        me = await identify(client)
        posted = await PostedPanels.open(backend.store)
        front = cls(backend, client=client, app_token=app_token, me=me, posted=posted, ping=ping)
        try:
            await front.connection.open()
        except BaseException:
            await front.aclose()
            raise
        return front

    @property
    def room(self) -> Room:
        """Who can be asked for a message."""
        return self.history

    def is_well(self) -> bool:
        """Return whether what happens is told."""
        return self.connection.is_connected

    def tasks(self) -> list[Any]:
        """Return what runs by itself."""
        return [
            *self.connection.tasks(),
            *self._hearing,
            *self.asking.tasks(),
            *self.front.tasks(),
            *self.home.tasks(),
        ]

    async def wait_idle(self) -> None:
        """Wait until what was told is done, and what was missed is read."""
        await self._hearing.wait_idle(LAST_WORDS)
        await self.asking.finish(LAST_WORDS)
        await self.front.wait_idle()

    async def aclose(self) -> None:
        """Finish what was asked for, stop what runs by itself, then the connection."""
        await self.asking.finish(LAST_WORDS)
        await self._hearing.wait_idle(LAST_WORDS)
        for tasks in (self.asking, self._hearing):  # what takes longer has nobody to tell it
            await tasks.aclose()
        await self.front.aclose()
        await self.home.aclose()
        await self.connection.aclose()

    def _hello(self) -> None:
        """Read what happened before this session began: Slack gives up telling it some time."""
        self.front.session_began([self.people.workspace])

    # --- what Slack tells ----------------------------------------------------------------------

    def _listening(self) -> AsyncApp:
        """Make the app that hears Slack. An event is acknowledged when it is stored."""
        me = self.me

        async def authorize() -> AuthorizeResult:
            return AuthorizeResult(
                enterprise_id=None,
                team_id=me.team,
                bot_user_id=me.user,
                bot_id=me.bot,
                bot_token=self._client.token,
            )

        app = AsyncApp(
            name="rundown",  # else it walks the whole stack for the name of a file
            logger=LIBRARY,
            client=self._client,
            authorize=authorize,
            process_before_response=True,
            request_verification_enabled=False,
        )
        self._hear_messages(app)
        self._hear_people(app)
        self._hear_channels(app)
        self._hear_asks(app)
        return app

    async def _hear(self, work: Coroutine[Any, Any, None]) -> None:
        """Do what an event asks for, and be back in time for its acknowledgement."""
        task = self._hearing.start(work)
        await asyncio.wait({task}, timeout=ACK_WITHIN)

    def _hear_messages(self, app: AsyncApp) -> None:
        async def message(event: dict[str, Any], request: AsyncBoltRequest) -> None:
            # https://docs.slack.dev/apis/events-api/#retries: counted from 1; 0 is the first time.
            tries = request.headers.get("x-slack-retry-num") or ["0"]
            await self._hear(self.capture.message(event, again=tries[0] != "0"))

        async def added(event: dict[str, Any]) -> None:
            await self._hear(self.capture.reaction(event, on=True))

        async def removed(event: dict[str, Any]) -> None:
            await self._hear(self.capture.reaction(event, on=False))

        async def mention(event: dict[str, Any]) -> None:
            self.commands.mention(event)

        app.event("message")(message)
        app.event("app_mention")(mention)
        app.event("reaction_added")(added)
        app.event("reaction_removed")(removed)

    def _hear_people(self, app: AsyncApp) -> None:
        async def user(event: dict[str, Any]) -> None:
            self.people.changed(event.get("user") or {})

        async def groups() -> None:
            self.people.forget_groups()

        async def home(event: dict[str, Any]) -> None:
            if event.get("tab") == "home":
                await self._hear(self.home.opened(str(event.get("user"))))

        async def revoked() -> None:
            self.revoked.set()

        app.event("user_change")(user)
        for name in ("subteam_members_changed", "subteam_updated"):  # as when one is disabled
            app.event(name)(groups)
        app.event("app_home_opened")(home)
        for name in ("tokens_revoked", "app_uninstalled"):
            app.event(name)(revoked)

    def _hear_channels(self, app: AsyncApp) -> None:
        async def entered(event: dict[str, Any]) -> None:
            if event.get("type") != "member_joined_channel" or event.get("user") == self.me.user:
                await self._hear(self.front.let_in(str(event.get("channel"))))

        async def left(event: dict[str, Any]) -> None:
            if event.get("type") != "member_left_channel" or event.get("user") == self.me.user:
                await self._hear(self.front.shut_out(str(event.get("channel"))))

        async def renamed(event: dict[str, Any]) -> None:
            self.people.forget_channel(str(dict_of(event.get("channel")).get("id")))

        for name in ENTERED:
            app.event(name)(entered)
        for name in LEFT:
            app.event(name)(left)
        for name in ("channel_rename", "group_rename"):
            app.event(name)(renamed)

    def _hear_asks(self, app: AsyncApp) -> None:
        async def slash(ack: AsyncAck, body: dict[str, Any]) -> None:
            await ack()
            self.commands.slash(body)

        async def shortcut(ack: AsyncAck, body: dict[str, Any]) -> None:
            await ack()
            self.commands.shortcut(body)

        async def tap(ack: AsyncAck, body: dict[str, Any]) -> None:
            await ack()
            self.taps.tap(body)

        async def form(ack: AsyncAck, body: dict[str, Any]) -> None:
            await ack()
            self.taps.send(body)

        async def type_in(ack: AsyncAck, body: dict[str, Any]) -> None:
            await ack(options=await self.commands.completed(body))

        app.options("rd:find")(type_in)
        app.command(re.compile(r"/(draft|outline|preview|rundown)"))(slash)
        for name in SHORTCUTS:
            app.shortcut({"type": "message_action", "callback_id": name})(shortcut)
        app.action(_OURS)(tap)
        app.view("rd:form")(form)
