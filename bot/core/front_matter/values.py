"""What front matter says: its keys with their values, each scalar as it was written.

A number stays `060`, a date what stands there: generators read them differently, and nothing is
made of them here.
"""

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, TypeAlias, cast

import yaml

from bot.core.front_matter.brackets import toml_1_0
from bot.core.front_matter.region import Format, FrontMatter, front_matter

MOST_VALUES = 20_000
LONGEST = 1024 * 1024
_DEEPEST = 60
_BRACKET = re.compile(r"[\[\]{}]")
_PLAIN = (None, "")  # as PyYAML in Python and libyaml say of a word without quotes
_TEXTS = ("tag:yaml.org,2002:str", "!str")
_MERGED = "tag:yaml.org,2002:merge"
_NEVER_ENDED = {"while scanning a quoted scalar", "while scanning a simple key"}


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value without parts: its text, and whether it is written as text (`"060"`, not `060`).

    What is not quoted is a number, a date, a truth value, null or, in YAML, any word: which of
    them is for the reader to say, as for each generator. `tag` is what YAML calls it (`!!bool`,
    whole), where it does: not all generators heed that.
    """

    text: str
    quoted: bool = True
    tag: str = ""


Value: TypeAlias = Scalar | Sequence["Value"] | Mapping[str, "Value"]
"""A scalar, a list (a tuple), or a mapping (a dict)."""


class FrontMatterFault(ValueError):  # noqa: N818 - a fault of the file's
    """Front matter that cannot be read: `line` of the file, from 1, and what is wrong there."""

    def __init__(self, line: int, cause: str, shown: str = "") -> None:
        super().__init__(f"line {line}: {cause}")
        self.line = line
        self.cause = cause
        self.shown = shown


def values_in(text: str) -> Mapping[str, Value]:
    """Return what the front matter of a file says; nothing where it has none.

    Raises FrontMatterFault where it cannot be read.
    """
    front = front_matter(text)
    return values(front) if front else {}


def values(front: FrontMatter) -> Mapping[str, Value]:
    """Return the keys and values of front matter; raise FrontMatterFault if it cannot be read."""
    try:
        if len(front.text) > LONGEST:
            raise _Fault(0, "it is too long")
        _check_depth(front.text)
        found = _READERS[front.format](front.text)
    except _Fault as fault:
        raise _at(front, fault) from None
    except RecursionError:
        raise _at(front, _Fault(0, "it is nested too deep")) from None
    return found


def _check_depth(text: str) -> None:
    """Refuse what no person nests so deep, before a reader is asked: some take very long."""
    depth = 0
    for bracket in _BRACKET.finditer(text):
        depth += 1 if bracket[0] in "[{" else -1
        if depth > _DEEPEST:
            raise _Fault(text.count("\n", 0, bracket.start()), "it is nested too deep")


class _Fault(Exception):  # noqa: N818 - becomes a FrontMatterFault
    """A line of the text, from 0, and what is wrong there."""

    def __init__(self, line: int, cause: object) -> None:
        super().__init__(line, cause)
        self.line = line
        self.cause = str(cause)


def _at(front: FrontMatter, fault: _Fault) -> FrontMatterFault:
    lines = front.text.split("\n")
    shown = lines[min(fault.line, len(lines) - 1)].strip()
    return FrontMatterFault(front.first + fault.line + 1, fault.cause, shown[:60])


# --- YAML ----------------------------------------------------------------------------------------


class _Loader(yaml.CSafeLoader):
    """Leaves a word without a tag without one: PyYAML would give `yes` that of `!!bool yes`."""

    def resolve(self, kind: type[yaml.Node], value: str, implicit: tuple[bool, bool]) -> str:
        return ""


def _read_yaml(text: str) -> Mapping[str, Value]:
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        # What never ended is wrong where it begins, not where the reader gave it up.
        mark = error.context_mark if error.context in _NEVER_ENDED else error.problem_mark
        raise _Fault(mark.line if mark else 0, error.problem or error.context) from None
    except yaml.YAMLError as error:
        position = getattr(error, "position", None) or 0
        raise _Fault(text.count("\n", 0, position), getattr(error, "reason", error)) from None
    except (ValueError, OverflowError) as error:  # `"\UFFFFFFFF"`
        raise _Fault(0, error) from None
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        raise _Fault(node.start_mark.line, "it has no keys")
    found = _YamlReader().value(node, 0)
    assert isinstance(found, dict)  # noqa: S101 - a mapping's node gives one
    return found


class _YamlReader:
    """Makes values of nodes; aliases may repeat what they name, but not without bounds."""

    def __init__(self) -> None:
        self._left = MOST_VALUES

    def value(self, node: yaml.Node, depth: int) -> Value:
        self._left -= 1
        if self._left < 0 or depth > _DEEPEST:
            raise _Fault(node.start_mark.line, "it has too many values")
        if isinstance(node, yaml.ScalarNode):
            is_text = node.tag in _TEXTS or (not node.tag and node.style not in _PLAIN)
            return Scalar(node.value, quoted=is_text, tag=node.tag)
        if isinstance(node, yaml.SequenceNode):
            return tuple(self.value(one, depth + 1) for one in node.value)
        found: dict[str, Value] = {}
        merged: dict[str, Value] = {}
        for key, below in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else None
            if name is None:
                raise _Fault(key.start_mark.line, "a key that is no word")
            if key.tag == _MERGED or (not key.tag and key.style in _PLAIN and name == "<<"):
                for one, value in self._merged(below, depth + 1).items():
                    merged.setdefault(one, value)
                continue
            if name in found:
                raise _Fault(key.start_mark.line, f"the key {name[:40]} stands there twice")
            found[name] = self.value(below, depth + 1)
        return {**merged, **found}

    def _merged(self, node: yaml.Node, depth: int) -> dict[str, Value]:
        """Return what a mapping, or several of which the first wins, bring in by YAML 1.1's `<<`.

        Of anything else, it is a key like another.
        """
        given = self.value(node, depth)
        several = given if isinstance(given, tuple) else (given,)
        if not all(isinstance(one, dict) for one in several):
            return {"<<": given}
        found: dict[str, Value] = {}
        for one in reversed(several):
            found.update(cast(dict[str, Value], one))
        return found


# --- TOML and JSON -------------------------------------------------------------------------------


def _read_toml(text: str) -> Mapping[str, Value]:
    # Loaded here because most sites write YAML.
    import tomllib

    try:
        try:
            found = tomllib.loads(text, parse_float=_Bare)
        except tomllib.TOMLDecodeError:
            if (older := toml_1_0(text)) == text:
                raise
            found = tomllib.loads(older, parse_float=_Bare)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        last = max(text.count("\n") - 1, 0)
        raise _Fault(int(line[1]) - 1 if line else last, str(error).partition(" (at")[0]) from None
    return _plain_mapping(found)


def _read_json(text: str) -> Mapping[str, Value]:
    try:
        found = json.loads(
            text, parse_float=_Bare, parse_int=_Bare, object_pairs_hook=_without_doubles
        )
    except json.JSONDecodeError as error:
        raise _Fault(error.lineno - 1, error.msg) from None
    if not isinstance(found, dict):
        raise _Fault(0, "it has no keys")
    return _plain_mapping(found)


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a key that stands there twice, of which readers silently take the last."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _Fault(0, f"the key {twice[:40]} stands there twice")
    return found


class _Bare(str):
    """A number as it was written."""

    __slots__ = ()


def _plain_mapping(found: Mapping[str, Any]) -> dict[str, Value]:
    return {name: _plain(value) for name, value in found.items()}


def _plain(value: object) -> Value:
    if isinstance(value, Mapping):
        return _plain_mapping(value)
    if isinstance(value, list):
        return tuple(map(_plain, value))
    if isinstance(value, _Bare):
        return Scalar(str(value), quoted=False)
    if isinstance(value, str):
        return Scalar(value)
    if isinstance(value, bool):
        return Scalar("true" if value else "false", quoted=False)
    if isinstance(value, date | time):  # a datetime is a date too
        return Scalar(value.isoformat(), quoted=False)
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return Scalar("null" if value is None else str(value), quoted=False)
    return Scalar(str(value), quoted=False)


_READERS: dict[Format, Callable[[str], Mapping[str, Value]]] = {
    "yaml": _read_yaml,
    "toml": _read_toml,
    "json": _read_json,
}


def text_at(found: Mapping[str, Value], path: str) -> str | None:
    """Return the text of the scalar at a path such as `params.episode`; None if there is none."""
    value: Value | None = found
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value.text if isinstance(value, Scalar) else None
