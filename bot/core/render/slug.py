"""The part of an address that is made of a title: `How AI is changing` → `how-ai-is-changing`."""

import re
import unicodedata

LONGEST = 100

_LETTERS = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "þ": "th", "ı": "i"}
_GAP = re.compile(r"[\W_]+")
_GAP_ASCII = re.compile(r"[^a-z0-9]+")
_APOSTROPHE = re.compile(r"(?<=\w)['’ʼ](?=\w)")


def slug(text: object, keep: bool = False) -> str:
    """Return a title as a slug; `keep` keeps letters that are not Latin, which are dropped else.

    Names from a Mac are decomposed, so that all is composed first (NFKC). Empty where nothing is
    left: the template says what stands there then.
    """
    words = unicodedata.normalize("NFKC", str(text)).lower()
    words = _APOSTROPHE.sub("", words)
    if not keep:
        words = "".join(_LETTERS.get(letter, letter) for letter in words)
        words = unicodedata.normalize("NFKD", words)
        words = "".join(letter for letter in words if not unicodedata.combining(letter))
    parts = (_GAP if keep else _GAP_ASCII).sub("-", words).strip("-")
    if len(parts) > LONGEST:
        parts = parts[:LONGEST].rpartition("-")[0] or parts[:LONGEST]
    return parts


def padded(number: object, width: int) -> str:
    """Return a number with zeros before it, up to `width` digits before its point: 060, 060.5."""
    whole, point, rest = str(number).partition(".")
    return f"{whole.zfill(width)}{point}{rest}" if whole else ""
