"""Discord's OpenAPI description, read back from the npm package that is made of it every day.

`discord-api-spec` holds every component as a Zod schema, with its limits, and what each operation
takes and gives as a TypeScript type. Both are written by a program in one plain language, so a
small parser gives JSON Schema again; anything that it does not know is an error, never left out.
"""

import json
import re
from collections.abc import Callable
from typing import Any

Schema = dict[str, Any]

_TOKEN = re.compile(
    r"""\s+ | /\*.*?\*/ | //[^\n]*
    | (?P<text>"(?:[^"\\]|\\.)*") | (?P<number>-?\d+(?:\.\d+)?) | (?P<name>[A-Za-z_$][\w$]*)
    | (?P<sign>=>|[^\s\w])""",
    re.VERBOSE | re.DOTALL,
)


def described(schemas: str, types: str) -> dict[str, Any]:
    """Return the description: `paths` as in OpenAPI 3.1, and `components`."""
    exported = re.finditer(r"^export const (\w+)Schema =\s+(.*?);\n(?=\n|\Z)", schemas, re.M | re.S)
    components = {each[1]: _plain(_Zod(each[2]).value()) for each in exported}
    paths = _Types(types.partition("export interface Paths ")[2]).type()["properties"]
    return {
        "paths": {
            path: {method: _operation(said) for method, said in methods["properties"].items()}
            for path, methods in paths.items()
        },
        "components": {"schemas": components},
    }


def _operation(said: Schema) -> dict[str, Any]:
    parts = said["properties"]
    responses = parts["responses"]["properties"]
    operation: dict[str, Any] = {
        "responses": {status: _content(reply) for status, reply in responses.items()}
    }
    if parts["requestBody"] != _NOTHING:
        operation["requestBody"] = _content(parts["requestBody"])
    return operation


def _content(schema: Schema) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": schema}}} if schema else {}


class _Parser:
    """What both languages share: tokens, read one after the other."""

    def __init__(self, source: str) -> None:
        self._tokens = (found for found in _TOKEN.finditer(source) if found.lastgroup)
        self._next = next(self._tokens, None)

    def _peek(self) -> str:
        return self._next[0] if self._next else ""

    def _take(self, wanted: str = "") -> str:
        taken = self._peek()
        if (wanted and taken != wanted) or not taken:
            raise ValueError(f"{wanted or 'more'} was expected, not {taken!r}")
        self._next = next(self._tokens, None)
        return taken

    def _met(self, sign: str) -> bool:
        if self._peek() != sign:
            return False
        self._take()
        return True

    def _key(self) -> str:
        taken = self._take()
        return json.loads(taken) if taken.startswith('"') else taken


# --- Zod ---------------------------------------------------------------------------------------

_OPTIONAL = "optional"  # a mark on a property's schema while it is read
_NULL: Schema = {"type": "null"}
_KINDS: dict[str, Schema] = {
    "string": {"type": "string"},
    "url": {"type": "string"},
    "datetime": {"type": "string"},
    "date": {"type": "string"},
    "boolean": {"type": "boolean"},
    "number": {"type": "number"},
    "int32": {"type": "integer", "minimum": -(2**31), "maximum": 2**31 - 1},
    "null": _NULL,
    "undefined": {"not": {}},
    "unknown": {},
}
_LIMITS = {
    "string": {"minLength": "minLength", "maxLength": "maxLength"},
    "array": {"minLength": "minItems", "maxLength": "maxItems"},
    "object": {"minLength": "minProperties", "maxLength": "maxProperties"},
}


class _Zod(_Parser):
    """Expressions such as `z.nullish(z.string().check(z.maxLength(100)))`."""

    def value(self) -> Any:
        token = self._take()
        if token == "[":
            return self._listed("]")
        if token == "{":
            return self._properties()
        if token == "(":  # () => expression
            self._take(")")
            self._take("=>")
            return self.value()
        if token == "new":
            self._take("RegExp")
            self._take("(")
            return self._listed(")")[0]
        if token[0] in '"-' or token[0].isdigit() or token in ("true", "false", "null"):
            return json.loads(token)
        return self._chain(token)

    def _listed(self, end: str) -> list[Any]:
        values = []
        while not self._met(end):
            values.append(self.value())
            self._met(",")
        return values

    def _properties(self) -> dict[str, Any]:
        found = {}
        while not self._met("}"):
            name = self._key()
            self._take(":")
            found[name] = self.value()
            self._met(",")
        return found

    def _chain(self, name: str) -> Any:
        if name.endswith("Schema"):
            return {"$ref": f"#/components/schemas/{name.removesuffix('Schema')}"}
        value: Schema = {}
        while name == "z" or self._peek() in (".", "("):
            if self._met("("):
                value = _called(name, value, self._listed(")"))
            else:
                self._take(".")
                name = self._take()
        return value


def _called(name: str, value: Schema, given: list[Any]) -> Any:
    """Return what a call makes: a schema, or the one limit of a check."""
    if name in _KINDS:
        return dict(_KINDS[name])
    if name == "check":
        words = _LIMITS.get(value["type"], {})
        limits = {words.get(limit, limit): at for each in given for limit, at in each.items()}
        return value | limits
    if name not in _MADE:
        raise ValueError(f"Zod's {name} is not known here")
    return _MADE[name](*given)


def _object(members: dict[str, Schema]) -> Schema:
    required = [key for key, each in members.items() if _OPTIONAL not in each]
    properties = {key: _plain(each) for key, each in members.items()}
    return {"type": "object", "properties": properties, "required": required}


_MADE: dict[str, Callable[..., Any]] = {
    "zObject": _object,
    "object": _object,
    "optional": lambda schema: {**schema, _OPTIONAL: True},
    "nullable": lambda schema: {"anyOf": [_NULL, schema]},
    "nullish": lambda schema: {"anyOf": [_NULL, schema], _OPTIONAL: True},
    "array": lambda items: {"type": "array", "items": items},
    "record": lambda keys, values: {"type": "object", "additionalProperties": values},
    "union": lambda schemas: {"anyOf": schemas},
    "intersection": lambda *schemas: {"allOf": list(schemas)},
    "literal": lambda value: {"enum": value if isinstance(value, list) else [value]},
    "lazy": lambda schema: schema,
    "regex": lambda pattern: {"pattern": pattern},
    **{
        limit: lambda figure, limit=limit: {limit: figure}
        for limit in ("minimum", "maximum", "minLength", "maxLength")
    },
}


def _plain(schema: Schema) -> Schema:
    return {key: value for key, value in schema.items() if key != _OPTIONAL}


# --- TypeScript --------------------------------------------------------------------------------

_NOTHING: Schema = {"not": {}}
_WORDS: dict[str, Schema] = {
    "string": {"type": "string"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "null": _NULL,
    "undefined": _NOTHING,
    "never": _NOTHING,
    "unknown": {},
    "true": {"enum": [True]},
    "false": {"enum": [False]},
}


class _Types(_Parser):
    """Types such as `MessageResponse[] | null` and `{ messages?: SnowflakeType[] }`."""

    def type(self) -> Schema:
        return self._separated("|", lambda: self._separated("&", self._arrays, "allOf"), "anyOf")

    def _separated(self, sign: str, part: Any, word: str) -> Schema:
        self._met(sign)
        parts = [part()]
        while self._met(sign):
            parts.append(part())
        return parts[0] if len(parts) == 1 else {word: parts}

    def _arrays(self) -> Schema:
        found = self._one()
        while self._met("["):
            self._take("]")
            found = {"type": "array", "items": found}
        return found

    def _one(self) -> Schema:
        token = self._take()
        if token == "{":
            return self._members()
        if token == "(":
            inner = self.type()
            self._take(")")
            return inner
        if token == "[":  # a tuple
            while not self._met("]"):
                self.type()
                self._met(",")
            return {"type": "array"}
        if token[0] in '"-' or token[0].isdigit():
            return {"enum": [json.loads(token)]}
        if token == "Record":
            self._take("<")
            self.type()
            self._take(",")
            values = self.type()
            self._take(">")
            return {"type": "object", "additionalProperties": values}
        return dict(_WORDS.get(token, {"$ref": f"#/components/schemas/{token}"}))

    def _members(self) -> Schema:
        members: Schema = {"type": "object", "properties": {}, "required": []}
        while not self._met("}"):
            if self._met("["):  # [key: string]: type
                self._take()
                self._member()
                self._take("]")
                members["additionalProperties"] = self._member()
            else:
                name = self._key()
                if not self._met("?"):
                    members["required"].append(name)
                members["properties"][name] = self._member()
            self._met(";")
            self._met(",")
        return members

    def _member(self) -> Schema:
        self._take(":")
        return self.type()
