"""`make mutants`: puts faults into the code, one at a time, and counts those that no test notices.

cosmic-ray makes them, and `mutant_runner.py` tries each, in a copy of the repository: with the
tests of the package's own name (`bot/core/grammar` with `tests/core/grammar`) that call the
function it is in, the quickest first, and with `--wide` what outlives those with all others, room
by room. A package that has no tests of its own name is tried with those alone. Faults that change
nothing anybody could notice are named, with the reason, in `mutants.toml`; what is left out
altogether, `mutant_rules.py` says.
This module runs in an environment of its own, in which cosmic-ray is and Rundown is not.
"""

import argparse
import ast
import difflib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cosmic_ray.commands import init
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import MutationSpec
from mutant_rules import around, first_line, no_fault

ROOT = Path(__file__).parents[1]
PYTHON = ROOT / ".venv/bin/python"
NAMED = ROOT / "tests/mutants.toml"
FLOORS = ("core", "services")
FRONTS = tuple(
    f"tests/{front}/test_{part}.py"
    for front in ("cogs", "slack")
    for part in ("backfill", "capture", "commands", "menus", "panel")
)
OF_DESKS = tuple(f"tests/services/{room}" for room in ("capture", "desk", "drafting", "site_index"))
ALSO = {
    "bot/core/document": ("tests/core/merge/test_merge.py", "tests/core/merge/test_merge_laws.py"),
    "bot/core/erasure": tuple(
        f"tests/services/drafting/test_{part}.py"
        for part in ("erasure", "erasure_alone", "erasure_history", "hidden_lines", "mark_life")
    ),
    "bot/core/episode": ("tests/services/desk/test_undo.py",),
    "bot/core/front_matter": ("tests/core/merge/test_merge_front_matter.py",),
    "bot/core/render": ("tests/services/drafting/test_mark_life.py",),
    "bot/core/later": ("tests/core/episode/test_hand_over.py",),
    "bot/services": OF_DESKS,
    **{one.replace("tests", "bot", 1): OF_DESKS for one in OF_DESKS},
    "bot/services/chat": FRONTS,
}
"""Tests of a package that stand elsewhere: those of what is built on it, or runs it.

All that a desk is made of is tried through it: a draft's report by the tests of drafts, say.
"""
WIDE = (
    ("tests/core",),
    ("tests/services",),
    ("tests/samples", "tests/test_samples.py"),
    ("tests/adapters", "tests/storage", "tests/app", "tests/local"),
    ("tests/cli",),
    ("tests/cogs",),
    ("tests/slack",),
)
"""All tests that run in one process, those that take longest last. To find out which of them call
a function takes as long as the whole suite, so that only what a package's own tests left is tried.
"""
UNNOTICED, NOTICED, NO_FIGURE = "unnoticed", "noticed", "no figure"


@dataclass(frozen=True, order=True)
class Fault:
    """A fault: where it is, the line as it stands, what becomes of it, and what became of that."""

    file: str
    at: int
    line: str
    fault: str
    source: str
    function: int | None
    result: str = ""
    why: str = ""

    def __str__(self) -> str:
        because = f" ({self.why})" if self.why else ""
        return f"{self.file}:{self.at} {self.result}{because}\n  {self.line}\n  {self.fault}"


def copy(to: Path) -> str:
    """Copy what git knows of the repository, lead to its environment, and return a fingerprint."""
    content = sha256()
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, to / name)
            content.update((ROOT / name).read_bytes())
    (to / ".venv").symlink_to(ROOT / ".venv")
    return content.hexdigest()


def folders() -> list[str]:
    """Return the folders whose faults are looked for: each floor itself, and its packages."""
    floors = [ROOT / "bot" / floor for floor in FLOORS]
    inside = [path for floor in floors for path in sorted(floor.iterdir())]
    return [
        str(path.relative_to(ROOT))
        for path in (*floors, *inside)
        if path.is_dir() and any(path.glob("[!_]*.py"))
    ]


def own_tests(folder: str) -> tuple[str, ...]:
    """Return where the tests of a folder's own name are, those of packages inside it left out."""
    named = Path("tests") / Path(folder).relative_to("bot")
    inside = folder.count("/") > 1
    files = (path.relative_to(ROOT) for path in sorted((ROOT / named).glob("test_*.py")))
    all_of_them = dict.fromkeys(map(str, (*([named] if inside else files), *ALSO.get(folder, ()))))
    return tuple(path for path in all_of_them if (ROOT / path).exists())


def faults(folder: str, work: Path, sample: int, seed: int) -> list[Fault]:
    """Return the faults of a folder, or a sample of them, the same for a seed."""
    modules = sorted(Path(folder).glob("*.py"))
    with use_db(str(work / "faults.sqlite"), WorkDB.Mode.create) as found:
        init(modules, found, {})
        all_of_them = [item.mutations[0] for item in found.work_items]
    all_of_them.sort(
        key=lambda one: (one.module_path, one.start_pos, one.operator_name, one.occurrence)
    )
    random.Random(seed).shuffle(all_of_them)  # noqa: S311 - a sample, no secret
    made: list[Fault] = []
    for mutation in all_of_them:
        if sample and len(made) == sample:
            break
        made.extend(made_of(mutation))
    return made


def made_of(mutation: MutationSpec) -> Iterator[Fault]:
    """Yield the fault that a mutation makes, if it is one and Python can read it."""
    source = mutation.module_path.read_text(encoding="utf-8")
    if no_fault(mutation):
        return
    operator = get_operator(mutation.operator_name)(**mutation.operator_args)
    mutated = mutate_code(source, operator, mutation.occurrence)
    if mutated is not None and _is_python(mutated):
        file, line = str(mutation.module_path), mutation.start_pos[0]
        yield Fault(file, line, *changed(source, mutated), mutated, function(mutation))


def _is_python(source: str) -> bool:
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return True


def changed(source: str, mutated: str) -> tuple[str, str]:
    """Return what a fault takes away, and what it puts there, each as one line."""
    lines = list(difflib.unified_diff(source.splitlines(), mutated.splitlines(), lineterm="", n=0))
    taken, put = (
        [" ".join(line[1:].split()) for line in lines[2:] if line[:1] == sign] for sign in "-+"
    )
    return " ".join(taken), " ".join(put)


def function(mutation: MutationSpec) -> int | None:
    """Return the first line of the function that a mutation is in, as code objects have it.

    None for what runs when the file is loaded, and for what is called once and then remembered.
    """
    defined = [
        node
        for node in around(mutation)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and mutation.start_pos[0] >= node.body[0].lineno
    ]
    if not defined or any("cache" in ast.unparse(one) for one in defined[-1].decorator_list):
        return None
    return first_line(defined[-1])


def parts_of(tests: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return tests in parts that are looked at together: each folder, and all files."""
    files = tuple(one for one in tests if one.endswith(".py"))
    return [*((one,) for one in tests if one not in files), *([files] if files else [])]


class Runner:
    """The process that tries faults with some tests."""

    def __init__(self, tests: tuple[str, ...], work: Path, kept: "Kept") -> None:
        self._process = subprocess.Popen(
            [PYTHON, "tests/mutant_runner.py"],
            cwd=work,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        parts = [(list(part), str(kept.tests(part))) for part in parts_of(tests)]
        learned = self._ask(parts=parts, work=str(work / "pytest"))
        if left_out := learned["left out"]:
            more = f"{len(left_out)} tests that fail or are skipped without a fault are left out"
            print(f"{more}, such as {left_out[0]}", file=sys.stderr)

    def _ask(self, **what: object) -> dict[str, Any]:
        asked, told = self._process.stdin, self._process.stdout
        assert asked is not None
        assert told is not None
        print(json.dumps(what), file=asked, flush=True)
        line = told.readline()
        if not line:
            sys.exit("the process that runs the tests is gone")
        return dict(json.loads(line))

    def result(self, fault: Fault) -> Fault:
        told = self._ask(file=fault.file, source=fault.source, function=fault.function)
        return replace(fault, result=told["result"], why=told["why"])

    def close(self) -> None:
        self._process.communicate()


class Kept:
    """What became of faults in runs before, in a file, so that a run that was stopped goes on.

    `files` is a fingerprint of what is tried: what tests call holds as long as nothing changes.
    Without a file that is known in a folder for this run: several packages have the same tests.
    """

    def __init__(self, file: Path | None, files: str, folder: Path) -> None:
        self._file = file
        self._files = files
        self._tests = file or folder / "tests"
        lines = file.read_text(encoding="utf-8").splitlines() if file and file.exists() else []
        self._known = dict(json.loads(line) for line in lines)

    def result(self, fault: Fault, tests: tuple[str, ...]) -> Fault | None:
        known = self._known.get(_key(fault, tests))
        return replace(fault, **known) if known else None

    def tests(self, tests: tuple[str, ...]) -> Path:
        """Return where it stands which functions some tests call."""
        name = sha256(repr((self._files, tests)).encode()).hexdigest()[:16]
        return self._tests.with_name(f"{self._tests.name}-{name}.json")

    def add(self, fault: Fault, tests: tuple[str, ...]) -> None:
        if self._file is not None:
            with self._file.open("a", encoding="utf-8") as to:
                told = {"result": fault.result, "why": fault.why}
                print(json.dumps((_key(fault, tests), told)), file=to)


def _key(fault: Fault, tests: tuple[str, ...]) -> str:
    return sha256(repr((fault.file, fault.source, tests)).encode()).hexdigest()


def tried(found: list[Fault], tests: tuple[str, ...], work: Path, kept: Kept) -> list[Fault]:
    """Return what became of faults when some tests ran with them."""
    if not tests:
        return found
    runner: Runner | None = None
    results = []
    for fault in found:
        result = kept.result(fault, tests)
        if result is None:
            runner = runner or Runner(tests, work, kept)
            result = runner.result(fault)
            kept.add(result, tests)
        results.append(result)
        print(result, file=sys.stderr, flush=True)
    if runner is not None:
        runner.close()
    return results


def _noticed(one: Fault, again: dict[str, Fault]) -> Fault:
    """Return a fault with the test that noticed it when it was tried again, if one did."""
    found = again.get(one.source, one)
    return found if found.result == NOTICED else one


def named() -> set[tuple[str, str, str]]:
    """Return the faults that are known to change nothing."""
    known = tomllib.loads(NAMED.read_text(encoding="utf-8")).get("equivalent", [])
    return {(one["file"], one["line"], one["fault"]) for one in known}


def row(folder: str, results: list[Fault], harmless: set[tuple[str, str, str]]) -> str:
    """Return what became of the faults in a folder, as a row of the table."""
    of = dict.fromkeys((NOTICED, UNNOTICED, NO_FIGURE, "harmless"), 0)
    for one in results:
        known = one.result == UNNOTICED and (one.file, one.line, one.fault) in harmless
        of["harmless" if known else one.result or UNNOTICED] += 1
    judged = of[NOTICED] + of[UNNOTICED]
    share = f"{100 * of[NOTICED] / judged:.0f} %" if judged else "no figure"
    counts = f"{len(results)} | {of['harmless']} | {of[NO_FIGURE]} | {of[UNNOTICED]}"
    return f"| `{folder}` | {counts} | {share} |"


def main() -> None:
    parser = argparse.ArgumentParser(prog="make mutants ARGS=", description=__doc__)
    parser.add_argument("folders", nargs="*", help="such as bot/core/grammar; all if none is named")
    parser.add_argument("--sample", type=int, default=0, help="of so many a folder")
    parser.add_argument("--seed", type=int, default=20, help="by which a sample is chosen")
    parser.add_argument("--wide", action="store_true", help="try survivors with the whole suite")
    parser.add_argument("--keep", type=Path, help="a file of results, to go on with later")
    options = parser.parse_args()
    chosen = [folder.rstrip("/") for folder in options.folders] or folders()
    if unknown := sorted({*chosen} - {*folders()}):
        parser.error(
            f"no faults are put into {', '.join(unknown)}; there are {', '.join(folders())}"
        )
    keep = options.keep and options.keep.absolute()
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit("stopped"))
    with TemporaryDirectory(prefix="rundown-mutants-") as name:
        work = Path(name)
        kept = Kept(keep, copy(work), work)
        os.chdir(work)
        results: dict[str, list[Fault]] = {}
        for folder in chosen:
            found = faults(folder, work, options.sample, options.seed)
            results[folder] = tried(found, own_tests(folder), work, kept)
            print(row(folder, results[folder], named()), file=sys.stderr, flush=True)
        if options.wide:
            for tests in WIDE:
                left = [one for found in results.values() for one in found if one.result != NOTICED]
                again = {one.source: one for one in tried(left, tests, work, kept)}
                for folder, found in results.items():
                    results[folder] = [_noticed(one, again) for one in found]
    print("| folder | faults | harmless | no figure | unnoticed | noticed |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for folder, found in results.items():
        print(row(folder, found, named()))


if __name__ == "__main__":
    main()
