"""The heading of a PDF's page: the largest letters that its content draws.

Only for fonts that speak Latin letters as they are, as TeX's and most Western programs' do; what
needs a font's own table gives no heading, rather than a wrong one.
"""

import re
from collections.abc import Iterator

from bot.core.page.pdf_strings import read_string

_LONGEST_CONTENT = 32 * 1024
_FEWEST_LETTERS = 8
_WORD_GAP = -180  # thousandths of a letter's size: more is a blank between words

_STRING = rb"\((?>(?:[^\\()]++|\\.|\((?>(?:[^\\()]++|\\.)*)\))*)\)"
_OPERATOR = re.compile(
    rb"/\S{1,80}\s+(?P<size>[\d.]{1,9})\s+Tf"
    rb"|(?P<matrix>(?:-?[\d.]{1,12}\s+){6})Tm"
    rb"|\[(?P<array>(?>(?:[^\[\]()]++|" + _STRING + rb")*))\]\s*TJ"
    rb"|(?P<string>" + _STRING + rb")\s*(?:Tj|'|\")"
    rb"|-?[\d.]{1,12}\s+(?P<down>-?[\d.]{1,12})\s+T[dD]\b|(?P<line>\bBT\b|T\*)",
    re.DOTALL,
)
_IN_ARRAY = re.compile(rb"(?P<string>" + _STRING + rb")|(?P<gap>-?\d[\d.]*)", re.DOTALL)
_LIGATURES = str.maketrans(
    dict(zip("\x0b\x0c\x0d\x0e\x0f", ("ff", "fi", "fl", "ffi", "ffl"), strict=True))
    | dict(zip("\x1b\x1c\x1d\x1e\x1f", ("ff", "fi", "fl", "ffi", "ffl"), strict=True))
)
_READABLE = re.compile(r"[\w\s.,:;?!'’‘“”()\[\]/&+*=-]*")
_STAMP = re.compile(r"arxiv:|doi:|https?:", re.IGNORECASE)


def heading(content: bytes) -> str | None:
    """Return the heading that a page's content draws; None where none can be read."""
    lines: list[tuple[float, str]] = []
    for size, text in _runs(content[:_LONGEST_CONTENT]):
        if lines and lines[-1][0] == size:
            lines[-1] = (size, lines[-1][1] + text)
        else:
            lines.append((size, text))
    fit = [(size, text.strip()) for size, text in lines if _is_heading(text)]
    sizes = sorted({size for size, _ in fit})
    if len({size for size, text in lines if text.strip()}) < 2 or not fit:
        return None  # nothing stands out
    return next(text for size, text in fit if size == sizes[-1])


def _is_heading(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    return (
        letters >= _FEWEST_LETTERS
        and 3 * letters >= 2 * len(text.strip())
        and _READABLE.fullmatch(text) is not None
        and not _STAMP.match(text.strip())
    )


def _runs(content: bytes) -> Iterator[tuple[float, str]]:
    """Yield what is drawn, with the size of its letters, lines apart by a blank."""
    font, scale = 1.0, 1.0
    for found in _OPERATOR.finditer(content):
        if found["size"]:
            font = _number(found["size"])
        elif found["matrix"]:
            _, slant, _, height, _, _ = map(_number, found["matrix"].split())
            scale = 0.0 if slant else abs(height)  # text that is turned is no heading
            yield round(font * scale, 1), " "
        elif found["line"] == b"BT":
            scale = 1.0
            yield round(font, 1), " "
        elif found["line"] or (found["down"] and _number(found["down"])):
            yield round(font * scale, 1), " "
        elif found["string"]:
            yield round(font * scale, 1), _text(found["string"])
        elif found["array"]:
            yield round(font * scale, 1), _array(found["array"])


def _array(data: bytes) -> str:
    """Return the text of an array of strings and the gaps between them."""
    return "".join(
        _text(part["string"]) if part["string"] else " " * (_number(part["gap"]) < _WORD_GAP)
        for part in _IN_ARRAY.finditer(data)
    )


def _text(string: bytes) -> str:
    return read_string(string).decode("cp1252", "replace").translate(_LIGATURES)


def _number(digits: bytes) -> float:
    try:
        return float(digits)
    except ValueError:
        return 0.0
