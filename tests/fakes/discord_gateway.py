"""A gateway that speaks Discord's protocol: compressed streams, sessions, RESUME, and trouble."""

import asyncio
import json
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

try:
    from compression import zstd  # type: ignore[import-not-found]
except ImportError:
    from backports import zstd

CONTENT = 1 << 15
MESSAGES = 1 << 9
REACTIONS = 1 << 10


class Stream:
    """Compresses what one connection is sent, as one stream that is flushed after each payload."""

    def __init__(self, kind: str | None) -> None:
        self._kind = kind
        self._zlib = zlib.compressobj()
        self._zstd = zstd.ZstdCompressor()

    async def send(self, socket: web.WebSocketResponse, payload: dict[str, Any]) -> None:
        text = json.dumps(payload, ensure_ascii=False)
        if self._kind == "zlib-stream":
            data = self._zlib.compress(text.encode()) + self._zlib.flush(zlib.Z_SYNC_FLUSH)
            await socket.send_bytes(data)
        elif self._kind == "zstd-stream":
            await socket.send_bytes(self._zstd.compress(text.encode(), self._zstd.FLUSH_BLOCK))
        else:
            await socket.send_str(text)


@dataclass
class Session:
    """One session of a shard: what it was sent stays, so that it can be resumed."""

    id: str
    intents: int
    shard: tuple[int, int]
    seq: int = 0
    sent: list[dict[str, Any]] = field(default_factory=list)
    socket: web.WebSocketResponse | None = None
    stream: Stream | None = None
    number: int = 0

    def hears_of(self, guild: int) -> bool:
        return (guild >> 22) % self.shard[1] == self.shard[0]


class Gateway:
    """Accepts connections, and sends them what happens."""

    def __init__(
        self,
        *,
        token: str,
        begin: Callable[[Session], list[tuple[str, dict[str, Any]]]],
        address: Callable[[], str],
    ) -> None:
        self._token = token
        self._begin = begin
        self._address = address
        self.sessions: dict[str, Session] = {}
        self.identified = 0
        self.resumed = 0
        self.beats = 0
        self.closed = False
        self.refused = 0
        self.held: list[tuple[str, dict[str, Any], int]] | None = None
        self.twice = False
        self.allowed = MESSAGES | REACTIONS | CONTENT | 1
        self._order = asyncio.Lock()
        self.changed = asyncio.Condition()

    async def connect(self, request: web.Request) -> web.StreamResponse:
        if self.closed:
            self.refused += 1
            raise web.HTTPServiceUnavailable
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        stream = Stream(request.query.get("compress"))
        await stream.send(socket, {"op": 10, "d": {"heartbeat_interval": 41250}, "s": None})
        session: Session | None = None
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                continue
            said = json.loads(message.data)
            if said["op"] == 1:
                self.beats += 1
                await stream.send(socket, {"op": 11, "d": None, "s": None, "t": None})
            elif said["op"] == 2:
                session = await self._identify(socket, stream, said["d"])
            elif said["op"] == 6:
                session = await self._resume(socket, stream, said["d"])
        if session is not None and session.socket is socket:
            session.socket = None
        return socket

    async def _identify(
        self, socket: web.WebSocketResponse, stream: Stream, said: dict[str, Any]
    ) -> Session | None:
        if said["token"] != self._token:
            await socket.close(code=4004, message=b"Authentication failed.")
            return None
        if said["intents"] & ~self.allowed:
            await socket.close(code=4014, message=b"Disallowed intent(s).")
            return None
        self.identified += 1
        shard = tuple(said.get("shard") or (0, 1))
        session = Session(f"session{self.identified}", said["intents"], shard)  # type: ignore[arg-type]
        session.number = self.identified
        for other in [one for one in self.sessions.values() if one.shard == session.shard]:
            del self.sessions[other.id]  # a new session takes the place of the one before
        session.socket, session.stream = socket, stream
        async with self._order:
            self.sessions[session.id] = session
            for event, data in self._begin(session):
                await self._put(session, event, data)
        await self._tell()
        return session

    async def _resume(
        self, socket: web.WebSocketResponse, stream: Stream, said: dict[str, Any]
    ) -> Session | None:
        session = self.sessions.get(said["session_id"])
        if session is None or said["token"] != self._token:
            await stream.send(socket, {"op": 9, "d": False, "s": None, "t": None})
            return None
        self.resumed += 1
        async with self._order:
            session.socket, session.stream = socket, stream
            for payload in [one for one in session.sent if one["s"] > said["seq"]]:
                await stream.send(socket, payload)
            await self._put(session, "RESUMED", {"_trace": []})
        await self._tell()
        return session

    async def _tell(self) -> None:
        async with self.changed:
            self.changed.notify_all()

    async def connected(self) -> None:
        """Wait until somebody is connected."""
        async with self.changed:
            await self.changed.wait_for(
                lambda: any(one.socket is not None for one in self.sessions.values())
            )

    # --- events --------------------------------------------------------------------------------

    async def send(self, event: str, data: dict[str, Any], *, guild: int = 0) -> None:
        """Tell all sessions that may hear of it."""
        if self.held is not None and not event.startswith("LOCAL_"):
            self.held.append((event, data, guild))
            return
        async with self._order:
            for session in list(self.sessions.values()):
                if session.hears_of(guild) and _wanted(event, session.intents):
                    await self._put(session, event, _blanked(event, data, session.intents))
                    if self.twice:
                        await self._put(session, event, _blanked(event, data, session.intents))

    async def let_go(self, order: Callable[[list[Any]], None] = lambda held: None) -> None:
        """Send what was held back, in another order."""
        held, self.held = self.held or [], None
        order(held)
        for event, data, guild in held:
            await self.send(event, data, guild=guild)

    async def _put(self, session: Session, event: str, data: dict[str, Any]) -> None:
        session.seq += 1
        payload = {"op": 0, "t": event, "s": session.seq, "d": data}
        session.sent.append(payload)
        if session.socket is not None and session.stream is not None:
            with suppress(ConnectionError, RuntimeError):
                await session.stream.send(session.socket, payload)

    # --- trouble -------------------------------------------------------------------------------

    async def drop(self) -> None:
        """Cut all connections without a word, as a network does."""
        for session in self.sessions.values():
            socket, session.socket = session.socket, None
            if socket is not None and socket._req is not None and socket._req.transport:
                socket._req.transport.abort()

    async def ask_to_reconnect(self) -> None:
        await self._say({"op": 7, "d": None, "s": None, "t": None})

    async def invalidate(self, *, resumable: bool) -> None:
        """Say that the session is no longer good."""
        sessions = list(self.sessions.values())
        if not resumable:
            self.sessions.clear()
        for session in sessions:
            if session.socket is not None and session.stream is not None:
                with suppress(ConnectionError, RuntimeError):
                    await session.stream.send(
                        session.socket, {"op": 9, "d": resumable, "s": None, "t": None}
                    )

    async def forget(self) -> None:
        """Lose all sessions, and cut their connections: nothing can be resumed."""
        await self.drop()
        self.sessions.clear()

    async def _say(self, payload: dict[str, Any]) -> None:
        for session in self.sessions.values():
            if session.socket is not None and session.stream is not None:
                with suppress(ConnectionError, RuntimeError):
                    await session.stream.send(session.socket, payload)

    async def aclose(self) -> None:
        self.closed = True
        for session in self.sessions.values():
            if session.socket is not None:
                with suppress(ConnectionError, RuntimeError):
                    await session.socket.close(code=WSCloseCode.GOING_AWAY)


def _wanted(event: str, intents: int) -> bool:
    if event.startswith("MESSAGE_REACTION"):
        return bool(intents & REACTIONS)
    return not event.startswith("MESSAGE") or bool(intents & MESSAGES)


def _blanked(event: str, data: dict[str, Any], intents: int) -> dict[str, Any]:
    """Leave out what people wrote where the bot may not read it."""
    if event not in ("MESSAGE_CREATE", "MESSAGE_UPDATE") or intents & CONTENT:
        return data
    return data | {"content": "", "embeds": [], "attachments": [], "components": []}
