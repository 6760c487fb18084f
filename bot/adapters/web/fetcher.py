"""Fetches pages from the web, for whoever pasted the address: safe to point at any.

    async with Web() as web:
        page = await web.get("https://example.org/", language="ja", enough=head.feed)

It asks hosts on the public internet alone (public_sockets.py) and follows redirects by hand, each
checked like the first address. It reads a page only so far and so long (`Limits`), and sends no
cookie, no name or password, no referrer.
"""

import asyncio
import re
import socket
import ssl
import time
from collections.abc import AsyncIterator, Callable, Collection, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from typing import Self
from weakref import WeakValueDictionary

import aiohttp
from yarl import URL

from bot import __version__
from bot.adapters.web.decompress import ENCODINGS, InflateError, inflater
from bot.adapters.web.pace import Pace
from bot.adapters.web.public_sockets import (
    ByteMeter,
    LookUp,
    MeteredAnswer,
    Names,
    NotPublicError,
    Sockets,
    TooMuchError,
    only_public,
    open_socket,
)
from bot.core.page.public_address import PORTS, Target, redirected, target
from bot.errors import FetchError

USER_AGENT = f"Rundown/{__version__} (podcast show notes; link preview)"
PAGES = "text/html,application/xhtml+xml,*/*;q=0.8"

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
"""Redirects that say that the address is another from now on (RFC 9110, 15.4)."""
_AROUND = 512 * 1024  # bytes that a body may have around it: headers, chunks, TLS, reading ahead
_MEDIA = re.compile(r"\s*(?:audio|font|image|video)/", re.I)
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8}){0,4}")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a fetch may take: seconds in all and without a byte, bytes, redirects.

    Requests begin `every` so many seconds at the earliest, once there was a `burst` of them.
    `read` bytes come over the line, `inflated` come out of them; a page is cut at either.
    """

    total: float = 10.0
    silence: float = 5.0
    read: int = 1024 * 1024
    inflated: int = 4 * 1024 * 1024
    redirects: int = 5
    at_once: int = 64
    at_once_a_host: int = 4
    every: float = 0.0
    every_a_host: float = 0.0
    burst: int = 64
    burst_a_host: int = 10


POLITE = Limits(every=0.05, every_a_host=1.0)
"""For what asks by itself, maybe for all links of a channel's past: 20 a second, of a host one."""

MOST_PACED = 1_000
"""Hosts whose pace is remembered before those that rest are forgotten."""


@dataclass(frozen=True, slots=True)
class WebAnswer:
    """What an address gave: the answer at the end of its redirects, whatever its status.

    `url` is the final address, without fragment. `body` is inflated and holds what was read;
    nothing is read of pictures, sound and films. `cut` says that it was stopped by a limit.
    `retry_after` is in seconds from now, `size` the bytes of the whole body, if the server says so.
    `moved` is where redirects for good lead, up to the first that is none.
    """

    url: str
    status: int
    content_type: str | None
    body: bytes
    cut: bool = False
    retry_after: float | None = None
    size: int | None = None
    moved: str | None = None


class Web:
    """The web, as far as it may be asked.

    `allow_private` opens every host and port, for tests and for people who run it inside.
    `never_ask` are hosts that are left alone, with all below them.
    `look_up`, `sockets` and `clock` (seconds since 1970) stand for the system's own.
    """

    def __init__(
        self,
        *,
        allow_private: bool = False,
        ports: Collection[int] = PORTS,
        user_agent: str = USER_AGENT,
        limits: Limits = Limits(),
        never_ask: Collection[str] = (),
        look_up: LookUp = socket.getaddrinfo,
        sockets: Sockets = open_socket,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._allow_private = allow_private
        self._ports = frozenset(ports)
        self._user_agent = user_agent
        self._limits = limits
        self._never_ask = frozenset(never_ask)
        self._pace = Pace(every=limits.every, burst=limits.burst)
        self._pace_of: dict[str, Pace] = {}
        self._look_up = look_up
        self._meter = ByteMeter(
            sockets if allow_private else only_public(sockets), limits.read + _AROUND
        )
        self._clock = clock
        self._turns = asyncio.Semaphore(limits.at_once)
        self._turns_of: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()

    async def __aenter__(self) -> Self:
        self._names = Names(self._look_up, allow_private=self._allow_private)
        limits = self._limits
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                resolver=self._names,
                socket_factory=self._meter.open,
                limit=0,  # `_turn` sees to that, before the time of a fetch begins
                limit_per_host=limits.at_once_a_host,
                keepalive_timeout=5,
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self._user_agent, "Accept-Encoding": ", ".join(ENCODINGS)},
            timeout=aiohttp.ClientTimeout(
                total=None, sock_connect=limits.silence, sock_read=limits.silence
            ),
            response_class=self._meter.answers,
            auto_decompress=False,
            trust_env=False,
            max_field_size=16 * 1024,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()
        await self._names.close()

    async def get(
        self,
        url: str,
        *,
        accept: str = PAGES,
        language: str | None = None,
        enough: Callable[[bytes], bool] | None = None,
    ) -> WebAnswer:
        """Fetch an address; raises FetchError.

        `enough` is given each piece of the body in its turn, inflated, and says whether to stop.
        A fetch waits until its host and the web have a turn for it; its time begins then.
        """
        asked = self._target(url)
        headers = {"Accept": accept}
        if language and _LANGUAGE.fullmatch(language):
            headers["Accept-Language"] = f"{language}, *;q=0.5"
        async with self._turn(asked.host):
            return await self._follow(asked, headers, enough)

    def _target(self, url: str) -> Target:
        found = target(url, allow_private=self._allow_private, ports=self._ports)
        labels = found.host.rstrip(".").lower().split(".")
        if any(".".join(labels[at:]) in self._never_ask for at in range(len(labels))):
            raise FetchError("web.never-asked", host=found.host)
        return found

    async def _paced(self, host: str) -> None:
        """Wait until a request to a host may begin."""
        if host not in self._pace_of:
            if len(self._pace_of) >= MOST_PACED:
                now, known = asyncio.get_running_loop().time(), self._pace_of.items()
                self._pace_of = {one: pace for one, pace in known if not pace.is_idle(now)}
            limits = self._limits
            self._pace_of[host] = Pace(every=limits.every_a_host, burst=limits.burst_a_host)
        await self._pace_of[host].turn()
        await self._pace.turn()

    @asynccontextmanager
    async def _turn(self, host: str) -> AsyncIterator[None]:
        await self._paced(host)
        turns = self._turns_of.get(host)
        if turns is None:
            turns = self._turns_of[host] = asyncio.Semaphore(self._limits.at_once_a_host)
        async with turns, self._turns:
            yield

    async def _follow(
        self, asked: Target, headers: dict[str, str], enough: Callable[[bytes], bool] | None
    ) -> WebAnswer:
        """Go where the redirects lead, all of it in the time of one fetch."""
        until = asyncio.get_running_loop().time() + self._limits.total
        moved, is_for_good = None, True
        for _ in range(self._limits.redirects + 1):
            with _told(asked.host):
                async with asyncio.timeout_at(until):
                    answer = await self._ask(asked, headers, enough)
            if isinstance(answer, WebAnswer):
                return replace(answer, moved=moved)
            url, lasts = answer
            asked = self._target(url)
            is_for_good = is_for_good and lasts
            moved = asked.url if is_for_good else moved
        raise FetchError("web.redirects", host=asked.host, most=self._limits.redirects)

    async def _ask(
        self, asked: Target, headers: dict[str, str], enough: Callable[[bytes], bool] | None
    ) -> WebAnswer | tuple[str, bool]:
        """Return the answer of one address, or where it redirects to, and whether for good."""
        url = URL(asked.url, encoded=True)
        async with self._session.get(url, headers=headers, allow_redirects=False) as response:
            location = response.headers.get("Location")
            if location and response.status in _REDIRECTS:
                return redirected(asked.url, location), response.status in _FOR_GOOD
            content_type = response.headers.get("Content-Type")
            body, cut = b"", False
            if not _MEDIA.match(content_type or ""):
                body, cut = await self._read(response, enough)
            after = retry_after(response.headers.get("Retry-After"), self._clock())
            size = None if "Content-Encoding" in response.headers else response.content_length
            return WebAnswer(asked.url, response.status, content_type, body, cut, after, size)

    async def _read(
        self, response: aiohttp.ClientResponse, enough: Callable[[bytes], bool] | None
    ) -> tuple[bytes, bool]:
        """Read a body until it is enough or too much, and tell whether it was cut."""
        inflate = inflater(", ".join(response.headers.getall("Content-Encoding", ())))
        pieces: list[bytes] = []
        read = inflated = 0
        while data := await _more(response):
            within = data[: self._limits.read - read]
            for whole in inflate.feed(within) if inflate else (within,):
                piece = whole[: self._limits.inflated - inflated]
                pieces.append(piece)
                inflated += len(piece)
                if enough and enough(piece):
                    return b"".join(pieces), False
                if len(piece) < len(whole):
                    return b"".join(pieces), True
                await asyncio.sleep(0)  # others have a turn, and the time is looked at
            read += len(data)
            if read > self._limits.read:
                return b"".join(pieces), True
        return b"".join(pieces), data is None


async def _more(response: aiohttp.ClientResponse) -> bytes | None:
    """Return more of a body: no bytes at its end, None where it came wrapped in too many."""
    try:
        return await response.content.readany()
    except aiohttp.ClientPayloadError:
        if isinstance(response, MeteredAnswer) and response.is_too_much:
            return None
        raise


@contextmanager
def _told(host: str) -> Iterator[None]:
    """Tell what went wrong with a host in our words."""
    try:
        yield
    except (aiohttp.ClientError, OSError, InflateError) as error:
        raise FetchError(f"web.{_reason(error)}", host=host) from error


def _reason(error: BaseException) -> str:
    if isinstance(error.__cause__, TooMuchError):
        return "bad-answer"
    match error:
        case TimeoutError():
            return "too-slow"
        case InflateError():
            return "encoding"
        case aiohttp.ClientConnectorError(os_error=NotPublicError()):
            return "private"
        case aiohttp.ClientConnectorDNSError():
            return "dns"
        case aiohttp.ClientSSLError() | ssl.SSLError():
            return "tls"
        case aiohttp.ClientConnectorError():
            return "unreachable"
        case aiohttp.ClientResponseError():
            return "bad-answer"
    return "closed"


def retry_after(header: str | None, now: float) -> float | None:
    """Return in seconds from `now` what a Retry-After header says; None if it says nothing."""
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - now)
    except (ValueError, OverflowError):
        return None
