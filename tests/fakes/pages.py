"""A web server on this machine whose pages a test decides on; it counts what it was asked for."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web


@dataclass
class Held:
    """A path whose answer waits for `go`; `asked` tells that somebody waits."""

    asked: asyncio.Event = field(default_factory=asyncio.Event)
    go: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass
class Pages:
    """`root` is the server's address; `put` says what a path answers, else it answers 404."""

    root: str = ""
    asked: Counter[str] = field(default_factory=Counter)
    _pages: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    _held: dict[str, Held] = field(default_factory=dict)

    def put(
        self, path: str, text: str, *, status: int = 200, kind: str = "text/html", **headers: str
    ) -> str:
        """Answer a path so from now on; return its whole address."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self._pages[path] = (status, {"Content-Type": kind, **named}, text.encode())
        return self.root + path

    def hold(self, path: str) -> Held:
        """Keep whoever asks for a path waiting."""
        self._held[path] = Held()
        return self._held[path]

    async def answer(self, request: web.Request) -> web.Response:
        path = request.path
        self.asked[path] += 1
        if held := self._held.get(path):
            held.asked.set()
            await held.go.wait()
        status, headers, body = self._pages.get(path, (404, {"Content-Type": "text/html"}, b""))
        return web.Response(status=status, headers=headers, body=body)


@asynccontextmanager
async def pages() -> AsyncIterator[Pages]:
    """Serve on a free port of 127.0.0.1."""
    served = Pages()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", served.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        [port] = [address[1] for address in runner.addresses]
        served.root = f"http://127.0.0.1:{port}"
        yield served
    finally:
        await runner.cleanup()
