"""Where a connection begins: names to IP addresses, and sockets, to the public internet alone.

A name with any address inside is refused when it is resolved. Every socket is checked again by
the very address that it is to be connected to, whatever that came from: a name, an address with
an IP address as its host, a redirect, or an answer that differs from the one before.
"""

import asyncio
import errno
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from aiohttp import AddrInfoType
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.core.address import is_public

LookUp = Callable[[str, int, int, int], list[Any]]
"""As socket.getaddrinfo: (host, port, family, type) to what it gives; may take its time."""
Sockets = Callable[[AddrInfoType], socket.socket]
"""Makes the socket for an address, not connected yet."""

_THREADS = 16  # name servers may take seconds; those who wait for them wait here


class NotPublicError(OSError):
    """An IP address is not one of the public internet."""

    def __init__(self) -> None:
        super().__init__(errno.EACCES, "not a public address")


def open_socket(info: AddrInfoType) -> socket.socket:
    """Make a socket for an address."""
    return socket.socket(info[0], info[1], info[2])


def only_public(sockets: Sockets) -> Sockets:
    """Make sockets for public addresses alone; raises NotPublicError for others."""

    def checked(info: AddrInfoType) -> socket.socket:
        if not is_public(str(info[4][0])):
            raise NotPublicError
        return sockets(info)

    return checked


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
        """Give the addresses of a name; raises OSError, NotPublicError among them."""
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
