"""What it costs to know a site's episodes: the index, /find, and capture beside one without."""

import asyncio
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.adapters.git.site import LocalSite
from bot.app.app import App
from bot.core.profile.profile import load
from bot.core.site_index.model import SiteEntry, SitePage
from bot.services.desk.desk import Desk
from bot.services.ports import Person, Snapshot
from bot.services.profile_renewal import ProfileRenewal
from bot.services.request import Request
from bot.services.site_index.memory import SiteMemory
from bot.services.site_index.upkeep import SiteUpkeep
from storage.site_index import SqliteSiteIndex
from tests.bench.measures import message
from tests.bench.row import Row
from tests.services.desk.house import Chat, app, git, make_site

SIZES = (100, 1_000, 10_000)
LINKS, BATCH = 100, 500
PATH = "_posts/ep{{ number }}.md"
PROFILE = load(f"name: Bench\npath: '{PATH}'\naround_links: keep\n", "{{ body }}")
WORDS = [
    f"{start}{middle}{end}"
    for start in ("ro", "qua", "gala", "neu", "ker", "lin", "proto", "super", "micro", "data")
    for middle in ("bo", "nta", "xi", "tri", "ne", "gua", "col", "con", "sco", "ba", "mi", "to")
    for end in ("tics", "l", "on", "ing", "ment", "s", "ism", "er", "ed", "ion", "ty", "al")
]
LETTERS = "超伝導物理学暗黒質量子計算機械習研究室論文実験装置望遠鏡宇宙銀河星素粒半体磁性重力波"


def sentence(chance: random.Random) -> str:
    """Return some words; a few are said often, most of them seldom, as people do."""
    words = [WORDS[int(len(WORDS) * chance.random() ** 3)] for _ in range(6)]
    return f"{' '.join(words)} {''.join(chance.choices(LETTERS, k=8))}"


def made_page(number: int) -> SitePage:
    """Return an episode of LINKS links in ten topics."""
    chance = random.Random(number)  # noqa: S311 - the same pages in every run
    entries = [SiteEntry("episode", f"{number}: {sentence(chance)}")]
    for place in range(LINKS):
        if place % 10 == 0:
            topic = sentence(chance)
            entries.append(SiteEntry("topic", topic, topic, "1:00"))
        url = f"https://site{place}.example/{number % 977}/{place}"
        notes = sentence(chance) if place % 3 == 0 else ""
        entries.append(SiteEntry("item", sentence(chance), topic, notes=notes, urls=(url,)))
    return SitePage(
        path=f"_posts/ep{number}.md", number=str(number), title="x", at=number * 1440,
        addresses=(f"/{number}",), entries=tuple(entries),
    )  # fmt: skip


async def filled(file: Path, pages: int) -> SqliteSiteIndex:
    """Return an index of so many episodes."""
    index = SqliteSiteIndex(file)
    await index.known("bench")
    for start in range(1, pages + 1, BATCH):
        numbers = range(start, min(start + BATCH, pages + 1))
        await index.put([(f"b{n}", made_page(n)) for n in numbers])
    await index.end_round()
    return index


# --- /find ---------------------------------------------------------------------------------------


def queries() -> list[str]:
    """Return 40 queries: often and seldom said, begun only, of two words, in both scripts."""
    chance = random.Random(40)  # noqa: S311
    english = [WORDS[n] for n in (0, 3, 20, 90, 300, 700, 1_000, 1_400)]
    japanese = ["超伝", "暗黒", "導", "量子計", "力波", "望遠鏡", "銀河", "室論"]
    begun = ["ro", "r", "qua", "super", "kern", "dat", "proto", "micros"]
    both = [f"{chance.choice(english)} {chance.choice(english)}" for _ in range(8)]
    mixed = [f"{one} {other}" for one, other in zip(english, japanese, strict=True)]
    return [*english, *japanese, *begun, *both, *mixed]


def finding() -> Iterator[Row]:
    for size in SIZES:
        with TemporaryDirectory() as folder:
            times = asyncio.run(_finding(Path(folder, "index.db"), size))
        middle, most = statistics.median(times), max(times)
        yield Row(
            f"`/find`, 40 queries at {size:,} episodes of {LINKS} links: median, slowest",
            f"{middle * 1e3:.1f} ms, {most * 1e3:.1f} ms",
            "< 20 ms" if size == 1_000 else "does not grow in proportion",
        )


async def _finding(file: Path, size: int) -> list[float]:
    index = await filled(file, size)
    memory = SiteMemory(index)
    times = []
    for typed in queries():
        await memory.find(typed)
        times.append(min([await _timed(memory, typed) for _ in range(5)]))
    await index.aclose()
    return times


async def _timed(memory: SiteMemory, typed: str) -> float:
    began = time.perf_counter()
    await memory.find(typed)
    return time.perf_counter() - began


# --- the index of a site -------------------------------------------------------------------------


def reading() -> Iterator[Row]:
    """Measure in a process of its own: how much memory it takes at the most."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.memory"], check=True, capture_output=True, text=True
    )
    whole, cpu, one, memory, size = done.stdout.split()
    what = f"index of 1,000 episodes of {LINKS} links in a folder"
    yield Row(f"{what}: from nothing, memory at most", f"{whole} s ({cpu} s CPU), {memory} MB more")
    yield Row(f"{what}: after one commit", f"{one} ms")
    yield Row(f"{what}: its file", f"{size} MB")


async def _reading(folder: Path) -> None:
    root = make_site(folder / "site")
    (root / "_posts").mkdir()
    for number in range(1, 1_001):
        (root / f"_posts/ep{number}.md").write_text(_text(made_page(number)), encoding="utf-8")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=all")
    index = SqliteSiteIndex(folder / "index.db")
    site = await LocalSite.open(root)
    upkeep = SiteUpkeep(site=site, index=index, profile=lambda: PROFILE)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began, busy = time.perf_counter(), time.process_time()
    await upkeep.bring_up_to_date()
    whole, cpu = time.perf_counter() - began, time.process_time() - busy
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    (root / "_posts/ep1000.md").write_text(_text(made_page(1_001)), encoding="utf-8")
    git(root, "commit", "--quiet", "--all", "--message=one")
    began = time.perf_counter()
    await upkeep.bring_up_to_date()
    one = time.perf_counter() - began
    await index.aclose()
    size = (folder / "index.db").stat().st_size / 1e6
    print(f"{whole:.1f} {cpu:.1f} {one * 1e3:.0f} {memory:.0f} {size:.0f}")


def _text(page: SitePage) -> str:
    """Return a page as a file."""
    lines = [f"---\ntitle: '{page.entries[0].text}'\ndate: 2026-01-01\n---\n"]
    for entry in page.entries[1:]:
        if entry.kind == "topic":
            lines.append(f"\n### {entry.text}\n")
            continue
        lines.append(f"- [{entry.text}]({entry.urls[0]})")
        lines += [f"  - {entry.notes}"] if entry.notes else []
    return "\n".join(lines) + "\n"


# --- capture -------------------------------------------------------------------------------------

MESSAGES, ROUNDS = 100, 30


def capturing() -> Iterator[Row]:
    with TemporaryDirectory() as folder:
        ratio, cost = asyncio.run(_capturing(Path(folder)))
    yield Row(
        "CPU of a message with a link, with 1,000 episodes known beside without: ratio",
        f"{ratio:.3f} ({cost * 1e3:.2f} ms)",
        "< 1.05",
    )


def _desk(app: App, site: LocalSite) -> AbstractAsyncContextManager[Desk]:
    return app.desk(site=site, renewal=ProfileRenewal(PROFILE), room=Chat())


async def _capturing(folder: Path) -> tuple[float, float]:
    """Let two desks take the same messages in turns; compare the turns disturbed least."""
    index = await filled(folder / "filled.db", 1_000)
    await index.aclose()
    known = SqliteSiteIndex(folder / "filled.db")
    await known.open()
    with_index, without = folder / "with", folder / "without"
    async with (
        app(_made(with_index) / "rundown.db") as one,
        app(_made(without) / "rundown.db") as other,
        _desk(one, await LocalSite.open(with_index)) as there,
        _desk(other, await LocalSite.open(without)) as here,
    ):
        there._show.memory._index = known  # no upkeep: it would find another site
        for place, desk in enumerate((there, here)):
            request = Request(f"c{place}", Person("oka", "Oka"), "notes", 1)
            await desk.edits.episode_start(request, number="2000")
        costs: tuple[list[float], list[float]] = ([], [])
        for turn in range(ROUNDS):
            first = turn * MESSAGES
            pair = [(there, 0), (here, 1)]
            for desk, place in pair if turn % 2 else reversed(pair):
                costs[place].append(await _said(desk, first))
    await known.aclose()
    return min(costs[0]) / min(costs[1]), min(costs[0]) / MESSAGES


def _made(folder: Path) -> Path:
    make_site(folder)
    return folder


async def _said(desk: Desk, first: int) -> float:
    """Have MESSAGES messages taken in, every tenth with a link that an episode had."""
    began = time.process_time()
    for number in range(first, first + MESSAGES):
        place = number % LINKS
        url = f"https://site{place}.example/{number % 977 if number % 10 == 0 else -number}/{place}"
        said = Snapshot(message(number + 1, f"[Title {number}]({url})"), Person("buka", "Buka"))
        await desk.capture.message(said)
    return time.process_time() - began


ALL = (finding, reading, capturing)

if __name__ == "__main__":
    with TemporaryDirectory() as scratch:
        asyncio.run(_reading(Path(scratch)))
