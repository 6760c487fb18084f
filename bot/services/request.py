"""What a command comes with and what it says: the values between a front and the desk."""

from dataclasses import dataclass

from bot.services.ports import Person
from bot.texts import say


@dataclass(frozen=True, slots=True)
class Request:
    """A command that somebody gave.

    `key` is the platform's id of it (a command delivered twice counts once), `at` its time in
    microseconds since 1970, `channel` where it was given, `language` that of the answer.
    """

    key: str
    person: Person
    channel: str
    at: int
    language: str = "en"

    def say(self, what: str, /, **values: object) -> str:
        """Give a text of the desk in the language of the request."""
        return say(f"desk.{what}", self.language, **values)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command says, in the language of the request; `private` concerns its giver alone."""

    text: str
    private: bool = True
