"""The Socket Mode connection of one app: made, watched, and made anew."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import ChatError
from bot.services.tasks import BackgroundTasks
from bot.slack.translate import explained

_log = logging.getLogger(__name__)

LIBRARY = logging.getLogger("slack_bolt.rundown")
"""What the library logs: what it does is told here in our own words, without addresses that let
somebody in."""
LIBRARY.setLevel(logging.CRITICAL)

ASK_EVERY = 12
"""Looks at a connection that stays lost, until is asked whether the tokens are still taken."""

PING = 5.0
"""Seconds between two looks whether the connection is there."""


class SlackConnection:
    """Speaks with Slack.

    `hello` is called whenever a session begins, `refused` when the tokens are taken no more.
    """

    def __init__(
        self,
        *,
        app: AsyncApp,
        client: AsyncWebClient,
        token: str,
        hello: Callable[[], None],
        refused: Callable[[], None],
        ping: float = PING,
    ) -> None:
        self._client = client
        self._token = token
        self._hello = hello
        self._refused = refused
        self._ping = ping
        self._handler: Any = AsyncSocketModeHandler(
            app, token, logger=LIBRARY, web_client=client, ping_interval=ping
        )
        self._socket = self._handler.client
        self._socket.message_listeners.append(self._heard)
        self._tasks = BackgroundTasks[None]("connection")
        self.greeted = asyncio.Event()
        """Set when a session began, until the connection is seen to be lost."""
        self._session: Any = None  # that which began last

    @property
    def is_connected(self) -> bool:
        """Whether what happens is told: a session that has just ended or begins tells nothing."""
        session = self._session
        is_there = session is not None and session is self._socket.current_session
        return self.greeted.is_set() and is_there and not session.closed

    async def open(self) -> None:
        """Begin to connect; raise ChatError where Slack refuses the app."""
        with explained("apps.connections.open"):
            answer: Any = await self._client.apps_connections_open(app_token=self._token)
        self._socket.wss_uri = answer["url"]
        self._tasks.start(self._handler.connect_async())  # it tries until it is connected
        self._tasks.start(self._watch())

    def tasks(self) -> list["asyncio.Future[Any]"]:
        """Return what runs by itself."""
        return [*self._tasks, *self._tasks_of_library()]

    def _tasks_of_library(self) -> list["asyncio.Future[Any]"]:
        socket = self._socket
        held = (socket.message_processor, socket.current_session_monitor, socket.message_receiver)
        return [one for one in held if one is not None]

    async def aclose(self) -> None:
        """Disconnect; the library leaves tasks behind."""
        await self._tasks.aclose()
        left = self._tasks_of_library()
        await self._handler.close_async()
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _heard(self, socket: object, message: dict[str, Any], raw: str | None) -> None:
        if message.get("type") == "hello":
            self._session = self._socket.current_session
            self.greeted.set()
            self._hello()

    async def _watch(self) -> None:
        """Note when the connection is lost. An address works once: the next try needs a new one."""
        lost = 0
        while True:
            await asyncio.sleep(self._ping)
            if await self._socket.is_connected():
                lost = 0
                continue
            if self.greeted.is_set():
                _log.warning("connection lost")
            self.greeted.clear()
            self._socket.wss_uri = None
            if lost % ASK_EVERY == 1 and await self._is_refused():
                self._refused()
            lost += 1

    async def _is_refused(self) -> bool:
        """Return whether Slack says that it does not take the bot's token."""
        try:
            with explained("auth.test"):
                await self._client.auth_test()
        except ChatError as error:
            return error.name == "slack.bad-token"
        return False
