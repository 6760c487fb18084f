"""The local chat's own room: what a chat platform would keep, in a file beside the database.

One JSON object a line and a message, oldest first, each line flushed to the disk before `post`
returns. An edit or a deletion writes the file anew, so that what was deleted is not in it.
Of an address that carries a password or key only the host is written.
"""

import json
import os
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import tzinfo
from pathlib import Path
from typing import Final, Self

from bot.core.events import Message
from bot.core.grammar.message import without_secrets
from bot.errors import InputError, StoreError, os_cause
from bot.services.durable_files import sync_folder, take_place
from bot.services.ports import Person, Snapshot
from bot.services.private_files import make_private

CHANNEL: Final = "local"
LONGEST_MESSAGE: Final = 100_000
LONGEST_NAME: Final = 40


@dataclass(frozen=True, slots=True)
class Post:
    """A message in the room; times in microseconds since 1970.

    `text` is None once it was deleted. `edited` is the time of its last edit or deletion.
    """

    number: int
    at: int
    by: str
    name: str
    text: str | None
    reply_to: int | None = None
    edited: int | None = None

    @property
    def id(self) -> str:
        """The message's id for the desk: ids sort as the messages do."""
        return message_id(self.number)

    @property
    def person(self) -> Person:
        return Person(self.by, self.name)


def message_id(number: int) -> str:
    """Return the id of the message with that number."""
    return f"L{number:09}"


def person_named(name: str) -> Person:
    """Return the person of the local chat who goes by a name; case and width of it do not count.

    The name becomes one line of at most 40 characters; it is empty if nothing visible is left.
    """
    visible = "".join(c if c.isprintable() else " " for c in name[: 4 * LONGEST_NAME])
    shown = " ".join(visible.split())[:LONGEST_NAME].strip()
    return Person(unicodedata.normalize("NFKC", shown).casefold(), shown)


class LocalRoom:
    """The messages of one local room, made by `open`. Fulfils `ports.Room`."""

    def __init__(self, path: Path, clock: Callable[[], int]) -> None:
        self.path = path
        self.cut_short = False
        self._clock = clock
        self._posts: list[Post] = []
        self._last = 0
        self._torn = False

    @classmethod
    def open(cls, path: Path, *, clock: Callable[[], int]) -> Self:
        """Read the room from `path`, which need not exist yet; `clock` gives microseconds.

        A last line that a crash cut short is left out, and `cut_short` says so; opening writes
        nothing. Raises InputError for a file that is no room, StoreError for one that cannot be
        read.
        """
        room = cls(path, clock)
        room._load()
        return room

    def posts(self) -> list[Post]:
        """Return all messages by number, those that were deleted too."""
        return list(self._posts)

    def get(self, number: int) -> Post | None:
        """Return a message by its number, None if there is none or it was deleted."""
        if 1 <= number <= len(self._posts):
            post = self._posts[number - 1]
            return post if post.text is not None else None
        return None

    def newest(self) -> Post | None:
        """Return the last message that was not deleted."""
        return next((post for post in reversed(self._posts) if post.text is not None), None)

    def now(self) -> int:
        """Return the time, later than every time that the room gave before."""
        self._last = max(self._clock(), self._last + 1)
        return self._last

    def post(
        self, person: Person, text: str, *, reply_to: int | None = None, at: int | None = None
    ) -> Post:
        """Store a new message; `at` is only for messages that are told afterwards.

        Raises StoreError if the file cannot be written; the room is as before then.
        """
        moment = self.now() if at is None else at
        self._last = max(self._last, moment)
        post = Post(len(self._posts) + 1, moment, person.id, person.name, text, reply_to)
        if self._torn:
            self._write(self._posts)
        try:
            _append(self.path, _line(post))
        except OSError as error:
            raise _unwritten(self.path, error) from error
        self._posts.append(post)
        return post

    def edit(self, number: int, text: str | None) -> Post:
        """Store another text of a message, or with None its deletion; raises as `post` does."""
        post = replace(self._posts[number - 1], text=text, edited=self.now())
        posts = [*self._posts[: number - 1], post, *self._posts[number:]]
        self._write(posts)
        self._posts = posts
        return post

    async def fetch(self, channel: str, message: str, zone: tzinfo) -> Snapshot | None:
        """Return a message as it is now; None if it is gone."""
        digits = message.removeprefix("L")
        if channel != CHANNEL or not digits.isdecimal():
            return None
        post = self.get(int(digits))
        return as_snapshot(post) if post else None

    def _load(self) -> None:
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return
        except OSError as error:
            raise StoreError("chat.room-unread", path=self.path, reason=os_cause(error)) from error
        lines = data.splitlines(keepends=True)
        for number, line in enumerate(lines, 1):
            try:
                self._posts.append(_read(line, number))
            except (ValueError, TypeError) as error:
                if number < len(lines) or line.endswith(b"\n"):
                    raise InputError("chat.room-broken", path=self.path, line=number) from error
                self.cut_short = True
        self._last = max((max(post.at, post.edited or 0) for post in self._posts), default=0)
        self._torn = bool(data) and not data.endswith(b"\n")

    def _write(self, posts: Sequence[Post]) -> None:
        """Write the file anew."""
        try:
            _replace(self.path, "".join(map(_line, posts)))
        except OSError as error:
            raise _unwritten(self.path, error) from error
        self._torn = False


def as_message(post: Post) -> Message:
    """Return a message of the room as the desk takes it."""
    reply_to = message_id(post.reply_to) if post.reply_to else None
    stamp = post.edited or post.at
    return Message(post.id, CHANNEL, post.at, post.by, post.text, stamp, reply_to)


def as_snapshot(post: Post) -> Snapshot:
    """Return a message of the room with its author; the room keeps no marks, so none are known."""
    return Snapshot(as_message(post), post.person, reactions=None)


def _line(post: Post) -> str:
    kept = replace(post, text=without_secrets(post.text)) if post.text else post
    return json.dumps(asdict(kept), ensure_ascii=False, separators=(",", ":")) + "\n"


def _read(line: bytes, number: int) -> Post:
    post = Post(**json.loads(line))
    known = isinstance(post.at, int) and all(isinstance(t, str) for t in (post.by, post.name))
    if post.number != number or not known or not isinstance(post.text, str | None):
        raise ValueError(number)
    return post


def _append(path: Path, line: str) -> None:
    """Write a line durably; a line of which only a part could be written is taken back."""
    new = not path.exists()
    make_private(path)
    with path.open("ab", buffering=0) as file:
        size = file.seek(0, os.SEEK_END)
        rest = memoryview(line.encode())
        try:
            while rest:
                rest = rest[file.write(rest) :]
            os.fsync(file.fileno())
        except OSError:
            file.truncate(size)
            raise
    if new:
        sync_folder(path.parent)


def _replace(path: Path, text: str) -> None:
    """Write a file anew durably: after a crash it is the old one or the new one."""
    aside = path.with_name(path.name + ".new")
    make_private(aside)
    aside.write_bytes(text.encode())
    take_place(aside, path)


def _unwritten(path: Path, error: OSError) -> StoreError:
    return StoreError("chat.room-unwritten", path=path, reason=os_cause(error))
