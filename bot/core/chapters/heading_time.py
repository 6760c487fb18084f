"""Where a heading carries its time, as the profile's `times` says: `{time} {title}` by default."""

import re
from dataclasses import dataclass

from bot.core.chapters.clock import TYPED

BEFORE = "{time} {title}"
_SLOT = re.compile(r"\{(time|title)\}")


@dataclass(frozen=True, slots=True)
class HeadingTime:
    """A pattern with `{time}` and `{title}`, each once: how a heading is read and written."""

    pattern: str = BEFORE

    def __post_init__(self) -> None:
        """Raise ValueError for a pattern without exactly one of both."""
        if sorted(_SLOT.findall(self.pattern)) != ["time", "title"]:
            raise ValueError(self.pattern)

    def split(self, heading: str) -> tuple[str, str]:
        """Return a heading's time as typed ("" where it has none) and its title."""
        found = re.fullmatch(self._expression(), heading.strip())
        if found is None:
            return "", heading.strip()
        return found["time"], found["title"].strip()

    def join(self, time: str, title: str) -> str:
        """Return the heading of a title with its time, the title alone where there is none."""
        if not time:
            return title
        values = {"time": time, "title": title}
        return _SLOT.sub(lambda slot: values[slot[1]], self.pattern).strip()

    def _expression(self) -> str:
        """Return the pattern as a regular expression; white space in it may be of any length."""
        parts = _SLOT.split(self.pattern.strip())
        slots = {"time": f"(?P<time>{TYPED})", "title": "(?P<title>.*?)"}
        return "".join(
            slots[part] if number % 2 else r"[ \t\u3000]+".join(map(re.escape, _spaced(part)))
            for number, part in enumerate(parts)
        )


def _spaced(literal: str) -> list[str]:
    return re.split(r"[ \t\u3000]+", literal)
