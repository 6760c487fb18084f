"""Files that are on the disk once they are written: a crash leaves the old one or the new one."""

import os
from pathlib import Path


def take_place(part: Path, path: Path) -> None:
    """Rename a finished file to `path`, in the place of what is there; all of it is on the disk."""
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
