"""A Slack workspace's export, as snapshots.

`users.json` and the lists of conversations lie beside one folder a conversation, which has one
file a day. A conversation that no list names goes by its folder's name.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import tzinfo
from pathlib import Path
from typing import Any, Self

from bot.adapters.export.files import Files
from bot.adapters.export.json_stream import JsonFile
from bot.core.events import Message
from bot.core.markup.slack import written_in
from bot.core.markup.slack_inline import Workspace
from bot.core.markup.slack_message import (
    MOST_TEXT,
    READ,
    SLACKBOT,
    dict_of,
    dicts_of,
    id_of,
    mark_of,
    previews,
    shown,
    thread_of,
    time_of,
)
from bot.errors import ExportError
from bot.services.ports import Person, Preview, Reaction, Snapshot

MOST_PEOPLE = 200_000

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\.json")
_USERS = "users.json"
_CONVERSATIONS = ("channels.json", "groups.json", "mpims.json", "dms.json")
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_LISTED = frozenset(["id", "name", "is_bot", "real_name", "display_name", "profile"])
_MESSAGE = frozenset({
    "subtype", "ts", "thread_ts", "user", "bot_id", "text", "blocks", "edited", "reactions",
    "name", "users", "count", "attachments", "title", "title_link", "from_url", "original_url",
    "user_profile", "display_name", "real_name", "type", "elements", "style", "bold", "italic",
    "strike", "code", "url", "unicode", "user_id", "channel_id", "usergroup_id", "range",
    "timestamp", "format", "fallback", "value", "indent", "border", "language", "is_share",
    "message_blocks", "message", "rows", "title_url", "video_url", "fields", "accessory",
})  # fmt: skip


def channel_folder(path: Path) -> str | None:
    """Return the folder's name if `path` is that of one conversation within an export."""
    try:
        beside = [name for name in (_USERS, *_CONVERSATIONS) if (path.parent / name).is_file()]
        days = path.is_dir() and any(_DAY.fullmatch(file.name) for file in path.iterdir())
    except OSError:
        return None
    return path.name if beside and days else None


class SlackExport:
    """The files of an export, conversation by conversation, oldest day first."""

    def __init__(self, files: Files, root: str, days: list[str]) -> None:
        self._files = files
        self._root = root
        self._days = sorted(days, key=lambda name: tuple(name.rsplit("/", 2)[-2:]))
        self.size = sum(files.sizes[name] for name in days)

    @classmethod
    def find(cls, files: Files, only: str | None = None) -> Self | None:
        """Recognise an export at the top, or in the one folder of a ZIP or folder."""
        roots = {
            name.rpartition("/")[0]
            for name in files.sizes
            if name.count("/") <= 1 and name.rpartition("/")[2] in (_USERS, *_CONVERSATIONS)
        }
        for root in sorted(roots, key=len):
            days = [name for name in files.sizes if _is_day(name, root, only)]
            if days:
                return cls(files, root, days)
        return None

    def snapshots(self, zone: tzinfo, count: Callable[[int], None]) -> Iterator[Snapshot]:
        """Yield the messages of people, conversation by conversation, day by day."""
        people, bots = self._people()
        channels = self._channels()
        named = self.names()
        workspace = Workspace(people, named, zone=zone)
        for day in self._days:
            folder = unicodedata.normalize("NFC", day.rsplit("/", 2)[-2])
            reader = _Reader(
                self._files.json(day, count), channels.get(folder, folder), workspace, bots
            )
            for raw in reader.file.entries(None, _MESSAGE):
                snapshot = reader.snapshot(raw)
                if snapshot is not None:
                    yield snapshot

    def names(self) -> dict[str, str]:
        """Return the names of the conversations by their ids."""
        return {identity: name for name, identity in self._channels().items()}

    def _people(self) -> tuple[dict[str, str], set[str]]:
        """Return everybody's name by id, and the ids of those who are bots."""
        names: dict[str, str] = {}
        bots = {SLACKBOT}
        for raw in self._listed(_USERS):
            names[raw["id"]] = shown(raw)
            if raw.get("is_bot") is True:
                bots.add(raw["id"])
        return names, bots

    def _channels(self) -> dict[str, str]:
        """Return the conversations' ids by the names of their folders."""
        found: dict[str, str] = {}
        for name in _CONVERSATIONS:
            for raw in self._listed(name):
                folder = raw.get("name")
                folder = folder if isinstance(folder, str) and folder else raw["id"]
                found[unicodedata.normalize("NFC", folder)] = raw["id"]
        return found

    def _listed(self, name: str) -> Iterator[dict[str, Any]]:
        path = f"{self._root}/{name}" if self._root else name
        if path not in self._files.sizes:
            return
        file = self._files.json(path)
        for raw in file.entries(None, _LISTED):
            if not isinstance(raw, dict):
                raise file.refuse("no-object")
            if not isinstance(raw.get("id"), str) or not _ID.fullmatch(raw["id"]):
                raise file.refuse("wrong-field", field="id")
            if file.entry > MOST_PEOPLE:
                raise file.refuse("too-big")
            yield raw


class _Reader:
    """Reads the messages of one conversation's day."""

    def __init__(self, file: JsonFile, channel: str, workspace: Workspace, bots: set[str]) -> None:
        self.file = file
        self._channel = channel
        self._workspace = workspace
        self._bots = bots

    def snapshot(self, raw: object) -> Snapshot | None:
        """Return a message's state; None for what a person did not write.

        A reply that was also sent to the channel is one message, and stays in its thread.
        """
        if not isinstance(raw, dict):
            raise self.file.refuse("no-object")
        subtype, by = raw.get("subtype"), raw.get("user")
        if not (subtype is None or isinstance(subtype, str)):
            raise self._wrong("subtype")
        if subtype not in READ or raw.get("bot_id") or by is None or by in self._bots:
            return None
        if not isinstance(by, str) or not _ID.fullmatch(by):
            raise self._wrong("user")
        at = self._time(raw, "ts")
        edited = dict_of(raw.get("edited"))
        if raw.get("thread_ts") is not None:
            self._time(raw, "thread_ts")
        root = thread_of(raw)
        message = Message(
            id=id_of(self._channel, raw["ts"]),
            channel=self._channel,
            at=at,
            by=by,
            text=self._text(raw),
            stamp=max(at, self._time(edited, "ts")) if edited else at,
            reply_to=id_of(self._channel, root) if root else None,
            threaded=root is not None,
        )
        name = self._workspace.users.get(by) or shown(dict_of(raw.get("user_profile"))) or by
        return Snapshot(
            message=message,
            author=Person(by, name),
            reactions=self._reactions(raw),
            previews=tuple(Preview(url, title) for url, title in previews(raw)),
        )

    def _text(self, raw: dict[str, Any]) -> str:
        text = raw.get("text")
        text = "" if text is None else text
        if not isinstance(text, str):
            raise self._wrong("text")
        if len(text) <= MOST_TEXT:
            text = written_in(raw, self._workspace)
        if len(text) > MOST_TEXT:
            raise self.file.refuse("long-text", most=MOST_TEXT)
        return text

    def _reactions(self, raw: dict[str, Any]) -> tuple[Reaction, ...]:
        found: list[Reaction] = []
        for reaction in dicts_of(raw.get("reactions")):
            mark = mark_of(reaction.get("name"))
            if mark is None:
                continue  # the workspace's own, or none that we know
            users = reaction.get("users")
            people = users if isinstance(users, list) else []
            if not people and reaction.get("count"):
                people = [""]
            found += [
                Reaction(mark, who)
                for who in people
                if isinstance(who, str) and who not in self._bots
            ]
        return tuple(found)

    def _time(self, raw: dict[str, Any], field: str) -> int:
        """Return a time in microseconds since 1970."""
        at = time_of(raw.get(field))
        if at is None:
            raise self._wrong(field)
        return at

    def _wrong(self, field: str) -> ExportError:
        return self.file.refuse("wrong-field", field=field)


def _is_day(name: str, root: str, only: str | None) -> bool:
    folder, _, file = name.rpartition("/")
    above, _, conversation = folder.rpartition("/")
    return (
        above == root
        and conversation != ""
        and only in (None, conversation)
        and _DAY.fullmatch(file) is not None
    )
