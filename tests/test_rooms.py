"""Who may import whom, and how long a file may get: the plan of the house, held by its source."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.needs import ROOT

SOURCES = sorted(
    path.relative_to(ROOT)
    for top in ("bot", "cogs", "storage")
    for path in (ROOT / top).rglob("*.py")
)

# Each room, and the rooms of ours that it may import.
INNER = {"errors", "texts"}
ROOMS = {
    "texts": set(),
    "errors": {"texts"},
    "core": INNER,
    "services": INNER | {"core"},
    **dict.fromkeys(("slack", "local", "cogs", "storage"), INNER | {"core", "services"}),
    "adapters": INNER | {"core", "services", "config"},  # config: Secret, and what names a site
    "config": INNER,
    "logs": INNER | {"config"},
}
ROOMS["app"] = set(ROOMS) - {"slack", "local", "cogs"}
ROOMS["cli"] = set(ROOMS)
ROOMS["__main__"] = {"cli"}

# Libraries that only some rooms may import.
ONLY_IN = {
    "discord": {"cogs"},
    "slack_bolt": {"slack"},
    "slack_sdk": {"slack"},
    "aiosqlite": {"storage"},
    "sqlite3": {"storage"},
    "aiohttp": {"adapters", "cogs", "slack"},
    "prompt_toolkit": {"local"},
    "dotenv": {"config"},
    "jwt": {"adapters"},
    "mutagen": {"adapters"},
}

# What a pure room knows nothing of.
OUTSIDE = {
    "asyncio", "contextvars", "ftplib", "getpass", "glob", "http", "io", "logging", "os",
    "multiprocessing", "platform", "random", "secrets", "select", "selectors", "shutil",
    "signal", "socket", "socketserver", "ssl", "subprocess", "sys", "tempfile", "threading",
    "time", "uuid",
}  # fmt: skip
OUTSIDE_CALLS = {"open", "print", "input", "now", "today", "utcnow", "getenv", "urlopen"}

HEAVY = {
    "aiohttp", "aiosqlite", "cryptography", "discord", "dotenv", "jinja2", "jwt",
    "prompt_toolkit", "regex", "slack_bolt", "slack_sdk", "sqlite3", "yaml",
}  # fmt: skip


def room(module: str) -> str | None:
    """Return the room of ours that a module stands in; None for a library, "" for `bot` itself."""
    top, _, rest = module.partition(".")
    if top != "bot":
        return top if top in ("cogs", "storage") else None
    return rest.partition(".")[0].removeprefix("__version__").removeprefix("__init__")


def imported(tree: ast.AST, module: str) -> Iterator[tuple[int, str]]:
    """Yield line and full name of all that a module imports, wherever in it the import stands."""
    for node in ast.walk(tree):
        match node:
            case ast.Import():
                yield from ((node.lineno, name.name) for name in node.names)
            case ast.ImportFrom():
                package = module.split(".")[: -node.level] if node.level else []
                origin = ".".join([*package, *([node.module] if node.module else [])])
                yield from ((node.lineno, f"{origin}.{name.name}") for name in node.names)
            case ast.Call(
                func=ast.Name(id="import_module") | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(name)), *_],
            ):
                yield node.lineno, name


def faults(path: Path, source: str) -> list[str]:
    """Return what a file does that its room may not."""
    module = ".".join(path.with_suffix("").parts)
    here = room(module)
    tree = ast.parse(source)
    found = []
    for line, name in imported(tree, module):
        there, library = room(name), name.partition(".")[0]
        if there is not None and there not in {here, "", *ROOMS.get(here or "", ())}:
            found.append(f"{path}:{line}: {here or 'bot'} imports {there}")
        if library in ONLY_IN and here not in ONLY_IN[library]:
            found.append(f"{path}:{line}: {library} is not for {here or 'bot'}")
        if here == "core" and (library in OUTSIDE or name == "urllib.request"):
            found.append(f"{path}:{line}: core imports {library}")
    if here == "core":
        found += [
            f"{path}:{line}: core calls {name}"
            for line, name in called(tree)
            if name in OUTSIDE_CALLS
        ]
    return found


def called(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
                yield node.lineno, name


def test_every_room_imports_only_what_is_further_in():
    texts = ((path, (ROOT / path).read_text("utf-8")) for path in SOURCES)
    assert [fault for path, text in texts for fault in faults(path, text)] == []


def test_every_room_has_its_place_in_the_plan():
    rooms = {room(".".join(path.with_suffix("").parts)) for path in SOURCES}
    assert rooms - {""} <= ROOMS.keys()


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("bot/core/x.py", "import os.path"),
        ("bot/core/x.py", "def f():\n    from asyncio import sleep"),
        ("bot/core/x.py", "from datetime import datetime\ndatetime.now()"),
        ("bot/core/x.py", "open('a')"),
        ("bot/core/x.py", "from bot import services"),
        ("bot/core/x.py", "from ..services import ports"),
        ("bot/core/x.py", "from bot.config import read"),
        ("bot/errors.py", "import bot.core.model"),
        ("bot/services/x.py", "from bot.adapters.git import Site"),
        ("bot/services/x.py", "import sqlite3"),
        ("bot/services/x.py", "import_module('storage.store')"),
        ("bot/adapters/x.py", "import storage.store"),
        ("bot/local/x.py", "from cogs import outline"),
        ("bot/local/x.py", "from bot import cli"),
        ("cogs/x.py", "import slack_sdk.web"),
        ("storage/x.py", "import discord"),
    ],
)
def test_what_breaks_the_rule_is_seen(path, source):
    assert faults(Path(path), source)


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("bot/core/x.py", "import re\nfrom pathlib import PurePosixPath\nfrom . import model"),
        ("bot/core/x.py", "from bot.errors import ProfileError\nfrom bot.core.model import Link"),
        ("bot/services/x.py", "import asyncio\nfrom bot.core import model"),
        ("bot/adapters/x.py", "import aiohttp\nfrom bot.services.ports import Site"),
        (
            "cogs/x.py",
            "import discord\nfrom bot.services.desk import Desk\nfrom cogs.base import Cog",
        ),
        ("bot/cli/x.py", "from storage.store import Store\nfrom bot.local import chat"),
        ("bot/__main__.py", "from bot import __version__\nfrom bot.cli.main import main"),
    ],
)
def test_what_keeps_the_rule_is_let_pass(path, source):
    assert faults(Path(path), source) == []


def test_no_file_is_longer_than_450_lines():
    tests = [path.relative_to(ROOT) for path in (ROOT / "tests").rglob("*.py")]
    lengths = {
        str(path): len((ROOT / path).read_text("utf-8").splitlines()) for path in SOURCES + tests
    }
    assert {path: length for path, length in lengths.items() if length > 450} == {}


def test_help_loads_nothing_heavy():
    program = """
import sys
from bot.cli.main import main
try:
    main(["--help"])
finally:
    print(*sys.modules, file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0
    assert "replay" in done.stdout
    loaded = {name.partition(".")[0] for name in done.stderr.split()}
    assert loaded & HEAVY == set()
