"""Tests start our own programs by forking one that has imported everything.

Each is a process of its own all the same, a child of the test's, with its own number, pipes,
folder, environment and end: only what Python needs to start (a third of a second for `rundown`) is
done once. What asks for anything that cannot be had this way is executed as ever: another encoding,
settings of Python's, limits. With RUNDOWN_TESTS_EXEC set, everything is. How much memory a program
takes shows in one that was executed only.
"""

import atexit
import ctypes
import fcntl
import gc
import importlib
import json
import os
import pkgutil
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).parents[1]
RUNDOWN = os.fsencode(Path(sys.executable).with_name("rundown"))
PYTHON = os.fsencode(sys.executable)
WORKER = "bot.adapters.templates.worker"
CODE = "tests.code"
LOCALE = "C.UTF-8"
SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER, as Linux numbers it
MOST = 128 * 1024  # bytes of a request: what a socket takes at once


@dataclass(frozen=True)
class Wanted:
    """What is asked of `fork_exec`, as far as it can be had by forking."""

    module: str
    arguments: list[bytes]
    cwd: str | None
    environment: dict[str, str]
    files: tuple[int, int, int]
    passed: tuple[int, ...]
    own_session: bool
    umask: int


def wanted(given: Sequence[Any]) -> Wanted | None:
    """Read the parameters of `_posixsubprocess.fork_exec`; None for what has to be executed."""
    args, _, _, kept, cwd, env, stdin, _, _, stdout, _, stderr, _, failure = given[:14]
    own_session, group, gid, gids, uid, umask, before = given[15:22]
    asked = _asked([os.fsencode(arg) for arg in args])
    if (
        asked is None
        or (group, gid, gids, uid, before) != (-1, None, None, None, None)
        or os.getuid() != os.geteuid()
        or (cwd is not None and not os.access(cwd, os.X_OK))
    ):
        return None
    if env is None:
        environment = dict(os.environ)
    else:
        pairs = (os.fsdecode(pair).partition("=") for pair in env)
        environment = {name: value for name, _, value in pairs}
    files = tuple(fd if fd >= 0 else own for own, fd in enumerate((stdin, stdout, stderr)))
    if not _is_usual(environment, is_worker=asked[0] == WORKER):
        return None
    where = None if cwd is None else os.fsdecode(cwd)
    passed = tuple(one for one in kept if one != failure)
    return Wanted(*asked, where, environment, files, passed, bool(own_session), umask)


def _asked(args: list[bytes]) -> tuple[str, list[bytes]] | None:
    if args[0] == RUNDOWN:
        return "bot", args
    if args[:3] in ([PYTHON, b"-m", b"bot"], [PYTHON, b"-m", CODE.encode()]):
        return "bot", args[2:]
    if args[:5] == [PYTHON, b"-P", b"-s", b"-m", WORKER.encode()]:
        return WORKER, args[4:]
    return None


def _is_usual(environment: Mapping[str, str], *, is_worker: bool) -> bool:
    """Return whether Python would start as our server did."""
    if is_worker:
        return environment == _worker_environment()
    locale = _locale(environment)
    if locale != LOCALE and not re.fullmatch(r"[a-z]{2}_[A-Z]{2}\.UTF-8", locale):
        return False
    return _settings(environment) == _settings(os.environ)


def _locale(environment: Mapping[str, str]) -> str:
    return next(filter(None, map(environment.get, ("LC_ALL", "LC_CTYPE", "LANG"))), "C")


def _settings(environment: Mapping[str, str]) -> dict[str, str]:
    """Return what Python itself reads when it starts; the folder of our code is known anyway."""
    found = {name: value for name, value in environment.items() if name.startswith("PYTHON")}
    if found.get("PYTHONPATH") == str(ROOT):
        del found["PYTHONPATH"]
    return found


def _worker_environment() -> dict[str, str]:
    return {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


# --- the one who asks ----------------------------------------------------------------------------


class Server:
    """A process that forks; started with its first request."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._ours: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def fork(self, what: Wanted) -> int | None:
        """Start a program, and return its number; None for what is too much to say."""
        umask = os.umask(0o077)
        os.umask(umask)
        if what.umask >= 0:
            umask = what.umask
        request = {
            "argv": [os.fsdecode(arg) for arg in what.arguments],
            "cwd": what.cwd or str(Path.cwd()),
            "environment": what.environment,
            "passed": what.passed,
            "session": what.own_session,
            "umask": umask,
        }
        data = json.dumps(request).encode()
        if len(data) > MOST:
            return None
        # Whose parent ends comes to us then, as our child: the server forks twice.
        ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
        try:
            ours = self._started()
            socket.send_fds(ours, [data], [*what.files, *what.passed])
            return int(ours.recv(32))
        finally:
            ctypes.CDLL(None).prctl(SUBREAPER, 0, 0, 0, 0)

    def _started(self) -> socket.socket:
        if self._ours is None:
            self._ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            usual = {**os.environ, "LC_ALL": LOCALE}
            self._process = subprocess.Popen(
                [sys.executable, *(("-P", "-s") if self._module == WORKER else ()),
                 "-m", "tests.forked", self._module, str(theirs.fileno())],
                # Pipes, as tests have them: a stream asks once what it leads to.
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                cwd=ROOT, pass_fds=[theirs.fileno()],
                env=_worker_environment() if self._module == WORKER else usual,
            )  # fmt: skip
            theirs.close()
        return self._ours

    def close(self) -> None:
        if self._ours is not None and self._process is not None:
            self._ours.close()
            self._process.communicate()


@contextmanager
def forking() -> Iterator[None]:
    """Have `subprocess`, and with it asyncio, start our programs by forking."""
    execute: Callable[..., int] | None = getattr(subprocess, "_fork_exec", None)
    if sys.platform != "linux" or execute is None or os.environ.get("RUNDOWN_TESTS_EXEC"):
        yield
        return
    servers = {module: Server(module) for module in ("bot", WORKER)}

    def start(*given: Any) -> int:
        what = wanted(given)
        pid = servers[what.module].fork(what) if what else None
        return execute(*given) if pid is None else pid

    subprocess._fork_exec = start  # type: ignore[attr-defined]
    try:
        yield
    finally:
        subprocess._fork_exec = execute  # type: ignore[attr-defined]
        for server in servers.values():
            server.close()


# --- the server ----------------------------------------------------------------------------------


def serve(module: str, door: socket.socket) -> None:
    """Fork for each request, until nobody can ask any more."""
    if module == "bot":
        _import_all()
    else:
        _render_once()
    gc.freeze()
    while True:
        data, files, _, _ = socket.recv_fds(door, MOST, 16)
        if not data:
            return
        request = json.loads(data)
        if request["argv"][0] == CODE:
            importlib.import_module("tests.storage.databases")  # which most of them use
        reading, writing = os.pipe()
        between = os.fork()
        if not between:
            program = os.fork()
            if not program:
                door.close()
                os.close(reading)
                os.close(writing)
                _become(module, request, files)
            os.write(writing, str(program).encode())
            os._exit(0)
        os.close(writing)
        for file in files:
            os.close(file)
        os.waitpid(between, 0)
        door.send(os.read(reading, 32))
        os.close(reading)


def _import_all() -> None:
    for package in ("bot", "cogs", "storage"):
        found = importlib.import_module(package)
        for one in pkgutil.walk_packages(found.__path__, f"{package}."):
            importlib.import_module(one.name)


def _render_once() -> None:
    """Have Jinja make what it makes with its first template, and compile those that we ship."""
    from bot.adapters.templates import worker

    template = "{% for one in some %}{% if one %}{{ one | yaml }}{% else %}-{% endif %}{% endfor %}"
    job = {"template": template, "names": {"some": ["words", ""]}}
    assert [*worker.answers([job])] == [{"text": '"words"-'}]
    for shipped in (ROOT / "bot/profiles").glob("*/draft.md.j2"):
        worker.compiled(shipped.read_text(encoding="utf-8"))


def _become(module: str, request: dict[str, Any], files: list[int]) -> NoReturn:
    """Be the program: its files, folder, session, environment and arguments."""
    targets = [0, 1, 2, *request["passed"]]
    # First out of the way of where they have to be.
    high = [_above(file, max(targets) + len(targets)) for file in files]
    for file, target in zip(high, targets, strict=True):
        os.dup2(file, target)
        os.close(file)
    if request["session"]:
        os.setsid()
    os.umask(request["umask"])
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["environment"])
    if module != WORKER:
        _open_streams()
    sys.argv = request["argv"]
    if module == WORKER:
        from bot.adapters.templates import worker

        _end(lambda: worker.main(float(sys.argv[1])))
    if sys.argv[0] == CODE:
        from tests import code

        _end(code.main)
    from bot.cli.main import main

    _end(main)


def _open_streams() -> None:
    """Make the streams what they are in this locale, and on a terminal: seen line by line there."""
    in_a_language = _locale(os.environ) != LOCALE
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if in_a_language and name != "stderr":  # PEP 538 has bad bytes pass in C.UTF-8 alone
            stream.reconfigure(errors="strict")
        if os.isatty(stream.fileno()):
            stream = open(  # noqa: SIM115 - for as long as we run
                stream.fileno(), mode, encoding="utf-8", errors=stream.errors, closefd=False
            )
        setattr(sys, name, stream)


def _end(run: Callable[[], object]) -> NoReturn:
    """Run a program to its end, and take no module apart: it has far more than it used."""
    try:
        code = run()
    except SystemExit as ended:
        code = ended.code
    if isinstance(code, int | None):
        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
        with suppress(OSError, ValueError):  # else Python tells it
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit((code or 0) & 0xFF)
    sys.exit(code)


def _above(file: int, least: int) -> int:
    moved = fcntl.fcntl(file, fcntl.F_DUPFD_CLOEXEC, least)
    os.close(file)
    return moved


if __name__ == "__main__":
    serve(sys.argv[1], socket.socket(fileno=int(sys.argv[2])))
    os._exit(0)
