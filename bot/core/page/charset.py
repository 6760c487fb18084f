"""Bytes to text, by what the bytes really are: declarations are tried against them.

In this order: a byte order mark, valid multi-byte UTF-8, what page and server declare,
detection, windows-1252. Names are those of Python's codecs.
"""

import codecs
import re
from collections.abc import Iterable

import webencodings  # type: ignore[import-untyped]  # it has no types

DEFAULT = "cp1252"

_LONGEST_SAMPLE = 64 * 1024
_MOST_RUNS = 20_000
_HIGH = bytes(byte | 0x80 for byte in range(256))
_MULTIBYTE = frozenset({"utf-8", "cp932", "euc_jp", "gb18030", "big5hkscs", "cp949"})
_RENAMED = {"gbk": "gb18030"}
_NEVER = frozenset({"utf-16-le", "utf-16-be", "iso2022_jp", "replacement", "x-user-defined"})

_JIS = re.compile(rb"\x1b\$[@B]|\x1b\(I")
_JIS_RUN = re.compile(rb"\x1b(?:(\$[@B])|(\(I)|\([BJ])([^\x1b]*)")
_JIS_BYTES = re.compile(rb"[\x21-\x7e]+")

# Rows that Python's codec lacks: NEC's 13 (①㈱) and its selection of IBM's (89 to 92: 髙﨑).
_VENDOR = rb"[\xad\xf9-\xfc][\xa1-\xfe]"
_EUC_JP = re.compile(
    rb"(" + _VENDOR + rb")"
    rb"|(?:(?!" + _VENDOR + rb")(?:[\0-\x7f]++|\x8f..|[\x80-\xff].?))++",
    re.DOTALL,
)
_HALF_WIDTH = re.compile("[｡-ﾟ]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f\ufffd]")


def straighten(data: bytes) -> tuple[bytes, str | None]:
    """Return bytes in which HTML's marks are plain ASCII, and their charset where that shows.

    Marks of byte order are taken off. UTF-16 becomes UTF-8, and ISO-2022-JP, whose characters
    look like marks, becomes EUC-JP.
    """
    if data.startswith(codecs.BOM_UTF8):
        return data[3:], "utf-8"
    start = data[:2]
    if start in (codecs.BOM_UTF16_LE, b"<\0"):
        return _as_utf_8(data, "utf-16-le"), "utf-8"
    if start in (codecs.BOM_UTF16_BE, b"\0<"):
        return _as_utf_8(data, "utf-16-be"), "utf-8"
    has_escapes = data.find(b"\x1b", 0, _LONGEST_SAMPLE) >= 0
    if has_escapes and _JIS.search(data, 0, _LONGEST_SAMPLE) and data.isascii():
        return _JIS_RUN.sub(_as_euc_jp, data, _MOST_RUNS), "euc_jp"
    return data, None


def _as_utf_8(data: bytes, charset: str) -> bytes:
    return data.decode(charset, "replace").lstrip("\ufeff").encode()


def _as_euc_jp(run: re.Match[bytes]) -> bytes:
    if run[1]:
        return _JIS_BYTES.sub(lambda match: match[0].translate(_HIGH), run[3])
    if run[2]:
        return _JIS_BYTES.sub(
            lambda match: b"".join(b"\x8e%c" % (byte | 0x80) for byte in match[0]), run[3]
        )
    return run[3]


def choose(sample: bytes, declared: Iterable[str], *, domain: str = "") -> str:
    """Return the charset of bytes that `straighten` gave.

    `declared` are labels, the page's own before the server's; `domain` is the top-level domain
    that the page comes from ("jp"), a hint where the bytes have to decide.
    """
    sample = sample[:_LONGEST_SAMPLE]
    if is_utf_8(sample):
        return "utf-8"
    names = list(filter(None, map(_codec, declared)))
    for some_errors in (False, True):
        for name in names:
            if _fits(sample, name, some_errors=some_errors) and not _is_doubtful(sample, name):
                return name
    found = _detect(sample, domain)
    if names and not (found in _MULTIBYTE and _fits(sample, found, some_errors=True)):
        return next((name for name in names if name not in _MULTIBYTE), found)
    return found


def is_utf_8(sample: bytes) -> bool:
    """Return whether bytes are ASCII or UTF-8; one bad byte does not spoil many good ones."""
    return sample.isascii() or _fits(sample, "utf-8", some_errors=True)


def decode(data: bytes, charset: str) -> str:
    """Decode bytes; what is wrong becomes U+FFFD, half a character at the end is left out."""
    if data.isascii():
        return data.decode("ascii")
    if charset == "euc_jp":
        return "".join(
            _vendor(run[1]) if run[1] else _decode(run[0], charset)
            for run in _EUC_JP.finditer(data)
        )
    return _decode(data, charset)


def _decode(data: bytes, charset: str) -> str:
    return codecs.getincrementaldecoder(charset)("replace").decode(data)


def _vendor(pair: bytes) -> str:
    """Decode two bytes of EUC-JP by way of cp932, which knows them."""
    row, cell = pair[0] - 0xA1, pair[1] - 0xA1
    lead = row // 2 + (0x81 if row < 62 else 0xC1)
    trail = cell + (0x9F if row % 2 else 0x40 if cell < 63 else 0x41)
    return bytes((lead, trail)).decode("cp932", "replace")


def _codec(label: str) -> str | None:
    """Return Python's codec for a label as the web uses them; None for one that cannot be meant."""
    encoding = webencodings.lookup(label.strip("\"' "))
    if encoding is None:
        return None
    name = _RENAMED.get(encoding.name, encoding.codec_info.name)
    return None if name in _NEVER else name


def _fits(sample: bytes, charset: str, *, some_errors: bool) -> bool:
    """Return whether bytes are text in a charset: one bad byte does not spoil many good ones."""
    text = decode(sample, charset)
    errors = text.count("\ufffd")
    if not errors:
        return True
    return some_errors and 4 * errors <= len(_NOT_ASCII.findall(text))


def _is_doubtful(sample: bytes, charset: str) -> bool:
    """Return whether a charset fits bytes that it may not be meant for.

    windows-1252 fits nearly all, and is many servers' default; EUC-JP read as Shift_JIS is
    half-width kana.
    """
    if charset == "cp932":
        text = decode(sample, charset)
        return 2 * len(_HALF_WIDTH.findall(text)) > len(_NOT_ASCII.findall(text))
    return charset == DEFAULT


def _detect(sample: bytes, domain: str) -> str:
    # Few pages need it, so it is loaded with the first; its types are not marked as such.
    from chardetng_py.detector import EncodingDetector  # type: ignore[import-untyped]

    detector = EncodingDetector()
    detector.feed(sample, last=True)
    tld = domain.encode() if re.fullmatch("[a-z0-9-]{2,63}", domain) else None
    return _codec(detector.guess(tld=tld, allow_utf8=False)) or DEFAULT
