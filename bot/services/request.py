"""What a command comes with and what it says: the values between a front and the desk."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.services.ports import Person
from bot.texts import say


@dataclass(frozen=True, slots=True)
class Request:
    """A command that somebody gave.

    `key` is the platform's id of it (a command delivered twice counts once), `at` its time in
    microseconds since 1970, `channel` where it was given (with `thread`, in that thread of it),
    `language` that of the answer.
    """

    key: str
    person: Person
    channel: str
    at: int
    language: str = "en"
    thread: str | None = None

    def say(self, what: str, /, **values: object) -> str:
        """Return a text of the desk in the language of the request."""
        return say(f"desk.{what}", self.language, **values)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form: it fills in one `option` of a command; `value` is what it begins with."""

    option: str
    label: str
    value: str = ""
    long: bool = False
    required: bool = True


@dataclass(frozen=True, slots=True)
class Form:
    """What is asked for before a command is given; at most five fields, as on Discord."""

    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A button below an answer: it gives the command of the table, with these options.

    With a `form`, whoever taps is asked for the options that are still open.
    """

    label: str
    command: str
    values: Mapping[str, str]
    form: Form | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command says, in the language of the request; `private` concerns its giver alone.

    `choices` are what can be done next; with `search`, other words can be looked for, completed as
    they are typed, where a platform completes none in its commands. An answer with a `file` is that
    file's text: it is shown as it is, under that name.
    """

    text: str
    private: bool = True
    choices: tuple[Choice, ...] = ()
    file: str | None = None
    search: bool = False


def parts(text: str, longest: int) -> list[str]:
    """Split an answer at line breaks into pieces that a platform takes."""
    found = [""]
    for line in text.split("\n"):
        while len(line) > longest:
            found.append(line[:longest])
            line = line[longest:]
        if len(found[-1]) + len(line) + 1 > longest:
            found.append("")
        found[-1] += f"\n{line}" if found[-1] else line
    return [part for part in found if part.strip()] or ["–"]
