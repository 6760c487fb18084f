"""Fetching never leaves the public internet: every way in is tried, and the sockets are watched.

No name server and no public host is asked: tests/fakes/internet.py stands for both, with servers
of this machine at public IP addresses.
"""

import asyncio
import socket
import sys
from collections import Counter
from ipaddress import ip_address
from random import Random

import aiohttp
import pytest

from bot.adapters.web.fetcher import Web
from bot.adapters.web.public_sockets import Names, NotPublicError, only_public, open_socket
from bot.core.page.public_address import is_public
from bot.errors import FetchError
from tests.fakes.hostile_server import page, redirect, serve
from tests.fakes.internet import Internet

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

PUBLIC = "93.184.215.14"
INSIDE = [
    "0.0.0.0",  # noqa: S104 - nobody binds to it here
    "127.0.0.1", "10.0.0.1", "172.16.9.9", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "224.0.0.251", "::1", "::", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "fe80::1",
    "fc00::1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::", "ff02::1", "fec0::1",
]  # fmt: skip


async def outcome(web, url):
    """Return the reason of a fetch that was refused, or the status of one that was not."""
    try:
        return (await web.get(url)).status
    except FetchError as error:
        return error.reason


def internet(port, **names):
    """Return an internet with a local server at PUBLIC and at every address inside."""
    return Internet(
        {"good.example": [[PUBLIC]]} | {f"{name}.example": names[name] for name in names},
        dict.fromkeys([PUBLIC, *INSIDE], port),
    )


async def test_a_public_host_is_reached_at_the_address_of_its_name():
    async with serve({"/": page()}) as server:
        net = internet(server.port)
        async with Web(look_up=net.look_up, sockets=net.socket) as web:
            assert await outcome(web, "http://good.example/") == 200
            assert await outcome(web, f"http://{PUBLIC}/") == 200
    assert net.reached == [(PUBLIC, 80)] * 2
    assert [line for line in server.heads[0].splitlines() if "Host" in line] == [
        "Host: good.example"
    ]


@pytest.mark.parametrize("ip", INSIDE)
async def test_a_name_of_an_address_inside_is_not_reached(ip):
    async with serve({"/": page()}) as server:
        net = internet(server.port, bad=[[ip]], both=[[PUBLIC, ip]], other=[[ip, PUBLIC]])
        async with Web(look_up=net.look_up, sockets=net.socket) as web:
            for host in ("bad", "both", "other"):
                assert await outcome(web, f"https://{host}.example/") == "private"
    assert net.reached == []
    assert server.connections == 0


@pytest.mark.parametrize("ip", INSIDE)
async def test_the_socket_itself_refuses_an_address_inside(ip):
    """As if the checks of addresses and of names had both let it pass."""
    made = []
    infos = socket.getaddrinfo(ip, 80, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    with pytest.raises(NotPublicError):
        only_public(made.append)(infos[0])
    assert made == []
    names = Names(lambda *_: infos, allow_private=True)
    connector = aiohttp.TCPConnector(resolver=names, socket_factory=only_public(made.append))
    async with aiohttp.ClientSession(connector=connector) as session:
        for host in ("any.example", f"[{ip}]" if ":" in ip else ip):
            with pytest.raises(aiohttp.ClientConnectorError) as caught:
                await session.get(f"http://{host}/")
            assert isinstance(caught.value.os_error, NotPublicError)
    await names.close()
    assert made == []


def test_a_socket_is_made_for_a_public_address():
    info = (socket.AF_INET, socket.SOCK_STREAM, 6, "", (PUBLIC, 80))
    with only_public(open_socket)(info) as made:
        assert made.type == socket.SOCK_STREAM


async def test_a_name_that_turns_private_between_two_fetches_is_not_reached_again():
    async with serve({"/": page(Connection="close")}) as server:
        net = internet(server.port, turning=[[PUBLIC], ["127.0.0.1"]])
        for expected in (200, "private", "private"):
            async with Web(look_up=net.look_up, sockets=net.socket) as web:
                assert await outcome(web, "http://turning.example/") == expected
    assert net.reached == [(PUBLIC, 80)]
    assert net.asked == ["turning.example"] * 3


async def test_a_name_that_turns_private_within_a_fetch_is_reached_where_it_was_checked():
    """There is one look-up between the check and the connection: none to answer otherwise."""
    answers = {"/": redirect("https://turning.example/next")}
    async with serve(answers) as server:
        net = internet(server.port, turning=[[PUBLIC], ["127.0.0.1"]])
        async with Web(look_up=net.look_up, sockets=net.socket) as web:
            assert await outcome(web, "http://turning.example/") == "private"
    assert net.reached == [(PUBLIC, 80)]
    assert server.paths == ["/"]


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://127.0.0.1/", "private"),
        ("http://[::1]/", "private"),
        ("http://[::ffff:127.0.0.1]/", "private"),
        ("http://169.254.169.254/latest/meta-data/", "private"),
        ("//localhost/", "private"),
        ("http://inside.example/", "private"),
        ("http://metadata.google.internal/", "private"),
        ("http://good.example@127.0.0.1/", "private"),
        ("http://2130706433/", "bad-address"),
        ("http://0x7f.1/", "bad-address"),
        ("http://0177.0.0.1/", "bad-address"),
        ("http://①②⑦.⓪.⓪.①/", "private"),
        ("http://[::1%25lo]/", "bad-address"),
        ("http://good.example:6379/", "port"),
        ("file:///etc/passwd", "scheme"),
        ("ftp://good.example/", "scheme"),
        ("gopher://127.0.0.1:6379/_FLUSHALL", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("data:text/html,<title>x</title>", "scheme"),
        ("http://[", "bad-address"),
    ],
)
async def test_a_redirect_to_where_nobody_may_go_is_refused(location, reason):
    async with serve({"/": redirect("/again"), "/again": redirect(location)}) as server:
        net = internet(server.port, inside=[["192.168.1.1"]])
        async with Web(look_up=net.look_up, sockets=net.socket) as web:
            assert await outcome(web, "http://good.example/") == reason
    assert server.paths == ["/", "/again"]
    assert set(net.reached) == {(PUBLIC, 80)}


async def test_only_a_port_that_is_allowed_is_reached():
    async with serve({"/": page()}) as server:
        net = internet(server.port)
        options = {"look_up": net.look_up, "sockets": net.socket}
        async with Web(ports={80, 8080}, **options) as web:
            assert await outcome(web, "http://good.example:8080/") == 200
            assert await outcome(web, "https://good.example/") == "port"
            assert await outcome(web, "http://127.0.0.1:8080/") == "private"
    assert net.reached == [(PUBLIC, 8080)]


async def test_private_addresses_are_open_to_those_who_allow_them():
    async with serve({"/": page()}) as server:
        async with Web(allow_private=True) as web:
            assert await outcome(web, server.url("/")) == 200
            assert await outcome(web, server.url("/").replace("127.0.0.1", "localhost")) == 200
        async with Web(ports={server.port}) as web:
            assert await outcome(web, server.url("/")) == "private"
            assert await outcome(web, server.url("/").replace("127.0.0.1", "localhost")) == (
                "private"
            )
    assert server.connections == 2


async def test_a_proxy_of_the_environment_is_not_used(monkeypatch, tmp_path):
    (tmp_path / ".netrc").write_text("default login me password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    async with serve({"/": page()}) as server, serve({}) as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "https_proxy"):
            monkeypatch.setenv(name, proxy.url("/"))
        async with Web(allow_private=True) as web:
            assert await outcome(web, server.url("/")) == 200
    assert proxy.connections == 0
    assert "Authorization" not in server.heads[0]


# --- addresses from a fuzzer -------------------------------------------------------------------

HOSTS = [
    "good.example", "localhost", "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1",
    "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[fe80::1%25lo]", "[64:ff9b::7f00:1]", PUBLIC,
    "[2606:4700::1111]", "日本.example", "xn--ls8h.example", "①②⑦.⓪.⓪.①", "127。0。0。1",
    "a.localhost", "169.254.169.254", "0", "[::]", "metadata.google.internal", "nas.local",
    "１２７.0.0.1", "％31",
]  # fmt: skip
PIECES = [
    "http", "https", "HTTP", "ftp", "file", ":", "//", "/", "\\", "@", "#", "?", "%", "%2e", "%00",
    ":80", ":443", ":22", ":0", ":99999", "[", "]", ".", "..", "-", "_", " ", "\t", "\r\n", "\0",
    "\u202e", "\u200b", "\ud800", "\udc80", "あ", "é", "ß", "💥", "user:pass@", "&a=b", "。",
    "a" * 300,
]  # fmt: skip


def fuzzed(random):
    """Return an address, or what is nearly one."""
    host = random.choice(HOSTS)
    if random.random() < 0.3:
        host = str(ip_address(random.getrandbits(32)))
    elif random.random() < 0.1:
        host = f"[{ip_address(random.getrandbits(128))}]"
    elif random.random() < 0.5:
        host = f"host{random.randrange(1000)}.example"
    port = random.choice(["", "", "", "", ":80", ":443", ":22"])
    path = random.choice(["", "/", "/a?b#c", "/b"])
    text = f"{random.choice(['http', 'https'])}://{host}{port}{path}"
    for _ in range(random.choice([0, 0, 0, 1, 2, 3])):
        at = random.randrange(len(text) + 1)
        end = at + random.choice([0, 0, 0, 1, 3])
        text = text[:at] + random.choice(PIECES + HOSTS) + text[end:]
    return text


@pytest.fixture(scope="module")
def connections():
    """Yield where sockets of this process are connected to, as the interpreter itself tells it."""
    seen, on = [], [True]

    def watch(event, args):
        if event == "socket.connect" and on:
            seen.append(args[1])

    sys.addaudithook(watch)  # there is no way to take it away
    yield seen
    on.clear()


@pytest.mark.parametrize("count", [2000, pytest.param(100_000, marks=pytest.mark.soak)])
async def test_no_fuzzed_address_raises_or_reaches_an_address_inside(count, connections):
    random = Random(count)  # noqa: S311 - the same each time
    addresses = [fuzzed(random) for _ in range(count)]
    connections.clear()
    ends: Counter[object] = Counter()
    answers = {"/": page(), "/a": redirect("//host1.example/"), "/b": redirect("//127.0.0.1/")}
    async with serve(answers) as server:
        net = internet(server.port)

        def look_up(host, port, family, kind):
            ips = random.choice([[PUBLIC]] * 9 + [[ip] for ip in INSIDE] + [[PUBLIC, "::1"]] * 3)
            return [(socket.AF_INET, kind, 6, "", (ip, port)) for ip in ips]

        async with Web(look_up=look_up, sockets=net.socket) as web:
            for start in range(0, count, 100):
                some = addresses[start : start + 100]
                ends.update(await asyncio.gather(*(outcome(web, url) for url in some)))
    assert sum(ends.values()) == count
    assert ends[200] > count / 100  # some do reach a page
    assert {"bad-address", "private", "scheme", "port", "unreachable"} <= ends.keys()
    assert [ip for ip, _ in net.reached if not is_public(ip) or not ip_address(ip).is_global] == []
    assert {port for _, port in net.reached} == {80, 443}
    assert set(connections) == {("127.0.0.1", server.port)}  # the detour, and nothing else
    assert len(connections) <= len(net.reached)
