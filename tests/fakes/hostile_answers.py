"""What a hostile server answers, and how a look-up ends with it: by its own end, or by `LIMITS`."""

from bot.adapters.web.fetcher import Limits
from tests.fakes.hostile_server import MIB, PACKERS, Answer, endless, head, packed, page, raw, zeros

LIMITS = Limits(total=1.0, silence=0.5)
PATIENT = Limits(total=60.0, silence=30.0)
"""For what ends by itself, on however busy a machine."""
HTML = head(Content_Type="text/html")
CHUNKED = head(Content_Type="text/html", Transfer_Encoding="chunked")
META = b'<meta property="og:description" content="what a page says of itself">\n'
TITLE = b"<title>A title</title>"
CHARSETS = (
    *("utf-8", "utf-16", "shift_jis", "euc-jp", "iso-2022-jp", "gb18030", "big5", "euc-kr"),
    *("koi8-r", "windows-1251"),
)


def of(body: bytes, charset: str = "utf-8") -> Answer:
    return page(body, Content_Type=f"text/html; charset={charset}")


Case = tuple[Answer, str]
"""An answer, and the title that a look-up ends with or, in brackets, the reason why with none."""


def hostile_cases() -> dict[str, Case]:
    """Return the cases by name."""
    return _talk() | _pages() | _packed()


def _talk() -> dict[str, Case]:
    return {
        "plain": (of(TITLE), "A title"),
        "endless-head": (endless(HTML + b"<head>", META * 100), "(empty)"),
        "endless-header": (endless(b"HTTP/1.1 200 OK\r\n", b"X: " + b"a" * 8000), "(bad-answer)"),
        "endless-headers": (endless(b"HTTP/1.1 200 OK\r\n", b"X: a\r\n" * 1000), "(bad-answer)"),
        "endless-chunk": (endless(CHUNKED + b"1;", b"a" * 65536), "(empty)"),
        "byte-by-byte": (endless(HTML + b"<title>", b"a", pause=0.1), "(too-slow)"),
        "silence": (raw(HTML + b"<title>", b"a", pause=60), "(too-slow)"),
        "loop": (page(b"", "302 Found", Location="/loop"), "(redirects)"),
        "too-short": (raw(head(Content_Length=100) + TITLE), "(closed)"),
        "mid-way": (raw(CHUNKED + b"ffff\r\n" + META), "(closed)"),
    }


def _packed() -> dict[str, Case]:
    return {
        "packed-twice": (page(TITLE, Content_Encoding="gzip, gzip"), "(encoding)"),
        "not-packed": (packed("gzip", TITLE), "(encoding)"),
        "members": (packed("gzip", PACKERS["gzip"](b"") * 100_000), "(empty)"),
        **{
            f"zeros-{name}": (page(zeros(name, 1024), Content_Encoding=name), "(empty)")
            for name in PACKERS
        },
    }


def _pages() -> dict[str, Case]:
    return {
        "long-title": (of(b"<title>" + b"title " * (10 * MIB // 6)), "title " * 82 + "title…"),
        "nested": (of(b"<div>" * 100_000 + TITLE), "A title"),
        "metas": (of(META * 10_000 + TITLE), "A title"),
        "odd-metas": (of(b"<meta title charset>" * 50_000 + TITLE), "(empty)"),
        "entities": (of(b"<title>" + b"&amp;" * 1_000_000), "&" * 499 + "…"),
        "NULs": (of(b"<title>A\0 title</title>" + bytes(MIB)), "A title"),
        **{
            f"bad-{name}": (of(b"<p>" + bytes(range(128, 256)) * 8000 + TITLE, name), "A title")
            for name in CHARSETS
        },
    }
