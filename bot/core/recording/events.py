"""What happens while an episode is recorded: kinds of events like the others (core/events.py).

A time is not stored where the clock of the recording gives it: it follows from the `moment` of the
tap (in microseconds since 1970: an event's own may be put behind what was accepted before) and from
what came before, so that a start that is undone takes its times along.
"""

from dataclasses import dataclass
from typing import ClassVar, Literal


@dataclass(frozen=True, slots=True)
class RecordingSet:
    """A recording began or goes on (`on`), waits (`paused`), or is done (`over`)."""

    kind: ClassVar = "recording"
    state: Literal["on", "paused", "over"]
    moment: int | None = None


@dataclass(frozen=True, slots=True)
class TopicTimed:
    """A topic is talked about from here on; what follows in `channel` goes under it.

    With a `time` in milliseconds, it has that one (of markers); else that of the recording.
    """

    kind: ClassVar = "topic_timed"
    topic: str
    channel: str | None = None
    time: int | None = None
    moment: int | None = None


@dataclass(frozen=True, slots=True)
class TopicSkipped:
    """A topic was left out of the recording; it is not offered any more."""

    kind: ClassVar = "topic_skipped"
    topic: str


@dataclass(frozen=True, slots=True)
class CutMarked:
    """Whoever cuts shall look here. It stands in exported markers and nowhere else."""

    kind: ClassVar = "cut_marked"
    text: str
    moment: int | None = None


KINDS = (RecordingSet, TopicTimed, TopicSkipped, CutMarked)
