"""A conflict of a merge: a value of its own, for what keeps it and never merges."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Conflict:
    """What the sides made of one thing that cannot both stand.

    `name` is what hosts know it by. `ours` and `theirs` are empty where it was removed. `line` is
    that of the result, from 0, where what stands there begins, or would; `height` how many lines
    that are.
    """

    kind: Literal["item", "topic", "front-matter", "text"]
    name: str
    base: str
    ours: str
    theirs: str
    owner: str | None
    line: int
    height: int = 0
