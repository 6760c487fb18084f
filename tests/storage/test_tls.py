"""A server that is reached by TCP, with a certificate, and a role with an odd password."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import asyncpg
import pytest

from storage.opening import opened
from tests.needs import need
from tests.postgresql import OPTIONS, PostgreSQL, done, running
from tests.storage.happenings import EPISODE, keys, output, seen
from tests.storage.test_postgresql import TRY

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]

PASSWORD = "p@ss:/?#[]%&=+ 'ü\\"
CURVE = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")


@dataclass(frozen=True)
class Guarded:
    """A server, and what its address takes."""

    port: int
    authority: Path
    name: str

    def address(self, *, host: str = "localhost", password: str = PASSWORD, more: str) -> str:
        given = f"odd:{quote(password, safe='')}@{host}:{self.port}"
        return f"postgresql://{given}/{self.name}?sslmode={more}"

    @property
    def checked(self) -> str:
        return f"verify-full&sslrootcert={self.authority}"


def _openssl(*arguments: object) -> None:
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)


def _certify(server: PostgreSQL) -> Path:
    """Give a server a certificate for `localhost`; return the file of who signed it."""
    folder, data = server.folder, server.data
    authority, key = folder / "authority.crt", folder / "authority.key"
    asked = folder / "asked.csr"
    _openssl("req", "-x509", *CURVE, "-subj", "/CN=ours", "-keyout", key, "-out", authority)
    name = ("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost")
    _openssl("req", *CURVE, *name, "-keyout", data / "server.key", "-out", asked)
    signed_by = ("-CA", authority, "-CAkey", key, "-copy_extensions", "copy")
    _openssl("x509", "-req", "-in", asked, *signed_by, "-out", data / "server.crt")
    (data / "server.key").chmod(0o600)
    if os.geteuid() == 0:
        shutil.chown(data / "server.key", "nobody")
    return authority


async def _own(server: PostgreSQL, name: str) -> None:
    db = await asyncpg.connect(server.address("postgres"))
    literal = await db.fetchval("SELECT quote_literal($1::text)", PASSWORD)
    await db.execute(f"CREATE ROLE odd LOGIN PASSWORD {literal}")
    # What an operator sets for a role is not what our sessions are.
    await db.execute("ALTER ROLE odd SET statement_timeout = '2s'")
    await db.execute(f"ALTER DATABASE {name} OWNER TO odd")
    await db.close()


@pytest.fixture(scope="module")
def guarded() -> Iterator[Guarded]:
    need("postgresql", "openssl")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with running(options=OPTIONS) as server, server.database("template1") as name:
        authority = _certify(server)
        rights = server.data / "pg_hba.conf"
        rights.write_text(f"hostssl all odd 127.0.0.1/32 scram-sha-256\n{rights.read_text()}")
        server.stop()
        server.options += (f"port={port}", "listen_addresses=127.0.0.1", "ssl=on")
        server.start()
        done(_own(server, name))
        yield Guarded(port, authority, name)


async def test_it_is_opened_by_an_encrypted_connection_that_checks_it(guarded: Guarded):
    async with opened(guarded.address(more=guarded.checked), clock=lambda: 0) as store:
        await store.append([seen("m1", "text")])
        assert keys(await store.events(EPISODE)) == ["m1:1"]
        mine = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
        assert await store.run(mine) == [(True,)]
        assert await store.run("SHOW statement_timeout") == [("1min",)]


@pytest.mark.parametrize(
    ("host", "more"),
    [
        ("127.0.0.1", "verify-full&sslrootcert={authority}"),  # it is for another name
        ("localhost", "verify-full&sslrootcert={authority}.gone"),
        ("localhost", "verify-full"),
    ],
)
async def test_a_certificate_that_cannot_be_checked_is_told_as_that(
    guarded: Guarded, host: str, more: str
):
    where = guarded.address(host=host, more=more.format(authority=guarded.authority))
    said = output(TRY, where)
    assert "certificate of the PostgreSQL server cannot be trusted" in said
    for secret in (PASSWORD, quote(PASSWORD, safe=""), str(guarded.authority), str(guarded.port)):
        assert secret not in said


async def test_a_wrong_password_is_told_without_it(guarded: Guarded):
    said = output(TRY, guarded.address(password="p@ss:/?#", more=guarded.checked))
    assert "refuses the user or password" in said
    assert "p@ss" not in said
