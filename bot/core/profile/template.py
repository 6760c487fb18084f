"""A template of a profile, as it was found there."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Template:
    """A Jinja template of the profile and where it stands, for errors."""

    source: str
    file: str
    line: int = 1
