"""A local web server whose answers are written by hand, byte by byte, as bad as they come.

async with serve({"/": page(b"<title>x")}) as server:
await web.get(server.url("/"))
"""

import asyncio
import gzip
import ssl
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import brotli

from bot.adapters.web.decompress import zstd
from tests.patience import LONGEST

Answer = Callable[["Line"], Awaitable[None]]
MIB = 1024 * 1024


@dataclass
class Line:
    """The server's end of a connection, on which an answer is written."""

    writer: asyncio.StreamWriter
    sent: int = 0

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()
        self.sent += len(data)

    def end(self) -> None:
        """Close the connection behind this answer."""
        self.writer.close()


@dataclass
class Server:
    """What was asked of a server, as it came over the line, and how it went."""

    answers: Mapping[str, Answer]
    port: int = 0
    heads: list[str] = field(default_factory=list)
    connections: int = 0
    open: int = 0
    most_open: int = 0
    sent: int = 0
    quiet: asyncio.Event = field(default_factory=asyncio.Event)
    """Set while nobody is connected, from the first on."""

    @property
    def paths(self) -> list[str]:
        return [head.split(" ")[1] for head in self.heads]

    def url(self, path: str, scheme: str = "http") -> str:
        return f"{scheme}://127.0.0.1:{self.port}{path}"

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer what comes over one connection until either side ends it."""
        self.connections += 1
        self.open += 1
        self.quiet.clear()
        self.most_open = max(self.most_open, self.open)
        line = Line(writer)
        try:
            while not writer.is_closing():
                first = await reader.readexactly(1)
                if first == b"\x16":  # TLS, where there is none
                    break
                head = (first + await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                self.heads.append(head)
                path = head.split(" ")[1].partition("?")[0]
                await self.answers.get(path, nothing)(line)
        except (asyncio.IncompleteReadError, ConnectionError, ssl.SSLError):
            pass  # the client has enough
        finally:
            self.open -= 1
            self.sent += line.sent
            writer.close()
            if not self.open:
                self.quiet.set()


@asynccontextmanager
async def serve(
    answers: Mapping[str, Answer], tls: ssl.SSLContext | None = None
) -> AsyncIterator[Server]:
    """Serve answers by path on a free port of 127.0.0.1."""
    server = Server(answers)
    talks: set[asyncio.Task[None]] = set()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        talks.add(task)
        try:
            await server.talk(reader, writer)
        except asyncio.CancelledError:  # the test is over
            writer.transport.abort()
        finally:
            talks.discard(task)

    listening = await asyncio.start_server(talk, "127.0.0.1", 0, ssl=tls, backlog=512)
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listening.close()
        for task in tuple(talks):
            task.cancel()
        with suppress(TimeoutError):
            async with asyncio.timeout(LONGEST):
                await asyncio.gather(*talks, return_exceptions=True)


def head(status: str = "200 OK", **headers: object) -> bytes:
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode("utf-8", "surrogateescape")


def raw(*parts: bytes, pause: float = 0.0) -> Answer:
    """Answer with these bytes and close, with a pause before each part but the first."""

    async def answer(line: Line) -> None:
        for number, part in enumerate(parts):
            await asyncio.sleep(pause if number else 0)
            await line.send(part)
        line.end()

    return answer


def page(
    body: bytes = b"<title>A page</title>",
    status: str = "200 OK",
    after: float = 0.0,
    **headers: object,
) -> Answer:
    """Answer as it should be, after a time; the connection stays."""
    given = {"Content_Type": "text/html", "Content_Length": len(body)} | headers

    async def answer(line: Line) -> None:
        await asyncio.sleep(after)
        await line.send(head(status, **given) + body)

    return answer


nothing = page(b"", "404 Not Found")


def redirect(location: str, status: str = "302 Found", body: bytes = b"") -> Answer:
    return page(body, status, Location=location)


def endless(start: bytes, more: bytes, pause: float = 0.0) -> Answer:
    """Answer with `start`, then `more` over and over."""

    async def answer(line: Line) -> None:
        await line.send(start)
        while True:
            await line.send(more)
            await asyncio.sleep(pause)

    return answer


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
}


def zeros(encoding: str, mebibytes: int) -> bytes:
    """Pack so many MiB of zeros, without ever holding them."""
    block = bytes(MIB)
    match encoding:
        case "gzip" | "deflate":
            packer = zlib.compressobj(9, wbits=-15)
            one = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
            start = gzip.compress(b"")[:10] if encoding == "gzip" else b"\x78\xda"
            return start + one * mebibytes  # each block stands by itself
        case "br":
            packer = brotli.Compressor(quality=1, lgwin=24)
            return b"".join(packer.process(block) for _ in range(mebibytes)) + packer.finish()
        case _:
            packer = zstd.ZstdCompressor(1)
            return b"".join(packer.compress(block) for _ in range(mebibytes)) + packer.flush()


def packed(encoding: str, data: bytes) -> Answer:
    return page(data, Content_Encoding=encoding)
