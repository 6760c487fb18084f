"""Files that hold what people said: nobody but the bot's own user may read them."""

import os
from contextlib import suppress
from pathlib import Path

PRIVATE = 0o600


def private(path: str, flags: int) -> int:
    """Open a file that only its owner may read, whatever the umask: an `opener` for `open`."""
    return os.open(path, flags, PRIVATE)


def make_private(path: Path) -> None:
    """Make a file where there is none, and take everybody else's rights to it away.

    Raises OSError where it cannot be made. Rights that cannot be changed stay: the file belongs to
    somebody else, or its file system keeps none.
    """
    os.close(os.open(path, os.O_CREAT | os.O_RDONLY, PRIVATE))
    with suppress(OSError):
        path.chmod(PRIVATE)
