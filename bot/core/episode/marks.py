"""The marks on messages. Platforms give them no id: one is (message, user, emoji)."""

from collections.abc import Iterable, Iterator

from bot.core.events import Event, Marked
from bot.core.grammar.message import KEEP, LEAVE_OUT, OFF_RECORD

BY_MENU = "menu:"
"""What the id of whoever set a mark by menu begins with: no reaction on the platform shows it."""

_LESS = ((KEEP, False), (LEAVE_OUT, True))
"""What has a message give less than it did."""

_State = tuple[int, str, bool]
_OfMessage = dict[tuple[str, str], _State]


class Marks:
    """Which marks stand; the newest state by its time counts, in whatever order it comes."""

    def __init__(self) -> None:
        self._states: dict[str, _OfMessage] = {}
        self._locks: dict[str, list[Event]] = {}  # by message, what was done with 🔒

    def copy(self) -> "Marks":
        """Return the same marks, to go another way."""
        other = Marks()
        other._states = {message: dict(states) for message, states in self._states.items()}
        other._locks = {message: list(locks) for message, locks in self._locks.items()}
        return other

    def __iter__(self) -> Iterator[str]:
        """Yield the messages that were ever marked."""
        return iter(self._states)

    def __contains__(self, message: object) -> bool:
        """Return whether a message was ever marked."""
        return message in self._states

    def put(self, event: Event, what: Marked) -> None:
        """Take in that a mark was set or taken away."""
        _put(self._states.setdefault(what.message, {}), event, what)
        if what.emoji == OFF_RECORD:
            self._locks.setdefault(what.message, []).append(event)

    def set_on(self, message: str, new: Iterable[Event] = ()) -> frozenset[str]:
        """Return the marks that stand on a message, or would once `new` events are taken in."""
        states = self._states.get(message, {})
        for event in new:
            if isinstance(event.what, Marked) and event.what.message == message:
                states = dict(states)
                _put(states, event, event.what)
        return frozenset(emoji for (_, emoji), (_, _, on) in states.items() if on)

    def left(self, message: str) -> int | None:
        """Return when 📝 was taken from a message, or 🚫 set on it, last; None if never."""
        states = self._states.get(message, {}).items()
        at = [at for (_, emoji), (at, _, on) in states if (emoji, on) in _LESS]
        return max(at, default=None)

    def of(self, message: str) -> dict[tuple[str, str], bool]:
        """Return who set (True) or took away which mark: (user, emoji) to state."""
        return {mark: on for mark, (_, _, on) in self._states.get(message, {}).items()}

    def after(self, mark: tuple[str, str], message: str, at: int, *, on: bool) -> int:
        """Return when a mark that is told of now was set or taken away: after all known of it.

        `mark` is (user, emoji), `at` the time by a clock that may have been set back.
        """
        known, _, is_on = self._states.get(message, {}).get(mark, (-1, "", on))
        return at if is_on is on else max(at, known + 1)

    def lifted(self, message: str, new: Iterable[Event] = ()) -> int | None:
        """Return when 🔒 was taken from a message last; None where it stands, or never did.

        Whoever takes away a 🔒 that is not there lifts nothing.
        """
        lifted, by = None, set[str]()
        for event in sorted([*self._locks.get(message, ()), *new], key=lambda it: (it.at, it.key)):
            what = event.what
            if not isinstance(what, Marked) or (what.message, what.emoji) != (message, OFF_RECORD):
                continue
            if what.on:
                by.add(event.by)
            elif event.by in by:
                by.remove(event.by)
                lifted = event.at
        return None if by else lifted

    def locked_since(self, seq: int) -> set[str]:
        """Return the messages on which 🔒 was set after a place in the log."""
        return {
            message
            for message, locks in self._locks.items()
            if any(one.seq > seq and isinstance(one.what, Marked) and one.what.on for one in locks)
        }


def _put(states: _OfMessage, event: Event, what: Marked) -> None:
    mark = (event.by, what.emoji)
    state = (event.at, event.key, what.on)
    states[mark] = max(state, states.get(mark, state))
