"""What `rundown doctor` looks at: one line a check, and what mends it where it fails."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.texts import say


@dataclass(frozen=True, slots=True)
class Check:
    """Something that has to be so: `name` is its text, `mend` the text that says what to do.

    `values` fill both in. A check that could not be made is not ok either.
    """

    name: str
    ok: bool
    mend: str | None = None
    values: tuple[tuple[str, object], ...] = ()

    def told(self, language: str) -> str:
        """Say how it is, in one line."""
        values = dict(self.values)
        line = f"{'✓' if self.ok else '✗'} {say(self.name, language, **values)}"
        if self.ok or self.mend is None:
            return line
        return f"{line}: {say(self.mend, language, **values)}"


def check(name: str, *, ok: bool, mend: str | None = None, **values: object) -> Check:
    """Make a check."""
    return Check(name, ok, mend, tuple(values.items()))


def all_ok(checks: Iterable[Check]) -> bool:
    """Tell whether nothing is to be mended."""
    return all(one.ok for one in checks)
