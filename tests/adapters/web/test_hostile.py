"""Fetching from servers that do their worst, over real sockets: how each fetch ends, and how soon.

The limits are shortened where a test would have to wait for them.
"""

import asyncio
import json
import os
import ssl
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.web.decompress import STEP, InflateError, Inflater
from bot.adapters.web.fetcher import Limits, Web
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
    zeros,
)
from tests.needs import ROOT, need
from tests.patience import LONGEST

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = head(Transfer_Encoding="chunked")
SHORT = Limits(total=0.4, silence=0.2)
PATIENT = Limits(total=LONGEST, silence=LONGEST)


async def refused(answers, path="/", *, limits=PATIENT, **options):
    """Return why a fetch from such a server ends without a page."""
    async with serve(answers, **options) as server, Web(allow_private=True, limits=limits) as web:
        with pytest.raises(FetchError) as caught:
            await web.get(server.url(path, "https" if options else "http"))
        assert caught.value.values["host"] == "127.0.0.1"
        assert "\n" not in caught.value.say("en") + caught.value.say("ja")
    return caught.value.reason


@pytest.mark.parametrize(
    "answer",
    [
        endless(OK, b"X-Filler: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n"),
        endless(OK + b"X-Filler: ", b"a" * 4096),
        endless(OK, b"a" * 4096),
        endless(b"HTTP/1.1 200 ", b"OK" * 2048),
        endless(b"", b"x" * 4096),
        endless(b"", b"HTTP/1.1 102 Processing\r\n\r\n" * 100),
        raw(OK + b"X: y\r\n" * 10_000 + b"\r\n"),
        raw(OK + b"Set-Cookie: " + b"a" * MIB + b"\r\n\r\n"),
        raw(OK + b"X: a\0b\r\n\r\n"),
        raw(OK + b"X\0: b\r\n\r\n"),
        raw(b"HTTP/1.1 200 O\0K\r\nX\0\r\n\r\n"),
        raw(b"\0" * 1000),
        raw(b"SSH-2.0-OpenSSH_9.2\r\n"),
        raw(b"220 mail.example ESMTP\r\n"),
        raw(b"HTTP/1.1 9999999 OK\r\n\r\n"),
        raw(b"HTTP/9.9 200 OK\r\n\r\n"),
        raw(CHUNKED + b"x\r\nhello\r\n0\r\n\r\n"),
        raw(CHUNKED + b"-5\r\nhello\r\n0\r\n\r\n"),
        raw(OK + b"Content-Length: -5\r\n\r\nhello"),
        raw(OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"),
        raw(OK + b"Content-Length: 99999999999999999999999\r\n\r\nhello!"),
        raw(OK + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nhello"),
    ],
)
async def test_what_is_no_http_or_has_too_large_a_header_is_a_bad_answer(answer):
    assert await refused({"/": answer}) == "bad-answer"


@pytest.mark.parametrize(
    "answer",
    [
        endless(OK + b"Content-Type: text/html\r\n\r\n", b"a", pause=0.02),
        endless(CHUNKED, b"1\r\na\r\n", pause=0.02),
        endless(OK, b"X", pause=0.02),
        endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n", pause=0.001),
        endless(CHUNKED + b"1;", b"a", pause=0.02),
        endless(packed_head := head(Content_Encoding="gzip"), b"", pause=0.02),
        endless(packed_head + zeros("gzip", 1)[:20], b"\0", pause=0.02),
        page(after=60),
        raw(OK, b"", pause=60),
        raw(OK + b"\r\n<title>", b"", pause=60),
    ],
)
async def test_who_drips_or_says_nothing_takes_too_long(answer):
    assert await refused({"/": answer}, limits=SHORT) == "too-slow"


async def test_silence_ends_a_fetch_before_its_whole_time():
    limits = Limits(total=60, silence=0.1)
    assert await refused({"/": page(after=60)}, limits=limits) == "too-slow"
    half = raw(head(Content_Length=100) + b"<title>", b"x", pause=60)
    assert await refused({"/": half}, limits=limits) == "too-slow"


async def test_redirects_share_the_time_of_one_fetch():
    steps = {f"/{n}": page(b"", "302 Found", after=0.15, Location=f"/{n + 1}") for n in range(6)}
    limits = Limits(total=0.4, redirects=10)
    assert await refused(steps, "/0", limits=limits) == "too-slow"


@pytest.mark.parametrize(
    "answer",
    [
        raw(b""),
        raw(b"HTTP/1.1 200 OK\r\nContent-"),
        raw(head(Content_Length=100) + b"<title>half of"),
        raw(CHUNKED + b"5\r\nhel"),
        raw(CHUNKED + b"5\r\nhello\r\n"),
        endless(CHUNKED + b"5\r\nhello\r\n0\r\n", b"X: y\r\n"),  # more than it may put there
    ],
)
async def test_who_does_not_end_a_page_as_promised_has_broken_off(answer):
    assert await refused({"/": answer}) == "closed"


async def test_what_follows_a_body_is_never_taken_for_the_next_answer():
    more = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"
    longer = raw(head(Content_Length=5) + b"hello", more, pause=0.01)
    async with serve({"/a": longer, "/b": page(b"b")}) as server, Web(allow_private=True) as web:
        assert (await web.get(server.url("/a"))).body == b"hello"
        await server.quiet.wait()  # all is sent
        await asyncio.sleep(0.05)
        assert (await web.get(server.url("/b"))).body == b"b"


async def test_a_body_longer_than_it_was_said_to_be_is_a_bad_answer():
    assert await refused({"/": raw(head(Content_Length=5) + b"hello, world")}) == "bad-answer"


async def test_a_port_that_nobody_serves_is_unreachable():
    async with serve({}) as server:
        address = server.url("/")
    async with Web(allow_private=True) as web:
        with pytest.raises(FetchError) as caught:
            await web.get(address)
    assert caught.value.reason == "unreachable"


async def test_an_endless_page_is_cut_and_left():
    answers = {"/": endless(OK + b"\r\n<head>", b"<meta name=x content=y>" * 1000)}
    async with serve(answers) as server, Web(allow_private=True) as web:
        fetched = await web.get(server.url("/"))
        await asyncio.wait_for(server.quiet.wait(), LONGEST)
    assert (len(fetched.body), fetched.cut) == (MIB, True)
    assert server.sent < 32 * MIB  # what the system holds between the two


@pytest.mark.parametrize(
    ("wrapping", "length"),
    [
        (endless(CHUNKED + b"1;", b"a" * 4096), 0),
        (endless(CHUNKED, b"1\r\na\r\n" * 1000), 260_000),
    ],
)
async def test_what_a_page_is_wrapped_in_counts_too(wrapping, length):
    async with serve({"/": wrapping}) as server, Web(allow_private=True) as web:
        begun = time.process_time()
        fetched = await web.get(server.url("/"))
        assert time.process_time() - begun < 2.0  # of both
        await asyncio.wait_for(server.quiet.wait(), LONGEST)
    assert fetched.cut
    assert length <= len(fetched.body) <= length * 1.1
    assert server.sent < 32 * MIB


@pytest.mark.parametrize("encoding", PACKERS)
async def test_a_gigabyte_of_zeros_is_inflated_as_far_as_its_limit(encoding):
    answers = {"/": packed(encoding, zeros(encoding, 1024))}
    async with serve(answers) as server, Web(allow_private=True) as web:
        begun = time.process_time()
        fetched = await web.get(server.url("/"))
        assert time.process_time() - begun < 0.5
    assert fetched.body == bytes(4 * MIB)
    assert fetched.cut


@pytest.mark.parametrize("encoding", PACKERS)
async def test_packed_pieces_are_small_whatever_they_are_fed(encoding):
    sizes = []
    for piece in Inflater(encoding).feed(zeros(encoding, 64)):
        sizes.append(len(piece))
        if sum(sizes) > 8 * MIB:
            break
    assert max(sizes) <= 2 * STEP


@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Encoding: gzip, gzip\r\n",
        b"Content-Encoding: gzip\r\nContent-Encoding: br\r\n",
        b"Content-Encoding: deflate, identity, zstd\r\n",
        b"Content-Encoding: " + b"gzip," * 1000 + b"gzip\r\n",
    ],
)
async def test_a_page_that_is_packed_twice_is_refused(headers):
    twice = PACKERS["gzip"](PACKERS["gzip"](b"<title>x</title>"))
    answers = {"/": raw(OK + headers + b"\r\n" + twice)}
    assert await refused(answers) == "encoding"


@pytest.mark.parametrize("encoding", PACKERS)
async def test_a_page_that_is_not_packed_as_it_says_is_refused(encoding):
    answers = {"/": packed(encoding, b"<title>\xff\xff plain</title>" * 10)}
    assert await refused(answers) == "encoding"


async def test_a_packed_page_with_a_window_of_128_mib_is_refused():
    frame = bytes.fromhex("28b52ffd 00 88") + b"\x01\0\0"  # the header says 2**27 and no more
    assert await refused({"/": packed("zstd", frame)}) == "encoding"


async def test_members_without_end_are_read_up_to_a_bound():
    answers = {"/": packed("gzip", PACKERS["gzip"](b"") * 100_000)}
    async with serve(answers) as server, Web(allow_private=True) as web:
        begun = time.process_time()
        fetched = await web.get(server.url("/"))
        assert time.process_time() - begun < 0.5
    assert fetched.body == b""


@given(st.sampled_from(list(PACKERS)), st.binary(max_size=200), st.binary(), st.integers(1, 50))
def test_inflating_gives_back_what_was_packed_however_it_comes(encoding, body, junk, step):
    data = PACKERS[encoding](body)
    inflater = Inflater(encoding)
    pieces = [data[at : at + step] for at in range(0, len(data), step)]
    assert b"".join(out for piece in pieces for out in inflater.feed(piece)) == body
    with suppress(InflateError):  # the one error there is
        list(Inflater(encoding).feed(data[:-1] + junk))


@pytest.mark.parametrize("count", [5, 6])
async def test_five_redirects_are_followed_and_no_more(count):
    answers = {f"/{n}": redirect(f"/{n + 1}") for n in range(count)} | {f"/{count}": page()}
    if count > 5:
        assert await refused(answers, "/0") == "redirects"
        return
    async with serve(answers) as server, Web(allow_private=True) as web:
        assert (await web.get(server.url("/0"))).url == server.url("/5")


async def test_a_loop_of_redirects_is_left():
    assert await refused({"/a": redirect("/b"), "/b": redirect("/a")}, "/a") == "redirects"
    assert await refused({"/": redirect("/#again")}) == "redirects"


async def test_the_body_of_a_redirect_is_not_read():
    start = head("302 Found", Location="/b", Content_Length=10**9)
    answers = {"/a": endless(start, bytes(65536)), "/b": page(b"there")}
    async with serve(answers) as server, Web(allow_private=True) as web:
        assert (await web.get(server.url("/a"))).body == b"there"
        await web.get(server.url("/b"))
    assert server.sent < 32 * MIB


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a certificate, with its key behind it, that nobody but us has signed."""
    need("openssl")
    folder = tmp_path_factory.mktemp("tls")
    key, signed = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", key, "-out", signed],
        check=True,
        capture_output=True,
    )  # fmt: skip
    signed.write_text(signed.read_text("ascii") + key.read_text("ascii"), "ascii")
    return signed


@pytest.fixture
def tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


async def test_a_certificate_that_nobody_vouches_for_is_refused(tls):
    assert await refused({"/": page()}, tls=tls) == "tls"


@pytest.mark.parametrize(
    "greeting", [b"HTTP/1.1 200 OK\r\n\r\n", b"\x15\x03\x01\0\x02\x02\x28", b"\0"]
)
async def test_who_speaks_no_tls_is_refused(greeting):
    async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.write(greeting)
        writer.close()

    server = await asyncio.start_server(greet, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, Web(allow_private=True, limits=SHORT) as web:
        with pytest.raises(FetchError) as caught:
            await web.get(f"https://127.0.0.1:{port}/")
    assert caught.value.reason in {"tls", "unreachable"}


CLIENT = """
import asyncio, json, re, sys
from pathlib import Path
from bot.adapters.web.fetcher import Limits, Web
from bot.errors import FetchError

async def ask(web, url):
    try:
        fetched = await web.get(url)
    except FetchError as error:
        return error.reason
    return f"{len(fetched.body)} cut" if fetched.cut else len(fetched.body)

def most():  # ru_maxrss would begin with what the parent had
    return int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) // 1024

async def main():
    warm, *urls = sys.argv[1:]
    async with Web(allow_private=True, limits=Limits(total=1.0, silence=0.5)) as web:
        for _ in range(3):
            await ask(web, warm)
        idle = most()
        for url in urls:
            end = await ask(web, url)
            print(json.dumps([url.rpartition("/")[2], end, most() - idle]), flush=True)

asyncio.run(main())
"""


async def client(urls: Iterable[str], **environment: str) -> list[tuple[str, object, int]]:
    """Fetch in a process of its own, the first to warm up; give name, end and MiB of the others."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", CLIENT, *urls),
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=os.environ | environment,
    )
    out, _ = await process.communicate()
    return [tuple(json.loads(line)) for line in out.splitlines()]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
async def test_a_certificate_that_is_vouched_for_is_trusted_and_its_server_no_more_than_others(
    tls, certificate
):
    answers = {
        "/page": page(bytes(20_000)),
        "/again": page(bytes(20_000)),
        "/redirect": redirect("/page"),
        "/body": endless(OK + b"\r\n", bytes(65536)),
        "/continue": endless(b"", b"HTTP/1.1 102 Wait\r\nX: " + b"y" * 8000 + b"\r\n\r\n"),
        "/chunk": endless(CHUNKED + b"1;", b"a" * 65536),
    }
    async with serve(answers, tls) as server:
        urls = [server.url(path, "https") for path in answers]
        ends = await client(urls, SSL_CERT_FILE=str(certificate))
    assert [end for _, end, _ in ends] == [20_000, 20_000, f"{MIB} cut", "bad-answer", "0 cut"]
    assert server.sent < 3 * 32 * MIB


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
async def test_no_server_makes_us_take_32_mib():
    answers = {
        "/page": page(bytes(20_000)),
        "/header": endless(OK, b"X-Filler: " + b"a" * 8000 + b"\r\n"),
        "/line": endless(OK + b"X: ", b"a" * 65536),
        "/chunk": endless(CHUNKED + b"1;", b"a" * 65536),
        "/continue": endless(b"", b"HTTP/1.1 102 Processing\r\nX: y\r\n\r\n" * 1000),
        "/trailer": endless(CHUNKED + b"1\r\na\r\n0\r\n", b"X: " + b"a" * 8000 + b"\r\n"),
        "/body": endless(OK + b"\r\n", bytes(65536)),
        "/redirect": endless(head("302 Found", Location="/body"), bytes(65536)),
        "/members": packed("gzip", PACKERS["gzip"](b"") * 100_000),
        "/pieces": endless(CHUNKED, b"1\r\na\r\n" * 10_000),
    } | {f"/{name}": packed(name, zeros(name, 1024)) for name in PACKERS}
    async with serve(answers) as server:
        ends = await client(map(server.url, answers))
    assert [name for name, _, _ in ends] == [path[1:] for path in list(answers)[1:]]
    assert [end for end in ends if end[2] >= 32] == []
