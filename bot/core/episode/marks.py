"""The marks on messages. Platforms give them no id: one is (message, user, emoji)."""

from collections.abc import Iterable, Iterator

from bot.core.events import Event, Marked
from bot.core.grammar.message import OFF_RECORD

BY_MENU = "menu:"
"""What the id of whoever set a mark by menu begins with: no reaction on the platform shows it."""

_State = tuple[int, str, bool]
_OfMessage = dict[tuple[str, str], _State]


class Marks:
    """Which marks stand; the newest state by its time counts, in whatever order it comes."""

    def __init__(self) -> None:
        self._states: dict[str, _OfMessage] = {}
        self._locked: set[str] = set()  # the messages that were ever off the record

    def copy(self) -> "Marks":
        """Return the same marks, to go another way."""
        other = Marks()
        other._states = {message: dict(states) for message, states in self._states.items()}
        other._locked = set(self._locked)
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
        if what.on and what.emoji == OFF_RECORD:
            self._locked.add(what.message)

    def set_on(self, message: str, new: Iterable[Event] = ()) -> frozenset[str]:
        """Return the marks that stand on a message, or would once `new` events are taken in."""
        states = self._states.get(message, {})
        for event in new:
            if isinstance(event.what, Marked) and event.what.message == message:
                states = dict(states)
                _put(states, event, event.what)
        return frozenset(emoji for (_, emoji), (_, _, on) in states.items() if on)

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
        """Return when 🔒 was taken from a message last; None where it stands, or never did."""
        new = tuple(new)
        if OFF_RECORD in self.set_on(message, new):
            return None
        marks = [(event.at, event.what) for event in new if isinstance(event.what, Marked)]
        locks = [(at, what) for at, what in marks if what.emoji == OFF_RECORD]
        if message not in self._locked and not any(what.on for _, what in locks):
            return None
        states = self._states.get(message, {})
        times = [at for (_, emoji), (at, _, _) in states.items() if emoji == OFF_RECORD]
        return max([*times, *(at for at, _ in locks)])


def _put(states: _OfMessage, event: Event, what: Marked) -> None:
    mark = (event.by, what.emoji)
    state = (event.at, event.key, what.on)
    states[mark] = max(state, states.get(mark, state))
