"""The state of a recording, as its events give it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

State = Literal["off", "on", "paused", "over"]


@dataclass(frozen=True, slots=True)
class CutMark:
    """A place that whoever cuts shall look at, in milliseconds, and why."""

    at: int
    text: str


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording: its clock, the topic that is talked about, and those that were.

    `elapsed` are the milliseconds up to `since`, the moment (in microseconds since 1970) from
    which on it runs; 0 while it does not. `times` are those of topics, by id.
    """

    state: State = "off"
    elapsed: int = 0
    since: int = 0
    current: str | None = None
    times: Mapping[str, int] = field(default_factory=dict)
    skipped: frozenset[str] = frozenset()
    marks: tuple[CutMark, ...] = ()

    def clock(self, at: int) -> int:
        """Return how long the recording has run at a moment, in milliseconds."""
        running = max(0, at - self.since) // 1000 if self.state == "on" else 0
        return self.elapsed + running

    def put(self, state: State, at: int) -> "Recording":
        """Return it begun, going on, waiting or done; begun anew, it has no times yet."""
        if state == self.state or (state != "on" and self.state in ("off", "over")):
            return self
        if state == "on" and self.state in ("off", "over"):
            return Recording("on", since=at)
        since = at if state == "on" else 0
        return replace(self, state=state, elapsed=self.clock(at), since=since)

    def timed(self, topic: str, at: int, time: int | None) -> "Recording":
        """Return it with a topic's time: the one given, or that of the clock while it runs.

        A topic that is talked about already keeps the time at which it began: two hosts tap.
        """
        if time is None and (self.state in ("off", "over") or self.current == topic):
            return self
        shown = self.clock(at) if time is None else time
        current = topic if time is None else self.current
        return replace(
            self,
            current=current,
            times={**self.times, topic: shown},
            skipped=self.skipped - {topic},
        )

    def skip(self, topic: str) -> "Recording":
        """Return it without a topic that was to come."""
        return replace(self, skipped=self.skipped | {topic})

    def marked(self, text: str, at: int) -> "Recording":
        """Return it with a mark for whoever cuts."""
        if self.state in ("off", "over"):
            return self
        return replace(self, marks=(*self.marks, CutMark(self.clock(at), text)))
