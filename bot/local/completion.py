"""What completes a half-typed command of the local chat."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.grammar import MARKS
from bot.local.room import LocalRoom
from bot.services.command_line import Place, places, quote
from bot.services.commands import Command, Option
from bot.services.desk import Desk

MOST = 25


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text that may stand from `start` to the end of the line; `label` is what is shown."""

    start: int
    text: str
    label: str
    about: str = ""


async def suggest(
    line: str, *, desk: Desk, room: LocalRoom, commands: Sequence[Command], language: str
) -> list[Suggestion]:
    """Give what may complete a half-typed command, for the longest part that something fits."""
    for place in places(line, commands):
        if place.option is None:
            found = _words(place, commands, language)
        else:
            found = await _values(place, place.option, desk, room, commands)
        if found:
            return found[:MOST]
    return []


def _words(place: Place, commands: Sequence[Command], language: str) -> list[Suggestion]:
    about = {f"/{command.name}": command.about(language) for command in commands}
    return [
        Suggestion(
            place.start, word if word.endswith(":") else word + " ", word, about.get(word, "")
        )
        for word in place.words
        if word.startswith(place.typed)
    ]


async def _values(
    place: Place, option: Option, desk: Desk, room: LocalRoom, commands: Sequence[Command]
) -> list[Suggestion]:
    kind, typed, start = option.kind, place.typed, place.start
    if kind == "text":
        return []
    if kind == "command":
        names = [command.name for command in commands]
        return [Suggestion(start, name, name) for name in names if name.startswith(typed)]
    if kind == "mark":
        return [Suggestion(start, mark + " ", mark) for mark in MARKS if mark.startswith(typed)]
    if kind == "person":
        people = dict.fromkeys(post.name for post in room.posts())
        return [Suggestion(start, name, name) for name in people if name.startswith(typed)]
    if kind == "message":
        posts = [post for post in reversed(room.posts()) if post.text is not None]
        return [
            Suggestion(start, f"{post.number} ", str(post.number), f"{post.name}: {post.text}"[:60])
            for post in posts
            if str(post.number).startswith(typed)
        ]
    choices = await desk.choices(kind, typed)
    return [Suggestion(start, quote(label) + " ", label) for label, _ in choices]
