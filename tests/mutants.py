"""`make mutants`: puts faults into the code, one at a time, and counts those that no test notices.

cosmic-ray makes them, in a copy of the repository. A package is tried with the tests of its own
name (`bot/core/grammar` with `tests/core/grammar`), and what outlives those with `--wide` ones.
Faults that change nothing anybody could notice are named, with the reason, in `mutants.toml`.
This module runs in an environment of its own, in which cosmic-ray is and Rundown is not.
"""

import argparse
import random
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import WorkItem, WorkResult

ROOT = Path(__file__).parents[1]
PYTHON = ROOT / ".venv/bin/python"
NAMED = ROOT / "tests/mutants.toml"
ALSO = {"bot/core/front_matter": ("tests/core/merge/test_merge_front_matter.py",)}
"""Tests of a package that stand elsewhere: its trees are proven by what is merged with them."""
WIDE = ("tests/core", "tests/services", "tests/samples", "tests/test_samples.py")

CONFIG = """\
[cosmic-ray]
module-path = [{modules}]
timeout = {timeout}
excluded-modules = []
test-command = '''{command}'''

[cosmic-ray.distributor]
name = "local"
"""


@dataclass(frozen=True, order=True)
class Fault:
    """A fault that no test noticed: a line as it stands, and what became of it."""

    place: str
    line: str
    fault: str


@dataclass(frozen=True)
class Figure:
    """What became of the faults in a folder."""

    folder: str
    tried: int
    left: list[Fault]
    named: int

    def __str__(self) -> str:
        real = self.tried - self.named
        noticed = 100 * (real - len(self.left)) / max(1, real)
        counts = f"{self.tried} | {self.named} | {len(self.left)}"
        return f"| `{self.folder}` | {counts} | {noticed:.0f} % |"


def copy(to: Path) -> None:
    """Copy what git knows of the repository, and lead to its environment."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, to / name)
    (to / ".venv").symlink_to(ROOT / ".venv")


def folders() -> list[str]:
    """Return the packages whose faults are looked for."""
    return [
        str(path.relative_to(ROOT))
        for floor in ("core", "services")
        for path in sorted((ROOT / "bot" / floor).iterdir())
        if path.is_dir() and (ROOT / "tests" / floor / path.name).is_dir()
    ]


def command(folder: str, *, wide: bool) -> str:
    pytest = f"{PYTHON} -m pytest -x -q -p no:cacheprovider -p no:xdist"
    own = " ".join((pytest, f"tests/{folder.removeprefix('bot/')}", *ALSO.get(folder, ())))
    return f'bash -c "{own} && {pytest} {" ".join(WIDE)}"' if wide else own


def cosmic_ray(*words: str | Path, folder: Path) -> None:
    program = Path(sys.executable).with_name("cosmic-ray")
    done = subprocess.run(
        [program, *words], cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"cosmic-ray {words[0]}: {done.stdout}{done.stderr}")


def thin_out(session: WorkDB, sample: int, seed: int) -> None:
    """Leave a sample of the faults, the same for a seed, and none of those that are none.

    `|` in an annotation is a type: another operator there stops the import, which any test sees.
    """
    items = [item for item in session.work_items if not _is_of_types(item)]
    if sample and len(items) > sample:
        items = random.Random(seed).sample(items, sample)  # noqa: S311 - a sample, no secret
    session.clear()
    session.add_work_items(items)


def _is_of_types(item: WorkItem) -> bool:
    return any("BinaryOperator_BitOr" in mutation.operator_name for mutation in item.mutations)


def survivors(items: Iterable[WorkItem], results: Iterable[tuple[str, WorkResult]]) -> list[Fault]:
    by_job = dict(results)
    found = []
    for item in items:
        result = by_job.get(item.job_id)
        if result is not None and not result.is_killed:
            (mutation,) = item.mutations
            found.append(
                Fault(
                    f"{mutation.module_path}:{mutation.start_pos[0]}", *changed(result.diff or "")
                )
            )
    return sorted(found)


def changed(diff: str) -> tuple[str, str]:
    """Return what a diff takes away, and what it puts there, each as one line."""
    lines = [line for line in diff.splitlines() if line[:3] not in ("---", "+++")]
    taken, put = (
        [" ".join(line[1:].split()) for line in lines if line[:1] == sign] for sign in "-+"
    )
    return " ".join(taken), " ".join(put)


def unnamed(faults: list[Fault]) -> list[Fault]:
    """Return the faults that are not known to change nothing."""
    known = tomllib.loads(NAMED.read_text(encoding="utf-8")).get("equivalent", [])
    named = {(one["file"], one["line"], one["fault"]) for one in known}
    return [
        one for one in faults if (one.place.partition(":")[0], one.line, one.fault) not in named
    ]


def measure(folder: str, work: Path, *, sample: int, seed: int, wide: bool) -> Figure:
    """Try the faults of a folder, and return what became of them."""
    config, session = work / "mutants.toml", work / "mutants.sqlite"
    session.unlink(missing_ok=True)
    config.write_text(
        CONFIG.format(
            modules=f'"{folder}"',
            command=command(folder, wide=wide),
            timeout=600 if wide else 120,
        ),
        encoding="utf-8",
    )
    cosmic_ray("init", config, session, folder=work)
    with use_db(str(session), WorkDB.Mode.open) as found:
        thin_out(found, sample, seed)
    cosmic_ray("baseline", config, folder=work)
    cosmic_ray("exec", config, session, folder=work)
    with use_db(str(session), WorkDB.Mode.open) as done:
        unnoticed = survivors(done.work_items, done.results)
        left = unnamed(unnoticed)
        return Figure(folder, done.num_results, left, len(unnoticed) - len(left))


def main() -> None:
    parser = argparse.ArgumentParser(prog="make mutants ARGS=", description=__doc__)
    parser.add_argument("folders", nargs="*", help="such as bot/core/grammar; all if none is named")
    parser.add_argument("--sample", type=int, default=0, help="of so many a folder")
    parser.add_argument("--seed", type=int, default=20, help="by which a sample is chosen")
    parser.add_argument("--wide", action="store_true", help="try survivors with all their tests")
    options = parser.parse_args()
    with TemporaryDirectory(prefix="rundown-mutants-") as name:
        work = Path(name)
        copy(work)
        print("| folder | faults | harmless | unnoticed | noticed |")
        print("| --- | ---: | ---: | ---: | ---: |")
        for folder in options.folders or folders():
            figure = measure(
                folder, work, sample=options.sample, seed=options.seed, wide=options.wide
            )
            print(figure, flush=True)
            for line in figure.left:
                print(f"{line.place}\n  {line.line}\n  {line.fault}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
