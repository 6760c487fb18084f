"""What DiscordChatExporter writes as JSON, plain or with `--markdown false`, as snapshots."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from itertools import groupby, pairwise
from typing import Any, Self, TypeGuard

from bot.adapters.export.files import Files, part_of
from bot.adapters.export.json_stream import JsonFile
from bot.core.events import Message, Thread
from bot.core.markup import discord as discord_markup
from bot.core.markup import emoji
from bot.errors import ExportError, os_cause
from bot.services.ports import Person, Preview, Reaction, Snapshot

MOST_TEXT = 100_000  # characters in a message; Discord's own limit is 4,000

_READ = frozenset({"Default", "Reply", "0", "19"})  # every other type is the system's or a bot's
_CHANNEL = frozenset({"id", "type", "categoryId", "name"})
_MESSAGE = frozenset({
    "id", "type", "timestamp", "timestampEdited", "content", "author", "name", "nickname", "isBot",
    "embeds", "title", "url", "reactions", "emoji", "count", "users", "mentions", "reference",
    "messageId", "forwardedMessage", "inlineEmojis",
})  # fmt: skip
_LOOKS_LIKE_ONE = re.compile(
    rb'(?:\xef\xbb\xbf)?\s*\{\s*"(?:guild|channel|dateRange|exportedAt|messages|messageCount)"'
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_YEARS = range(2000, 2100)


@dataclass(frozen=True, slots=True)
class _Channel:
    """A file's channel or thread."""

    id: str
    name: str
    thread: Thread | None


class DiscordExport:
    """The files of an export, channels before threads, parts in their order."""

    def __init__(self, files: Files, names: list[str]) -> None:
        self._files = files
        self._channels = {name: _channel(files.json(name)) for name in names}
        self._names = sorted(
            names, key=lambda name: (self._channels[name].thread is not None, part_of(name))
        )
        self.size = sum(files.sizes[name] for name in names)

    @classmethod
    def find(cls, files: Files) -> Self | None:
        """Recognise an export; other JSON files may lie between its own.

        A file that was named alone is taken for one, so that what is wrong with it is said.
        """
        alone = len({part_of(name)[0] for name in files.sizes}) == 1
        names = [name for name in files.sizes if alone or _looks_like_one(files, name)]
        if not names:
            return None
        _check_parts(files, names)
        return cls(files, names)

    def names(self) -> dict[str, str]:
        """Return the names of the channels and threads by their ids."""
        return {channel.id: channel.name for channel in self._channels.values()}

    def snapshots(self, zone: tzinfo, count: Callable[[int], None]) -> Iterator[Snapshot]:
        """Yield the messages of people, file by file."""
        names = self.names()
        threads = {
            channel.id: channel.thread
            for channel in self._channels.values()
            if channel.thread is not None
        }
        for name in self._names:
            file = self._files.json(name, count)
            reader = _Reader(file, self._channels[name].id, names, threads, zone)
            for raw in file.entries("messages", _MESSAGE):
                snapshot = reader.snapshot(raw)
                if snapshot is not None:
                    yield snapshot


class _Reader:
    """Reads the messages of one file."""

    def __init__(
        self,
        file: JsonFile,
        channel: str,
        channels: dict[str, str],
        threads: dict[str, Thread],
        zone: tzinfo,
    ) -> None:
        self._file = file
        self._channel = channel
        self._channels = channels
        self._threads = threads
        self._zone = zone
        self._people: dict[tuple[str, str], Person] = {}

    def snapshot(self, raw: object) -> Snapshot | None:
        """Return a message's state; None for what a person did not write."""
        if not isinstance(raw, dict):
            raise self._file.refuse("no-object")
        author = raw.get("author")
        if not isinstance(author, dict):
            raise self._wrong("author")
        if self._string(raw, "type") not in _READ or author.get("isBot") is True:
            return None
        identity, by = self._id(raw, "id"), self._id(author, "id")
        at = self._time(raw, "timestamp")
        edited = raw.get("timestampEdited") is not None
        forwarded = _dict(raw.get("forwardedMessage"))
        text = self._text(raw, forwarded)
        if identity in self._threads:
            self._begin_thread(identity, text)
        stamp = max(at, self._time(raw, "timestampEdited")) if edited else at
        answered, thread = self._reply_to(raw), self._threads.get(self._channel)
        message = Message(identity, self._channel, at, by, text, stamp, answered, thread=thread)
        person = self._person(by, _shown(author) or by)
        return Snapshot(message, person, _reactions(raw), _previews(raw) + _previews(forwarded))

    def _person(self, identity: str, name: str) -> Person:
        """Return somebody, the same for all their messages."""
        known = (identity, name)
        return self._people.get(known) or self._people.setdefault(known, Person(identity, name))

    def _text(self, raw: dict[str, Any], forwarded: dict[str, Any]) -> str:
        """Return what a message says; a forwarded one says what it carries."""
        content = self._string(raw, "content")
        if forwarded:
            carried = self._string(forwarded, "content")
            content = "\n".join(filter(None, (content, carried)))
        if len(content) > MOST_TEXT:
            raise self._file.refuse("long-text", most=MOST_TEXT)
        if not discord_markup.is_marked(content):
            return content  # as nearly every message is
        return discord_markup.to_markdown(
            content,
            users={
                identity: _shown(user)
                for user in _dicts(raw.get("mentions"))
                if isinstance(identity := user.get("id"), str)
            },
            channels=self._channels,
            custom={
                found["name"]
                for found in _dicts(raw.get("inlineEmojis"))
                if found.get("id") and isinstance(found.get("name"), str)
            },
            zone=self._zone,
        )

    def _reply_to(self, raw: dict[str, Any]) -> str | None:
        if raw["type"] not in ("Reply", "19"):
            return None
        target = _dict(raw.get("reference")).get("messageId")
        return target if isinstance(target, str) and target else None

    def _begin_thread(self, identity: str, text: str) -> None:
        """Take the thread's topic from what it hangs on; both have the same id."""
        thread = self._threads[identity]
        topic = discord_markup.thread_topic(thread.name, text)
        self._threads[identity] = replace(thread, name=topic)

    def _string(self, raw: dict[str, Any], field: str) -> str:
        value = raw.get(field)
        if not isinstance(value, str):
            raise self._wrong(field)
        return value

    def _id(self, raw: dict[str, Any], field: str) -> str:
        value = raw.get(field)
        if not _is_snowflake(value):
            raise self._wrong(field)
        return value

    def _time(self, raw: dict[str, Any], field: str) -> int:
        """Return a time in microseconds since 1970; one without a zone could be any."""
        try:
            moment = datetime.fromisoformat(self._string(raw, field))
        except ValueError:
            raise self._wrong(field) from None
        if moment.tzinfo is None or moment.year not in _YEARS:
            raise self._wrong(field)
        since = moment - _EPOCH
        return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds

    def _wrong(self, field: str) -> ExportError:
        return self._file.refuse("wrong-field", field=field)


def _channel(file: JsonFile) -> _Channel:
    """Read what a file says of its channel, wherever in the file that is."""
    raw = _dict(next(file.entries("channel", _CHANNEL), None))
    identity, name = raw.get("id"), raw.get("name")
    if not _is_snowflake(identity):
        raise file.refuse("wrong-field", field="channel.id")
    name = name if isinstance(name, str) else ""
    if not str(raw.get("type")).endswith("Thread"):
        return _Channel(identity, name, None)
    # Once, the format had no threads: a thread's parent stands where a channel's category does.
    parent = raw.get("categoryId")
    parent = parent if isinstance(parent, str) and parent else identity
    return _Channel(identity, name, Thread(identity, name, parent, starter=identity))


def _is_snowflake(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and value.isdecimal() and len(value) <= 20


def _looks_like_one(files: Files, name: str) -> bool:
    """Return whether a file is an export's, by its beginning; an empty one is one that failed."""
    if not files.sizes[name]:
        return True
    try:
        with files.open(name) as stream:
            return _LOOKS_LIKE_ONE.match(stream.read(1000)) is not None
    except OSError as error:
        reason = os_cause(error)
        raise ExportError("export.unreadable", file=files.title(name), reason=reason) from None


def _check_parts(files: Files, names: list[str]) -> None:
    """Refuse a split export with a part missing in between."""
    for stem, parts in groupby(sorted(map(part_of, names)), key=lambda part: part[0]):
        numbers = [number for _, number in parts]
        for number, following in pairwise(numbers):
            if following > number + 1:
                raise ExportError("export.part", file=files.title(stem), number=number + 1)


def _reactions(raw: dict[str, Any]) -> tuple[Reaction, ...] | None:
    reactions = raw.get("reactions")
    if not isinstance(reactions, list):
        return None
    if not reactions:
        return ()
    found: list[Reaction] = []
    for reaction in _dicts(reactions):
        kind = _dict(reaction.get("emoji"))
        name = kind.get("name")
        if kind.get("id") or not isinstance(name, str) or not name:
            continue  # the server's own
        users = _dicts(reaction.get("users"))
        people = [user.get("id") for user in users if user.get("isBot") is not True]
        if not users and reaction.get("count"):
            people = [""]  # some exporters count, and name nobody
        found += [Reaction(emoji.plain(name), who) for who in people if isinstance(who, str)]
    return tuple(found)


def _previews(raw: dict[str, Any]) -> tuple[Preview, ...]:
    if not (embeds := raw.get("embeds")):
        return ()
    return tuple(preview for embed in _dicts(embeds) if (preview := _preview(embed)))


def _preview(embed: dict[str, Any]) -> Preview | None:
    url, title = embed.get("url"), embed.get("title")
    if not isinstance(url, str) or not isinstance(title, str) or not url or not title.strip():
        return None
    return Preview(url, title.strip())


def _shown(user: dict[str, Any]) -> str:
    for name in (user.get("nickname"), user.get("name")):
        if isinstance(name, str) and name.strip():
            return name
    return ""


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _dicts(value: object) -> list[dict[str, Any]]:
    if not value or not isinstance(value, list):
        return []
    return [part for part in value if isinstance(part, dict)]
