"""YAML that is not trusted, read as values that know their line.

Nothing is constructed by YAML's own rules: a value is the text that stands there, so `no` is a
language, `off` a word and `1:30` a time. Aliases are refused, so nothing can grow.
"""

import difflib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, NoReturn

import yaml

from bot.core.profile.expression import Expression
from bot.core.profile.template import Template
from bot.errors import ProfileError

LONGEST_FILE = 64 * 1024
LONGEST_VALUE = 20_000
LONGEST_REGEX = 1_000
MOST_ENTRIES = 500
DEEPEST = 12

_TAGS = {f"tag:yaml.org,2002:{name}" for name in
         ("str", "int", "float", "bool", "null", "timestamp", "seq", "map", "value")}  # fmt: skip
_TRUE, _FALSE = {"true", "yes", "on"}, {"false", "no", "off"}
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_SURROGATE = re.compile("[\ud800-\udfff]")
_UNSHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def one_line(text: object, most: int = 120) -> str:
    """Return text for an error message: no line breaks, not endless."""
    line = " ".join(_UNSHOWN.sub(" ", str(text)).split())
    return line if len(line) <= most else line[: most - 1] + "…"


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a YAML file: a scalar, list or mapping, with its key and place, for errors."""

    node: yaml.Node
    key: str
    file: str

    @property
    def line(self) -> int:
        """The line at which the value starts, from 1; that of a block's first line of text."""
        block = isinstance(self.node, yaml.ScalarNode) and self.node.style in ("|", ">")
        return int(self.node.start_mark.line) + (2 if block else 1)

    @property
    def is_null(self) -> bool:
        """Whether nothing was written for the key."""
        return bool(self.node.tag == "tag:yaml.org,2002:null")

    @property
    def is_mapping(self) -> bool:
        """Whether it has keys of its own."""
        return isinstance(self.node, yaml.MappingNode)

    @property
    def is_scalar(self) -> bool:
        """Whether it is neither a list nor has keys."""
        return isinstance(self.node, yaml.ScalarNode)

    def fail(self, what: str, **values: object) -> NoReturn:
        """Raise ProfileError with this value's file, line and key."""
        values = {"key": self.key or self.file, **values}
        raise ProfileError(f"profile.{what}", file=self.file, line=self.line, **values)

    def text(self, most: int = LONGEST_VALUE) -> str:
        """Return a scalar as it was written."""
        if not isinstance(self.node, yaml.ScalarNode) or self.is_null:
            self.fail("not-text")
        if len(self.node.value) > most:
            self.fail("too-long-value", most=most)
        value: str = self.node.value
        return value

    def boolean(self) -> bool:
        """Return a truth value."""
        word = self.node.value.lower() if isinstance(self.node, yaml.ScalarNode) else ""
        if word not in _TRUE | _FALSE:
            self.fail("not-bool")
        return word in _TRUE

    def choice(self, known: Collection[str]) -> str:
        """Return one of the known words."""
        word = self.text()
        if word not in known:
            self.fail("choice", value=one_line(word), known=", ".join(known))
        return word

    def entries(self) -> list["Value"]:
        """Return the values of a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            self.fail("not-list")
        if len(self.node.value) > MOST_ENTRIES:
            self.fail("too-many", most=MOST_ENTRIES)
        return [
            Value(node, f"{self.key}[{number}]", self.file)
            for number, node in enumerate(self.node.value, 1)
        ]

    def texts(self) -> tuple[str, ...]:
        """Return the texts of a list."""
        return tuple(entry.text() for entry in self.entries())

    def mapping(self, known: Collection[str] | None = None) -> dict[str, "Value"]:
        """Return what a mapping's keys (all of them `known`) are set to."""
        if not isinstance(self.node, yaml.MappingNode):
            self.fail("not-mapping")
        if len(self.node.value) > MOST_ENTRIES:
            self.fail("too-many", most=MOST_ENTRIES)
        found: dict[str, Value] = {}
        for name, node in self.node.value:
            key = Value(name, self.key, self.file)
            word = key.text()
            shown = one_line(word, 40)
            if known is not None and word not in known:
                key._fail_unknown(shown, known)
            if word in found:
                key.fail("duplicate", key=shown)
            found[word] = Value(node, f"{self.key}.{shown}" if self.key else shown, self.file)
        return {word: value for word, value in found.items() if known is None or not value.is_null}

    def _fail_unknown(self, word: str, known: Collection[str]) -> NoReturn:
        near = difflib.get_close_matches(word, known, 1)
        if near:
            self.fail("unknown-near", key=word, near=near[0])
        self.fail("unknown", key=word, known=", ".join(known))

    def required(self, keys: Mapping[str, "Value"], name: str) -> "Value":
        """Return one of this mapping's keys, which must be there."""
        if name not in keys:
            self.fail("missing", key=f"{self.key}.{name}")
        return keys[name]

    def expression(self) -> Expression:
        """Return a regular expression, compiled."""
        expression = Expression(self.text(LONGEST_REGEX), self.key, self.file, self.line)
        if fault := expression.fault():
            self.fail("regex", cause=one_line(fault))
        return expression

    def template(self) -> Template:
        """Return a template, with its place."""
        return Template(self.text(), self.file, self.line)

    def plain(self) -> object:
        """Return the value as plain data: text, integers, truth values, lists and mappings."""
        if isinstance(self.node, yaml.MappingNode):
            return {name: value.plain() for name, value in self.mapping().items()}
        if isinstance(self.node, yaml.SequenceNode):
            return [entry.plain() for entry in self.entries()]
        if self.is_null:
            return None
        text = self.text()
        if self.node.tag.endswith(":bool"):
            return self.boolean()
        return int(text) if self.node.tag.endswith(":int") and _INTEGER.fullmatch(text) else text


def read(text: str, file: str) -> Value | None:
    """Read one YAML document, None where there is nothing in it.

    Raises ProfileError, with the line, for what is no YAML, too long, too deep, has aliases or
    tags of its own.
    """
    fail = partial(ProfileError, file=file)
    if len(text) > LONGEST_FILE:
        raise fail("profile.too-long", most=LONGEST_FILE)
    try:
        node = _Loader(text, file).get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        cause = error.problem or error.context or "cannot be read"
        line = mark.line + 1 if mark else 1
        raise fail("profile.syntax", line=line, cause=one_line(cause)) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise fail("profile.syntax", line=line, cause=one_line(error.reason)) from error
    except (ValueError, OverflowError) as error:  # `"\UFFFFFFFF"`
        raise fail("profile.syntax", line=1, cause=one_line(error)) from error
    return None if node is None else Value(node, "", file)


class _Loader(yaml.SafeLoader):
    """Refuses what could grow or recurse, before anything is made of it."""

    def __init__(self, text: str, file: str) -> None:
        super().__init__(text)
        self._file = file
        self._depth = 0

    def get_event(self) -> Any:  # noqa: ANN401 - as PyYAML has it
        """Return the next event, of which a node is made."""
        event = super().get_event()  # type: ignore[no-untyped-call]  # PyYAML has no types
        self._check(event)
        return event

    def _check(self, event: Any) -> None:  # noqa: ANN401 - as above
        line = event.start_mark.line + 1 if event.start_mark else 1
        fail = partial(ProfileError, file=self._file, line=line)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise fail("profile.alias")
        tag = getattr(event, "tag", None)
        if tag and tag not in _TAGS:
            raise fail("profile.tag", tag=one_line(tag))
        if isinstance(event, yaml.CollectionStartEvent):
            self._depth += 1
            if self._depth > DEEPEST:
                raise fail("profile.deep", most=DEEPEST)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._depth -= 1
        elif isinstance(event, yaml.ScalarEvent) and _SURROGATE.search(event.value):
            raise fail("profile.syntax", cause="half a character (a lone surrogate)")
