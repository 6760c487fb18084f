"""The fields that a site asks for beside the usual ones, and what each may hold."""

import re
from collections.abc import Mapping
from typing import Literal, get_args

from bot.core.profile.yaml_nodes import Value

FieldType = Literal["text", "number", "boolean", "date", "list"]

TYPES: tuple[str, ...] = get_args(FieldType)

_NAME = re.compile(r"[a-z_]\w{0,60}")


def read_fields(value: Value) -> Mapping[str, str]:
    """Read `fields: {guests: list, …}`."""
    found = {}
    for name, entry in value.mapping().items():
        if not _NAME.fullmatch(name):
            entry.fail("field-name", key=name)
        found[name] = entry.choice(TYPES)
    return found
