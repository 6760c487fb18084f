"""Put a new version in a file's place: whole, or not at all."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from bot.services.durable_files import take_place

_PIECE = 1024 * 1024
_AT_ONCE = 1 << 30


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield an empty file beside `path`; once the block is through, it takes that one's place.

    It is on the disk before that, with the same rights. Where the block raises, or this process
    dies, `path` is what it was. A symbolic link stays one: what it leads to is replaced.
    """
    real = path.resolve(strict=True)
    handle, name = tempfile.mkstemp(dir=real.parent, prefix=f".{real.name[:60]}.", suffix=".part")
    os.close(handle)
    part = Path(name)
    try:
        yield part
        part.chmod(real.stat().st_mode & 0o7777)
        take_place(part, real)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise


def copy_from(source: BinaryIO, start: int, target: BinaryIO) -> None:
    """Copy all from byte `start` of `source` on to where `target` stands."""
    target.flush()
    with suppress(OSError, AttributeError):  # not on every system, nor between any two disks
        while done := os.copy_file_range(source.fileno(), target.fileno(), _AT_ONCE, start):
            start += done
        return
    source.seek(start)
    target.seek(0, os.SEEK_END)
    shutil.copyfileobj(source, target, _PIECE)
