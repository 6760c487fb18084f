"""Run git: never through a shell, in an environment of our own, within time and size."""

import asyncio
import contextlib
import os
import re
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Collection
from pathlib import Path

from bot.config import NAMES
from bot.errors import SiteError, os_cause

NEEDED = (2, 25)
"""The oldest version that is used: what Debian 11 and Ubuntu 20.04 have."""

SECONDS = 30.0
MOST = 64 * 2**20

OPTIONS = (
    "--no-pager",
    "--literal-pathspecs",
    "-c", "core.quotePath=false",
    # What is written should outlive a power cut, the branch too. Older versions ignore it.
    "-c", "core.fsync=committed,reference",
    "-c", "core.filesRefLockTimeout=3000",
    "-c", "core.fsmonitor=false",
    "-c", "core.splitIndex=false",
    "-c", "core.safecrlf=false",
    "-c", "i18n.commitEncoding=UTF-8",
    "-c", "i18n.logOutputEncoding=UTF-8",
    "-c", "log.showSignature=false",
    # No guess at who commits from the machine's user and host name.
    "-c", "user.useConfigOnly=true",
    # None of the site's hooks. They are for people at a terminal: they read the index and the
    # working tree that people are in the middle of, rewrite files, ask, take minutes; whoever
    # typed /draft in a chat sees none of it and can mend none of it. A commit made on GitHub runs
    # none of them either. What a site must insist on, its CI judges after the push.
    "-c", "core.hooksPath=/dev/null",
)  # fmt: skip

KEPT = {"GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_EXEC_PATH"}
"""The variables of git that say where it and its settings are; no other is handed on.

GIT_DIR, GIT_INDEX_FILE and the like would lead it to another repository (they are set while a
hook runs), GIT_AUTHOR_NAME to another author than the site's configuration names.
"""


class Git:
    """git in one folder: `await git("rev-parse", "HEAD")` gives what it printed.

    Raises SiteError where git is missing, fails, takes over `SECONDS` or prints over `MOST` bytes.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._environment = _environment(folder)
        # An open lock file that every git we start holds with us: if we are killed, the lock
        # lives until the last of them has ended.
        self.held: int | None = None

    async def __call__(
        self, *args: str, given: bytes = b"", index: Path | None = None, seconds: float = SECONDS
    ) -> bytes:
        """Run it and give its standard output; `index` takes the place of the real index."""
        return (await self.ask(*args, given=given, index=index, codes=(0,), seconds=seconds))[1]

    async def ask(
        self,
        *args: str,
        given: bytes = b"",
        index: Path | None = None,
        codes: Collection[int] = (0, 1),
        seconds: float = SECONDS,
    ) -> tuple[int, bytes]:
        """Run a command that answers by its exit code too; any but `codes` is an error."""
        process = await self._start(args, index, PIPE if given else DEVNULL)
        try:
            async with asyncio.timeout(seconds):
                out, err = await _talk(process, given)
                code = await process.wait()
        except TimeoutError:
            raise self._error("site.slow", args, seconds=round(seconds)) from None
        except _TooMuchError:
            raise self._error("site.too-much", args, limit=MOST // 2**20) from None
        finally:
            await _end(process)
        if code not in codes:
            raise self._error("site.refused", args, why=_why(err, code))
        return code, out

    async def _start(self, args: tuple[str, ...], index: Path | None, stdin: int) -> Process:
        own = {"GIT_INDEX_FILE": str(index)} if index else {}
        try:
            return await asyncio.create_subprocess_exec(
                "git", *OPTIONS, *args,
                cwd=self.folder, env=self._environment | own,
                stdin=stdin, stdout=PIPE, stderr=PIPE,
                # Ctrl-C at the terminal is for us; we end git in good order.
                start_new_session=True,
                pass_fds=() if self.held is None else (self.held,),
            )  # fmt: skip
        except FileNotFoundError:
            if not self.folder.is_dir():
                raise SiteError("site.no-folder", folder=self.folder) from None
            raise SiteError("site.no-git", needed=dotted(NEEDED)) from None
        except OSError as error:
            raise self._error("site.refused", args, why=os_cause(error)) from None

    def _error(self, name: str, args: tuple[str, ...], **values: object) -> SiteError:
        command = next(arg for arg in args if not arg.startswith("-"))
        return SiteError(name, command=command, folder=self.folder, **values)


def _environment(folder: Path) -> dict[str, str]:
    """Return the environment in which git is run in a folder."""
    kept = {
        name: value
        for name, value in os.environ.items()
        # Hooks are off, but filters and credential helpers of the site's owner run: none of
        # them has to know our tokens.
        if name not in NAMES and (not name.startswith("GIT_") or name in KEPT)
    }
    return kept | {
        "LC_ALL": "C",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
        # The folder's own repository or none: never one that happens to lie around it.
        "GIT_CEILING_DIRECTORIES": str(folder.parent),
    }


async def check_version(git: Git) -> None:
    """Raise SiteError where git is missing or older than NEEDED."""
    said = (await git("version")).decode(errors="replace")
    found = re.search(r"(\d+)\.(\d+)", said)
    if found and (int(found[1]), int(found[2])) < NEEDED:
        raise SiteError("site.old-git", found=found[0], needed=dotted(NEEDED))


def dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))


class _TooMuchError(Exception):
    """git printed more than MOST bytes."""


async def _talk(process: Process, given: bytes) -> tuple[bytes, bytes]:
    assert process.stdout and process.stderr  # noqa: S101 - they are pipes, above
    reading = _read(process.stdout), _read(process.stderr)
    if process.stdin is None:
        return await asyncio.gather(*reading)
    out, err, _ = await asyncio.gather(*reading, _feed(process.stdin, given))
    return out, err


async def _feed(stream: asyncio.StreamWriter, given: bytes) -> None:
    # A git that ended early has said why; that nobody read our input is no news.
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        stream.write(given)
        await stream.drain()
    stream.close()


async def _read(stream: asyncio.StreamReader) -> bytes:
    chunks: list[bytes] = []
    size = 0
    while chunk := await stream.read(2**16):
        chunks.append(chunk)
        size += len(chunk)
        if size > MOST:
            raise _TooMuchError
    return b"".join(chunks)


async def _end(process: Process) -> None:
    """End git if it is still running: kindly first, so that it takes its lock files away."""
    for stop in (process.terminate, process.kill):
        if process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            stop()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(2):
                await process.wait()


def _why(err: bytes, code: int) -> str:
    """Return the line in which git says what is wrong, fit to be shown."""
    lines = [line for line in err.decode("utf-8", "replace").splitlines() if line.strip()]
    plain = [line for line in lines if line.startswith(("fatal: ", "error: "))] or lines[-1:]
    said = plain[0] if plain else f"exit code {code}"
    said = said.removeprefix("fatal: ").removeprefix("error: ")
    return "".join(c if c.isprintable() else " " for c in said)[:300]
