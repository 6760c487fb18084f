"""A small web in which links have rotted in all ways: many hosts, one server on this machine."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web as server

from bot.adapters.web.fetcher import Limits, Web, WebAnswer
from bot.errors import FetchError
from tests.fakes.internet import Internet
from tests.patience import LONGEST

PUBLIC = "93.184.215.14"
NOWHERE = "93.184.215.15"

Answers = Callable[[server.Request], server.StreamResponse | None]


def page(title: str, body: str = "<p>words</p>", status: int = 200) -> Answers:
    text = f"<!doctype html><title>{title}</title><body>{body}</body>"
    return lambda request: server.Response(text=text, status=status, content_type="text/html")


def status(number: int, **headers: str) -> Answers:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda request: server.Response(status=number, headers=named)


def to(address: str, number: int) -> Answers:
    return status(number, Location=address)


def cut(request: server.Request) -> None:
    """Close the connection without an answer."""
    assert request.transport is not None
    request.transport.close()


def json_of(text: str) -> Answers:
    return lambda request: server.Response(text=text, content_type="application/json")


@dataclass
class Rotten:
    """`put` says what an address answers; `asked` counts requests by host and path."""

    pages: dict[str, Answers] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    turns: Counter[str] = field(default_factory=Counter)
    """The turns that were taken of each host's pace."""

    secure: set[str] = field(default_factory=set)
    """Hosts that answer by https too, with the same pages."""

    port: int = 0

    def put(self, address: str, answers: Answers) -> str:
        self.pages[address] = answers
        return f"http://{address}"

    async def answer(self, request: server.Request) -> server.StreamResponse:
        address = f"{request.host}{request.path}"
        self.asked[address] += 1
        found = self.pages.get(address)
        if found is None:
            return server.Response(status=404)
        if found is hang:
            await asyncio.sleep(3600)
        answered = found(request)
        return answered if answered is not None else server.Response()

    def web(self, *, silence: float = LONGEST) -> "CountedWeb":
        """Return the client that look-ups have; `silence` is how long it waits for an answer."""
        hosts = {address.partition("/")[0] for address in self.pages}
        names = {host: [[PUBLIC]] for host in hosts} | {"refused.example": [[NOWHERE]]}
        names["inside.example"] = [["127.0.0.1"]]
        net = Internet(names, {PUBLIC: self.port, "127.0.0.1": self.port})
        return CountedWeb(self, net, silence)


def hang(request: server.Request) -> None:
    """Answer never."""


class CountedWeb(Web):
    """A `Web` that counts the turns it takes; some hosts are had by https."""

    def __init__(self, rotten: Rotten, net: Internet, silence: float) -> None:
        limits = Limits(total=LONGEST, silence=silence, redirects=5)
        super().__init__(
            limits=limits,
            never_ask=["never.example"],
            look_up=net.look_up,
            sockets=net.socket,
        )
        self._rotten = rotten

    async def _paced(self, host: str) -> None:
        self._rotten.turns[host] += 1
        await super()._paced(host)

    async def get(self, url: str, **more: object) -> WebAnswer:  # type: ignore[override]
        if not url.startswith("https://"):
            return await super().get(url, **more)  # type: ignore[arg-type]
        host = url.split("/")[2]
        if host not in self._rotten.secure:
            await self._paced(host)
            raise FetchError("web.tls", host=host)
        fetched = await super().get(f"http{url[5:]}", **more)  # type: ignore[arg-type]
        return WebAnswer(
            f"https{fetched.url[4:]}", fetched.status, fetched.content_type, fetched.body
        )


@asynccontextmanager
async def rotten() -> AsyncIterator[Rotten]:
    """Serve on a free port of 127.0.0.1."""
    served = Rotten()
    app = server.Application()
    app.router.add_route("*", "/{path:.*}", served.answer)
    runner = server.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = server.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        [served.port] = [address[1] for address in runner.addresses]
        yield served
    finally:
        await runner.cleanup()
