"""Who may import whom, and how long a file may get: the plan of the house, held by its source."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.needs import ROOT

SOURCES = sorted(
    path.relative_to(ROOT)
    for top in ("bot", "cogs", "storage")
    for path in (ROOT / top).rglob("*.py")
)

# Each room, and the rooms of ours that it may import.
INNER = {"errors", "mentions", "texts"}
ROOMS = {
    "mentions": set(),
    "texts": {"mentions"},
    "errors": {"mentions", "texts"},
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

# The floors: a room imports only from those further down; the rooms of one floor stand alone.
FLOORS = (
    {"cli"},
    {"app"},
    {"cogs", "slack", "local", "adapters", "storage"},
    {"services"},
    {"core"},
    {"errors"},
)

# The packages of core: each imports only those before it, in the order in which data passes. What
# people wrote in the file is a part of an episode, so `episode` stands behind `render` and `merge`.
CORE = (
    "recording", "later", "markup", "grammar", "front_matter", "document", "chapters", "merge",
    "profile", "render", "episode", "file_edits", "erasure", "short_notes", "publication", "check",
    "site_index", "survey",
)  # fmt: skip

# What no other package of core imports, and what imports none.
APART = {"page"}

# Libraries that only some rooms may import.
ONLY_IN = {
    "discord": {"cogs"},
    "slack_bolt": {"slack"},
    "slack_sdk": {"slack"},
    "aiosqlite": {"storage"},
    "asyncpg": {"storage"},
    "sqlite3": {"storage"},
    "aiohttp": {"adapters", "cogs", "slack"},
    "prompt_toolkit": {"local"},
    "dotenv": {"config"},
    "jwt": {"adapters"},
    "mutagen": {"adapters"},
    "prometheus_client": {"adapters"},
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
    "aiohttp", "aiosqlite", "asyncpg", "cryptography", "discord", "dotenv", "jinja2", "jwt",
    "prometheus_client", "prompt_toolkit", "regex", "slack_bolt", "slack_sdk", "sqlite3", "yaml",
}  # fmt: skip


def room(module: str) -> str | None:
    """Return the room of ours that a module stands in; None for a library, "" for `bot` itself."""
    top, _, rest = module.partition(".")
    if top != "bot":
        return top if top in ("cogs", "storage") else None
    return rest.partition(".")[0].removeprefix("__version__").removeprefix("__init__")


@dataclass(frozen=True)
class Read:
    """What the rules ask of a module's source; lines come with names."""

    imports: list[tuple[int, str]]
    calls: list[tuple[int, str]]
    classes: list[str]
    long_functions: list[tuple[int, str]]
    only_hands_on: bool


def read(source: str, module: str) -> Read:
    tree = ast.parse(source)
    nodes = [*ast.walk(tree)]
    imports = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    return Read(
        imports=[*imported(nodes, module)],
        calls=[*called(nodes)],
        classes=[node.name for node in nodes if isinstance(node, ast.ClassDef)],
        long_functions=[
            (node.lineno, node.name)
            for node in nodes
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            if (node.end_lineno or 0) - node.lineno >= 50
        ],
        only_hands_on=bool(imports)
        and all(isinstance(node, ast.Expr) or node in imports for node in tree.body),
    )


@cache
def read_file(path: Path) -> Read:
    """Read a source once for all rules."""
    return read((ROOT / path).read_text("utf-8"), name_of(path))


def name_of(path: Path) -> str:
    return ".".join(path.with_suffix("").parts)


def imported(nodes: Iterable[ast.AST], module: str) -> Iterator[tuple[int, str]]:
    """Yield line and full name of all that a module imports, wherever in it the import stands."""
    for node in nodes:
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


def faults(path: Path, file: Read) -> list[str]:
    """Return what a file does that its room may not."""
    here = room(name_of(path))
    found = []
    for line, name in file.imports:
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
            for line, name in file.calls
            if name in OUTSIDE_CALLS
        ]
    return found


def called(nodes: Iterable[ast.AST]) -> Iterator[tuple[int, str]]:
    for node in nodes:
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
                yield node.lineno, name


def test_every_room_imports_only_what_is_further_in():
    assert [fault for path in SOURCES for fault in faults(path, read_file(path))] == []


def test_every_room_has_its_place_in_the_plan():
    rooms = {room(name_of(path)) for path in SOURCES}
    assert rooms - {""} <= ROOMS.keys()


def test_the_rooms_keep_the_order_of_the_floors():
    below = {room: number for number, floor in enumerate(FLOORS) for room in floor}
    for room, imports in ROOMS.items():
        for other in imports & below.keys():
            assert room not in below or below[other] > below[room], f"{room} imports {other}"


# --- modules and packages ------------------------------------------------------------------------


def module_of(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def package_of(module: str) -> str:
    return (
        module.rpartition(".")[0] if (ROOT / f"{module.replace('.', '/')}.py").exists() else module
    )


MODULES = {module_of(path): path for path in SOURCES}


@cache
def imports_of(module: str) -> frozenset[str]:
    """Return the modules of ours that one imports, but for what the type checker alone reads."""
    tree = ast.parse((ROOT / MODULES[module]).read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = []
    names = [name for _, name in imported(ast.walk(tree), module)]
    found = {name if name in MODULES else name.rpartition(".")[0] for name in names}
    return frozenset(found & MODULES.keys() - {module})


def circle(graph: Mapping[str, Iterable[str]]) -> list[str]:
    """Return what a graph's circle goes through, nothing where there is none."""
    try:
        list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_modules_and_no_packages_import_each_other_in_a_circle():
    modules = {module: imports_of(module) for module in MODULES}
    assert circle(modules) == []
    packages: dict[str, set[str]] = {}
    for module, imports in modules.items():
        if len(module.split(".")) > 3:  # a package within a room
            here = package_of(module)
            inner = {package_of(one) for one in imports if len(one.split(".")) > 3}
            packages.setdefault(here, set()).update(inner - {here})
    assert circle(packages) == []


def test_a_circle_is_seen():
    assert set(circle({"a": ["b"], "b": ["c"], "c": ["a"]})) == {"a", "b", "c"}


def test_the_packages_of_core_import_only_those_before_them():
    packages = {path.parts[2] for path in SOURCES if path.parts[:2] == ("bot", "core")}
    assert {name for name in packages if not name.endswith(".py")} == {*CORE, *APART}
    for module in MODULES:
        _, core, name, *rest = [*module.split("."), "", ""][:4]
        if core != "core" or not rest[0]:
            continue
        others = {one.split(".")[2] for one in imports_of(module) if one.startswith("bot.core.")}
        others -= {name}
        allowed = set() if name in APART else set(CORE[: CORE.index(name)])
        assert others & {*CORE, *APART} <= allowed, f"{module}: {others}"


def test_nothing_imports_what_another_module_keeps_to_itself():
    found = []
    for path in SOURCES:
        for line, name in read_file(path).imports:
            parts = name.split(".")
            private = any(part.startswith("_") and not part.startswith("__") for part in parts)
            if room(name) is not None and private:
                found.append(f"{path}:{line}: {name}")
    assert found == []


NAMED = re.compile(r"(?<![\w/.-])((?:bot|cogs|storage|tests)/[\w./-]*[\w/]|[a-z_]+\.py\b)")


def test_every_module_that_docs_and_docstrings_name_is_there():
    docs = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    names = {path.name for path in (*SOURCES, *ROOT.glob("tests/**/*.py"))}
    for path in [*docs, *(ROOT / source for source in SOURCES)]:
        for named in NAMED.findall(path.read_text("utf-8")):
            assert named in names or (ROOT / named).exists(), f"{path}: {named}"


# --- the rules themselves ------------------------------------------------------------------------


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
    assert faults(Path(path), read(source, name_of(Path(path))))


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
    assert faults(Path(path), read(source, name_of(Path(path)))) == []


@cache
def defined_in(path: Path) -> set[str]:
    """Return the names that a module has itself, wherever in it they are bound."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                names.add(name)
            case ast.ClassDef(name=name) | ast.Name(id=name, ctx=ast.Store()):
                names.add(name)
            case ast.Import() | ast.ImportFrom() if room(getattr(node, "module", "") or "") is None:
                names |= {one.asname or one.name for one in node.names}
    return names


def test_all_that_tests_import_of_ours_is_defined_there():
    found = []
    for path in (ROOT / "tests").rglob("*.py"):
        if path.is_relative_to(ROOT / "tests/bench"):
            continue  # it runs with earlier builds, too
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            if not isinstance(node, ast.ImportFrom) or room(node.module or "") is None:
                continue
            module = ROOT / f"{(node.module or '').replace('.', '/')}.py"
            if not module.exists():
                module = module.with_suffix("") / "__init__.py"
            names = defined_in(module) if module.exists() else set()
            below = {one.stem for one in module.parent.glob("*")} if module.stem[0] == "_" else {""}
            found += [
                f"{path.relative_to(ROOT)}:{node.lineno}: {node.module}.{one.name}"
                for one in node.names
                if one.name not in names | below
            ]
    assert found == []


def test_no_file_is_longer_than_450_lines():
    tests = [path.relative_to(ROOT) for path in (ROOT / "tests").rglob("*.py")]
    lengths = {
        str(path): len((ROOT / path).read_text("utf-8").splitlines()) for path in SOURCES + tests
    }
    assert {path: length for path, length in lengths.items() if length > 450} == {}


def test_no_function_is_longer_than_a_screen():
    found = [
        f"{path}:{line}: {name}"
        for path in SOURCES
        for line, name in read_file(path).long_functions
    ]
    assert found == []


def test_no_two_classes_have_one_name_but_those_that_a_module_keeps_to_itself():
    found: dict[str, set[Path]] = {}
    for path in SOURCES:
        for name in read_file(path).classes:
            if not name.startswith("_"):
                found.setdefault(name, set()).add(path)
    assert {name: paths for name, paths in found.items() if len(paths) > 1} == {}


def test_no_module_only_hands_on_what_another_defines():
    assert [path for path in SOURCES if read_file(path).only_hands_on] == []


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
