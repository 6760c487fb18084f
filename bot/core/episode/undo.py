"""Which commands were undone, and which may be done again. Undo skips one command by its id."""

from collections.abc import Iterable

from bot.core.events import (
    Event,
    FieldSet,
    ItemMoved,
    ItemNoted,
    ItemReaddressed,
    ItemRemoved,
    ItemRestored,
    ItemRetitled,
    Redone,
    TopicAdded,
    TopicMerged,
    TopicMoved,
    TopicRemoved,
    TopicRenamed,
    Undone,
)
from bot.core.file_events import (
    ConflictSettled,
    ItemAdded,
    ItemNested,
    ItemWritten,
    TopicFound,
    TopicWritten,
)
from bot.core.later.events import POSTPONED
from bot.core.recording import events as recording

EDITS = (
    FieldSet, TopicAdded, TopicRenamed, TopicMoved, TopicMerged, TopicRemoved,
    ItemMoved, ItemRetitled, ItemReaddressed, ItemNoted, ItemRemoved, ItemRestored,
    ItemWritten, ItemAdded, ItemNested, TopicFound, TopicWritten, ConflictSettled,
    *recording.KINDS, *POSTPONED,
)  # fmt: skip
"""What people do to an episode by command or in its file, and can be undone."""


class Undoings:
    """What was undone and redone; the newest by its time counts, in whatever order it comes."""

    def __init__(self) -> None:
        self._newest: dict[str, tuple[int, str, bool]] = {}
        self._undone: dict[tuple[str, str], tuple[int, str]] = {}

    def apply(self, event: Event, what: Undone | Redone) -> None:
        """Take in that somebody undid a command, or did it again."""
        state = (event.at, event.key, isinstance(what, Undone))
        self._newest[what.event] = max(state, self._newest.get(what.event, state))
        if isinstance(what, Undone):
            who = (event.by, what.event)
            self._undone[who] = max(state[:2], self._undone.get(who, state[:2]))

    def copy(self) -> "Undoings":
        """Return the same undoings, to go their own way."""
        other = Undoings()
        other._newest, other._undone = dict(self._newest), dict(self._undone)
        return other

    def undone(self, key: str) -> bool:
        """Return whether a command is skipped."""
        return self.since(key) is not None

    def since(self, key: str) -> int | None:
        """Return since when a command is skipped; None where it is not."""
        at, _, is_undone = self._newest.get(key, (0, "", False))
        return at if is_undone else None

    def to_redo(self, person: str, edits: Iterable[Event]) -> list[str]:
        """Return the keys of what somebody undid and may do again, the last at the end.

        That is what they undid since the last of their own `edits`.
        """
        since = max((event.at for event in edits if event.by == person), default=0)
        found = sorted(
            (at, key)
            for (by, key), at in self._undone.items()
            if by == person and at[0] > since and self.undone(key)
        )
        return [key for _, key in found]
