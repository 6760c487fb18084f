"""The one door that every chat front uses.

A front translates what its platform says into one call here and shows the answer; it holds no
rule of its own. There is one method for each thing that can happen in a chat, and one for each
command (commands.py lists them with their options).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from bot.core.model import Episode
from bot.services.ports import Person, Room, Site, Snapshot, Store, Templates

Kept = Literal["kept", "already", "untitled", "talk", "secret"]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a message.

    `outcome` is what the quiet mark of a front shows: `kept`, `already` (the episode has its link
    already), `untitled` (kept, but a link has no title), `talk` (nothing of it is in the draft) or
    `secret` (an address was left out because it carries one; `note` tells the host why).
    """

    outcome: Kept
    note: str | None = None


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


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command says, in the language of the request; `private` concerns its giver alone."""

    text: str
    private: bool = True


class Desk:
    """One show: its open episode, and all that can be done to it."""

    def __init__(
        self,
        *,
        show: str,
        store: Store,
        site: Site,
        templates: Templates,
        room: Room,
        clock: Callable[[], int],
    ) -> None: ...

    # --- what happens in the chat --------------------------------------------------------------

    async def message(self, snapshot: Snapshot) -> Receipt:
        """Take in a message that came or was edited, with its previews."""

    async def gone(self, message: str, *, person: Person, at: int) -> None:
        """Take in that a message was deleted."""

    async def mark(
        self, message: str, emoji: str, *, on: bool, channel: str, person: Person, at: int
    ) -> Receipt:
        """Take in that a host put a mark on a message, or took it away."""

    async def read(self, snapshots: Iterable[Snapshot]) -> int:
        """Take in messages in bulk (an export, a channel's past); give how many were new."""

    # --- commands ------------------------------------------------------------------------------
    # A topic or link is given as hosts name it: an id (of a completion), a number of the outline
    # ("2", "2.3"), or a name or a part of it. CommandError says what was not found or not clear.

    async def episode_start(
        self, request: Request, *, number: str | None = None, title: str | None = None
    ) -> Answer:
        """Open the next episode, or reopen the one with that number."""

    async def episode_set(self, request: Request, *, field: str, value: str) -> Answer: ...
    async def episode_show(self, request: Request) -> Answer: ...
    async def episode_close(self, request: Request) -> Answer: ...
    async def episode_list(self, request: Request) -> Answer: ...

    async def topic_add(
        self, request: Request, *, name: str, after: str | None = None, under: str | None = None
    ) -> Answer: ...
    async def topic_rename(self, request: Request, *, topic: str, name: str) -> Answer: ...
    async def topic_move(
        self, request: Request, *, topic: str, after: str | None = None, before: str | None = None
    ) -> Answer: ...
    async def topic_merge(self, request: Request, *, topic: str, into: str) -> Answer: ...
    async def topic_remove(self, request: Request, *, topic: str) -> Answer: ...

    async def link_move(
        self,
        request: Request,
        *,
        link: str,
        topic: str | None = None,
        after: str | None = None,
        before: str | None = None,
    ) -> Answer: ...
    async def link_retitle(self, request: Request, *, link: str, title: str) -> Answer: ...
    async def link_note(self, request: Request, *, link: str, text: str) -> Answer: ...
    async def link_remove(self, request: Request, *, link: str) -> Answer: ...
    async def link_restore(self, request: Request, *, link: str) -> Answer: ...

    async def outline(self, request: Request) -> Answer: ...
    async def preview(self, request: Request) -> Answer: ...
    async def draft(self, request: Request) -> Answer: ...
    async def undo(self, request: Request, *, what: str | None = None) -> Answer: ...
    async def redo(self, request: Request, *, what: str | None = None) -> Answer: ...
    async def history(self, request: Request) -> Answer: ...

    async def choices(
        self, kind: Literal["topic", "link", "removed", "field", "mine"], typed: str
    ) -> list[tuple[str, str]]:
        """Give at most 25 (label, value) pairs that complete what a host typed.

        `removed` are links that can be brought back, `mine` what can be undone.
        """

    async def episode(self) -> Episode:
        """Give the open episode as it stands."""
