"""The merge: how long it takes beside git's, and how often each gets the real history right."""

import subprocess
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.core.document.version import Side
from bot.core.merge.merge import merge
from tests.bench.row import Row
from tests.core.episode.histories import Case, apart, faults, histories, successive

RUNS = 15
COUNTS = (100, 1_000, 10_000)
AIMS = {100: "< 5 ms"}


def best(run: Callable[[], object], runs: int = RUNS) -> float:
    """Return the seconds of the quickest of some runs."""
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def timing() -> Iterator[Row]:
    for count in COUNTS:
        texts = versions(count)
        runs = RUNS if count < 10_000 else 3
        sides = [Side(text) for text in texts]
        assert merge(*sides).conflicts == ()
        ours = best(lambda sides=sides: merge(*sides), runs)  # type: ignore[misc]  # bound here
        with TemporaryDirectory() as folder:
            names = written(Path(folder), *texts)
            git = best(lambda names=names: git_merge(names), runs)  # type: ignore[misc]  # the same
        what = f"a merge of {count:,} links in {count // 8 + 1:,} topics"
        yield Row(what, f"{ours * 1e3:.1f} ms", AIMS.get(count, "in proportion"))
        yield Row("the same by `git merge-file`, a process", f"{git * 1e3:.1f} ms")


def versions(count: int) -> tuple[str, str, str]:
    """Return a file with so many links, some added, and titles, times and notes edited."""
    topics = [
        [f"- [Title {n} of a page](https://example.org/{n})" for n in range(at, min(at + 8, count))]
        for at in range(0, count, 8)
    ]
    base = _file(topics)
    added = [list(topic) for topic in topics]
    edited = [list(topic) for topic in topics]
    for number in range(0, len(topics), 5):
        added[number].append(f"- [Added](https://added.example/{number})")
        edited[number][0] = edited[number][0].replace("Title", "Better title")
        edited[number].insert(1, "  - a note")
    return base, _file(added), _file(edited, "1:30 ")


def _file(topics: Iterable[list[str]], time: str = "") -> str:
    parts = [f"### {time}Topic {n}\n\n" + "\n".join(items) for n, items in enumerate(topics)]
    return "---\nlayout: podcast\n---\n\n" + "\n\n".join(parts) + "\n"


def written(folder: Path, base: str, ours: str, theirs: str) -> list[str]:
    names = []
    for name, text in (("ours", ours), ("base", base), ("theirs", theirs)):
        (folder / name).write_bytes(text.encode())
        names.append(str(folder / name))
    return names


def git_merge(names: list[str], *options: str) -> tuple[str, int]:
    """Merge with git; return the text, and how many conflicts there are."""
    command = ["git", "merge-file", "--stdout", *options, *names]
    done = subprocess.run(command, capture_output=True, check=False)
    return done.stdout.decode(), done.returncode


# --- the real history ----------------------------------------------------------------------------


def succeeding() -> Iterator[Row]:
    if not histories():
        yield Row("merges of the real history", "no samples beside the repository")
        return
    near, far = list(successive()), list(apart())
    what = f"merges of {len(near)} drafts with the next revision of real files: right"
    yield Row(what, rate(near, by_us), "> 99.5 %")
    yield Row("the same by `git merge-file`", rate(near, by_git), "")
    yield Row("the same by `git merge-file --union`", rate(near, by_git_union), "")
    what = f"merges of {len(far)} drafts with any other revision: right"
    yield Row(what, rate(far, by_us), "")


Merger = Callable[[Case], tuple[str, int]]


def rate(cases: list[Case], merger: Merger) -> str:
    """Return how many of the cases lose, double or bring back nothing, and ask nobody."""
    right = 0
    for case in cases:
        text, conflicts = merger(case)
        right += not conflicts and not faults(case, text)
    return f"{right / len(cases):.1%}"


def by_us(case: Case) -> tuple[str, int]:
    merged = merge(Side(case.base), Side(case.ours.text), Side(case.theirs))
    return merged.text, len(merged.conflicts)


def by_git(case: Case, *options: str) -> tuple[str, int]:
    with TemporaryDirectory() as folder:
        names = written(Path(folder), case.base, case.ours.text, case.theirs)
        return git_merge(names, *options)


def by_git_union(case: Case) -> tuple[str, int]:
    return by_git(case, "--union")


ALL = (timing, succeeding)
