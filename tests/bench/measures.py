"""The measurements themselves: each gives the rows of the table that it is for."""

import asyncio
import itertools
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.adapters.absent import NoRoom, NoSite
from bot.app.app import clock
from bot.core.episode.fold import Outline
from bot.core.events import Event, Message, MessageSeen
from bot.core.grammar.message import Rules, parse
from bot.core.model import Found
from bot.core.profile.profile import load
from bot.core.render import render
from bot.services.desk.desk import Desk
from bot.services.ports import Person, Snapshot
from bot.services.profile_renewal import ProfileRenewal
from storage.store import SqliteStore
from tests.bench.row import Row
from tests.services.desk.house import app

RUNDOWN = str(Path(sys.executable).with_name("rundown"))
SECOND = 1_000_000
PROFILE = load("name: Bench\naround_links: keep\n", "{{ body }}")
TALK = (
    "good morning",
    "https://example.org/articles/2026/crystals",
    "# A topic of its own",
    "https://example.org/a-paper\n- a note\n- another\n> and what they say",
    "これ見た？ https://example.com/wiki/%E8%B6%85%E4%BC%9D%E5%B0%8E すごい",
    "論文: https://example.org/10.1038/s41586-023-06735-9 (https://example.org/preprint)",
    "wwww",
    "それは前にも話したような気がするけど、どの回だったか思い出せない。",
    "[A title of mine](https://example.net/post?id=7&utm_source=chat)\nread this first",
    "- a bullet without a link",
)
"""What hosts write, in about the mixture in which they write it."""


def message(number: int, text: str) -> Message:
    at = number * SECOND
    return Message(f"{number:08}", "notes", at, "buka", text, at)


def seen(number: int, text: str, *, edits: int = 0) -> Event:
    said = message(number, text)
    said = replace(said, stamp=said.at + edits)
    return Event(f"{said.id}@{said.stamp}+", "show#1", said.at, said.by, MessageSeen(said))


def links(count: int, *, topics: int = 25) -> list[Event]:
    """Return messages with one new link each, under so many topics."""
    every = max(count // topics, 1)
    return [
        seen(n, f"# Topic {n // every}" if n % every == 0 else f"https://example.org/{n}")
        for n in range(count)
    ]


def best(measured: Callable[[], Any], times: int) -> float:
    """Return the seconds of the fastest of some runs: the one that was disturbed least."""
    return min(_timed(measured) for _ in range(times))


def _timed(measured: Callable[[], Any]) -> float:
    start = time.perf_counter()
    measured()
    return time.perf_counter() - start


# --- pure code -----------------------------------------------------------------------------------


def parsing() -> Iterator[Row]:
    rules = Rules(around_links="keep")
    texts = list(TALK) * 500
    seconds = best(lambda: [parse(text, rules) for text in texts], 5)
    yield Row("messages parsed per second", f"{len(texts) / seconds:,.0f}", "> 50,000")


def folding() -> Iterator[Row]:
    events = links(1_000)
    outline = Outline("show#1", PROFILE.rules)
    outline.extend(events)
    titles = {
        link.url: Found(f"The title of {link.url}")
        for item in outline.episode.items()
        for link in render.links_of(item)
    }

    edits = itertools.count(1)

    def fold_and_render() -> None:
        outline.extend([seen(0, "# Topic 0", edits=next(edits))])  # all below it is laid anew
        render.body(outline.episode, titles, PROFILE)

    def read_fold_and_render() -> None:
        fresh = Outline("show#1", PROFILE.rules)
        fresh.extend(events)
        render.body(fresh.episode, titles, PROFILE)

    again = best(fold_and_render, 20) * 1000
    fresh = best(read_fold_and_render, 10) * 1000
    yield Row("full fold and render of 1,000 links", f"{again:.1f} ms", "< 10 ms")
    yield Row("the same, reading every message anew", f"{fresh:.1f} ms")


# --- with the database ---------------------------------------------------------------------------


def storing() -> Iterator[Row]:
    yield from asyncio.run(_storing())


async def _storing() -> list[Row]:
    with TemporaryDirectory(dir=".") as folder:
        async with SqliteStore.open(Path(folder, "one.db"), clock=clock) as store:
            single = links(500)
            start = time.perf_counter()
            for event in single:
                await store.append([event])
            one_by_one = len(single) / (time.perf_counter() - start)
        async with SqliteStore.open(Path(folder, "bulk.db"), clock=clock) as store:
            bulk = links(20_000)
            start = time.perf_counter()
            for begin in range(0, len(bulk), 1_000):
                await store.append(bulk[begin : begin + 1_000])
            in_bulk = len(bulk) / (time.perf_counter() - start)
    return [
        Row("events stored per second, each a durable commit", f"{one_by_one:,.0f}"),
        Row("events stored per second, in bulk (1,000 a commit)", f"{in_bulk:,.0f}"),
    ]


@asynccontextmanager
async def desk_with(folder: str, count: int) -> Any:
    async with (
        app(Path(folder, f"{count}.db")) as opened,
        opened.desk(site=NoSite("x"), renewal=ProfileRenewal(PROFILE), room=NoRoom()) as desk,
    ):
        buka = Person("buka", "Buka")
        said = [event.what.message for event in links(count)]  # type: ignore[union-attr]  # MessageSeen all
        await desk.capture.read((Snapshot(one, buka) for one in said), at=0)
        await desk.views.episode("notes")
        yield desk


def updating() -> Iterator[Row]:
    for count in (100, 1_000, 10_000):
        yield from asyncio.run(_updating(count))


async def _updating(count: int) -> list[Row]:
    outline = Outline("show#1", PROFILE.rules)
    outline.extend(links(count))
    assert outline.episode.items()
    pure = []
    for n in range(count, count + 200):
        event = seen(n, f"https://example.org/{n}")
        start = time.perf_counter()
        outline.apply(event)
        assert outline.episode.opened is not None
        pure.append(time.perf_counter() - start)
    with TemporaryDirectory(dir=".") as folder:
        async with desk_with(folder, count) as desk:
            whole = [await _one_more(desk, n) for n in range(count, count + 100)]
    what = f"from a new message to the updated episode, {count:,} events in it"
    return [
        Row(f"{what}: fold", f"{statistics.median(pure) * 1e6:.0f} µs", "does not grow"),
        Row(f"{what}: with its durable commit", f"{statistics.median(whole) * 1e3:.1f} ms"),
    ]


async def _one_more(desk: Desk, number: int) -> float:
    snapshot = Snapshot(message(number, f"https://example.org/{number}"), Person("buka", "Buka"))
    start = time.perf_counter()
    await desk.capture.message(snapshot)
    await desk.views.episode("notes")
    return time.perf_counter() - start


# --- the command ---------------------------------------------------------------------------------


def starting() -> Iterator[Row]:
    seconds = best(lambda: subprocess.run([RUNDOWN, "--help"], check=True, capture_output=True), 10)
    yield Row("`rundown --help` from start to end", f"{seconds:.2f} s", "< 0.15 s")


def resting() -> Iterator[Row]:
    with TemporaryDirectory() as folder:
        yield Row("memory of the idle local chat", f"{_idle_memory(folder):.0f} MB", "< 45 MB")


def _idle_memory(folder: str) -> float:
    """Open the demo's chat on a terminal, wait until it asks, and give its resident memory."""
    import pty

    main, terminal = pty.openpty()
    chat = subprocess.Popen(
        [RUNDOWN, "chat", "--demo"], cwd=folder, stdin=terminal, stdout=terminal, stderr=terminal
    )
    try:
        _wait_for_prompt(main)
        status = Path(f"/proc/{chat.pid}/status").read_text(encoding="utf-8")
        [resident] = [line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")]
        return int(resident) / 1024
    finally:
        chat.kill()
        chat.wait()


def _wait_for_prompt(terminal: int) -> None:
    """Read what a chat shows until it is quiet for two seconds."""
    import os
    import select

    begun = False
    while True:
        ready, _, _ = select.select([terminal], [], [], 2.0 if begun else 30.0)
        if not ready:
            return
        begun = b"[" in os.read(terminal, 65_536) or begun


ALL = (parsing, folding, storing, updating, starting, resting)
