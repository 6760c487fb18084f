"""What many tests begin with is made once and copied: git takes six processes to make a site."""

import atexit
import shutil
import tempfile
from collections.abc import Callable, Hashable
from functools import cache
from itertools import count
from pathlib import Path

_MADE: dict[Hashable, Path] = {}
_NAMES = count()


@cache
def _store() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="rundown-made-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def forget() -> None:
    """Take away all that was made: a worker of pytest-xdist ends without what `atexit` has."""
    if _store.cache_info().currsize:
        shutil.rmtree(_store(), ignore_errors=True)
        _store.cache_clear()
        _MADE.clear()


def copy_to(folder: Path, make: Callable[[Path], object], key: Hashable) -> None:
    """Put there what `make` makes of a folder; what was made by the same key before is copied."""
    made = _MADE.get(key)
    if made is None:
        made = _store() / str(next(_NAMES))
        made.mkdir()
        make(made)
        _MADE[key] = made
    shutil.copytree(made, folder, symlinks=True, dirs_exist_ok=True)
