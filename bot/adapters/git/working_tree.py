"""The working tree that people edit: paths that may be written, reading, and writing whole or not.

`FilePlan` is what a commit will do to the working tree, kept on disk from before the branch moves
until the file and its index entry have followed; whoever finds one there (we were killed) finishes
it.
"""

import asyncio
import errno
import fcntl
import json
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Self

from bot.adapters.git.process import Git
from bot.core.site_path import check_site_path
from bot.errors import SiteError, os_cause

MOST = 8 * 2**20
"""The largest file that is read as a draft, in bytes."""

TEMPORARY = ".rundown-draft.tmp"
"""What a file is called next to its place until it is whole. Jekyll and Hugo skip dot files."""


@contextmanager
def explained(path: Path, name: str = "site.unwritable") -> Iterator[None]:
    """Turn what the system refuses to do with `path` into a SiteError."""
    try:
        yield
    except OSError as error:
        raise SiteError(name, path=path, why=os_cause(error)) from None


# --- the draft's file --------------------------------------------------------------------------


def check_folders(root: Path, path: str) -> int:
    """Return how many of the folders above a path are missing.

    Raises SiteError where one is no plain folder of this repository: a symbolic link (wherever it
    leads: git would not follow it either), a file, or another repository.
    """
    parts = check_site_path(path)[:-1]
    folder = root
    for done, part in enumerate(parts):
        folder = folder / part
        with explained(folder, "site.unreadable"):
            try:
                mode = folder.lstat().st_mode
            except FileNotFoundError:
                return len(parts) - done
            if not stat.S_ISDIR(mode) or (folder / ".git").exists():
                raise SiteError("site.path-through", path=path, part=folder.relative_to(root))
    return 0


def read_file(root: Path, path: str) -> bytes | None:
    """Return the bytes of a plain file in the working tree; None if there is none.

    Raises SiteError for anything else that stands there, and for more than MOST bytes.
    """
    if check_folders(root, path):
        return None
    file = root / path
    with explained(file, "site.unreadable"):
        try:
            # Non-blocking, so that a pipe of that name cannot hold us.
            handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except FileNotFoundError:
            return None
        except OSError as error:
            if error.errno in (errno.ELOOP, errno.ENXIO):  # a symbolic link; a socket
                raise SiteError("site.path-not-file", path=path) from None
            raise
        try:
            return _read_plain(handle, path)
        finally:
            os.close(handle)


def _read_plain(handle: int, path: str) -> bytes:
    mode = os.fstat(handle).st_mode
    if stat.S_ISDIR(mode):
        raise SiteError("site.path-folder", path=path)
    if not stat.S_ISREG(mode):
        raise SiteError("site.path-not-file", path=path)
    with os.fdopen(handle, "rb", closefd=False) as stream:
        data = stream.read(MOST + 1)
    if len(data) > MOST:
        raise SiteError("site.too-large", path=path, limit=MOST // 1024)
    return data


def write_beside(root: Path, path: str, data: bytes, name: str = TEMPORARY) -> None:
    """Write the whole file under a temporary name, in the folder that it will stand in."""
    target = root / path
    temporary = target.with_name(name)
    with explained(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            temporary.unlink()
        with temporary.open("xb") as stream:
            with suppress(FileNotFoundError):
                os.fchmod(stream.fileno(), stat.S_IMODE(target.lstat().st_mode))
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())


def put_in_place(root: Path, path: str, name: str = TEMPORARY) -> None:
    """Move the file that `write_beside` wrote, if it wrote one, to its name in one step."""
    target = root / path
    with explained(target), suppress(FileNotFoundError):
        target.with_name(name).replace(target)


def remove_file(root: Path, path: str) -> None:
    """Remove a file that moved elsewhere, and the folder above if nothing is left in it."""
    file = root / path
    with explained(file):
        file.unlink(missing_ok=True)
    with suppress(OSError):  # not empty
        file.parent.rmdir()


def remove_traces(root: Path, path: str, made: int, name: str = TEMPORARY) -> None:
    """Remove the temporary file, and as many of the folders above as were made for it."""
    file = root / path
    with suppress(FileNotFoundError, NotADirectoryError):
        file.with_name(name).unlink()
    for folder in list(file.parents)[:made]:
        with suppress(OSError):  # not empty: somebody uses it by now
            folder.rmdir()


# --- what is to be finished --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FilePlan:
    """What a commit is about to do to one file.

    `mode` and `blob` are what the branch will have at `path`. `before` is the fingerprint of the
    file in the working tree as it was, and `staged` its entry in the index (`MODE BLOB`); None
    where there was none. `made` is the number of folders that had to be made. A file that moves
    leaves its `former` path, where the working tree had what `former_before` is the fingerprint of.
    `more` are the plans of the files that go into the same commit; `beside` is the name under which
    the file is written in its folder first.
    """

    path: str
    mode: str
    blob: str
    before: str | None
    staged: str | None
    made: int
    former: str | None = None
    former_before: str | None = None
    beside: str = TEMPORARY
    more: tuple["FilePlan", ...] = ()

    @property
    def all_plans(self) -> tuple["FilePlan", ...]:
        """The plan of the file, and those of the files that go with it."""
        return (self, *self.more)

    def keep(self, file: Path) -> None:
        """Write the plan to disk, whole or not at all."""
        draft = file.with_suffix(".new")
        with explained(file):
            file.parent.mkdir(exist_ok=True)
            with draft.open("w", encoding="utf-8") as stream:
                json.dump(asdict(self), stream)
                stream.flush()
                os.fsync(stream.fileno())
            draft.replace(file)

    @classmethod
    def found(cls, file: Path) -> Self | None:
        """Return the plan that was left there, if one was that this version understands."""
        with explained(file):
            try:
                found = json.loads(file.read_text(encoding="utf-8"))
                more = tuple(cls(**one) for one in found.pop("more", ()))
                return cls(**found, more=more)
            except FileNotFoundError:
                return None
            except (ValueError, TypeError, AttributeError):
                file.unlink()
                return None


def fingerprint(data: bytes | None) -> str | None:
    return None if data is None else sha256(data).hexdigest()


# --- git's lock on the index -------------------------------------------------------------------

_SIGNATURE = b"Rundown holds this lock; it removes it by itself when it starts again.\n"


class IndexLock:
    """Git's own lock on the index (`index.lock`), held so that no other git works beside us.

    Without it, a `git commit` that starts between our moving of the branch and of the index would
    take our file back. A lock of ours that a killed process left is known by its text, and by
    nobody holding it any more (flock), and is taken over; one of git's own is waited for, then
    named.
    """

    def __init__(self, lock: Path, git: Git, patience: float) -> None:
        self._lock = lock
        self._git = git
        self._patience = patience
        self._handle: int | None = None

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        until = loop.time() + self._patience
        while not self._taken():
            if loop.time() > until:
                raise SiteError("site.locked", folder=self._git.folder, lock=self._lock)
            await asyncio.sleep(0.05)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._handle is not None:
            self._git.held = None
            if self._is_still(self._handle):  # not removed by hand, as git advises
                self._lock.unlink()
            os.close(self._handle)

    def _taken(self) -> bool:
        with explained(self._lock):
            try:
                handle = os.open(self._lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC)
            except FileExistsError:
                self._remove_if_dead()
                return False
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                os.write(handle, _SIGNATURE)
            except OSError:
                self._lock.unlink()
                os.close(handle)
                raise
        self._handle = self._git.held = handle
        return True

    def _remove_if_dead(self) -> None:
        try:
            handle = os.open(self._lock, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        except FileNotFoundError:
            return
        try:
            if os.read(handle, 2 * len(_SIGNATURE)) != _SIGNATURE:
                return
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if self._is_still(handle):
                self._lock.unlink()
        except BlockingIOError:
            return  # its process lives
        finally:
            os.close(handle)

    def _is_still(self, handle: int) -> bool:
        """Return whether the lock is the file that was opened, not one made since."""
        try:
            return os.path.samestat(os.fstat(handle), self._lock.stat())
        except FileNotFoundError:
            return False
