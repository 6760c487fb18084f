"""Measure this checkout beside another: `make bench ARGS="--against ../other"`.

The two take turns, run by run, so that both meet the same moments of a busy machine; of each figure
the best run counts, and what is compared is time of CPU. The other checkout has a `.venv` of its
own (`make install` there).
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.rows import ROWS, Figures
from tests.needs import ROOT

ROUNDS = 5


def compare(other: Path, only: list[str]) -> None:
    print("| what, in CPU | before | after | ratio |\n| --- | ---: | ---: | ---: |", flush=True)
    for name in only or ROWS:
        print(f"  {name} ...", file=sys.stderr)
        before, after = alternating(name, other.resolve(), ROOT)
        for what, figure in after.items():
            was = before[what]
            print(f"| {what} | {was:,.2f} | {figure:,.2f} | {figure / was:.2f} |", flush=True)


def alternating(name: str, *checkouts: Path) -> list[Figures]:
    """Return the best figures of each checkout for a row, the runs taken in turns."""
    best: list[Figures] = [{} for _ in checkouts]
    with ExitStack() as stack:
        workers = [stack.enter_context(worker(name, checkout)) for checkout in checkouts]
        for _ in range(ROUNDS):
            for figures, runs in zip(best, workers, strict=True):
                for what, figure in next(runs).items():
                    figures[what] = min(figure, figures.get(what, figure))
    return best


@contextmanager
def worker(name: str, checkout: Path) -> Iterator[Iterator[Figures]]:
    """Start a checkout's own interpreter on a row; each turn of what is given is a run."""
    command = [str(checkout / ".venv/bin/python"), "-P", str(Path(__file__).with_name("rows.py"))]
    with (
        TemporaryDirectory() as folder,
        subprocess.Popen(
            [*command, name], cwd=folder, env=_environment(checkout, folder), text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        ) as process,
    ):  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None

        def runs() -> Iterator[Figures]:
            while True:
                print(file=process.stdin, flush=True)
                yield json.loads(process.stdout.readline())

        yield runs()
        process.stdin.close()


def _environment(checkout: Path, folder: str) -> dict[str, str]:
    """Return the environment of a checkout's runs, which keep what they compile, as installed."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPATH": str(checkout), "PYTHONPYCACHEPREFIX": f"{folder}/compiled"}
