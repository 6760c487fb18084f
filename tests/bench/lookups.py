"""Look-ups: many links of many hosts at once, and the time of the page that takes longest."""

import asyncio
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from bot.adapters.web.fetcher import Web, WebAnswer
from bot.app.app import clock
from bot.core.model import Link
from bot.core.page.page import PageReader
from bot.core.profile.profile import load
from bot.core.urls import canonical
from bot.services.lookups import Lookups
from bot.services.tasks import Supervisor
from storage.store import SqliteStore
from tests.bench.hostile import hostile
from tests.bench.row import Row
from tests.bench.server import LATENCY, PAGES, served
from tests.fakes.hostile_server import MIB

HOSTS = 40
RUNS = 3
PIECE = 64 * 1024  # bytes, about as many as a socket gives at once


class Counted(Web):
    """The web; it keeps how many bytes of each page were read."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.read: list[int] = []

    async def get(self, url: str, **options: Any) -> WebAnswer:
        fetched = await super().get(url, **options)
        self.read.append(len(fetched.body))
        return fetched


def look_up(host: str, port: int, _family: int, kind: int) -> list[Any]:
    """Resolve our hosts to this machine, and no other name: what pages point to is not asked."""
    if not host.endswith(".bench.example"):
        raise socket.gaierror(socket.EAI_NONAME, "no such name")
    return [(socket.AF_INET, kind, 6, "", ("127.0.0.1", port))]


def looking_up() -> Iterator[Row]:
    with served("slow") as port:
        runs = [asyncio.run(_looking_up(port)) for _ in range(RUNS)]
    wall, cpu, read = (min(figures) for figures in zip(*runs, strict=True))
    what = f"{PAGES} links of {HOSTS} hosts, {LATENCY * 1000:.0f} ms away"
    yield Row(f"{what}: looked up and stored", f"{wall:.2f} s", "< 1 s")
    yield Row(f"{what}: CPU a page", f"{cpu / PAGES * 1000:.1f} ms")
    yield Row(f"{what}: read of a page (median)", f"{read / 1024:.0f} KiB")


async def _looking_up(port: int) -> tuple[float, float, float]:
    """Look all links up at once: seconds, seconds of CPU, and bytes read of the median page."""
    urls = [f"http://host{n % HOSTS}.bench.example:{port}/{n}" for n in range(PAGES)]
    with TemporaryDirectory(dir=".") as folder:
        async with (
            SqliteStore.open(Path(folder, "look-ups.db"), clock=clock) as store,
            Counted(allow_private=True, look_up=look_up) as web,
        ):
            profile = load("name: Bench\n", "{{ body }}")
            lookups = Lookups(
                store=store, profile=profile, web=web, clock=clock, supervisor=Supervisor()
            )
            wall, cpu = time.perf_counter(), time.process_time()
            found = await asyncio.gather(*(lookups.find(Link(u, canonical(u))) for u in urls))
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
            assert len(web.read) >= PAGES
            assert sum(each.title is not None for each in found) > 0.9 * PAGES
            await lookups.aclose()
    return wall, cpu, median(web.read)


def reading_the_worst() -> Iterator[Row]:
    from tests.core.page.test_page_hostile import FRAMES, PIECES

    alone, whole = {}, {}
    for frame, (before, after) in FRAMES.items():
        for piece, text in PIECES.items():
            data = before + text * (MIB // len(text)) + after
            name = f"{piece} in a {frame}"
            looked, read = map(min, zip(*(_reading(data) for _ in range(2)), strict=True))
            alone[name], whole[name] = read, looked + read
    kinds = f"CPU for 1 MiB of the worst of {len(alone)} kinds of HTML"
    for what, took in ((kinds, alone), (f"{kinds}, looked at as it comes, too", whole)):
        worst = max(took, key=took.__getitem__)
        yield Row(f"{what} ({worst})", f"{took[worst]:.2f} s", "< 0.3 s")


def _reading(data: bytes) -> tuple[float, float]:
    """Look at a page in the pieces in which it comes, then read what came: seconds of CPU each."""
    pieces = range(PIECE, len(data) + PIECE, PIECE)
    reader, start = PageReader(), time.process_time()
    come = next((end for end in pieces if reader.feed(data[end - PIECE : end])), len(data))
    looked = time.process_time()
    reader.page(data[:come], content_type="text/html", url="https://a.example/x", status=200)
    return looked - start, time.process_time() - looked


ALL = (looking_up, reading_the_worst, hostile)
