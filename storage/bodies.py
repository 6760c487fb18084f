"""What rows hold: texts that fit a database, and values, look-ups and drafts as JSON."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any

from bot.core.merge.conflict import Conflict
from bot.core.model import Lookup
from bot.services.ports import Draft

_RANKS = {"preview": 1, "answer": 2, "page": 3, "provider": 4, "file": 5}
_JSON = json.JSONEncoder(ensure_ascii=False)  # made once: json.dumps would make one each time
_NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")


def escaped(body: str) -> str:
    """Make JSON fit for a database: a lone surrogate, which UTF-8 has no place for, is escaped."""
    return body.encode("utf-8", "backslashreplace").decode()


def packed(values: object) -> str:
    """Return values as one JSON parameter, for what takes a list apart in SQL.

    A character that no text can hold there goes: half a pair becomes a question mark, NUL nothing.
    """
    text = _JSON.encode(values).encode("utf-8", "replace").decode()
    return _NUL.sub(r"\1", text) if "\\u0000" in text else text


def without_nul(values: Sequence[Any]) -> list[Any]:
    """Return values without NUL, which no text in PostgreSQL can hold."""
    return [
        value.replace("\x00", "") if isinstance(value, str) and "\x00" in value else value
        for value in values
    ]


def rank_of(lookup: Lookup) -> int:
    """Return how good a look-up is: by its title's source, else its answer, 0 for nothing."""
    if lookup.title:
        return _RANKS[lookup.source]
    return _RANKS["answer"] if lookup.answer or lookup.embed_html else 0


def lookup_body(lookup: Lookup) -> str:
    """Return a look-up as it is stored."""
    return escaped(_JSON.encode(_values(lookup)))


def _values(lookup: Lookup) -> dict[str, object]:
    values = {field.name: getattr(lookup, field.name) for field in fields(lookup)}
    return values | {"answer": dict(lookup.answer)}


def looked_up(body: str) -> tuple[int, bool]:
    """Return when a stored look-up was made, and whether a person gave it."""
    values = json.loads(body)
    return values.get("at", 0), values.get("source") == "file"


def draft_body(draft: Draft) -> str:
    """Return a draft as it is stored; its conflicts have the name that they always had there."""
    values: dict[str, Any] = {field.name: getattr(draft, field.name) for field in fields(draft)}
    values["lookups"] = {one: _values(found) for one, found in draft.lookups.items()}
    values["disputes"] = [asdict(one) for one in values.pop("conflicts")]
    return escaped(_JSON.encode(values))


def draft_of(body: str) -> Draft:
    """Read a draft as it was stored."""
    values = json.loads(body)
    values["lookups"] = {one: Lookup(**found) for one, found in values["lookups"].items()}
    values["conflicts"] = tuple(Conflict(**one) for one in values.pop("disputes"))
    values["both"] = {item: tuple(texts) for item, texts in values.get("both", {}).items()}
    for name in ("owners", "people", "hidden", "writers"):
        values[name] = tuple(values.get(name, ()))
    return Draft(**values)
