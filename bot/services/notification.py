"""What a front shows although nobody asked for it there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from bot.services.request import Choice


@dataclass(frozen=True, slots=True)
class Notification:
    """Something that happened to an episode by itself, or by another front.

    `changed`: the outline is another now, so panels are shown anew; it may come often. `said`: one
    line for the hosts, which `text` gives in a language, with the `choices` that they have then.
    """

    episode: str
    kind: Literal["changed", "said"]
    text: Callable[[str], str] | None = None
    choices: "Callable[[str], tuple[Choice, ...]] | None" = None


Listener = Callable[[Notification], None]


class Notifications:
    """Tells whoever listens of what happens in one show."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []
        self._unsaid: list[Notification] | None = []

    def listen(self, listener: Listener) -> None:
        """Call somebody with each notification from now on."""
        self._listeners.append(listener)

    def speak(self, front: Listener) -> None:
        """Call a front with each notification, and with what was to be said before the first."""
        self.listen(front)
        unsaid, self._unsaid = self._unsaid or [], None
        for notification in unsaid:
            front(notification)

    def announce(self, notification: Notification) -> None:
        """Call everybody who listens."""
        if self._unsaid is not None and notification.kind == "said":
            self._unsaid.append(notification)
        for listener in self._listeners:
            listener(notification)
