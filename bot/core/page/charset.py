"""Bytes to text, by what the bytes really are: declarations are tried against them.

In this order: a byte order mark, valid multi-byte UTF-8, what page and server declare,
detection, windows-1252. Names are those of Python's codecs.
"""

import codecs
import re
from collections.abc import Iterable

import webencodings  # type: ignore[import-untyped]  # it has no types

from bot.core.page.alphabets import has_language, is_vietnamese
from bot.core.page.charset_tables import BIG5, BIG5_PAIRS, CHARACTERS

DEFAULT = "cp1252"

LATIN = (
    "cp1252", "cp1250", "cp1257", "cp1254", "iso8859-2", "iso8859-15", "mac-roman", "iso8859-4",
    "iso8859-3", "iso8859-10", "iso8859-14", "iso8859-16",
)  # fmt: skip
"""Charsets of Latin letters, the most usual first."""

_LONGEST_SAMPLE = 64 * 1024
_MOST_RUNS = 20_000
_HIGH = bytes(byte | 0x80 for byte in range(256))
_MULTIBYTE = frozenset({"utf-8", "cp932", "euc_jp", "gb18030", "big5hkscs", "cp949"})
_RENAMED = {"gbk": "gb18030"}
_GUESSES = {"cp874": "windows-874"}
_DETECTED_FOR = {"koi8-u": "koi8-r"}  # the detector has one name for both
_NEVER = frozenset({"utf-16-le", "utf-16-be", "iso2022_jp", "replacement", "x-user-defined"})
_GENUINE = {"utf-8": b"\xef\xbf\xbd", "gb18030": b"\x84\x31\xa4\x37"}  # U+FFFD that was typed

_UTF_16_LE = re.compile(rb"(?:[\t\n\r ]\0){0,100}<\0")
_UTF_16_BE = re.compile(rb"(?:\0[\t\n\r ]){0,100}\0<")
_JIS = re.compile(rb"\x1b\$[@B]|\x1b\(I")
_JIS_RUN = re.compile(rb"\x1b(?:(\$[@B])|(\(I)|\([BJ])([^\x1b]*)")
_JIS_BYTES = re.compile(rb"[\x21-\x7e]+")

# Rows that Python's codec lacks: NEC's 13 (①㈱) and its selection of IBM's (89 to 92: 髙﨑).
_VENDOR = rb"[\xad\xf9-\xfc][\xa1-\xfe]"
_EUC_JP = re.compile(
    rb"(" + _VENDOR + rb")"
    rb"|(?>(?:(?!" + _VENDOR + rb")(?:[\0-\x7f]++|\x8f..|[\x80-\xff].?)){1,9999})",
    re.DOTALL,
)
_BIG5 = re.compile(
    rb"(" + BIG5_PAIRS + rb")|(?>(?:[\0-\x7f]++|(?!" + BIG5_PAIRS + rb")[\x80-\xff].?){1,9999})",
    re.DOTALL,
)
_GB18030 = re.compile(
    rb"(\x80)|(?>(?:[\0-\x7f]++|[\x81-\xff](?:[\x30-\x39].?.?|[^\x30-\x39])?){1,9999})", re.DOTALL
)

_NOT_ASCII = re.compile(r"[^\x00-\x7f\ufffd]")
_CONTROL = re.compile("[\x80-\x9f]")
_HALF_WIDTH = re.compile("[｡-ﾟ]")
_FULL_KANA = re.compile("[ぁ-んァ-ヴー]")
# Marks of voicing, small letters and long sounds where no Japanese word has them.
_NO_WORD = re.compile("(?<![ｳｶ-ﾄﾊ-ﾎ])ﾞ|(?<![ﾊ-ﾎ])ﾟ|(?<![ｦ-ﾟ])[ｧ-ｰ]")
_ACCENTED_PAIR = re.compile(r"[^\W\d_a-zA-Z]{2,}")
_NOT_ASCII_RUN = re.compile(r"[^\x00-\x7f]+")
# Characters of two bytes in UTF-8 that one script writes side by side; others met by chance.
_WRITTEN = re.compile(
    "[À-ÖØ-öø-ıĴ-ķĹ-ľŁ-ňŊ-žƒƠơƯưǍ-ǜǦǧȘ-țə\u0300-\u0323]+|[ΆΈ-ώ]+|[Ѐ-џҐ-ӿ]+|[Ա-և]+"
    "|[\u05b0-\u05c7א-ת]+|[\u0600-\u06ff]+|[\x80-¿×÷]+"
)
_BETWEEN = re.compile("[\xa0©®°·«»§¡¿£]+")


def straighten(data: bytes) -> tuple[bytes, str | None]:
    """Return bytes in which HTML's marks are plain ASCII, and their charset where that shows.

    Marks of byte order are taken off. UTF-16 becomes UTF-8, and ISO-2022-JP, whose characters
    look like marks, becomes EUC-JP.
    """
    if data.startswith(codecs.BOM_UTF8):
        return data[3:], "utf-8"
    if data.startswith(codecs.BOM_UTF16_LE) or _UTF_16_LE.match(data):
        return _as_utf_8(data, "utf-16-le"), "utf-8"
    if data.startswith(codecs.BOM_UTF16_BE) or _UTF_16_BE.match(data):
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
    names = list(dict.fromkeys(filter(None, map(_codec, declared))))
    if is_utf_8(sample):
        if not _is_utf_8_by_chance(sample, names):
            return "utf-8"
        names = [name for name in names if name != "utf-8"]
    fitting = [name for name in names if _fits(sample, name) and not _is_doubtful(sample, name)]
    if len(fitting) == 1 or any(name in _MULTIBYTE for name in fitting):
        return fitting[0]
    found = _detect(sample, domain)
    if fitting:
        alike = (found, _DETECTED_FOR.get(found))
        return next((name for name in alike if name in fitting), fitting[0])
    return _of_doubtful(sample, names, found)


def is_utf_8(sample: bytes) -> bool:
    """Return whether bytes are ASCII or UTF-8; one bad byte does not spoil many good ones."""
    return sample.isascii() or _nearly_fits(sample, "utf-8")


def decode(data: bytes, charset: str) -> str:
    """Decode bytes; what is wrong becomes U+FFFD, half a character at the end is left out."""
    if data.isascii():
        return data.decode("ascii")
    if charset == "utf-8":
        return _decode(data, charset)
    text = _whole(data, charset)
    return text.translate(CHARACTERS[charset]) if charset in CHARACTERS else text


def _whole(data: bytes, charset: str) -> str:
    """Decode bytes, those too that only the web's tables know."""
    if charset == "euc_jp":
        return "".join(
            _vendor(run[1]) if run[1] else _decode(run[0], charset)
            for run in _EUC_JP.finditer(data)
        )
    text = _decode(data, charset)
    if "\ufffd" not in text and not (charset == "gb18030" and b"\x80" in data):
        return text
    if charset == "big5hkscs":
        return "".join(BIG5.get(run[1]) or _decode(run[0], charset) for run in _BIG5.finditer(data))
    if charset == "gb18030":
        return "".join(
            "€" if run[1] else _decode(run[0], charset) for run in _GB18030.finditer(data)
        )
    if charset not in _MULTIBYTE:  # what a table leaves out is a control character
        pairs = zip(text, data, strict=True)
        return "".join(chr(byte) if one == "\ufffd" and byte < 0xA0 else one for one, byte in pairs)
    return text


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


def _errors(sample: bytes, charset: str, text: str) -> int:
    """Count the characters that no text in this charset holds.

    Those are bytes that stand for none, and control characters; a U+FFFD that was typed is none.
    """
    if charset not in _MULTIBYTE:
        return text.count("\ufffd") + len(_CONTROL.findall(text))
    genuine = sample.count(_GENUINE[charset]) if charset in _GENUINE else 0
    return text.count("\ufffd") - genuine


def _fits(sample: bytes, charset: str) -> bool:
    """Return whether bytes are text in a charset."""
    return not _errors(sample, charset, decode(sample, charset))


def _nearly_fits(sample: bytes, charset: str) -> bool:
    """Return whether bytes are text in a charset: one bad byte does not spoil many good ones."""
    text = decode(sample, charset)
    errors = _errors(sample, charset, text)
    return not errors or 4 * errors <= len(_NOT_ASCII.findall(text))


def _is_utf_8_by_chance(sample: bytes, names: Iterable[str]) -> bool:
    """Return whether bytes that may be UTF-8 are rather what their label says.

    The two bytes of a Chinese, Japanese or Korean character can be one of UTF-8's, but then they
    make no word: 目录 in GBK is "Ŀ¼".
    """
    multibyte = (_MULTIBYTE - {"utf-8"}).intersection(names)
    if not any(_fits(sample, name) for name in multibyte):
        return False
    text = decode(sample, "utf-8").replace("\ufffd", "")
    if not text or max(text) > "\u07ff":
        return False
    words = [word for run in _NOT_ASCII_RUN.findall(text) for word in _BETWEEN.split(run) if word]
    return 2 * sum(1 for word in words if not _WRITTEN.fullmatch(word)) > len(words)


def _is_doubtful(sample: bytes, charset: str) -> bool:
    """Return whether a charset fits bytes that it may not be meant for.

    windows-1252 fits nearly all, and is many servers' default; EUC-JP read as Shift_JIS is
    half-width kana.
    """
    if charset != "cp932":
        return charset == DEFAULT
    text = decode(sample, charset)
    letters = len(_NOT_ASCII.findall(text))
    if 2 * len(_HALF_WIDTH.findall(text)) <= letters or not _fits(sample, "euc_jp"):
        return False
    as_euc = decode(sample, "euc_jp")
    kana = len(_FULL_KANA.findall(as_euc))
    return bool(5 * kana >= len(_NOT_ASCII.findall(as_euc)) or _NO_WORD.search(text))


def _of_doubtful(sample: bytes, names: list[str], found: str) -> str:
    """Return the charset where no label fits the bytes without a doubt; `found` was detected."""
    for name in names:
        if _nearly_fits(sample, name) and not _is_doubtful(sample, name):
            return found if name.startswith("iso8859") and _fits(sample, found) else name
    if not names or (found in _MULTIBYTE and _nearly_fits(sample, found)):
        return found
    single = next((name for name in names if name not in _MULTIBYTE), found)
    is_meant = single != DEFAULT or _is_western(sample) or not _fits(sample, found)
    return single if is_meant else found


def _is_western(sample: bytes) -> bool:
    """Return whether bytes make words of western languages, with few accents side by side."""
    text = decode(sample, DEFAULT)
    side_by_side = sum(map(len, _ACCENTED_PAIR.findall(text)))
    return side_by_side < 6 or 2 * side_by_side < len(_NOT_ASCII.findall(text))


def _detect(sample: bytes, domain: str) -> str:
    # Few pages need it, so it is loaded with the first; its types are not marked as such.
    from chardetng_py.detector import EncodingDetector  # type: ignore[import-untyped]

    detector = EncodingDetector()
    detector.feed(sample, last=True)
    tld = domain.encode() if re.fullmatch("[a-z0-9-]{2,63}", domain) else None
    guess = detector.guess(tld=tld, allow_utf8=False)
    found = _codec(_GUESSES.get(guess, guess)) or DEFAULT
    if found == "cp1258" and is_vietnamese(decode(sample, found)):
        return found
    if found not in (*LATIN, "cp1258") or has_language(decode(sample, found)):
        return found
    spelt = (name for name in LATIN if has_language(decode(sample, name)))
    return next(spelt, found)
