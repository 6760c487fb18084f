"""Titles of real pages, by us and by the libraries that others use: how many right, how fast.

The pages are those of the samples, judged as their README says. Each library reads them without
the web, in a process and (but us) an environment of its own, which `make bench` installs.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.row import Row
from tests.bench.samples import Case, cases, is_accepted, is_real, our_title, pages, path
from tests.needs import ROOT

PEERS = ("linkpreview", "metadata-parser", "trafilatura", "webpreview")
PEERS_PYTHON = ROOT / ".venv" / "peers" / "bin" / "python"
NO_SAMPLES = "no samples beside the repository"


@dataclass(frozen=True, slots=True)
class Read:
    """What came of reading all pages with one library; `cpu` is in seconds, of the median page."""

    name: str
    accepted: int
    charsets: int
    raised: int
    cpu: float


def accepting() -> Iterator[Row]:
    all_cases = cases()
    if not all_cases:
        yield Row("titles of real pages", NO_SAMPLES)
        return
    right = sum(is_accepted(case, our_title(case)) for case in all_cases.values())
    what = f"titles accepted, of {len(all_cases)} pages and oEmbed answers"
    yield Row(what, f"{right / len(all_cases):.1%}", "> 97 %")


def comparing() -> Iterator[Row]:
    given = pages()
    if not given:
        yield Row("titles by us and by others", NO_SAMPLES)
        return
    ours = read("rundown", sys.executable, given)
    assert not isinstance(ours, str)
    yield from _rows(ours, given, "> 97 %", "< 0.3 ms")
    for name in PEERS:
        theirs = read(name, PEERS_PYTHON, given)
        if isinstance(theirs, str):
            yield Row(f"titles by {name}", theirs)
            continue
        times = f"{theirs.cpu / ours.cpu:,.0f} times ours"
        aim = "> 100 times ours" if name == "linkpreview" else ""
        yield from _rows(theirs, given, "", aim, f" ({times})")


def read(name: str, python: str | Path, given: dict[str, Case]) -> Read | str:
    """Read all pages with one library; or say why that cannot be."""
    command = [str(python), str(Path(__file__).with_name("readers.py")), name]
    lines = [json.dumps(_given(case)) for case in given.values()]
    try:
        done = subprocess.run(
            command, input="\n".join(lines), stdout=subprocess.PIPE, text=True, check=True
        )
    except FileNotFoundError:
        return "not installed"
    except subprocess.CalledProcessError as error:
        return "not installed" if error.returncode == 3 else "failed"
    return _judged(json.loads(done.stdout), given)


def _given(case: Case) -> dict[str, Any]:
    return {
        "id": case["id"],
        "path": str(path(case)),
        "url": case["url"],
        "status": case["status"],
        "content_type": case["headers"].get("Content-Type"),
    }


def _judged(answer: dict[str, Any], given: dict[str, Case]) -> Read:
    found = answer["pages"]
    right = {name for name, case in given.items() if is_accepted(case, found[name][0])}
    return Read(
        name=answer["name"],
        accepted=len(right),
        charsets=sum("charset" in given[name]["tags"] for name in right),
        raised=sum(raised for _, _, raised in found.values()),
        cpu=median(found[name][1] for name, case in given.items() if is_real(case)),
    )


def _rows(
    what: Read, given: dict[str, Case], aim: str, cpu_aim: str, times: str = ""
) -> Iterator[Row]:
    charsets = sum("charset" in case["tags"] for case in given.values())
    figure = f"{what.accepted / len(given):.1%}; {what.charsets} of {charsets}"
    raised = f", raised on {what.raised}" if what.raised else ""
    titles = f"titles of {len(given)} pages accepted; of charset cases: {what.name}"
    yield Row(titles, figure + raised, aim)
    real = sum(map(is_real, given.values()))
    yield Row(
        f"CPU of the median of {real} real pages: {what.name}",
        f"{what.cpu * 1000:.2f} ms{times}",
        cpu_aim,
    )


ALL = (accepting, comparing)
