"""Events to store, other processes to store them in, and what their files then hold."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any

from hypothesis import strategies as st

from bot.core.events import Event, Marked, Message, MessageSeen, Thread
from bot.core.model import Lookup
from bot.services.ports import Draft
from tests.needs import ROOT

EPISODE = "show#1"


def seen(message, text=None, *, at=1, by="u1", stamp=None, episode=EPISODE, **more):
    """Return a message's state; without a text it is talk."""
    stamp = at if stamp is None else stamp
    state = Message(message, more.pop("channel", "c1"), at, by, text, stamp, **more)
    return Event(f"{message}:{stamp}", episode, at, by, MessageSeen(state))


def did(key, what, *, at=9, by="u1", episode=EPISODE):
    """Return something else that a person did."""
    return Event(key, episode, at, by, what)


def marked(message, emoji="📝", *, on=True, at=5, by="u1", episode=EPISODE):
    key = f"{message}:{by}:{emoji}:{at}:{on}"
    return Event(key, episode, at, by, Marked(message, emoji, on))


def keys(events):
    return [event.key for event in events]


words = st.text(st.characters(codec=None), max_size=20)  # with lone surrogates and NULs
times = st.integers(-(2**62), 2**62)
ids = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8)
threads = st.none() | st.builds(Thread, ids, words, ids, st.none() | ids)
messages = st.builds(
    Message, ids, ids, times, ids, st.none() | words, times,
    st.none() | ids, st.booleans(), threads,
)  # fmt: skip


@contextmanager
def running(program: str, *values: object, within: Sequence[object] = ()) -> Iterator[Popen[str]]:
    """Run a program of Python, killed at the end if it still runs; `within` another command."""
    arguments = [*within, sys.executable, "-m", "tests.code", program, *values]
    with Popen(
        [str(each) for each in arguments], cwd=ROOT, stdin=PIPE, stdout=PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def drafted(name: str, text: str, *, at: int = 1, episode: str = EPISODE, **more: Any) -> Draft:
    """A draft whose file is `text`, all of it of the item m1/f/0, with a look-up of its time."""
    owners = ("m1/f/0",) * len(text.splitlines())
    lookups = {"https://unpublished.example/preprint": Lookup("u", text.split("\n")[0])}
    return Draft(name, episode, 1, at, "ep.md", text, owners, "yml", "j2", lookups, **more)


def output(program: str, *values: object, within: Sequence[object] = ()) -> str:
    """Return what a program of Python prints."""
    with running(program, *values, within=within) as process:
        return process.communicate()[0]


READ_ALL = """
import pathlib, sys
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*")):
    if path.is_file():
        sys.stdout.buffer.write(path.read_bytes())
"""


def bytes_in(folder: Path) -> bytes:
    """Return the bytes of every file in a folder.

    They are read by another process: SQLite's locks are those of the whole process, and closing a
    file that it has open would drop them.
    """
    done = subprocess.run(
        [sys.executable, "-m", "tests.code", READ_ALL, str(folder)],
        cwd=ROOT, capture_output=True, check=True,
    )  # fmt: skip
    return done.stdout
