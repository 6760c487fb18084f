"""The made-up podcast in this folder, as the tests tell it: its conversation, fields and files."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.core.markup.slack_composer import as_text, compose

PODCAST = Path(__file__).parent / "spare-parts"
EPISODE = PODCAST / "ep12"
LOOKUPS = EPISODE / "lookups.jsonl"
PATH = "_episodes/2026-03-20-12.md"
BRANCH = "trunk"
MARKER = "Nora"
"""Whose marks they are."""

_BEGAN = datetime(2026, 3, 16, 18, 0, tzinfo=UTC)
HOSTS = ("Nora", "Teo", "はるか", "健")
_USERS = {"Nora": 1000, "Teo": 1001, "はるか": 1002, "健": 1003}


@dataclass(frozen=True)
class Said:
    """A message; `first` is what it said before it was edited, `to` the one it replies to."""

    by: str
    text: str
    id: str = ""
    to: str = ""
    first: str = ""
    gone: bool = False
    marks: tuple[str, ...] = ()


@cache
def conversation() -> tuple[Said, ...]:
    """Return what was said, in order."""
    told = yaml.safe_load((EPISODE / "chat.yml").read_text("utf-8"))
    return tuple(Said(**{**one, "marks": tuple(one.get("marks", ()))}) for one in told)


def expected() -> str:
    """Return the file that the conversation gives."""
    return (EPISODE / "expected.md").read_text("utf-8")


def profile_files() -> dict[str, bytes]:
    """Return the profile's files by their paths in a site."""
    return {f".rundown/{one.name}": one.read_bytes() for one in (PODCAST / "profile").iterdir()}


def fields() -> dict[str, str]:
    """Return the episode's fields as `/episode set` takes them."""
    told = {}
    for name, value in yaml.safe_load((EPISODE / "episode.yml").read_text("utf-8")).items():
        if isinstance(value, dict):
            told |= {f"{name}.{inner}": str(one) for inner, one in value.items()}
        else:
            told[name] = ", ".join(value) if isinstance(value, list) else str(value)
    return told


def discord_export() -> dict[str, Any]:
    """Return the conversation as DiscordChatExporter writes it: without what was deleted."""
    numbers = {said.id: number for number, said in enumerate(conversation()) if said.id}
    messages = []
    for number, said in enumerate(conversation()):
        if said.gone:
            continue
        at = _BEGAN + timedelta(minutes=number)
        message = {
            "id": str(_discord_id(number)),
            "type": "Reply" if said.to else "Default",
            "timestamp": at.isoformat(),
            "timestampEdited": (at + timedelta(hours=3)).isoformat() if said.first else None,
            "content": said.text,
            "author": _author(said.by),
            "reactions": [
                {"emoji": {"name": mark}, "count": 1, "users": [_author(MARKER)]}
                for mark in said.marks
            ],
        }
        if said.to:
            message["reference"] = {"messageId": str(_discord_id(numbers[said.to]))}
        messages.append(message)
    return {
        "guild": {"id": "1", "name": "Spare Parts"},
        "channel": {"id": "2", "type": "GuildTextChat", "name": "show-notes"},
        "exportedAt": (_BEGAN + timedelta(days=3)).isoformat(),
        "messages": messages,
    }


def _discord_id(number: int) -> int:
    return 1_483_000_000_000_000_000 + number * 251_658_240_000  # a minute, in snowflakes


def _author(name: str) -> dict[str, Any]:
    return {"id": str(_USERS[name]), "name": name, "nickname": name, "isBot": False}


def write_discord_export(path: Path) -> Path:
    """Write the conversation as an export of Discord; return its path."""
    path.write_text(json.dumps(discord_export(), ensure_ascii=False), encoding="utf-8")
    return path


def script() -> str:
    """Return the conversation as lines for the terminal: edits and deletions come at its end."""
    lines: list[str] = []
    after: list[str] = []
    numbers: dict[str, int] = {}
    for number, said in enumerate(conversation(), 1):
        numbers[said.id] = number
        words = (said.first or said.text).replace("\n", "\\\n")
        lines.append(f"/as {said.by}")
        lines.append(f"/reply {numbers[said.to]} {words}" if said.to else words)
        if said.marks:
            lines.append(f"/as {MARKER}")
            lines += [f"/mark {mark} {number}" for mark in said.marks]
        if said.first:
            after += [f"/as {said.by}", f"/edit {number} {said.text}"]
        if said.gone:
            after += [f"/as {said.by}", f"/delete {number}"]
    told = [f"/episode set {name} {value}" for name, value in fields().items()]
    return "\n".join([*lines, *after, *told, "/draft", ""])


@dataclass(frozen=True)
class Step:
    """What a person did to the file, what hosts typed then, and what the next draft changes."""

    who: str
    edits: tuple[tuple[str, str], ...]
    types: str = ""
    gives: tuple[tuple[str, str], ...] = ()


def later() -> list[Step]:
    """Return the steps of `later.yml`, in order."""
    raw = yaml.safe_load((EPISODE / "later.yml").read_text("utf-8"))
    return [
        Step(
            one["who"],
            tuple(map(tuple, one["edits"])),
            one.get("types", ""),
            tuple(map(tuple, one.get("gives", ()))),
        )
        for one in raw
    ]


def put(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    """Return a text with each first part, which is there once, in its second form."""
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


SLACK_MARKS = {"📝": "memo", "🚫": "no_entry_sign", "🔒": "lock"}


def on_slack(text: str) -> str:
    """Return a message as typed in Slack's composer, which knows no words behind an address."""
    return text.replace(' "a good read"', "")


def write_slack_export(folder: Path) -> Path:
    """Write the conversation as Slack's own export, with blocks; return the folder."""
    names = {name: f"U{number}" for name, number in _USERS.items()}
    stamps = {said.id: _stamp(number) for number, said in enumerate(conversation()) if said.id}
    messages = []
    for number, said in enumerate(conversation()):
        if said.gone:
            continue
        blocks = compose(on_slack(said.text))
        message: dict[str, Any] = {"type": "message", "user": names[said.by], "ts": _stamp(number)}
        message |= {"text": as_text(blocks), "blocks": blocks}
        if said.first:
            message["edited"] = {"user": names[said.by], "ts": _stamp(number + 500)}
        if said.to:
            message["thread_ts"] = stamps[said.to]
        elif said.id:
            message |= {"thread_ts": stamps[said.id], "reply_count": 2}
        if said.marks:
            message["reactions"] = [
                {"name": SLACK_MARKS[mark], "users": [names[MARKER]], "count": 1}
                for mark in said.marks
            ]
        messages.append(message)
    people = [
        {"id": one, "name": f"user{one}", "profile": {"display_name": name}}
        for name, one in names.items()
    ]
    files = {
        "users.json": people,
        "channels.json": [{"id": "C1", "name": "show-notes", "members": list(names.values())}],
        "show-notes/2026-03-16.json": messages,
    }
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return folder


def _stamp(number: int) -> str:
    return f"{(_BEGAN + timedelta(minutes=number)).timestamp():.0f}.{number:06}"
