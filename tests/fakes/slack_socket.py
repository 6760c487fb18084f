"""Socket Mode: sessions, envelopes, acknowledgements, and what is sent again without one."""

import asyncio
import itertools
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.patience import LONGEST

RETRY = 3.0
"""Seconds until an envelope without acknowledgement is sent again."""

GIVES_UP = 3


@dataclass
class Envelope:
    """Something that waits for an acknowledgement."""

    id: str
    kind: str
    payload: dict[str, Any]
    attempt: int = 0
    acked: asyncio.Event = field(default_factory=asyncio.Event)
    answer: dict[str, Any] | None = None


class SocketMode:
    """The sockets of one app; an envelope goes to one of them."""

    def __init__(self) -> None:
        self.sessions: list[web.WebSocketResponse] = []
        self.tickets: set[str] = set()
        self.retry = RETRY
        self.twice = False
        self.forgetful = False
        self.deaf = False
        self.held: list[Envelope] | None = None
        self.waiting: dict[str, Envelope] = {}
        self.opened = 0
        self.redelivered = 0
        self.late: list[Envelope] = []
        self._count = itertools.count(1)
        self._tasks: set[asyncio.Task[None]] = set()
        self._changed = asyncio.Condition()

    def ticket(self) -> str:
        name = f"t{next(self._count)}"
        self.tickets.add(name)
        return name

    async def handle(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self.tickets:
            raise web.HTTPForbidden
        self.tickets.discard(ticket)  # an address works once
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        hello = {
            "type": "hello",
            "num_connections": len(self.sessions) + 1,
            "debug_info": {"host": "local", "approximate_connection_time": 18060},
            "connection_info": {"app_id": "A0000APP"},
        }
        await socket.send_str(json.dumps(hello))
        self.sessions.append(socket)
        self.opened += 1
        await self._notify()
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    await self._ack(json.loads(message.data))
        finally:
            if socket in self.sessions:
                self.sessions.remove(socket)
            await self._notify()
        return socket

    async def _ack(self, told: dict[str, Any]) -> None:
        if self.deaf:
            return
        envelope = self.waiting.pop(told.get("envelope_id", ""), None)
        if envelope is not None:
            envelope.answer = told.get("payload")
            envelope.acked.set()
            await self._notify()

    async def _notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def until(self, so: Callable[[], bool], seconds: float = LONGEST) -> None:
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(so)

    async def connected(self) -> None:
        await self.until(lambda: bool(self.sessions))

    async def quiet(self) -> None:
        """Wait until nothing waits for an acknowledgement."""
        await self.until(lambda: not self.waiting)

    # --- telling the app -----------------------------------------------------------------------

    async def tell(self, kind: str, payload: dict[str, Any]) -> Envelope:
        """Send an envelope, and again until it is acknowledged."""
        envelope = Envelope(f"e{next(self._count)}", kind, payload)
        if self.held is not None and kind == "events_api":
            self.held.append(envelope)
            return envelope
        self._start(envelope)
        return envelope

    def _start(self, envelope: Envelope) -> None:
        if self.forgetful and not self.sessions:
            return
        self.waiting[envelope.id] = envelope
        task = asyncio.create_task(self._deliver(envelope))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def let_go(self, shuffle: Callable[[list[Envelope]], None]) -> None:
        held, self.held = self.held or [], None
        shuffle(held)
        for envelope in held:
            self._start(envelope)

    async def _deliver(self, envelope: Envelope) -> None:
        while envelope.attempt <= GIVES_UP and not envelope.acked.is_set():
            sent = await self._send(envelope)
            if sent and self.twice:
                await self._send(envelope)
            if not sent and self.forgetful:
                break
            try:
                async with asyncio.timeout(self.retry):
                    await envelope.acked.wait()
            except TimeoutError:
                if sent:
                    envelope.attempt += 1
                    self.redelivered += 1
        self.waiting.pop(envelope.id, None)
        if not envelope.acked.is_set():
            self.late.append(envelope)
        await self._notify()

    async def _send(self, envelope: Envelope) -> bool:
        for socket in list(self.sessions):
            told: dict[str, Any] = {
                "envelope_id": envelope.id,
                "type": envelope.kind,
                "payload": envelope.payload,
                "accepts_response_payload": envelope.kind != "events_api",
            }
            if envelope.kind == "events_api":
                reason = "timeout" if envelope.attempt else ""
                told |= {"retry_attempt": envelope.attempt, "retry_reason": reason}
            try:
                await socket.send_str(json.dumps(told))
            except ConnectionError:
                continue
            return True
        return False

    # --- trouble -------------------------------------------------------------------------------

    async def drop(self) -> None:
        """Cut all connections without a word."""
        for socket in list(self.sessions):
            if socket._req is not None and socket._req.transport is not None:
                socket._req.transport.abort()
        await self.until(lambda: not self.sessions)

    async def refresh(self) -> None:
        """Ask for another connection, as Slack does every few hours."""
        told = {"type": "disconnect", "reason": "refresh_requested", "debug_info": {"host": "l"}}
        before = self.opened
        for socket in list(self.sessions):
            with suppress(ConnectionError):  # it may go by itself just now
                await socket.send_str(json.dumps(told))
        await self.until(lambda: self.opened > before)

    async def aclose(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for socket in list(self.sessions):
            await socket.close()
