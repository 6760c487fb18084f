"""The fields of an episode as hosts type them, in a command or a file."""

import datetime
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from bot.errors import CommandError

FIELDS = ("number", "title", "date", "starring", "summary", "tags")
"""The fields that every episode may have; a site's template may ask for others."""

LONGEST = 4_000
"""Characters that a field may hold."""

_LISTS = ("starring", "tags")
_MADE_BY_US = ("body", "body_lead", "body_rest", "topics")
_NO_KINDS: Mapping[str, str] = {}
_YES = {"true", "yes", "y", "on", "1", "はい"}
_NO = {"false", "no", "n", "off", "0", "いいえ"}
_NAME = re.compile(r"[a-z_][\w-]{0,60}(?:\.[a-z_][\w-]{0,60}){0,3}")
_NUMBER = re.compile(r"\d{1,6}(?:\.\d{1,6})?")
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")


def parse_field(
    name: str, text: str, kinds: Mapping[str, str] = _NO_KINDS, *, called: str = ""
) -> str | list[str] | None:
    """Read what a host typed for a field: text, or a list of texts for `starring` and `tags`.

    `kinds` says what the site's own fields hold, `called` what an error calls the field. Nothing
    typed gives None: the field is taken away. Raises CommandError for a name that cannot be a
    field's, and for a number, date, truth value or length that cannot be.
    """
    if not _NAME.fullmatch(name) or name in _MADE_BY_US:
        raise CommandError("desk.no-such-field", field=name[:60])
    text = one_line(text)
    if len(text) > LONGEST:
        raise CommandError("desk.field-too-long", field=called or name, most=LONGEST)
    if not text:
        return None
    if name == "number":
        return _number(text)
    if name == "date":
        return _date(text)
    kind = kinds.get(name)
    if kind == "number" and not re.fullmatch(r"-?\d{1,12}(\.\d{1,6})?", text):
        raise CommandError("desk.no-count", field=called or name, value=text[:60])
    if kind == "boolean":
        return "true" if is_true(called or name, text) else "false"
    if kind == "date":
        return _date(text)
    if name in _LISTS or kind == "list":
        return [one.strip() for one in re.split(r"[,、，]", text) if one.strip()]
    return text


def one_line(text: str) -> str:
    """Return a text in one line: no control characters, and single spaces."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


def is_true(name: str, text: str) -> bool:
    """Return whether a text says yes. Raises CommandError where it says neither yes nor no."""
    word = one_line(text).lower()
    if word not in _YES | _NO:
        raise CommandError("desk.no-truth", field=name, value=word[:60])
    return word in _YES


def _number(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).lstrip("#").strip()
    if not _NUMBER.fullmatch(text):
        raise CommandError("desk.no-number", value=text[:60])
    return text


def _date(text: str) -> str:
    found = _DATE.fullmatch(unicodedata.normalize("NFKC", text))
    try:
        if found is None:
            raise ValueError(text)
        return datetime.date(*map(int, found.groups())).isoformat()
    except ValueError as error:
        raise CommandError("desk.no-date", value=text[:60]) from error


def date_in(text: str) -> str | None:
    """Return the date that a text begins with, which a time may follow; None if there is none."""
    found = _DATE.match(unicodedata.normalize("NFKC", text))
    if found is None:
        return None
    behind = found.string[len(found[0].rstrip()) :][:1]
    if behind not in ("", " ", "T", "t"):
        return None
    try:
        return datetime.date(*map(int, found.groups())).isoformat()
    except ValueError:
        return None


def from_mapping(values: Mapping[str, Any]) -> dict[str, Any]:
    """Read the fields of a file: number and date are checked, the rest stays as it is.

    Raises CommandError for a number or date that cannot be, and where the number is empty.
    """
    fields: dict[str, Any] = {}
    for name, value in values.items():
        if name in ("number", "date") and value is not None:
            value = parse_field(name, str(value))
        if name == "number" and value is None:
            raise CommandError("desk.number-needed")
        fields[name] = value
    return fields


def with_field(fields: dict[str, Any], path: list[str], value: object) -> dict[str, Any]:
    """Return fields with one set (None takes it away), mappings on the way made as needed."""
    name, rest = path[0], path[1:]
    if rest:
        inner = fields.get(name)
        value = with_field(inner if isinstance(inner, dict) else {}, rest, value) or None
    kept = {key: old for key, old in fields.items() if key != name}
    return kept if value is None else {**kept, name: value}
