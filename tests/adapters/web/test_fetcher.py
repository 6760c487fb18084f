"""Fetching from servers that behave, over real sockets: what is asked, read and kept."""

import asyncio
import gzip
import zlib
from collections import Counter
from contextlib import asynccontextmanager

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot import __version__
from bot.adapters.web.fetcher import Limits, Web, retry_after
from bot.errors import FetchError
from tests.fakes.hostile_server import (
    MIB,
    PACKERS,
    endless,
    head,
    packed,
    page,
    raw,
    redirect,
    serve,
)
from tests.fakes.internet import Internet
from tests.patience import LONGEST

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

PAGE = "<!doctype html><title>超伝導の話</title>".encode()


@asynccontextmanager
async def local(answers, **options):
    """Return a server, and the web as one who runs it inside has it."""
    async with serve(answers) as server, Web(allow_private=True, **options) as web:
        yield server, web


async def test_a_page_is_given_as_it_was_sent():
    async with local({"/a": page(PAGE, Content_Type="text/html; charset=x-sjis")}) as (server, web):
        fetched = await web.get(server.url("/a"))
    assert (fetched.url, fetched.status) == (server.url("/a"), 200)
    assert fetched.content_type == "text/html; charset=x-sjis"
    assert fetched.body == PAGE
    assert not fetched.cut
    assert fetched.retry_after is None


async def test_a_request_says_who_asks_and_nothing_that_is_not_needed():
    async with local({"/a": page(Set_Cookie="id=1; Path=/")}) as (server, web):
        address = server.url("/a?q=あ#part").replace("//", "//name:password@")
        for _ in range(2):
            await web.get(address, accept="text/html", language="ja")
    lines = server.heads[1].split("\r\n")
    assert lines[0] == "GET /a?q=%E3%81%82 HTTP/1.1"
    assert sorted(filter(None, lines[1:])) == [
        "Accept-Encoding: gzip, deflate, br, zstd",
        "Accept-Language: ja, *;q=0.5",
        "Accept: text/html",
        f"Host: 127.0.0.1:{server.port}",
        f"User-Agent: Rundown/{__version__} (podcast show notes; link preview)",
    ]


@pytest.mark.parametrize("language", [None, "", "ja\r\nX: y", "日本語"])
async def test_no_language_is_asked_for_where_it_is_none(language):
    async with local({"/a": page()}) as (server, web):
        await web.get(server.url("/a"), language=language)
    assert "Accept-Language" not in server.heads[0]


@pytest.mark.parametrize("encoding", PACKERS)
async def test_a_packed_page_is_inflated(encoding):
    body = PAGE * 5000
    answers = {"/a": packed(encoding, PACKERS[encoding](body))}
    async with local(answers) as (server, web):
        assert (await web.get(server.url("/a"))).body == body


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("deflate", zlib.compress(PAGE)[2:-4]),  # without zlib's wrapper, as many servers send it
        ("x-gzip", gzip.compress(PAGE)),
        ("GZIP", gzip.compress(PAGE)),
        ("gzip, identity", gzip.compress(PAGE)),
        ("gzip", gzip.compress(PAGE[:9]) + gzip.compress(PAGE[9:])),
        ("gzip", gzip.compress(PAGE) + b"\0\0\0"),
        ("gzip", gzip.compress(PAGE)[:-4]),
        ("zstd", PACKERS["zstd"](PAGE[:9]) + PACKERS["zstd"](PAGE[9:])),
        ("utf-8", PAGE),
        ("identity", PAGE),
    ],
    ids=lambda value: value if isinstance(value, str) else "",  # gzip holds the time
)
async def test_what_servers_call_packed_is_read_as_browsers_read_it(encoding, body):
    async with local({"/a": packed(encoding, body)}) as (server, web):
        assert (await web.get(server.url("/a"))).body == PAGE


async def test_reading_stops_where_it_is_enough():
    seen = []

    def enough(piece):
        seen.append(piece)
        return b"</head>" in piece

    start = head(Content_Type="text/html", Content_Length=10**9) + b"<title>x</title></head>"
    async with local({"/a": endless(start, bytes(65536))}) as (server, web):
        fetched = await web.get(server.url("/a"), enough=enough)
        assert fetched.body.startswith(b"<title>x</title></head>")
        assert fetched.body == b"".join(seen)
        assert not fetched.cut
        # It is closed, while others may still be asked.
        await asyncio.wait_for(server.quiet.wait(), LONGEST)
    assert server.sent < 32 * MIB  # what the system holds between the two


async def test_a_page_in_one_piece_is_not_read_twice_nor_its_connection_closed():
    async with local({"/a": page(PAGE)}) as (server, web):
        for _ in range(3):
            await web.get(server.url("/a"), enough=lambda piece: True)
    assert server.connections == 1


async def test_a_page_is_cut_at_the_most_that_is_read():
    body = bytes(range(256)) * 8192
    async with local({"/a": page(body)}) as (server, web):
        fetched = await web.get(server.url("/a"))
    assert fetched.body == body[:MIB]
    assert fetched.cut


async def test_a_page_of_just_the_most_is_whole():
    body = bytes(MIB)
    async with local({"/a": page(body)}) as (server, web):
        fetched = await web.get(server.url("/a"))
    assert (fetched.body, fetched.cut) == (body, False)


@pytest.mark.parametrize("kind", ["image/png", "Audio/MPEG", "video/mp4; codecs=x", "font/woff2"])
async def test_nothing_is_read_of_pictures_sound_and_films(kind):
    start = head(Content_Type=kind, Content_Length=10**9)
    async with local({"/a": endless(start, bytes(65536))}) as (server, web):
        fetched = await web.get(server.url("/a"))
    assert (fetched.content_type, fetched.body, fetched.cut) == (kind, b"", False)


async def test_a_refusal_is_an_answer_like_any_other():
    answers = {"/a": page(b"slowly!", "429 Too Many Requests", Retry_After="120")}
    async with local(answers) as (server, web):
        fetched = await web.get(server.url("/a"))
        gone = await web.get(server.url("/b"))
    assert (fetched.status, fetched.body, fetched.retry_after) == (429, b"slowly!", 120.0)
    assert (gone.status, gone.body) == (404, b"")


async def test_a_date_to_come_back_at_is_told_in_seconds_from_now():
    answers = {"/a": page(b"", "503 Busy", Retry_After="Sun, 22 Nov 2026 07:00:30 GMT")}
    async with local(answers, clock=lambda: 1795330800.0) as (server, web):
        assert (await web.get(server.url("/a"))).retry_after == 30.0


@given(st.text())
@example("Sun, 22 Nov 99999 07:00:30 GMT")
@example("Sun, 22 Nov 2026 99:99:99 +9999999")
@example("²")
@example("9" * 5000)
def test_any_date_to_come_back_at_is_a_time_to_come_or_none(text):
    seconds = retry_after(text, 0.0)
    assert seconds is None or 0 <= seconds < 10**12


async def test_redirects_are_followed_to_the_page():
    answers = {
        "/a": redirect("b/../c?x#y", "301 Moved Permanently"),
        "/c": redirect("//127.0.0.1:{port}/d", "308 Permanent Redirect", b"see there"),
        "/d": redirect("/\u3042 \udc8d", "303 See Other"),
        "/%E3%81%82%20%8D": page(PAGE),
    }
    async with local(answers) as (server, web):
        server.answers["/c"] = redirect(f"//127.0.0.1:{server.port}/d")
        fetched = await web.get(server.url("/a"))
    assert fetched.url == server.url("/%E3%81%82%20%8D")
    assert fetched.body == PAGE
    assert server.paths == ["/a", "/c?x", "/d", "/%E3%81%82%20%8D"]
    assert server.connections == 1


async def test_a_redirect_that_leads_nowhere_is_the_answer():
    answers = {"/a": page(PAGE, "302 Found"), "/b": redirect("/a", "300 Choose", PAGE)}
    async with local(answers) as (server, web):
        assert (await web.get(server.url("/a"))).body == PAGE
        assert (await web.get(server.url("/b"))).body == PAGE


async def test_connections_are_few_a_host_and_kept():
    answers = {f"/{number}": page(after=0.01) for number in range(40)}
    async with local(answers) as (server, web):
        await asyncio.gather(*(web.get(server.url(path)) for path in answers))
    assert server.most_open == server.connections == 4
    assert Counter(server.paths) == Counter(list(answers))


async def test_fetches_are_bounded_in_all():
    hosts = [f"host{number}.example" for number in range(30)]
    busy, most = 0, 0

    async def answer(line):
        nonlocal busy, most
        busy += 1
        most = max(most, busy)
        await page(after=0.02)(line)
        busy -= 1

    async with serve({"/": answer}) as server:
        net = Internet({host: [["8.8.8.8"]] for host in hosts}, {"8.8.8.8": server.port})
        limits = Limits(at_once=6)
        async with Web(limits=limits, look_up=net.look_up, sockets=net.socket) as web:
            await asyncio.gather(*(web.get(f"http://{host}/") for host in hosts))
    assert most == 6
    assert len(server.heads) == 30


async def test_the_time_of_a_fetch_begins_with_its_turn():
    limits = Limits(total=2, at_once_a_host=1)
    async with local({"/": page(after=0.3)}, limits=limits) as (server, web):
        fetched = await asyncio.gather(*(web.get(server.url("/")) for _ in range(8)))
    assert [each.status for each in fetched] == [200] * 8


async def test_a_fetch_that_is_given_up_gives_back_its_turn():
    limits = Limits(at_once=1, at_once_a_host=1)
    async with local({"/": page(), "/slow": page(after=60)}, limits=limits) as (server, web):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await web.get(server.url("/slow"))
        assert (await web.get(server.url("/"))).status == 200


async def test_a_connection_that_was_kept_and_closed_by_the_server_is_opened_again():
    async def answer(line):
        await line.send(head(Content_Length=2) + b"ok")
        line.end()  # without a word of it

    async with local({"/": answer}) as (server, web):
        for _ in range(3):
            assert (await web.get(server.url("/"))).body == b"ok"
            await asyncio.sleep(0.01)


async def test_a_name_is_resolved_by_the_system():
    async with local({"/": page(PAGE)}) as (server, web):
        assert (await web.get(f"http://localhost:{server.port}/")).body == PAGE


async def test_a_name_that_nobody_knows_is_said_to_be_so():
    async with Web(look_up=Internet({}, {}).look_up) as web:
        with pytest.raises(FetchError) as caught:
            await web.get("https://gone.example/secret")
    assert caught.value.reason == "dns"
    assert caught.value.values == {"host": "gone.example"}


async def test_an_old_answer_without_headers_ends_with_the_connection():
    async with local({"/": raw(b"HTTP/1.0 200 OK\r\n\r\n" + PAGE)}) as (server, web):
        fetched = await web.get(server.url("/"))
    assert (fetched.body, fetched.content_type) == (PAGE, None)
