"""The way to GitHub: time-outs, names, certificates, proxies, and what stands in ~/.netrc."""

import ssl
import subprocess
from pathlib import Path

import pytest

from bot.errors import SiteError
from tests.adapters.github.github_house import (
    PATH,
    change,
    github_house,
    look_with,
    opened,
)
from tests.fakes.hostile_server import page, serve
from tests.needs import need

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


# --- slow, or not there at all -----------------------------------------------------------------


async def test_an_answer_that_never_comes_is_not_waited_for(tmp_path):
    async with github_house(tmp_path, seconds=2) as house:
        site = house.site()
        seen = await site.look(PATH, number="57")
        house.local.trouble("Commit", hang="after")
        commit = await site.commit(change(seen, "x"))
        assert commit.id == house.local.site.head()
        house.local.trouble("Look", hang="before", times=99)
        async with opened(house.local, house.clock, {}, seconds=0.2, limits={}) as hurried:
            with pytest.raises(SiteError, match=r"gave no answer within 0\.2 seconds"):
                await hurried.site().look(PATH, number="57")


async def test_nobody_at_the_address_is_told_with_its_host(house):
    dead = {"GITHUB_API_URL": "http://127.0.0.1:9", "GITHUB_GRAPHQL_URL": "http://127.0.0.1:9/x"}
    with pytest.raises(SiteError, match=r"127\.0\.0\.1 cannot be reached \(.*refused.*\)"):
        await look_with(house, dead)


async def test_a_name_that_nobody_has_is_told_with_its_host(house):
    gone = {"GITHUB_GRAPHQL_URL": "https://rundown.invalid/x"}
    with pytest.raises(SiteError, match=r"rundown\.invalid cannot be reached"):
        await look_with(house, gone)


async def test_a_server_without_tls_behind_https_is_told(house):
    async def plain(line):
        await line.send(b"HTTP/1.1 200 OK\r\n\r\n")
        line.end()

    async with serve({"/": plain}) as server:
        with pytest.raises(SiteError) as caught:
            await look_with(house, {"GITHUB_GRAPHQL_URL": server.url("/", "https")})
    assert caught.value.name in ("github.tls", "github.unreachable")


async def test_an_answer_without_end_is_not_read_to_the_end(house):
    house.local.site.edit(PATH, b"x" * 600_000)
    house.local.trouble("GET git/blobs", status=200, body=b"y" * (9 * 2**20))
    with pytest.raises(SiteError) as caught:
        await house.site().look(PATH, number="57")
    assert caught.value.name == "github.too-much"


# --- what the machine has ----------------------------------------------------------------------


@pytest.mark.parametrize("form", ["http://127.0.0.1:{port}", "127.0.0.1:{port}"])
async def test_a_proxy_of_the_environment_is_taken(house, monkeypatch, form):
    monkeypatch.setenv("http_proxy", form.format(port=house.local.port))
    await look_with(house, {"GITHUB_GRAPHQL_URL": "http://github.localhost/api/graphql"})
    assert house.asked() == ["Look"]


async def test_what_netrc_knows_of_the_host_is_none_of_ours(house, monkeypatch, tmp_path):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    assert (await house.site().look(PATH, number="57")).head


async def test_a_redirect_to_another_host_does_not_take_the_token_along(house):
    async with serve({"/elsewhere": page(b"{}")}) as server:
        place = server.url("/elsewhere").replace("127.0.0.1", "localhost")
        house.local.trouble("GET git/trees", status=301, body={}, headers={"Location": place})
        with pytest.raises(SiteError, match="does not answer as GitHub does"):
            await house.site().paths()
    assert "/elsewhere" in server.heads[0]
    assert house.local.token not in server.heads[0]


@pytest.fixture
def tls(tmp_path: Path) -> ssl.SSLContext:
    """Return what a server needs whose certificate nobody but itself has signed."""
    need("openssl")
    key, signed = tmp_path / "key.pem", tmp_path / "signed.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", key, "-out", signed],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(signed, key)
    return context


async def test_a_certificate_that_nobody_vouches_for_is_told(house, tls):
    async with serve({}, tls) as server:
        with pytest.raises(SiteError, match=r"certificate of 127\.0\.0\.1 cannot be trusted"):
            await look_with(house, {"GITHUB_GRAPHQL_URL": server.url("/", "https")})
