"""Why the system or the network refused something, in the reader's language."""

import socket
import ssl
from errno import ECONNREFUSED

import aiohttp
import pytest
from aiohttp.client_reqrep import ConnectionKey

from bot.errors import network_cause
from bot.texts import Text

KEY = ConnectionKey("example.org", 443, True, True, None, None, None)


@pytest.mark.parametrize(
    ("error", "name"),
    [
        (aiohttp.ClientConnectorCertificateError(KEY, ssl.SSLCertVerificationError(1, "bad")),
         "system.certificate"),
        (aiohttp.ClientConnectorSSLError(KEY, ssl.SSLCertVerificationError(1, "bad")),
         "system.certificate"),
        (aiohttp.ClientConnectorError(KEY, OSError(ECONNREFUSED, "failed ('10.0.0.1', 443)")),
         "system.refused"),
        (aiohttp.ClientConnectorDNSError(KEY, socket.gaierror(-2, "not known")), "system.no-host"),
    ],
)  # fmt: skip
def test_why_the_network_refused(error: Exception, name: str) -> None:
    cause = network_cause(error)
    assert isinstance(cause, Text)
    assert cause.name == name


def test_the_number_of_an_error_of_tls_is_not_the_system_s() -> None:
    """Theirs begin at 1 too, which is the system's for what is not permitted."""
    error = aiohttp.ClientConnectorSSLError(KEY, ssl.SSLError(1, "wrong version number"))
    assert network_cause(error) == "wrong version number"
