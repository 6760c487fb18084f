"""Which addresses may be asked for: http and https, on the public internet, on the usual ports.

What a name resolves to is known only later: whoever connects asks `is_public` of the IP address
that the socket is to reach.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv4Network, IPv6Address, IPv6Network
from urllib.parse import urljoin

import idna

from bot.errors import FetchError

PORTS = frozenset({80, 443})

_LONGEST = 8192  # of an address: what servers take, and well over what anybody pastes
_USUAL = {"http": 80, "https": 443}
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,30}):")
_PARTS = re.compile(r"[Hh][Tt][Tt][Pp][Ss]?://(?:[^/?#\\]*@)?([^/?#\\]*)([^#]*)")
_AUTHORITY = re.compile(r"(\[[^\[\]]*\]|[^:\[\]]*)(?::([0-9]{0,5}))?")
_LABEL = re.compile(r"[a-z0-9_-]{1,63}")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_ENCODED = re.compile(rb"[^!#-;=?-\[\]_a-z~]")  # all but what an address may hold as it is
_INSIDE = ("localhost", "local", "internal", "home.arpa", "localdomain")


# --- IP addresses ------------------------------------------------------------------------------

# `is_global` of ipaddress differs from one Python to the next, and lets pass several of these.
_NOT_PUBLIC = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "168.63.129.16/32",  # a cloud's own service for its machines, at a public address
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",  # multicast, reserved, broadcast
    )
)
_MAPPED = IPv6Network("::ffff:0:0/96")
# All that is given out to the public internet, but for what is not: the old ways of putting an
# IPv4 address into an IPv6 one (Teredo, 6to4; NAT64 lies outside), documentation, and AS112.
_GLOBAL = IPv6Network("2000::/3")
_NOT_GLOBAL = tuple(
    IPv6Network(network)
    for network in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
)


def is_public(ip: str) -> bool:
    """Return whether an IP address is one of the public internet; False for what is none."""
    try:
        if ":" not in ip:
            return _is_public_v4(IPv4Address(ip))
        address = IPv6Address(ip)
    except AddressValueError:
        return False
    if address.scope_id is not None:
        return False
    if address in _MAPPED:
        return _is_public_v4(IPv4Address(int(address) & 0xFFFF_FFFF))
    if address not in _GLOBAL:
        return False
    return not any(address in network for network in _NOT_GLOBAL)


def _is_public_v4(address: IPv4Address) -> bool:
    return not any(address in network for network in _NOT_PUBLIC)


# --- addresses of pages ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Target:
    """An address as it may be asked for.

    `url` is ASCII, without name, password and fragment. `host` is a name in lower case, or an IP
    address without brackets.
    """

    url: str
    host: str


def target(url: str, *, allow_private: bool = False, ports: Collection[int] = PORTS) -> Target:
    """Return an address as it may be asked for.

    With `allow_private`, any host and any port will do. Raises FetchError (`scheme`,
    `bad-address`, `port`, `private`) where it must not be asked for.
    """
    start = _SCHEME.match(url)
    scheme = start[1].lower() if start else ""
    if start and scheme not in _USUAL:
        raise FetchError("web.scheme", scheme=scheme)
    parts = _PARTS.match(url) if len(url) <= _LONGEST else None
    authority = _AUTHORITY.fullmatch(parts[1]) if parts else None
    if parts is None or authority is None or parts[2].startswith("\\"):
        raise FetchError("web.bad-address", host=shown(url))
    try:
        host = _host(authority[1])
        rest = _ENCODED.sub(_in_percent, parts[2].encode("utf-8", "surrogateescape")).decode()
    except ValueError:
        raise FetchError("web.bad-address", host=shown(url)) from None
    port = int(authority[2] or _USUAL[scheme])
    if not 0 < port < 65536:
        raise FetchError("web.bad-address", host=shown(url))
    if not allow_private and port not in ports:
        raise FetchError("web.port", host=host, port=port)
    if not allow_private and _is_inside(host):
        raise FetchError("web.private", host=host)
    written = f"[{host}]" if ":" in host else host
    written += "" if port == _USUAL[scheme] else f":{port}"
    return Target(f"{scheme}://{written}{'' if rest.startswith('/') else '/'}{rest}", host)


def redirected(url: str, location: str) -> str:
    """Return the address that a redirect from `url` leads to, not yet checked.

    `location` is the header as it came, bytes that are no UTF-8 as surrogates.
    """
    try:
        return urljoin(url, location.strip())
    except ValueError:  # no address can be read in it
        raise FetchError("web.bad-address", host=shown(location)) from None


def shown(url: str) -> str:
    """Return what of an address may be told to people: its host, as far as there is one."""
    parts = _PARTS.match(url[:_LONGEST])
    host = parts[1] if parts else ""
    if not host.startswith("["):
        host = host.partition(":")[0]
    host = "".join(filter(str.isprintable, host)).strip()
    return (host[:80] + "…" if len(host) > 80 else host) or "…"


def _host(text: str) -> str:
    """Return the host of an address in its one spelling; ValueError where there is none."""
    if text.startswith("["):
        if "%" in text:  # a zone, which means something on one machine alone
            raise ValueError(text)
        return str(IPv6Address(text[1:-1]))
    host = text.lower() if text.isascii() else _ascii(text)
    host = host.removesuffix(".")
    labels = host.split(".")
    if len(host) > 253 or not all(map(_LABEL.fullmatch, labels)):
        raise ValueError(text)
    # Programs read 127.1, 2130706433 and 0x7f000001 as IP addresses; we only the plain form.
    return str(IPv4Address(host)) if _NUMBER.fullmatch(labels[-1]) else host


def _ascii(host: str) -> str:
    """Return an international host as it is asked for; ValueError where it is none."""
    if len(host) > 253:
        raise ValueError(host)
    try:
        return idna.encode(host, uts46=True).decode()
    except idna.IDNAError:
        return host.encode("idna").decode().lower()  # the older rules know hosts with emoji


def _is_inside(host: str) -> bool:
    """Return whether a host is of no public network, by its name or as an IP address."""
    if ":" in host or _NUMBER.fullmatch(host.rpartition(".")[2]):
        return not is_public(host)
    return "." not in host or f".{host}".endswith(tuple(f".{name}" for name in _INSIDE))


def _in_percent(match: re.Match[bytes]) -> bytes:
    return b"%%%02X" % ord(match[0])
