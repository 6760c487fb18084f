"""Something that is wrong in a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in which line, from 1; `what` names a text, which the values fill in."""

    line: int
    what: str
    values: Mapping[str, object] = field(default_factory=dict)
