"""Pages made to take long: none takes more than its share, whatever a mebibyte of it holds."""

import time
import zlib

import pytest

from bot.core.page.page import PageReader, read_page

MIB = 1024 * 1024
# The aim is 0.3 s on a machine at rest; the rest is for one that is not.
MOST_SECONDS = 0.6

PIECES = {
    "text": b"x ",
    "marks": b"<",
    "ends": b"</",
    "nested tags": b"<div>",
    "nested pictures": b"<svg>",
    "nested templates": b"<template>",
    "tags without an end": b"<a ",
    "metas without an end": b"<meta ",
    "links without an end": b"<link +oembed ",
    "quotes without an end": b"<a b=\"'",
    "apostrophes without an end": b"<a b='\"",
    "equals signs": b"<a ====",
    "metas": b'<meta property="og:title" content="x">',
    "odd metas": b"<meta title charset>",
    "links": b'<link type="application/json+oembed" href=x>',
    "titles": b"<title>x</title>",
    "titles without an end": b"<title>",
    "headings": b"<h1>x</h1>",
    "headings without an end": b"<h1><",
    "scripts": b"<SCRIPT></ScRiPt>",
    "scripts without an end": b"<script>",
    "data": b'<script type="application/ld+json">{"name":"x"}</script>',
    "comments": b"<!---->",
    "comments without an end": b"<!-- - -- ",
    "declarations": b"<!x",
    "heads": b"</head><body>",
    "entities": b"&amp;amp;#39;",
    "NULs": b"\0",
    "bad UTF-8": b"\xe3\x81",
    "bad Shift_JIS": b"\x81\xff",
    "bad EUC-JP": b"\xa4\xff\xad\xb1",
    "escapes": b'\x1b$B$"\x1b(B',
}
FRAMES = {
    "page": (b"", b""),
    "title": (b"<title>", b"</title>"),
    "attribute": (b'<meta property="og:title" content="', b'">'),
    "head": (b"<head><title>x</title>", b"</head>"),
    "data": (b'<script type="application/ld+json">', b"</script><title>x</title>"),
}


def seconds(data: bytes, content_type: str = "text/html") -> float:
    start = time.process_time()
    read_page(data, content_type=content_type, url="https://a.example/x", status=200)
    return time.process_time() - start


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("piece", PIECES)
def test_a_mebibyte_is_read_within_its_time(piece, frame):
    before, after = FRAMES[frame]
    page = before + PIECES[piece] * (MIB // len(PIECES[piece])) + after
    assert seconds(page) < MOST_SECONDS or seconds(page) < MOST_SECONDS


@pytest.mark.parametrize(
    "charset",
    [
        "utf-8",
        "shift_jis",
        "euc-jp",
        "iso-2022-jp",
        "gb18030",
        "big5",
        "euc-kr",
        "koi8-r",
        "utf-16",
    ],
)
def test_bad_bytes_are_read_within_their_time(charset):
    page = b"<title>" + bytes(range(1, 256)) * 4 + b"</title>" + bytes(range(128, 256)) * 8000
    assert seconds(page, f"text/html; charset={charset}") < MOST_SECONDS


@pytest.mark.parametrize(
    "piece",
    [
        b"/Title (",
        b"<< /Producer (x) /Title <41",
        b"stream\n",
        b"<dc:title><rdf:Alt><rdf:li>",
        b"9 0 obj << >> stream\nBT " + b"1 " * 9000,
        b"9 0 obj << >> stream\nBT " + b"(" * 9000,
    ],
)
def test_a_mebibyte_of_pdf_is_read_within_its_time(piece):
    assert seconds(b"%PDF-1.7\n" + piece * (MIB // len(piece) + 1)) < MOST_SECONDS


@pytest.mark.parametrize(
    ("head", "data", "times"),
    [
        (b"9 0 obj << /FlateDecode >> stream\n", b"BT (x) Tj ", 500_000),
        (b"9 0 obj << /ObjStm /FlateDecode >> stream\n", b"\0", 50_000_000),
    ],
)
def test_a_mebibyte_of_pdf_that_is_much_more_unpacked_is_read_within_its_time(head, data, times):
    piece = head + zlib.compress(data * times)
    assert seconds(b"%PDF-1.7\n" + piece * (MIB // len(piece) + 1)) < MOST_SECONDS


def test_to_see_whether_it_is_enough_takes_no_longer_for_small_chunks():
    head = PageReader("text/html")
    chunk = b"<p></head>" * 100
    start = time.process_time()
    for _ in range(MIB // len(chunk)):
        head.feed(chunk)
    assert time.process_time() - start < 2 * MOST_SECONDS


def test_behind_more_tags_than_are_looked_at_nothing_more_is_read():
    head = PageReader("text/html")
    assert any(head.feed(b"<p></head>" * 100) for _ in range(MIB // 1000))
