"""What completes a half-typed command of the local chat."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.grammar.message import MARKS
from bot.local.room import LocalRoom
from bot.services.desk.command_table import NAMED_KINDS, Command, Kind, numbered
from bot.services.desk.command_text import Completable, completables, quote
from bot.services.desk.desk import Desk
from bot.services.desk.view_commands import Kind as DeskKind
from bot.services.request import Request

MOST = 25


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text that may stand from `start` to the end of the line; `label` is what is shown."""

    start: int
    text: str
    label: str
    about: str = ""


async def suggest(
    line: str, *, desk: Desk, room: LocalRoom, commands: Sequence[Command], request: Request
) -> list[Suggestion]:
    """Return what may complete a half-typed command, for the longest part that something fits."""
    for place in completables(line, commands):
        kind = place.option.kind if place.option else None
        match kind:
            case None:
                found = _words(place, commands, request.language)
            case "channel" | "yes" | "file" | "picture":  # a platform's own
                found = []
            case "text" | "said" | "command" | "mark" | "person" | "message":
                found = _own_values(place, kind, room, commands)
            case _:
                found = await _desk_values(place, kind, desk, request)
        if found:
            return found[:MOST]
    return []


def _words(place: Completable, commands: Sequence[Command], language: str) -> list[Suggestion]:
    about = {f"/{command.name}": command.about(language) for command in commands}
    return [
        Suggestion(
            place.start, word if word.endswith(":") else word + " ", word, about.get(word, "")
        )
        for word in place.words
        if word.startswith(place.typed)
    ]


def _own_values(
    place: Completable, kind: Kind, room: LocalRoom, commands: Sequence[Command]
) -> list[Suggestion]:
    """Complete what the local chat knows by itself."""
    posts = [post for post in reversed(room.posts()) if post.text is not None]
    known = {
        "command": {command.name: "" for command in commands},
        "mark": dict.fromkeys(sorted(MARKS), ""),
        "person": {post.name: "" for post in posts},
        "message": {str(post.number): f"{post.name}: {post.text}"[:60] for post in posts},
    }
    return [
        Suggestion(place.start, f"{text} ", text, about)
        for text, about in known.get(kind, {}).items()
        if text.startswith(place.typed)
    ]


async def _desk_values(
    place: Completable, kind: DeskKind, desk: Desk, request: Request
) -> list[Suggestion]:
    choices = await desk.views.choices(kind, place.typed, request=request)
    if kind not in NAMED_KINDS:
        return [Suggestion(place.start, f"{value} ", label) for label, value in choices]
    names = [numbered(label) for label, _ in choices]
    return [
        Suggestion(place.start, f"{_clear(number, name, names)} ", f"{number} {name}")
        for number, name in names
    ]


def _clear(number: str, name: str, among: Sequence[tuple[str, str]]) -> str:
    """Return the name as it is typed, or the number where the name alone would not be clear."""
    alike = [other for _, other in among if other.casefold() == name.casefold()]
    clear = len(alike) == 1 and not name.endswith("…") and not name[:1].isdecimal()
    return quote(name) if clear else number
