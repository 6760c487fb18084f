"""An episode's page as it was found, and how often something is seen on some of them."""

import itertools
import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from bot.core.front_matter.region import Format, front_matter
from bot.core.front_matter.values import FrontMatterFault, Scalar, Value, values

NEWEST = 20
"""How many pages are looked at whole."""

MOST = 0.8
"""The share of pages that makes a custom of what is seen on them."""

T = TypeVar("T", bound=Hashable)

Read = Callable[[str], str | None]
"""Returns the text of a file of the site; None where it is no text, or too long."""

_DATE = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}:\d{2}(?::\d{2})?)(?:\.\d+)?(.*))?\Z"
)


@dataclass(frozen=True, slots=True)
class SurveyPage:
    """A page: its path, front matter, and the lines of its body.

    `values` are empty where there is no front matter, or none that can be read (`is_broken`).
    """

    path: str
    text: str
    format: Format | None = None
    front: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)
    body: tuple[str, ...] = ()
    is_broken: bool = False

    def scalar(self, name: str) -> str | None:
        """Return the text of a key's value; None where it has none, or parts."""
        value = self.values.get(name)
        return value.text.strip() if isinstance(value, Scalar) else None


def page(path: str, text: str) -> SurveyPage:
    """Read a page."""
    front = front_matter(text)
    lines = text.splitlines()
    if front is None:
        return SurveyPage(path, text, body=tuple(lines))
    body = tuple(lines[front.height :])
    try:
        return SurveyPage(path, text, front.format, front.text, values(front), body)
    except FrontMatterFault:
        return SurveyPage(path, text, front.format, front.text, {}, body, is_broken=True)


def common(found: Iterable[T]) -> tuple[T, int] | None:
    """Return what is seen most often, and how often; None where nothing was."""
    most = Counter(found).most_common(1)
    return most[0] if most else None


def share(seen: Sequence[object]) -> float:
    """Return how many of some are true, from 0 to 1."""
    return sum(map(bool, seen)) / len(seen) if seen else 0.0


def date_parts(text: str | None) -> re.Match[str] | None:
    """Match a date, with or without a time and a zone."""
    return _DATE.match(text) if text else None


def whole(text: str) -> int:
    """Return the whole number that a text begins with, of its first nine digits; 0 for none."""
    found = re.match("[0-9]{1,9}", text)
    return int(found[0]) if found else 0


def is_sequence(numbers: Sequence[int]) -> bool:
    """Return whether numbers, the newest first, are counted on: most go down by one."""
    steps = [one - other for one, other in itertools.pairwise(numbers)]
    if not steps:
        return bool(numbers)
    return share([step == 1 for step in steps]) >= 0.5 and share([step > 0 for step in steps]) > 0.6
