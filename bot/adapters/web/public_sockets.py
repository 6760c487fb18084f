"""Where a connection begins: names to IP addresses, and sockets, to the public internet alone.

A name with any address inside is refused when it is resolved. Every socket is checked again by
the very address that it is to be connected to, whatever that came from: a name, an address with
an IP address as its host, a redirect, or an answer that differs from the one before.
"""

import asyncio
import errno
import socket
from asyncio import BaseTransport
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from weakref import WeakValueDictionary

from aiohttp import AddrInfoType, ClientResponse
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.connector import Connection

from bot.core.page.public_address import is_public

LookUp = Callable[[str, int, int, int], list[Any]]
"""As socket.getaddrinfo: (host, port, family, type) to what it gives; may take its time."""

_THREADS = 16  # name servers may take seconds; those who wait for them wait here


class NotPublicError(OSError):
    """An IP address is not one of the public internet."""

    def __init__(self) -> None:
        super().__init__(errno.EACCES, "not a public address")


class TooMuchError(OSError):
    """A server sends more than was to be taken from it."""

    def __init__(self) -> None:
        super().__init__(errno.EMSGSIZE, "too much")


class MeteredSocket(socket.socket):
    """A socket that takes in so many bytes at the most, of whatever they are."""

    left = 0

    def recv(self, size: int, flags: int = 0, /) -> bytes:
        """Receive bytes; raises TooMuchError when there are more than were `left`."""
        data = super().recv(size, flags)
        self._count(len(data))
        return data

    def recv_into(self, buffer: Any, size: int = 0, flags: int = 0, /) -> int:  # noqa: ANN401 - Buffer, from Python 3.12 on
        """Receive bytes into a buffer; raises TooMuchError as `recv`."""
        count = super().recv_into(buffer, size, flags)
        self._count(count)
        return count

    def _count(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise TooMuchError


Sockets = Callable[[AddrInfoType], MeteredSocket]
"""Makes the socket for an address, not connected yet."""


def open_socket(info: AddrInfoType) -> MeteredSocket:
    """Make a socket for an address."""
    return MeteredSocket(info[0], info[1], info[2])


def only_public(sockets: Sockets) -> Sockets:
    """Make sockets for public addresses alone; raises NotPublicError for others."""

    def checked(info: AddrInfoType) -> MeteredSocket:
        if not is_public(str(info[4][0])):
            raise NotPublicError
        return sockets(info)

    return checked


class ByteMeter:
    """Lets each socket take in `most` bytes, and as many again with each answer."""

    def __init__(self, sockets: Sockets, most: int) -> None:
        self._sockets = sockets
        self._most = most
        self._open: WeakValueDictionary[int, MeteredSocket] = WeakValueDictionary()
        self.answers = type("MeteredAnswer", (MeteredAnswer,), {"meter": self})
        """The class of the answers that come through these sockets."""

    def open(self, info: AddrInfoType) -> MeteredSocket:
        """Make a socket for an address."""
        made = self._sockets(info)
        made.left = self._most
        self._open[made.fileno()] = made
        return made

    def refill(self, transport: BaseTransport) -> MeteredSocket | None:
        """Let a connection take in one more answer, and give its socket; None if it is closed."""
        made = self._open.get(transport.get_extra_info("socket").fileno())
        if made is not None:
            made.left = self._most
        return made


class MeteredAnswer(ClientResponse):
    """An answer whose bytes are counted as they come in."""

    meter: ByteMeter
    _socket: MeteredSocket | None = None

    @property
    def is_too_much(self) -> bool:
        """Whether it broke off because there was more of it than was to be taken."""
        return self._socket is not None and self._socket.left < 0

    async def start(self, connection: Connection) -> ClientResponse:
        """Begin to read the answer."""
        if connection.transport is not None:
            self._socket = self.meter.refill(connection.transport)
        return await super().start(connection)


class Names(AbstractResolver):
    """Resolves names in threads of its own; if one address of a name is not public, none counts.

    With `allow_private` all do.
    """

    def __init__(self, look_up: LookUp = socket.getaddrinfo, *, allow_private: bool) -> None:
        self._look_up = look_up
        self._allow_private = allow_private
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="names")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the addresses of a name; raises OSError, NotPublicError among them."""
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(
            self._threads, self._look_up, host, port, family, socket.SOCK_STREAM
        )
        answers = [_answer(host, port, *info) for info in found]
        if not answers:
            raise OSError(errno.ENOENT, "no address")
        if not self._allow_private and not all(is_public(answer["host"]) for answer in answers):
            raise NotPublicError
        return answers

    async def close(self) -> None:
        """Take no more names; those that are asked for end by themselves."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _answer(
    name: str,
    port: int,
    family: int,
    _type: int,
    proto: int,
    _canonical: str,
    address: tuple[Any, ...],
) -> ResolveResult:
    host = address[0]
    if family == socket.AF_INET6 and len(address) > 3 and address[3] and "%" not in host:
        host += f"%{address[3]}"  # the zone is a part of such an address
    return ResolveResult(
        hostname=name,
        host=host,
        port=port,
        family=family,
        proto=proto,
        flags=socket.AI_NUMERICHOST,
    )
