"""Strings as they stand in a PDF."""

import re

from bot.core.page import charset
from bot.core.page.alphabets import has_language

LONGEST = 4_000
"""Bytes of one string that are read."""

_PIECE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|[\r\n])|(.))|([()])|[^\\()]++", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]{0,8000})")
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_DOCUMENT_ENCODING = dict(
    zip(range(0x80, 0x9F), "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž", strict=True)
) | {0xA0: "€"}


def read_string(data: bytes) -> bytes:
    """Return what the string that some bytes begin with, `(…)` or `<…>`, stands for."""
    if found := _HEX.match(data):
        digits = b"".join(found[1].split())
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    made: list[bytes] = []
    depth = 0
    for piece in _PIECE.finditer(data[:LONGEST]):
        octal, line_break, escaped, bracket = piece.groups()
        if octal:
            made.append(bytes([int(octal, 8) & 0xFF]))
        elif escaped:
            made.append(_ESCAPES.get(escaped, escaped))
        elif bracket:
            depth += 1 if bracket == b"(" else -1
            if depth == 0:
                break
            made.append(bracket if depth > 1 or bracket == b")" else b"")
        elif not line_break:
            made.append(piece[0])
    return b"".join(made)


def decode_string(data: bytes) -> str:
    """Decode a text string: UTF-16 or UTF-8 by its mark, else PDF's own encoding.

    Programs also write their machine's charset, so the bytes are asked what they are.
    """
    straight, known = charset.straighten(data)
    if known:
        return charset.decode(straight, known)
    found = charset.choose(straight, ())
    own = straight.decode("latin-1").translate(_DOCUMENT_ENCODING)
    if found == charset.DEFAULT or (found in charset.LATIN and has_language(own)):
        return own
    return charset.decode(straight, found)
