"""A public internet on this machine: names and IP addresses whose servers are local ones."""

import errno
import socket
from collections.abc import Mapping, Sequence
from itertools import chain, repeat
from typing import Any

from aiohttp import AddrInfoType

from bot.adapters.web.public_sockets import MeteredSocket


class Detour(MeteredSocket):
    """A socket that takes another way: to a port of 127.0.0.1, wherever it is told to go."""

    port = 0

    def connect(self, address: Any) -> None:
        super().connect(("127.0.0.1", self.port))


class Internet:
    """What stands for the system's name server and sockets.

    `names` gives each name its IP addresses, one list a look-up, the last for all that follow.
    `places` gives each IP address the port of 127.0.0.1 that it leads to. `asked` are the names
    that were looked up, `reached` the IP addresses and ports that sockets were made for.
    """

    def __init__(
        self, names: Mapping[str, Sequence[Sequence[str]]], places: Mapping[str, int]
    ) -> None:
        self._names = {
            name: chain(answers[:-1], repeat(answers[-1])) for name, answers in names.items()
        }
        self._places = places
        self.asked: list[str] = []
        self.reached: list[tuple[str, int]] = []

    def look_up(self, host: str, port: int, family: int, kind: int) -> list[Any]:
        self.asked.append(host)
        if host not in self._names:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return [
            (socket.AF_INET6, kind, 6, "", (ip, port, 0, 0))
            if ":" in ip
            else (socket.AF_INET, kind, 6, "", (ip, port))
            for ip in next(self._names[host])
        ]

    def socket(self, info: AddrInfoType) -> MeteredSocket:
        ip, port = str(info[4][0]), int(info[4][1])
        self.reached.append((ip, port))
        if ip not in self._places:
            raise OSError(errno.ENETUNREACH, "nothing there")
        detour = Detour(socket.AF_INET, socket.SOCK_STREAM)
        detour.port = self._places[ip]
        return detour
