"""A PDF's title: what the document says, else the heading of its first page.

Reads any part of a file, and looks for what matters where it stands: a part has no index. What is
read and inflated is bounded, so that no file costs more than a few hundredths of a second.
"""

import re
import zlib
from collections.abc import Iterator

from bot.core.page import pdf_heading, title_text
from bot.core.page.pdf_strings import decode_string, read_string

_MOST_STREAMS = 64
_MOST_CONTENTS = 4
_LONGEST_STREAM = 256 * 1024
_MOST_INFLATED = 2 * 1024 * 1024
_MOST_TITLES = 64
_NEAR = 8 * 1024

_TITLE = re.compile(rb"/Title\s*(?=[(<][^<])")
_OF_DOCUMENT = re.compile(rb"/(?:Producer|Creator|CreationDate|ModDate|Author)\b")
_OF_BOOKMARK = re.compile(rb"/(?:Parent|Dest|Next|Prev)\b")
_XMP = re.compile(
    rb"<dc:title\b[^<>]{0,200}>\s{0,200}<rdf:Alt>\s{0,200}<rdf:li\b[^<>]{0,200}>([^<]{1,4000})"
)
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_NOT_A_PAGE = re.compile(rb"/Subtype|/Length[123]\b|/XRef\b|/FunctionType|/ObjStm|/Alternate")

_PROGRAM = re.compile(r"(?:microsoft (?:office )?)?(?:word|powerpoint|excel) ?- ?", re.IGNORECASE)
_USELESS = re.compile(
    r"(?:untitled|無題|名称未設定|タイトルなし).*"
    r"|.*\.(?:dvi|docx?|pptx?|xlsx?|tex|indd|qxd|ps|eps|pdf|rtf|odt|pages|key|pmd|fm|cdr|ai|jtd|md)"
    r"|(?:document|presentation|slide|文書|プレゼンテーション) ?\d*"
    r"|(?:powerpoint|pdf) (?:presentation|document)|powerpoint プレゼンテーション"
    r"|(?:no )?title|microsoft word|\(?(?:anonymous|unspecified)\)?"
    r"|(?:pii|doi): ?\S*|[a-z]:\\.*|[ -~]{0,2}|[\W\d_]*",
    re.IGNORECASE | re.DOTALL,
)


def title(data: bytes) -> str | None:
    """Return the title of a PDF by all of its bytes, or its beginning, or beginning and end.

    None where it has none, or none that says anything (`untitled`, `paper.dvi`).
    """
    contents: list[bytes] = []
    for part in _parts(data, contents):
        for text in (*_document_titles(part), *_xmp_titles(part)):
            if useful := _useful(text):
                return useful
    for content in contents:
        if useful := _useful(pdf_heading.heading(content) or ""):
            return useful
    return None


def _useful(text: str) -> str | None:
    text = title_text.tidy(text)
    text = text[program.end() :] if (program := _PROGRAM.match(text)) else text
    return None if _USELESS.fullmatch(text) else text


def _parts(data: bytes, contents: list[bytes]) -> Iterator[bytes]:
    """Yield the file as it is, then the streams that hold objects; keep those that draw a page."""
    yield data
    left = _MOST_INFLATED
    for number, match in enumerate(_STREAM.finditer(data)):
        if number == _MOST_STREAMS or left <= 0:
            break
        about = data[max(0, match.start() - 512) : match.start()].rpartition(b"obj")[2]
        holds_objects = b"/ObjStm" in about
        if not holds_objects and (len(contents) == _MOST_CONTENTS or _NOT_A_PAGE.search(about)):
            continue
        stream = data[match.end() : match.end() + _LONGEST_STREAM]
        if b"/FlateDecode" in about:
            stream = _inflated(stream)
            left -= len(stream)
        if holds_objects:
            yield stream
        elif b"BT" in stream:
            contents.append(stream.partition(b"endstream")[0])


def _inflated(data: bytes) -> bytes:
    """Inflate the beginning of a stream, as far as it goes."""
    try:
        return zlib.decompressobj().decompress(data, _LONGEST_STREAM)
    except zlib.error:
        return b""


def _document_titles(data: bytes) -> Iterator[str]:
    """Yield the titles of the document's own dictionary; bookmarks have titles too."""
    for number, match in enumerate(_TITLE.finditer(data)):
        if number == _MOST_TITLES:
            break
        before = data[max(0, match.start() - _NEAR) : match.start()].rpartition(b"<<")[2]
        after = data[match.end() : match.end() + _NEAR]
        around = before + after.partition(b">>")[0]
        if _OF_DOCUMENT.search(around) and not _OF_BOOKMARK.search(around):
            yield decode_string(read_string(after))


def _xmp_titles(data: bytes) -> Iterator[str]:
    if match := _XMP.search(data):
        yield title_text.decode_entities(match[1].decode("utf-8", "replace"))
