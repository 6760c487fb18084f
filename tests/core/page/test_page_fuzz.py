"""Whatever bytes come from whatever address, the page reader gives a page and never raises."""

import random
import unicodedata

import pytest

from bot.core.page.embed_html import refusal
from bot.core.page.oembed import endpoint, endpoint_of, read_answer
from bot.core.page.page import Page, PageReader, read_page

PIECES = (
    *(b"<title>", b"</title>", b"<meta property=og:title content=", b"<head>", b"</head>", b"<!--"),
    *(b"-->", b"<script type=application/ld+json>", b'{"@graph":[{"headline":"', b"</script>"),
    *(
        b"<svg>",
        b"</svg>",
        b"<h1>",
        b"</h1>",
        b"&amp;#39;",
        b"&#x110000;",
        b"&#0;",
        b'"',
        b"'",
        b">",
    ),
    *(
        b"<link type=application/json+oembed href=",
        b"%PDF-1.7\n",
        b"/Title (",
        b"/Title <feff",
        b")",
    ),
    *(b"\x1b$B%F%9%H\x1b(B", b"\x83e\x83X\x83g", b"\xa5\xc6\xa5\xb9", b"\xff\xfe", b"\xef\xbb\xbf"),
    *(b"\x00", b"\xed\xa0\x80", "日本語".encode(), b"Just a moment...", b"Log in", b" - Site"),
    *(b'{"title":"', b'","html":"<iframe src=', b"<oembed><title>", b"\xe2\x80\xae", b"\n", b" "),
)
TYPES = (
    None, "", "text/html", "text/html; charset=shift_jis", "text/html; charset=nonsense",
    "application/json", "text/xml", "application/pdf", "image/png", "\x00",
    "text/html; charset=utf-16",
)  # fmt: skip
ADDRESSES = (
    "https://example.org/a.pdf", "https://youtu.be/x", "http://[::1/", "https://例え.テスト/%ff",
    "https://x.com/a/status/1", "no address", "https://example.org/" + "a" * 5_000, "\ud800", "",
)  # fmt: skip
BROKEN = ("Cc", "Cs", "Zl", "Zp")  # control characters, halves, and ends of lines
STATUSES = (0, 200, 203, 301, 403, 404, 429, 500, 999)


def read_anything(seed: int, count: int) -> int:
    """Read so many pages put together at random; return how many had a title."""
    dice = random.Random(seed)  # noqa: S311 - nothing secret
    titled = 0
    for _ in range(count):
        data = b"".join(dice.choices(PIECES, k=dice.randrange(30)))
        if dice.random() < 0.3:
            data = bytes(byte ^ (dice.random() < 0.05) * dice.randrange(256) for byte in data)
        kind, url = dice.choice(TYPES), dice.choice(ADDRESSES)
        page = read_page(data, content_type=kind, url=url, status=dice.choice(STATUSES))
        assert isinstance(page, Page)
        assert (page.title is None) is (page.wall is not None)
        assert not any(unicodedata.category(one) in BROKEN for one in page.title or "")
        titled += page.title is not None
        PageReader(kind).feed(data)
        answer = read_answer(data, kind)
        refusal(str(answer.get("html", data.decode("utf-8", "replace"))), url)
        endpoint_of(endpoint(url) or url, url)
    return titled


def test_no_bytes_make_the_page_reader_raise() -> None:
    assert read_anything(seed=1, count=2_000) > 100


@pytest.mark.soak
def test_nor_do_a_hundred_thousand_pages() -> None:
    assert read_anything(seed=2, count=100_000) > 5_000
