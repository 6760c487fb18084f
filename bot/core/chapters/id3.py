"""Chapters as frames of ID3v2.3 (id3.org/id3v2-chapters-1.0), ordered, under one table of contents.

Version 2.3, because readers lose chapters of 2.4: from the 27th on, or those with long titles.
"""

from collections.abc import Sequence

from bot.core.chapters.formats import ends
from bot.core.chapters.read import Chapter

HEADER = 10
"""The length of a tag's header, in bytes."""

_NOWHERE = b"\xff" * 8  # the byte offsets of a chapter, which its times stand for
_TOP_LEVEL_ORDERED = 0b11
_UTF_16 = b"\x01"
_LATIN_1 = b"\x00"


def chapter_frames(chapters: Sequence[Chapter], length: int) -> bytes:
    """Return the table of contents, then a frame for each chapter, in order of time.

    `length` is that of the recording, in milliseconds. At most 255 chapters.
    """
    ids = [f"chp{number}".encode() + b"\0" for number in range(len(chapters))]
    table = b"toc\0" + bytes([_TOP_LEVEL_ORDERED, len(chapters)]) + b"".join(ids)
    frames = [_frame(b"CTOC", table)]
    for name, chapter, end in zip(ids, chapters, ends(chapters, length), strict=True):
        times = chapter.start.to_bytes(4, "big") + end.to_bytes(4, "big")
        below = _frame(b"TIT2", _UTF_16 + _text(chapter.title))
        if chapter.url:
            address = chapter.url.encode("latin-1", errors="replace")
            below += _frame(b"WXXX", _LATIN_1 + b"chapter url\0" + address)
        frames.append(_frame(b"CHAP", name + times + _NOWHERE + below))
    return b"".join(frames)


def tag(frames: bytes, padding: int = 0) -> bytes:
    """Return a whole ID3v2.3 tag of these frames, with room for more behind them."""
    size = len(frames) + padding
    if size >= 1 << 28:
        raise ValueError("an ID3 tag is smaller than 256 MB")
    synchsafe = bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\x00\x00" + synchsafe + frames + bytes(padding)


def tag_length(start: bytes) -> int:
    """Return how many bytes of tag a file begins with, by its first ten; 0 if it has none."""
    if len(start) < HEADER or start[:3] != b"ID3" or any(byte > 0x7F for byte in start[6:10]):
        return 0
    size = 0
    for byte in start[6:10]:
        size = size << 7 | byte
    footer = HEADER if start[5] & 0x10 else 0
    return HEADER + size + footer


def _frame(name: bytes, body: bytes) -> bytes:
    return name + len(body).to_bytes(4, "big") + b"\0\0" + body


def _text(text: str) -> bytes:
    return text.encode("utf-16", errors="replace") + b"\0\0"
