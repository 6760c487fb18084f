"""The `rundown` command, called in the tests' own process: one of its own takes 0.4 s to start.

What is about processes (signals, closed streams, kills, pipes, exit codes of the shell) starts one.
"""

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.cli.main import main


@contextlib.contextmanager
def _environment(variables: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def program(
    *arguments: object, folder: Path | None = None, **variables: str
) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a folder, with nothing on its standard input; return what came of it."""
    words = [str(each) for each in arguments]
    streams = {name: io.BytesIO() for name in ("stdout", "stderr")}
    wrapped = {name: io.TextIOWrapper(raw, "utf-8") for name, raw in streams.items()}
    before = sys.stdin, sys.stdout, sys.stderr
    sys.stdin = io.TextIOWrapper(io.BytesIO(), "utf-8")
    sys.stdout, sys.stderr = wrapped["stdout"], wrapped["stderr"]
    try:
        with contextlib.chdir(folder or Path.cwd()), _environment(variables):
            code = main(words)
        for stream in wrapped.values():
            stream.flush()
    finally:
        sys.stdin, sys.stdout, sys.stderr = before
    return subprocess.CompletedProcess(
        words, code, streams["stdout"].getvalue(), streams["stderr"].getvalue()
    )


def program_text(
    *arguments: object, folder: Path | None = None, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run a command as `program` does; what it printed comes back as text."""
    done = program(*arguments, folder=folder, **variables)
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )
