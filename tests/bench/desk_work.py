"""What the desk does for a message, a draft and a command, beside another build of the app.

    python tests/bench/desk_work.py --beside FOLDER

runs each measure in turns on this checkout and on the one in FOLDER, and prints the median of the
ratios of processor time. `--only NAME` prints the seconds of one measure of this checkout. The
site, the chat and the templates are in this process, so that the desk's own work is what counts.
"""

import argparse
import asyncio
import gc
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

HERE = Path(__file__).resolve()
ROUNDS = 7
AIMS = {"message": 0.7, "draft": 0.5, "move": 0.6}
SECOND = 1_000_000
AT = 1_790_000_000 * SECOND


class SlowWeb:
    """A web that has not answered yet, as when the mark of a new message is shown."""

    async def get(self, *_: object, **__: object) -> Any:
        await asyncio.Event().wait()


async def desk_on(folder: str, web: object) -> tuple[Any, Any, Any]:
    """Open store, site and desk of the checkout that is in the path."""
    from storage.store import SqliteStore
    from tests.simulation.site import MemorySite
    from tests.simulation.world import PROFILE

    try:
        from bot.services.desk.desk import Desk
        from tests.simulation.templates import Templates
    except ImportError:  # the layout of earlier builds
        from bot.services.desk import Desk  # type: ignore[attr-defined,no-redef]
        from tests.simulation.world import Templates  # type: ignore[attr-defined,no-redef]

    opening = SqliteStore.open(Path(folder, "bench.db"), clock=lambda: AT)
    store, site = await opening.__aenter__(), MemorySite()
    show = {"name": "show", "store": store, "site": site, "clock": lambda: AT}
    rest = {"templates": Templates(), "room": None, "web": web, "sleep": lambda _: asyncio.sleep(0)}
    desk: Any
    try:
        from bot.services.profile_renewal import ProfileRenewal
        from bot.services.show import Show

        desk = Desk(show=Show(renewal=ProfileRenewal(PROFILE), **show), **rest)
    except (ImportError, TypeError):  # earlier builds: the desk made its show
        desk = Desk(profile=PROFILE, **show, **rest)
    return opening, desk, (store, site)


def part(desk: Any, name: str) -> Any:
    """Return a part of the desk; in earlier builds the desk was all of them."""
    return getattr(desk, name, desk)


def snapshot(number: int, text: str) -> Any:
    from bot.core.events import Message
    from bot.services.ports import Person, Snapshot

    at = AT + number * SECOND
    return Snapshot(Message(f"m{number:06}", "notes", at, "mika", text, at), Person("mika", "Mika"))


def request(number: int) -> Any:
    from bot.services.ports import Person
    from bot.services.request import Request

    return Request(f"c{number}", Person("mika", "Mika"), "notes", AT + number * SECOND)


async def fill(desk: Any, store: Any, *, links: int) -> None:
    """Put topics of ten links into the episode, each with its title known."""
    from bot.core.model import Lookup
    from bot.core.urls import canonical

    urls = [f"https://example.org/papers/{number}" for number in range(links)]
    known = {canonical(url): Lookup(url, title=f"On the matter of {url}") for url in urls}
    await store.put_lookups(known)
    said = []
    for number, url in enumerate(urls):
        if number % 10 == 0:
            said.append(snapshot(2 * number, f"# Topic {number // 10}"))
        said.append(snapshot(2 * number + 1, f"{url} some words of {number}\n- a note of {number}"))
    await part(desk, "capture").read(said, at=AT)


async def message(desk: Any, store: Any, site: Any) -> float:
    """Store messages one by one, and say what became of each, while their titles are asked for."""
    await fill(desk, store, links=200)
    capture = part(desk, "capture")
    said = [
        snapshot(
            100_000 + number,
            f"Have a look at https://example.org/more/{number}?a={number} and then at\n"
            f"[something else](https://example.com/{number}) **soon**\n- with a note\n- and one",
        )
        for number in range(300)
    ]
    await capture.message(snapshot(99_999, "https://example.org/first"))
    await asyncio.sleep(0.1)  # what is loaded with the first look-up is loaded once
    gc.collect()  # nor is looking through all of that, which may fall into these 300 or not
    start = time.process_time()
    for one in said:
        receipt = await capture.message(one)
        assert receipt.outcome == "untitled"
        assert receipt.waiting
    return time.process_time() - start


async def draft(desk: Any, store: Any, site: Any) -> float:
    """Draft after a person's edits and a message, again and again."""
    await fill(desk, store, links=100)
    drafts, capture = part(desk, "drafts"), part(desk, "capture")
    await drafts.draft(request(200_000))
    (path,) = site.files
    spent = 0.0
    for number in range(12):
        text = site.files[path].replace(f"words of {number}", f"Words Of {number}")
        site.write({path: text.replace("\n- Write", f"\n- Own {number}\n- Write")}, by="oka")
        await capture.message(snapshot(300_000 + number, f"https://example.org/late/{number}"))
        start = time.process_time()
        await drafts.draft(request(400_000 + number))
        spent += time.process_time() - start
        assert f"Words Of {number}" in site.files[path]
    return spent


async def move(desk: Any, store: Any, site: Any) -> float:
    """Move a link by a typed command, and make the panel anew, as a front does."""
    try:
        from bot.services.desk import command_table as table
        from bot.services.desk import command_text as typed
    except ImportError:
        from bot.services import command_line as typed  # type: ignore[attr-defined,no-redef]
        from bot.services import commands as table  # type: ignore[attr-defined,no-redef]

    await fill(desk, store, links=200)
    panels = part(desk, "panels")
    reads, lookups = 0, store.lookups

    async def counted(wanted: Any) -> Any:
        nonlocal reads
        reads += 1
        return await lookups(wanted)

    store.lookups = counted
    start = time.process_time()
    for number in range(60):
        line = f'/link move {number % 9 + 1}.2 after:"{(number + 3) % 9 + 1}.4"'
        asked = request(200_000 + number)
        command, at = typed.find_command(line)
        known = await table.known_names(desk, typed.wanted(line, command, at), asked)
        command, values = typed.parse_command(line, known=known)
        await table.run(desk, command, asked, values)
        await panels.panel("notes")
    spent = time.process_time() - start
    print(f"look-ups read for each command: {reads / 60:.2f}", file=sys.stderr)
    return spent


MEASURES: dict[str, Callable[[Any, Any, Any], Awaitable[float]]] = {
    "message": message,
    "draft": draft,
    "move": move,
}


async def _measured(name: str) -> float:
    with TemporaryDirectory() as folder:
        web = SlowWeb() if name == "message" else None
        opening, desk, (store, site) = await desk_on(folder, web)
        try:
            return await MEASURES[name](desk, store, site)
        finally:
            await desk.aclose()
            await opening.__aexit__(None, None, None)


def seconds(checkout: Path, name: str) -> float:
    """Run one measure in a process of its own, on a checkout."""
    python = checkout / ".venv/bin/python"
    command = [str(python if python.exists() else sys.executable), "-P", str(HERE), "--only", name]
    environment = {**os.environ, "PYTHONPATH": str(checkout)}
    done = subprocess.run(
        command, env=environment, cwd=checkout, check=True, capture_output=True, text=True
    )
    sys.stderr.write(f"{checkout}: {done.stderr}" if done.stderr else "")
    return float(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=MEASURES)
    parser.add_argument("--beside", type=Path)
    parser.add_argument("--measure", choices=MEASURES, action="append")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    if options.only:
        print(asyncio.run(_measured(options.only)))
        return
    print("| what | this build | the other | ratio | aim |\n| --- | ---: | ---: | ---: | ---: |")
    here = HERE.parents[2]
    for name in options.measure or MEASURES:
        pairs = [
            (seconds(here, name), seconds(options.beside, name)) for _ in range(options.rounds)
        ]
        ours, theirs = (statistics.median(one) for one in zip(*pairs, strict=True))
        ratio = statistics.median(mine / its for mine, its in pairs)
        print(
            f"| {name} | {ours:.3f} s | {theirs:.3f} s | {ratio:.2f} | {AIMS[name]} |", flush=True
        )


if __name__ == "__main__":
    main()
