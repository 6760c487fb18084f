"""What a front finds out for `rundown doctor`: whether a thing is well, or what mends it."""

from dataclasses import dataclass

from bot.errors import RundownError
from bot.texts import say


@dataclass(frozen=True, slots=True)
class Check:
    """Something that has to be so; `report` says how it is, or what to do."""

    well: bool
    name: str
    values: tuple[tuple[str, object], ...] = ()

    def report(self, language: str) -> str:
        """Return it in one line."""
        values = {
            name: value.say(language) if isinstance(value, RundownError) else value
            for name, value in self.values
        }
        return say(self.name, language, **values)


def well(name: str, **values: object) -> Check:
    """Say that a thing is as it has to be."""
    return Check(True, name, tuple(values.items()))


def amiss(name: str, **values: object) -> Check:
    """Say that a thing is not as it has to be, and what mends it."""
    return Check(False, name, tuple(values.items()))
