"""A title as plain text: entities, white space, what cannot be seen, and its length put right."""

import html
import re
from collections.abc import Callable

LONGEST = 500
"""Characters of a title; longer ones are cut, with an ellipsis."""

_DECODINGS = 3
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_LONG_NUMBER = re.compile(r"&#[xX]?[0-9a-fA-F]{8,}+;?")  # stands for no character
_HTML_MARK = re.compile(r"&(?:lt|gt|amp|quot|#0*(?:60|62|38|34)|#[xX]0*(?:3[cCeE]|26|22));")
_TAG = re.compile(r"&lt;[!/]?[A-Za-z][^&<>]{0,60}(?:&gt;|\Z)")
_LONE_AMPERSAND = re.compile(r"(?<!\S)&(?!\S)")

_SPACE_RUN = re.compile(r"[^\S ]\s*| \s+")  # all but a single blank
_UNSEEN = re.compile(
    "[\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # control characters
    "\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
# They join and part letters of some scripts, and the pictures of one emoji.
_STRAY_JOINER = re.compile("(?<![^\0-\x7f\\s])[\u200c\u200d]+|[\u200c\u200d]+(?![^\0-\x7f\\s])")

# Each way begins with a class of its own, by which it is passed over where it does not begin.
_SEPARATOR = re.compile(r"(\s\s*(?:[-–—―|·•:»«/~]\s+|[|｜]\s*|::\s+)|[|｜]\s*|: )")
_NO_LETTER = re.compile(r"[\W_]+")


def read(text: str) -> str:
    """Return the plain text of a title as it stood in a page, with its entities."""
    if "<![" in text:
        text = _CDATA.sub(r"\1", text)
    return tidy(decode_entities(text))


def tidy(text: str) -> str:
    """Put white space, control and direction characters and the length of a title right."""
    text = text.strip()
    if not text.isprintable() or "  " in text:  # most are, and need no more
        text = _STRAY_JOINER.sub("", _UNSEEN.sub("", text))
        text = _SPACE_RUN.sub(_one_space, text).strip()
    if len(text) <= LONGEST:
        return text
    cut = text[: LONGEST - 1]
    start, space, end = cut.rpartition(" ")
    return (start if space and len(end) <= 40 else cut).rstrip() + "…"


def _one_space(run: re.Match[str]) -> str:
    return "\u3000" if run[0].strip("\u3000") == "" else " "


def read_shown(text: str) -> str:
    """Return the plain text of a title as somebody shows it, who has decoded it already."""
    return tidy(_decode_rest(text))


def decode_entities(text: str) -> str:
    """Decode character references as often as they were encoded, and no more.

    What still looks encoded then was encoded twice, unless the title is about HTML.
    """
    if "&" not in text:
        return text
    if "&#" in text:
        text = _LONG_NUMBER.sub("\ufffd", text)
    return _decode_rest(html.unescape(text))


def _decode_rest(text: str) -> str:
    """Decode what was encoded once more than was undone.

    A title is about HTML if it shows a tag, or marks of HTML beside others that were decoded.
    """
    for _ in range(_DECODINGS):
        if "&" not in text or not (found := _REFERENCE.findall(text)):
            break
        is_of_html = "<" in text or ">" in text or _TAG.search(text) or _LONE_AMPERSAND.search(text)
        if is_of_html and all(map(_HTML_MARK.fullmatch, found)):
            break
        text = _REFERENCE.sub(
            lambda match: (
                match[0]
                if is_of_html and _HTML_MARK.fullmatch(match[0])  # noqa: B023 - called at once
                else html.unescape(match[0])
            ),
            text,
        )
    return text


def decode_attribute(text: str) -> str:
    """Decode references in an address once; `&copy=` is no reference there."""
    return _REFERENCE.sub(lambda match: html.unescape(match[0]), text)


def site_name_once(title: str, is_site: Callable[[str], bool]) -> str:
    """Take a site's name out where it stands twice: `X - Site - Site`, `Site: X - Site`.

    `is_site` tells whether words are the site's name.
    """
    parts = _SEPARATOR.split(title)
    if len(parts) < 3:
        return title
    while len(parts) > 2 and _same(parts[-1], parts[-3]) and (len(parts) > 3 or is_site(parts[0])):
        del parts[-2:]
    if len(parts) > 4 and _same(parts[0], parts[-1]) and is_site(parts[0]):
        del parts[:2]
    return "".join(parts)


def words(title: str) -> list[str]:
    """Return the parts of a title between its separators: what it is about, its site's name."""
    return _SEPARATOR.split(title)[::2]


def squash(text: str) -> str:
    """Return letters and digits alone, in lower case: the form in which names are compared."""
    return (text if text.isalnum() else _NO_LETTER.sub("", text)).casefold()


def _same(one: str, other: str) -> bool:
    return squash(one) == squash(other) != ""
