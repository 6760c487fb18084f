"""What a database holds, for people to compare."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database holds, for people to compare."""

    events: int
    episodes: int
    size: int
