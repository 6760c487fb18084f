"""The files of a site's folder: their paths, and the texts of those that are asked for."""

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from bot.adapters.git.repository import GitRepository
from bot.core.survey.page import Read
from bot.errors import SiteError

MOST_BYTES = 1024 * 1024
MOST_FILES = 200_000
_LEFT_OUT = {".git", "node_modules", ".rundown", "__pycache__", ".venv"}


async def list_files(folder: Path) -> list[str]:
    """Return the paths of a site's files, with `/`: those that git knows, or would take."""
    try:
        git = (await GitRepository.open(folder, None)).git
        out = await git("ls-files", "-z", "--cached", "--others", "--exclude-standard")
    except SiteError:  # no repository, or bare
        return _walked(folder)
    return [name.decode("utf-8", "replace") for name in out.split(b"\0") if name][:MOST_FILES]


def _walked(folder: Path) -> list[str]:
    if not folder.is_dir():
        raise SiteError("site.no-folder", folder=folder)
    found: list[str] = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in _LEFT_OUT]
        found += [(Path(place) / name).relative_to(folder).as_posix() for name in names]
        if len(found) > MOST_FILES:
            break
    return found


def reader(folder: Path) -> Read:
    """Return what gives a file's text: None for what is no plain file inside, or no text."""
    root = folder.resolve()

    def read(path: str) -> str | None:
        file = root / path
        try:
            if not file.resolve(strict=True).is_relative_to(root):
                return None
            handle = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except (OSError, RuntimeError, ValueError):
            return None
        with os.fdopen(handle, "rb") as stream:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                return None
            data = stream.read(MOST_BYTES + 1)
        try:
            return data.decode("utf-8") if len(data) <= MOST_BYTES else None
        except UnicodeDecodeError:
            return None

    return read


def texts_of(folder: Path, paths: Iterable[str]) -> list[str]:
    """Return the texts of files; an empty one for what `reader` gives none of."""
    return [text or "" for text in map(reader(folder), paths)]
