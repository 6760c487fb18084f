"""Runs the tests that reach a fault, for `mutants.py`, in a process forked for each fault.

It reads jobs from its standard input and answers on its standard output, a line of JSON each.
Python, pytest and all libraries are loaded once; of a fault's process only our own code is loaded
anew, with the fault in it. Which tests call which functions, and how long each takes, is found out
first, by running them without a fault.
"""

import json
import os
import resource
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from cProfile import Profile
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

LOADED = ("-q", "-p", "no:cacheprovider", "-p", "no:xdist")
ALREADY = ("-W", "ignore::pytest.PytestAssertRewriteWarning")
LONGEST = 20
"""Seconds of the processor that the tests for one fault may take, by what they took without it."""

SLOWER = 5
MEMORY = 4 * 2**30
UNNOTICED, NOTICED, NO_FIGURE = "unnoticed", "noticed", "no figure"


@dataclass
class Reached:
    """What one test took, in seconds of the processor, and which functions it called, by line."""

    seconds: float
    functions: list[str]


@dataclass
class Outcome:
    """What became of a fault, and by which test or for which reason."""

    result: str
    why: str = ""


class Watch:
    """Notes the functions of ours that each test calls, fixtures included."""

    def __init__(self) -> None:
        self.root = f"{Path.cwd()}/"
        self.tests: dict[str, Reached] = {}
        self.failed: set[str] = set()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        profile = Profile(subcalls=False, builtins=False)  # written in C: a tracer doubles the time
        start = time.process_time()
        profile.enable()
        try:
            return (yield)
        finally:
            profile.disable()
            seconds = time.process_time() - start
            codes = [one.code for one in profile.getstats() if isinstance(one.code, CodeType)]
            bot = f"{self.root}bot/"
            called = [
                f"{code.co_filename.removeprefix(self.root)}:{code.co_firstlineno}"
                for code in codes
                if code.co_filename.startswith(bot)
            ]
            self.tests[item.nodeid] = Reached(seconds, called)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.outcome != "passed":
            self.failed.add(report.nodeid)

    def told(self) -> dict[str, Any]:
        libraries = [
            name
            for name, module in sys.modules.items()
            if not str(getattr(module, "__file__", "")).startswith((self.root, "None"))
        ]
        tests = {name: asdict(of) for name, of in self.tests.items() if name not in self.failed}
        return {"tests": tests, "left out": sorted(self.failed), "libraries": libraries}


class Chosen:
    """Runs the tests that were chosen, in their order, and says which one failed."""

    def __init__(self, tests: list[str]) -> None:
        self.order = {test: number for number, test in enumerate(tests)}
        self.failed = ""

    def pytest_configure(self) -> None:
        from hypothesis import HealthCheck, settings

        slow = [HealthCheck.too_slow]  # that says how busy the machine is, and nothing of a fault
        settings.register_profile("mutants", settings(), suppress_health_check=slow)
        settings.load_profile("mutants")

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = [item for item in items if item.nodeid in self.order]
        items.sort(key=lambda item: self.order[item.nodeid])

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.failed = self.failed or report.nodeid

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed = self.failed or report.nodeid


def in_child(
    what: Callable[[], dict[str, Any]], processor: float = 0, wall: float = 0
) -> tuple[dict[str, Any] | None, str]:
    """Return what a forked process has to say, or None and why it said nothing."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.setsid()
        os.close(reader)
        quiet = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(quiet, stream)
        if processor:
            seconds = int(processor) + 1
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        said = json.dumps(what()).encode()
        with os.fdopen(writer, "wb") as told:
            told.write(said)
        os._exit(0)
    os.close(writer)
    with _at_most(child, wall), os.fdopen(reader, "rb") as told:
        said = told.read()
    _, status = os.waitpid(child, 0)
    _end_all(child)
    if os.WIFSIGNALED(status):
        late = os.WTERMSIG(status) == signal.SIGALRM
        return None, "time" if late else signal.Signals(os.WTERMSIG(status)).name
    return (json.loads(said), "") if said else (None, "it ended and said nothing")


@contextmanager
def _at_most(child: int, seconds: float) -> Iterator[None]:
    """End a process, and what it started, after so many seconds."""

    def end(number: int, frame: FrameType | None) -> None:
        os.kill(child, signal.SIGALRM)
        _end_all(child)

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _end_all(session: int) -> None:
    try:
        os.killpg(session, signal.SIGKILL)
    except ProcessLookupError:
        return


class Runner:
    """Knows which tests there are in some folders, and tries faults with them."""

    def __init__(self, work: Path) -> None:
        self.temporary = work
        self.tests: dict[str, Reached] = {}

    def learn(self, paths: list[str], known: Path) -> list[str]:
        """Run tests without a fault, and return those of no use: what fails or is skipped.

        What a run before found out about the same files is `known`, in a file.
        """
        if known.exists():
            found, why = json.loads(known.read_text(encoding="utf-8")), ""
            in_child(lambda: self._compiled(paths))
        else:
            found, why = in_child(lambda: self._watched(paths))
        if found is None:
            sys.exit(f"the tests without a fault: {why}")
        known.write_text(json.dumps(found), encoding="utf-8")
        if not found["tests"]:
            sys.exit(f"without a fault no test passes: {sorted(found['left out'])[:3]}")
        self.tests |= {name: Reached(**of) for name, of in found["tests"].items()}
        for library in found["libraries"]:
            _load(library)
        return list(found["left out"])

    def _compiled(self, paths: list[str]) -> dict[str, Any]:
        """Load all without running it, which compiles it once instead of for each fault."""
        return {"code": self._pytest(paths, Chosen([]), "--collect-only")}

    def _watched(self, paths: list[str]) -> dict[str, Any]:
        watch = Watch()
        code = self._pytest(paths, watch)
        if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
            raise RuntimeError(f"pytest ended with {code}")
        return watch.told()

    def _pytest(self, paths: list[str], plugin: object, *more: str) -> int:
        where = f"--basetemp={self.temporary}"
        return int(pytest.main([*LOADED, *ALREADY, where, *more, *paths], plugins=[plugin]))

    def chosen(self, file: str, function: int | None) -> list[str]:
        """Return the tests that call a function, the quickest first, as many as run in LONGEST.

        Of what runs when a file is loaded, nobody knows who uses it: that is for all tests.
        """
        able = sorted(
            (of.seconds, name)
            for name, of in self.tests.items()
            if function is None or f"{file}:{function}" in of.functions
        )
        spent, found = 0.0, []
        for seconds, name in able:
            spent += seconds
            if spent > LONGEST:
                break
            found.append(name)
        return found

    def try_out(self, file: str, source: str, function: int | None) -> Outcome:
        """Put a fault into a file, run the tests that reach it, and take it out again."""
        tests = self.chosen(file, function)
        if not tests:
            return Outcome(UNNOTICED, "no test calls it")
        usual = sum(self.tests[name].seconds for name in tests)
        with _in_place(Path(file), source):
            said, why = in_child(lambda: self._tried(tests), 10 + SLOWER * usual, 120 + 20 * usual)
        shutil.rmtree(self.temporary, ignore_errors=True)
        if said is not None:
            return Outcome(**said)
        return Outcome(NO_FIGURE if why == "time" else NOTICED, why)

    def _tried(self, tests: list[str]) -> dict[str, Any]:
        sys.dont_write_bytecode = True
        chosen = Chosen(tests)
        code = self._pytest(sorted({test.partition("::")[0] for test in tests}), chosen, "-x")
        if code == pytest.ExitCode.OK:
            return asdict(Outcome(UNNOTICED))
        if chosen.failed:
            return asdict(Outcome(NOTICED, chosen.failed))
        # Without its own code pytest cannot so much as load `conftest.py`.
        broken = code in (pytest.ExitCode.USAGE_ERROR, pytest.ExitCode.INTERRUPTED)
        return asdict(Outcome(NOTICED if broken else NO_FIGURE, f"pytest ended with {code}"))


def _load(library: str) -> None:
    try:
        import_module(library)
    except Exception as error:  # noqa: BLE001 - what only the tests can load, they load
        print(f"{library}: {error!r}", file=sys.stderr)


@contextmanager
def _in_place(file: Path, source: str) -> Iterator[None]:
    """Keep other text in a file for a while, with a time by which no bytecode is taken for it."""
    kept, stands = file.read_bytes(), file.stat()
    file.write_text(source, encoding="utf-8")
    os.utime(file, ns=(stands.st_atime_ns, stands.st_mtime_ns + 10**12))
    try:
        yield
    finally:
        file.write_bytes(kept)
        os.utime(file, ns=(stands.st_atime_ns, stands.st_mtime_ns))


def main() -> None:
    sys.path[:] = [str(Path.cwd()), *sys.path[1:]]
    told = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    first = json.loads(sys.stdin.readline())
    runner = Runner(Path(first["work"]))
    left_out = [one for part, known in first["parts"] for one in runner.learn(part, Path(known))]
    print(json.dumps({"left out": left_out}), file=told, flush=True)
    for line in sys.stdin:
        print(json.dumps(asdict(runner.try_out(**json.loads(line)))), file=told, flush=True)


if __name__ == "__main__":
    main()
