"""Measure one thing in whichever checkout is on the path: a script, run by its own interpreter.

    PYTHONPATH=CHECKOUT python -P rows.py NAME

Runs once for each line that it is given, and prints one JSON object a run: figures by what they
are. Modules that moved since a release are found by either name (`either`).
"""

import importlib
import itertools
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples" / "titles"
RUNDOWN = str(Path(sys.executable).with_name("rundown"))
MS, MB = 1e3, 1 / 1024
PIECE = 64 * 1024  # bytes, about as many as a socket gives at once
DRAFTS = 20
MESSAGES = 60_000
SITE_YML = "name: Bench\npath: '_drafts/ep{{ number }}.md'\naround_links: keep\n"
TEMPLATE = "---\ntitle: {{ title | yaml }}\nnumber: {{ number | yaml }}\n---\n\n{{ body }}\n"

Figures = dict[str, float]


def either(*names: str) -> Any:
    """Return the first module of these names that there is."""
    for name in names:
        try:
            return importlib.import_module(name)
        except ModuleNotFoundError:
            continue
    raise ModuleNotFoundError(names[0])


def cpu_of(run: Callable[[], object]) -> float:
    """Return the seconds of CPU that a run takes, those of the processes that it starts too."""
    start = _cpu()
    run()
    return _cpu() - start


def _cpu() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def run_git(folder: Path, *args: str) -> None:
    environment = {"GITS": os.devnull, **os.environ}
    subprocess.run(["git", *args], cwd=folder, check=True, capture_output=True, env=environment)


# --- the rows: each gets ready, and returns what is run ------------------------------------------


def titles() -> Callable[[], Figures]:
    page = either("bot.core.page.page", "bot.core.page")
    reader = getattr(page, "PageReader", None) or page.Head
    lines = (SAMPLES / "cases.jsonl").read_text("utf-8").splitlines()
    cases = [case for case in map(json.loads, lines) if "real-page" in case["tags"]]
    pages = [(SAMPLES / case["body"]).read_bytes() for case in cases if case["kind"] == "html"]
    given = [
        {"content_type": case["headers"].get("Content-Type")}
        | {name: case[name] for name in ("url", "status")}
        for case in cases
        if case["kind"] == "html"
    ]

    def read(data: bytes, of: dict[str, Any]) -> float:
        start = time.process_time()
        head = reader()
        ends = range(PIECE, len(data) + PIECE, PIECE)
        come = next((end for end in ends if head.feed(data[end - PIECE : end])), len(data))
        whole = head.page if hasattr(head, "page") else page.read_page
        whole(data[:come], **of)
        return time.process_time() - start

    best = [1.0] * len(pages)

    def run() -> Figures:
        for number, (data, of) in enumerate(zip(pages, given, strict=True)):
            best[number] = min(best[number], read(data, of))
        return {"title of a page as it comes (median of the real pages), ms": median(best) * MS}

    return run


def drafts() -> Callable[[], Figures]:
    """Let the local chat draft after each message, and take off what it does without."""
    said = [f"https://example.org/{number}\n" for number in range(DRAFTS)]
    begin = "/episode set number 57\n"
    number = 0

    def chat(script: str) -> tuple[float, int]:
        nonlocal number
        number += 1
        folder = Path(f"site-{number}")
        counted = Path(f"{number}.gits").absolute()
        counted.touch()
        _site(folder)
        environment = {**os.environ, "LC_ALL": "C.UTF-8", "GITS": str(counted)}
        command = [RUNDOWN, "chat", "--offline", "--site", str(folder), "--db", f"{number}.db"]
        spent = cpu_of(
            lambda: subprocess.run(
                command, input=script.encode(), env=environment, check=True, capture_output=True
            )
        )
        return spent, counted.read_text().count("\n")

    def difference() -> tuple[float, float]:
        """Return seconds of CPU and git processes of one draft."""
        without, few = chat(begin + "".join(said))
        whole, many = chat(begin + "".join(f"{link}/draft\n" for link in said))
        return (whole - without) / DRAFTS, (many - few) / DRAFTS

    with _counted():
        processes = difference()[1]
    return lambda: {
        "`/draft` in a local repository, ms": difference()[0] * MS,
        "git processes of it": processes,
    }


@contextmanager
def _counted() -> Iterator[None]:
    """Put a git on the path that counts how often it is started."""
    program = Path("bin/git").absolute()
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho >> "$GITS"\nexec {shutil.which("git")} "$@"\n')
    program.chmod(0o755)
    before = os.environ["PATH"]
    os.environ["PATH"] = f"{program.parent}:{before}"
    yield
    os.environ["PATH"] = before


def _site(folder: Path) -> None:
    (folder / ".rundown").mkdir(parents=True)
    (folder / ".rundown/site.yml").write_text(SITE_YML)
    (folder / ".rundown/draft.md.j2").write_text(TEMPLATE)
    run_git(folder, "init", "-q", "-b", "main")
    run_git(folder, "config", "user.name", "Bench")
    run_git(folder, "config", "user.email", "bench@example.org")
    run_git(folder, "add", ".")
    run_git(folder, "commit", "-q", "-m", "Begin")


READ_EXPORT = """
import sys, time
from pathlib import Path
try:
    from bot.adapters.export.read import read_export
except ImportError:
    from bot.adapters.export import read_export
start = time.process_time()
count = sum(1 for _ in read_export(Path(sys.argv[1])))
print(time.process_time() - start)
print(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0], count)
"""


def export() -> Callable[[], Figures]:
    path = Path("export.json")
    path.write_text(json.dumps(_exported(), ensure_ascii=False), "utf-8")
    size = path.stat().st_size >> 20

    def run() -> Figures:
        command = [sys.executable, "-P", "-c", READ_EXPORT, str(path)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        seconds, peak, count = done.stdout.split()
        assert int(count) == MESSAGES
        return {
            f"reading an export of {MESSAGES:,} messages, {size} MB, ms": float(seconds) * MS,
            "its memory at the most, MB": int(peak) * MB,
        }

    return run


def _exported() -> dict[str, Any]:
    person = {"id": "1000", "name": "buka_", "discriminator": "0000", "nickname": "buka",
              "color": "#FF0000", "isBot": False, "avatarUrl": "https://cdn.example/1.png",
              "roles": [{"id": "7", "name": "host", "position": 1}]}  # fmt: skip
    messages = [
        {
            "id": str(1190000000000000000 + number),
            "type": "Default",
            "timestamp": f"2023-12-20T21:00:{number % 60:02}.123+09:00",
            "timestampEdited": None,
            "callEndedTimestamp": None,
            "isPinned": False,
            "content": f"https://a.example/{number}\n- 面白い記事だと思う {number}",
            "author": person,
            "attachments": [],
            "embeds": [],
            "stickers": [],
            "reactions": [{"emoji": {"id": "", "name": "📝", "code": "memo"}, "count": 1,
                           "users": [person]}] if number % 5 == 0 else [],
            "mentions": [],
            "inlineEmojis": [],
        }
        for number in range(MESSAGES)
    ]  # fmt: skip
    channel = {"id": "2", "type": "GuildTextChat", "name": "show-notes"}
    return {"guild": {"id": "1", "name": "Show"}, "channel": channel, "messages": messages}


def folding() -> Callable[[], Figures]:
    outline_of = either("bot.core.episode.fold", "bot.core.outline").Outline
    render = either("bot.core.render.render", "bot.core.render")
    events = importlib.import_module("bot.core.events")
    found = importlib.import_module("bot.core.model").Found
    profile = either("bot.core.profile.profile", "bot.core.profile").load(
        "name: Bench\naround_links: keep\n", "{{ body }}"
    )

    def seen(number: int, edits: int = 0) -> Any:
        at = number * 1_000_000
        text = f"# Topic {number}" if number % 40 == 0 else f"https://example.org/{number}"
        said = events.Message(f"{number:08}", "notes", at, "buka", text, at + edits)
        key = f"{said.id}@{said.stamp}+"
        return events.Event(key, "show#1", at, "buka", events.MessageSeen(said))

    outline = outline_of("show#1", profile.rules)
    outline.extend(map(seen, range(1_000)))
    known = {
        link.url: found(f"The title of {link.url}")
        for item in outline.episode.items()
        for link in render.links_of(item)
    }

    edits = itertools.count(1)

    def once() -> None:
        outline.extend([seen(0, next(edits))])  # all below it is laid anew
        render.body(outline.episode, known, profile)

    return lambda: {
        "full fold and render of 1,000 links, ms": min(cpu_of(once) for _ in range(10)) * MS
    }


def merging() -> Callable[[], Figures]:
    merge = either("bot.core.merge.merge", "bot.core.merge")
    side = either("bot.core.document.version", "bot.core.merge").Side
    topics = [
        [f"- [Title {n} of a page](https://example.org/{n})" for n in range(at, at + 8)]
        for at in range(0, 10_000, 8)
    ]
    added, edited = ([list(topic) for topic in topics] for _ in range(2))
    for number in range(0, len(topics), 5):
        added[number].append(f"- [Added](https://added.example/{number})")
        edited[number][0] = edited[number][0].replace("Title", "Better title")
        edited[number].insert(1, "  - a note")
    texts = (_file(topics), _file(added), _file(edited, "1:30 "))
    sides = [side(text) for text in texts]
    what = "merge of 10,000 links, ms"
    return lambda: {what: min(cpu_of(lambda: merge.merge(*sides)) for _ in range(2)) * MS}


def _file(topics: list[list[str]], time: str = "") -> str:
    parts = [f"### {time}Topic {n}\n\n" + "\n".join(items) for n, items in enumerate(topics)]
    return "---\nlayout: podcast\n---\n\n" + "\n\n".join(parts) + "\n"


def starting() -> Callable[[], Figures]:
    def once() -> None:
        subprocess.run([RUNDOWN, "--help"], check=True, capture_output=True)

    return lambda: {"`rundown --help`, ms": min(cpu_of(once) for _ in range(5)) * MS}


ROWS = {
    each.__name__: each for each in (titles, drafts, export, folding, merging, starting)
}  # in the order of the table


def lines() -> Iterator[str]:
    run = ROWS[sys.argv[1]]()
    for _ in sys.stdin:
        yield json.dumps(run())


if __name__ == "__main__":
    for line in lines():
        print(line, flush=True)
