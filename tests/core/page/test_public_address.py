"""Which addresses may be asked for, by example, by other projects' lists, and by law."""

import json
from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.page.public_address import is_public, redirected, shown, target
from bot.errors import FetchError
from tests.needs import sample

PRIVATE_V4 = [
    "0.0.0.0",  # noqa: S104 - nobody binds to it here
    "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.254", "168.63.129.16",
    "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.88.99.1",
    "192.168.0.1", "198.18.0.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
]  # fmt: skip
PRIVATE_V6 = [
    "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1",
    "2001::1", "2001:db8::1", "2002:7f00:1::", "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254",
    "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1",
]  # fmt: skip
PUBLIC = ["1.1.1.1", "9.255.255.255", "172.32.0.1", "2606:4700:4700::1111", "::ffff:8.8.8.8"]

private_v4 = st.sampled_from([
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
    "192.168.0.0/16", "224.0.0.0/4", "240.0.0.0/4",
]).flatmap(
    lambda network: st.ip_addresses(v=4, network=ip_network(network))
)  # fmt: skip


LABEL = f"{'b' * 63}."


def refusal(url: str, **options: bool) -> str | None:
    """Return why an address is refused; None where it is not."""
    try:
        target(url, **options)
    except FetchError as error:
        assert all(len(error.say(language).splitlines()) == 1 for language in ("en", "ja"))
        return error.reason
    return None


def spellings(address: IPv4Address) -> list[str]:
    """Return the ways in which programs write, and read, an IPv4 address."""
    number = int(address)
    first, second, third, fourth = address.packed
    low, lower = number & 0xFFFFFF, number & 0xFFFF
    return [
        f"{first}.{second}.{third}.{fourth}",
        f"{first}.{second}.{third}.{fourth}.",
        f"{first}.{second}.{lower}",
        f"{first}.{low}",
        f"{number}",
        f"0x{number:x}",
        f"0X{number:08X}",
        f"0{number:o}",
        f"{first:#x}.{second:#x}.{third:#x}.{fourth:#x}",
        f"0{first:o}.0{second:o}.0{third:o}.0{fourth:o}",
        f"{first:#x}.{second}.0{lower:o}",
        f"{first}.{second}.{third}.{fourth + 256}",
        f"[::ffff:{address}]",
        f"[::{address}]",
        f"[64:ff9b::{address}]",
        f"[2002:{number >> 16:x}:{lower:x}::]",
        f"{address}".translate({ord(str(digit)): 0xFF10 + digit for digit in range(10)}),
        f"{address}".replace(".", "。"),
        f"{address}".replace(".", "．").replace("1", "①"),
    ]


@pytest.mark.parametrize("ip", PRIVATE_V4 + PRIVATE_V6 + ["", "localhost", "127.1", "1.2.3.4/8"])
def test_an_ip_address_inside_is_not_public(ip):
    assert not is_public(ip)


@pytest.mark.parametrize("ip", PUBLIC)
def test_an_ip_address_outside_is_public(ip):
    assert is_public(ip)


def test_other_projects_lists_are_kept():
    lines = sample("addresses", "must-be-public.jsonl").read_text("utf-8").splitlines()
    wrong = []
    for case in map(json.loads, lines):
        if "url" in case:
            refused = [refusal(case["url"]) is not None]
        elif "resolves_to" in case:
            refused = [not all(map(is_public, case["resolves_to"]))]
        elif "/" in case["address"]:
            network = ip_network(case["address"])
            inside = {network[0], network[-1], network[min(1, network.num_addresses - 1)]}
            refused = [not is_public(str(ip)) for ip in inside]
        else:
            refused = [not is_public(case["address"])]
        if set(refused) != {case["blocked"]}:
            wrong.append(case)
    assert wrong == []
    assert len(lines) > 100


@given(st.ip_addresses(v=4))
@example(IPv4Address("127.0.0.1"))
def test_an_ipv4_address_means_the_same_within_an_ipv6_one(address):
    assert is_public(f"::ffff:{address}") == is_public(str(address))


@given(st.ip_addresses(v=4) | st.ip_addresses(v=6))
def test_what_is_public_is_so_for_python_too(address):
    if is_public(str(address)):
        inner = getattr(address, "ipv4_mapped", None) or address
        assert inner.is_global
        assert not (inner.is_multicast or inner.is_private or inner.is_reserved)


@given(private_v4)
@example(IPv4Address("127.0.0.1"))
@example(IPv4Address("169.254.169.254"))
def test_every_spelling_of_a_private_ipv4_address_is_refused(address):
    for host in spellings(address):
        for url in (f"http://{host}/", f"https://{host}", f"http://example.org@{host}?x#y"):
            assert refusal(url) in {"private", "bad-address"}, url


@given(st.ip_addresses(v=4))
@example(IPv4Address("8.8.8.8"))
def test_a_public_ipv4_address_is_taken_in_its_plain_spelling_alone(address):
    taken = {host: refusal(f"http://{host}/") is None for host in spellings(address)[2:12]}
    assert not any(taken.values())
    assert (refusal(f"http://{address}/") is None) == is_public(str(address))


@given(st.ip_addresses(v=6))
@example(IPv6Address("::1"))
def test_an_ipv6_address_is_taken_if_it_is_public(address):
    for text in (address.compressed, address.exploded, address.exploded.upper()):
        assert (refusal(f"https://[{text}]/") is None) == is_public(str(address))


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://example.org/", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("data:text/html,x", "scheme"),
        ("", "bad-address"),
        ("//example.org/", "bad-address"),
        ("http:example.org", "bad-address"),
        ("http:///x", "bad-address"),
        ("http://", "bad-address"),
        ("http://.", "bad-address"),
        ("http://a..example", "bad-address"),
        ("http://exa mple.org/", "bad-address"),
        ("http://example.org\\@127.0.0.1/", "bad-address"),
        ("http://example.org\x00.test/", "bad-address"),
        ("http://exam%70le.org/", "bad-address"),
        ("http://[::1", "bad-address"),
        ("http://[v1.x]/", "bad-address"),
        ("http://[fe80::1%25eth0]/", "bad-address"),
        (f"http://{'a' * 64}.org/", "bad-address"),
        (f"http://{'a.' * 127}org/", "bad-address"),
        (f"http://{'a' * 61}.{LABEL * 3}/", None),  # 253 letters, the most in DNS
        (f"http://{'a' * 62}.{LABEL * 3}/", "bad-address"),
        (f"http://example.org/{'a' * 9000}", "bad-address"),
        ("http://example.org:0/", "bad-address"),
        ("http://example.org:65536/", "bad-address"),
        ("http://example.org:８０/", "bad-address"),
        ("http://example.org:x/", "bad-address"),
        ("http://example.org/\ud800", "bad-address"),
        ("http://example.org:22/", "port"),
        ("https://example.org:8443/", "port"),
        ("http://localhost/", "private"),
        ("http://LOCALHOST./", "private"),
        ("http://a.localhost/", "private"),
        ("http://intranet/", "private"),
        ("http://printer.local/", "private"),
        ("http://metadata.google.internal/", "private"),
        ("http://router.home.arpa/", "private"),
        ("https://user:password@127.0.0.1/", "private"),
    ],
)
def test_an_address_that_must_not_be_asked_for_is_refused_with_its_reason(url, reason):
    assert refusal(url) == reason


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("https://example.org", "https://example.org/"),
        ("HTTP://Example.ORG:80/A", "http://example.org/A"),
        ("http://example.org:443/", "http://example.org:443/"),
        ("https://example.org./?q#part", "https://example.org/?q"),
        ("https://example.org?q=1#a?b", "https://example.org/?q=1"),
        ("https://name:password@example.org/x@y", "https://example.org/x@y"),
        ("https://a@b@example.org/", "https://example.org/"),
        ("https://example.org/a b|c", "https://example.org/a%20b%7Cc"),
        ("https://example.org/100%?x=%e3%81%82", "https://example.org/100%?x=%e3%81%82"),
        ("https://example.org/あ?い", "https://example.org/%E3%81%82?%E3%81%84"),
        ("https://example.org/\udc8d\udc89", "https://example.org/%8D%89"),
        ("https://日本語.jp/", "https://xn--wgv71a119e.jp/"),
        ("https://日本語。jp/", "https://xn--wgv71a119e.jp/"),
        ("https://straße.de/", "https://xn--strae-oqa.de/"),
        ("https://ＥＸＡＭＰＬＥ.org/", "https://example.org/"),
        ("https://☃.net/", "https://xn--n3h.net/"),
        ("https://my_site.example.org/", "https://my_site.example.org/"),
        ("https://[2606:4700:4700:0::1111]/", "https://[2606:4700:4700::1111]/"),
        ("http://example.org/a\r\nHost: b", "http://example.org/a%0D%0AHost:%20b"),
    ],
)
def test_an_address_is_asked_for_in_one_plain_form(url, asked):
    assert target(url).url == asked
    assert target(asked).url == asked


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8000/", "http://localhost/", "http://[::1]:1/", "http://nas:8080/"]
)
def test_with_private_addresses_allowed_any_host_and_port_will_do(url):
    assert refusal(url, allow_private=True) is None
    assert refusal("http://127.1/", allow_private=True) == "bad-address"
    assert refusal("ftp://127.0.0.1/", allow_private=True) == "scheme"


@pytest.mark.parametrize(
    "url", ["http://name:pass/word@example.org/", "http://x.org:22/secret", "http://a b/secret"]
)
def test_a_refusal_names_the_host_alone(url):
    with pytest.raises(FetchError) as caught:
        target(url)
    for word in ("pass", "word", "secret"):
        assert word not in repr(caught.value)


@given(
    st.text() | st.text().map("http://{}".format) | st.text().map("https://example.org/{}".format)
)
def test_any_text_is_an_address_or_refused_and_an_address_has_one_form(text):
    try:
        asked = target(text)
    except FetchError:
        return
    assert asked.url.isascii()
    assert asked.url.isprintable()
    assert not set(asked.url) & set(' "#<>\\^`{|}')
    assert target(asked.url) == asked


@pytest.mark.parametrize(
    ("location", "leads"),
    [
        ("/b", "https://example.org/b"),
        ("b?c", "https://example.org/x/b?c"),
        ("//example.net/", "https://example.net/"),
        (" http://example.net/ ", "http://example.net/"),
        ("ftp://example.net/", "ftp://example.net/"),
    ],
)
def test_a_redirect_is_read_from_where_it_stands(location, leads):
    assert redirected("https://example.org/x/y", location) == leads


@given(st.text())
@example("http://[x/")
@example("//\u2100/")
def test_any_location_leads_to_an_address_or_is_refused(location):
    try:
        target(redirected("https://example.org/x/y", location))
    except FetchError as error:
        assert error.say("ja")


@pytest.mark.parametrize("length", [1, 79, 80, 81, 82, 300])
def test_of_a_host_that_is_too_long_to_be_told_its_first_eighty_letters_are(length):
    host = "".join(chr(ord("a") + at % 26) for at in range(length))
    told = shown(f"https://{host}:8080/path?token=x")
    assert told == (host if length <= 80 else f"{host[:80]}…")


@pytest.mark.parametrize("url", ["", "mailto:", "https://", "https://\u200b/"])
def test_of_an_address_without_a_host_nothing_is_told(url):
    assert shown(url) == "…"
