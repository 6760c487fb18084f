"""Figures of a running bot in Prometheus' text format, by its own client library.

https://prometheus.io/docs/instrumenting/exposition_formats/ and, for the names,
https://prometheus.io/docs/practices/naming/. No label holds a name, an address or anybody's words.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager

from prometheus_client import CollectorRegistry, Counter, Gauge, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.core.events import Event, MessageSeen
from bot.core.file_events import ConflictFound
from bot.core.model import Lookup
from bot.errors import SettingsError, os_cause
from bot.services.chat.backfill_state import ALIVE, OWED
from bot.services.ports import Draft
from bot.services.tasks import BackgroundTasks
from bot.services.watched_channels import WATCHED

EVERY = 1.0
"""Seconds between two looks at how late the event loop is."""

SECOND = 1_000_000


class Metrics:
    """Counts what is stored, and shows it; `waiting` tells how long the queues are, by name."""

    def __init__(self, *, waiting: Callable[[], dict[str, int]]) -> None:
        self.registry = CollectorRegistry()
        self._reads = ChannelReads()
        self.registry.register(self._reads)
        self.registry.register(WaitingCollector(waiting))
        self._messages = self._counter("messages", "Messages taken in, edits included.")
        self._lookups = self._counter("lookups", "Look-ups kept, by outcome.", "outcome")
        self._drafts = self._counter("drafts", "Drafts begun.")
        self._commits = self._counter("commits", "Drafts that were committed.")
        self._conflicts = self._counter("conflicts", "Disagreements of chat and file.")
        self._lag = Gauge(
            "rundown_event_loop_lag_seconds",
            "How late the event loop was when it was last looked at.",
            registry=self.registry,
        )

    def _counter(self, name: str, about: str, *labels: str) -> Counter:
        return Counter(f"rundown_{name}", about, labels, registry=self.registry)

    # --- what is told --------------------------------------------------------------------------

    def stored(self, events: Iterable[Event]) -> None:
        """Count events that were new."""
        for event in events:
            if isinstance(event.what, MessageSeen):
                self._messages.inc()
            elif isinstance(event.what, ConflictFound):
                self._conflicts.inc()

    def looked_up(self, lookups: Iterable[Lookup]) -> None:
        """Count look-ups."""
        for lookup in lookups:
            self._lookups.labels("title" if lookup.title else "none").inc()

    def drafted(self, draft: Draft) -> None:
        """Count a draft that was begun, or committed."""
        (self._drafts if draft.commit is None else self._commits).inc()

    def noted(self, area: str, name: str, body: str | None) -> None:
        """Take in a state of the services: what is watched, and how far it was read."""
        self._reads.noted(area, name, body)

    # --- showing it ----------------------------------------------------------------------------

    @asynccontextmanager
    async def served(self, host: str, port: int) -> AsyncIterator[None]:
        """Serve the figures on an address; raise SettingsError where it cannot be had."""
        try:
            server, thread = start_http_server(port, addr=host, registry=self.registry)
        except OSError as error:
            raise SettingsError("settings.metrics-taken", cause=os_cause(error)) from error
        tasks = BackgroundTasks[None]("metrics")
        tasks.ensure("lag", self._look_at_the_loop)
        try:
            yield
        finally:
            await tasks.aclose()
            await asyncio.to_thread(server.shutdown)
            server.server_close()
            await asyncio.to_thread(thread.join)

    async def _look_at_the_loop(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + EVERY
            await asyncio.sleep(EVERY)
            self._lag.set(max(0.0, loop.time() - due))


class ChannelReads(Collector):
    """Until when nothing of each watched channel was missed, as the services note it."""

    def __init__(self) -> None:
        self._states: dict[str, dict[str, str]] = {}

    def noted(self, area: str, name: str, body: str | None) -> None:
        """Take in a state that was put (or, with None, dropped)."""
        if area not in (WATCHED, ALIVE) and not area.startswith(OWED):
            return
        states = self._states.setdefault(area, {})
        if body is None:
            states.pop(name, None)
        else:
            states[name] = body

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """Yield the time, in seconds since 1970, for each channel of which one is known."""
        family = GaugeMetricFamily(
            "rundown_channel_read_timestamp_seconds",
            "Until when nothing of a watched channel was missed.",
            labels=["channel"],
        )
        owed: dict[str, str] = {}
        for area, states in list(self._states.items()):
            if area.startswith(OWED):
                owed |= states
        alive = dict(self._states.get(ALIVE, {}))
        for channel, body in list(self._states.get(WATCHED, {}).items()):
            at = owed.get(channel) or _alive(body, alive)
            if at is not None:
                family.add_metric([channel], int(at) / SECOND)
        yield family


def _alive(watched: str, alive: dict[str, str]) -> str | None:
    """Return the time of a channel's platform: its workspace's name begins with it."""
    return next((at for platform, at in alive.items() if f'"{platform}' in watched), None)


class WaitingCollector(Collector):
    """How much waits in each queue, asked when somebody looks."""

    def __init__(self, waiting: Callable[[], dict[str, int]]) -> None:
        self._waiting = waiting

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """Yield the length of each queue."""
        family = GaugeMetricFamily("rundown_waiting", "What waits in a queue.", labels=["queue"])
        for queue, length in self._waiting().items():
            family.add_metric([queue], length)
        yield family
