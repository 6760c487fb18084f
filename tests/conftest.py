"""What all tests share: a whole machine on CI, nobody's own environment, and no hurry."""

import gc
import os
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from bot.config import NAMES
from tests.fakes.descriptions import DISCORD, GITHUB
from tests.forked import forking
from tests.machine import absent
from tests.made_once import forget
from tests.needs import need

if TYPE_CHECKING:
    from tests.postgresql import PostgreSQL
    from tests.storage.databases import OnServer

# The same examples every time: a test fails for whoever broke it. `make soak` looks for others.
settings.register_profile("same", derandomize=True, deadline=None, database=None)
settings.register_profile("search", max_examples=2_000, deadline=None)
settings.load_profile("same")

MEMORY = Path("/dev/shm")  # noqa: S108 - looked at before it is used
ROOM = 4 << 30
"""Bytes that have to be free for all that tests write; they take a quarter of that."""


def pytest_configure(config: pytest.Config) -> None:
    """Work in memory, as anybody's Python does, and stop where CI lacks something."""
    # Before a test keeps them for its programs: without bytecode, each of many compiles all.
    for name in {name for name in os.environ if name.startswith("PYTHON")} - {"PYTHONPATH"}:
        del os.environ[name]
    # A shell has it ignored by all that it starts behind `&`, and so by the programs of tests.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    _work_in_memory()
    _stop_where_ci_lacks_something(config)


def _work_in_memory() -> None:
    """Put temporary files into memory where there is room: most tests make a repository or two.

    A disk takes far longer to make their files than git or SQLite take to fill them. Whoever names
    another place in TMPDIR has it there.
    """
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK | os.X_OK):
        return
    disk = os.statvfs(MEMORY)
    _, _, rest = Path("/proc/meminfo").read_text().partition("MemAvailable:")
    free = min(disk.f_bavail * disk.f_frsize, int(rest.split()[0]) * 1024)
    # (Tests write programs there, too.)
    if free < ROOM or disk.f_flag & os.ST_NOEXEC:
        return
    os.environ["TMPDIR"] = str(MEMORY)
    tempfile.tempdir = None


def _stop_where_ci_lacks_something(config: pytest.Config) -> None:
    """Stop before the first test where CI lacks something: a skipped test there proves nothing."""
    if not os.environ.get("CI") or hasattr(config, "workerinput"):
        return
    wanted = sorted({package for need in absent() for package in need.packages.split()})
    if wanted:
        pytest.exit(f"CI lacks what tests need: apt-get install {' '.join(wanted)}", returncode=3)
    if not all(package.file.exists() for package in (*DISCORD, *GITHUB)):
        pytest.exit("CI lacks what tests need: python -m tests.fakes.descriptions", returncode=3)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the long tests first: whoever begins one last leaves the others without work."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def pytest_collection_finish() -> None:
    """Look no more for garbage in all that was imported: it is looked through again and again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Return one worker more than there are cores: tests of the fronts wait much of their time."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(autouse=True, scope="session")
def nobody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the settings, the data and the git identity of whoever runs the tests out of them."""
    with pytest.MonkeyPatch.context() as patch:
        for name in (*NAMES, "XDG_DATA_HOME", "XDG_CONFIG_HOME", "GIT_DIR", "GIT_WORK_TREE"):
            patch.delenv(name, raising=False)
        for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
            patch.delenv(name)
        patch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        # Nor does each commit of a test look after its repository, nor each init copy sample hooks.
        patch.setenv("GIT_CONFIG_COUNT", "1")
        patch.setenv("GIT_CONFIG_KEY_0", "maintenance.auto")
        patch.setenv("GIT_CONFIG_VALUE_0", "false")
        patch.setenv("GIT_TEMPLATE_DIR", "")
        with forking():
            yield
    forget()


@pytest.fixture(scope="session")
def postgresql() -> "Iterator[PostgreSQL]":
    """Yield a server for all tests of a worker that want one."""
    need("postgresql")
    from tests.postgresql import running

    with running() as server:
        yield server


@pytest.fixture
def on_server(postgresql: "PostgreSQL") -> "Iterator[OnServer]":
    """Yield a new database on the server."""
    from tests.storage.databases import OnServer

    with postgresql.database() as name:
        yield OnServer(postgresql, name)
