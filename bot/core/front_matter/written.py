"""Write the values of front matter in one of its formats, as its generators read them."""

import json
import re
from collections.abc import Mapping, Sequence

from bot.core.front_matter.region import Format
from bot.core.front_matter.values import Scalar, Value

_JSON_WORD = re.compile(r"true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?", re.ASCII)
_TOML_WORD = re.compile(
    r"true|false|[+-]?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?"
    r"|\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?)?",
    re.ASCII,
)
_TOML_KEY = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
_PLAIN = re.compile(r"(?:-(?=[\d.])|[A-Za-z0-9_/.+~])[^:#\[\]{},&*!|>'\"%@`\n]*", re.ASCII)
_BREAKS = {
    one: f"\\u{one:04x}" for one in (*range(0x7F, 0xA0), 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF)
}
"""What JSON leaves as it is, and YAML and TOML do not."""


def written(values: Mapping[str, Value], form: Format) -> str:
    """Return values as lines of a format, each with its end, without rulers.

    TOML has no null: a key of that value is left out.
    """
    if form == "json":
        return json.dumps(_json(values), ensure_ascii=False, indent=2) + "\n"
    if form == "toml":
        return "".join(_toml(values))
    return "".join(f"{_key(name)}: {flow(value)}\n" for name, value in values.items())


def flow(value: Value) -> str:
    """Return a value of YAML on one line."""
    if isinstance(value, Scalar):
        return value.text if _is_plain(value) else _quoted(value.text)
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{_key(name)}: {flow(one)}' for name, one in value.items())}}}"
    return f"[{', '.join(map(flow, value))}]"


def _is_plain(value: Scalar) -> bool:
    bare = not value.text or _PLAIN.fullmatch(value.text) is not None
    return not value.quoted and bare and value.text == value.text.strip()


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).translate(_BREAKS)


def _key(name: str) -> str:
    return name if _TOML_KEY.fullmatch(name) and not name.startswith("-") else _quoted(name)


def _json(value: Value) -> object:
    if isinstance(value, Scalar):
        if value.quoted or not _JSON_WORD.fullmatch(value.text):
            return value.text
        return json.loads(value.text, parse_float=str)
    if isinstance(value, Mapping):
        return {name: _json(one) for name, one in value.items()}
    return [_json(one) for one in value]


def _toml(values: Mapping[str, Value], path: Sequence[str] = ()) -> list[str]:
    """Return the keys of a table, then the tables below it."""
    lines: list[str] = []
    tables: list[str] = []
    for name, value in values.items():
        below = [*path, name]
        header = ".".join(map(_toml_key, below))
        if isinstance(value, Mapping):
            tables += [f"\n[{header}]\n", *_toml(value, below)]
        elif not isinstance(value, Scalar) and value and all(isinstance(o, Mapping) for o in value):
            for one in value:
                inside = _toml(one, below) if isinstance(one, Mapping) else []
                tables += [f"\n[[{header}]]\n", *inside]
        elif value != Scalar("null", quoted=False):
            lines.append(f"{_toml_key(name)} = {_inline(value)}\n")
    return lines + tables


def _toml_key(name: str) -> str:
    return name if _TOML_KEY.fullmatch(name) else _quoted(name)


def _inline(value: Value) -> str:
    if isinstance(value, Scalar):
        is_bare = not value.quoted and _TOML_WORD.fullmatch(value.text)
        return value.text if is_bare else _quoted(value.text)
    if isinstance(value, Mapping):
        return (
            f"{{{', '.join(f'{_toml_key(key)} = {_inline(one)}' for key, one in value.items())}}}"
        )
    return f"[{', '.join(map(_inline, value))}]"
