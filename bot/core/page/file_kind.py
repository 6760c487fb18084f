"""What a file is, by its first bytes and its content type; and a label for it by its address."""

import re
from typing import Literal
from urllib.parse import unquote_to_bytes, urlsplit

from bot.core.page import charset
from bot.core.page.title_text import tidy

Kind = Literal["html", "pdf", "file", "unknown"]

START = 1024
"""Bytes by which the kind is told; more of them change nothing."""

_BINARY = re.compile(
    rb"\x89PNG|\xff\xd8\xff|GIF8|RIFF|ID3|OggS|fLaC|PK\x03\x04|\x1f\x8b|\x1aE\xdf\xa3|%!PS|wOF"
    rb"|\xff[\xfb\xf3\xf2]|.{4}ftyp|7z\xbc\xaf|Rar!|BZh|\0\0\x01\0",
    re.DOTALL,
)
_HTML = re.compile(
    r"text/html|application/xhtml\+xml|(?:text|application)/xml|application/\w+\+xml"
)
_ANYTHING = re.compile(r"(?:application|binary)/(?:octet-stream|(?:x-)?(?:force-)?download)|")
_NAMED = re.compile(r".*[\w)\]]\.[A-Za-z0-9]{1,8}")
_PAGE = re.compile(r".*\.(?:html?|php\d?|aspx?|jsp|cgi|do|xhtml)", re.IGNORECASE)


def kind_of(data: bytes, content_type: str | None) -> Kind:
    """Return whether a file is a page, a PDF or another; `unknown` has neither title nor label."""
    start = data[:START]
    said = (content_type or "").partition(";")[0].strip().lower()
    if b"%PDF-" in start or said == "application/pdf":
        return "pdf"
    if _BINARY.match(start):
        return "file"
    if _HTML.fullmatch(said):
        return "html"
    if _ANYTHING.fullmatch(said):
        if b"\0" in start and start[:2] not in (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<"):
            return "file"
        return "unknown" if said else "html"
    return "file"


def label(url: str) -> str | None:
    """Return the name of the file that an address ends in, as text; None where it has none."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return None
    name = unquote_to_bytes(path.rpartition("/")[2][:2000].encode("utf-8", "replace"))
    text = tidy(charset.decode(name, charset.choose(name, ())))
    return text if _NAMED.fullmatch(text) and not _PAGE.fullmatch(text) else None
