"""Look-up files: JSON lines of what the web gave, before the profile's rules."""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from bot.core.model import Lookup
from bot.errors import LookupFileError, os_cause

LARGEST = 64  # MB
_LONGEST = {
    "url": 10_000,
    "title": 10_000,
    "site_name": 10_000,
    "error": 10_000,
    "embed_html": 200_000,
}


def read_lookups(path: Path) -> list[Lookup]:
    """Read a look-up file, in its order; blank lines and unknown keys are passed over.

    Raises LookupFileError for the first line that is wrong.
    """
    try:
        if path.stat().st_size > LARGEST << 20:
            raise LookupFileError("export.lookups-too-big", file=path, most=LARGEST)
        with path.open("rb") as stream:
            return list(_lookups(path, stream))
    except FileNotFoundError:
        raise LookupFileError("export.lookups-missing", file=path) from None
    except OSError as error:
        reason = os_cause(error)
        raise LookupFileError("export.lookups-unreadable", file=path, reason=reason) from None


def write_lookups(path: Path, lookups: Iterable[Lookup]) -> None:
    """Write a look-up file, in that order, in place of what was there; whole or not at all.

    Raises LookupFileError where it cannot be written.
    """
    data = b"".join(map(_line, lookups))
    try:
        real = path.resolve()  # what a symbolic link leads to; the link itself stays
        if real.exists() and not real.is_file():
            # A device or a pipe, such as /dev/stdout: it is written to, never put aside.
            real.write_bytes(data)
        else:
            _replace(real, data)
    except (OSError, RuntimeError) as error:  # RuntimeError: symbolic links in a ring, on 3.11
        reason = os_cause(error)
        raise LookupFileError("export.lookups-unwritable", file=path, reason=reason) from None


def _line(lookup: Lookup) -> bytes:
    known = {name: getattr(lookup, name) for name in _LONGEST}
    line = {name: value for name, value in known.items() if value is not None}
    return json.dumps(line, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def _replace(path: Path, data: bytes) -> None:
    """Put a file in place whole; of one that cannot be written, nothing is left."""
    fresh = path.with_name(f".{os.getpid()}.new")
    try:
        fresh.write_bytes(data)
        fresh.replace(path)
    except OSError:
        with suppress(OSError):  # where it could not even be made
            fresh.unlink()
        raise


def _lookups(path: Path, lines: Iterable[bytes]) -> Iterator[Lookup]:
    for number, line in enumerate(lines, 1):
        text = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if not text.strip():
            continue
        try:
            raw = json.loads(text.decode())
        except (ValueError, RecursionError):
            raise LookupFileError("export.lookups-line", file=path, line=number) from None
        if not isinstance(raw, dict):
            raise LookupFileError("export.lookups-line", file=path, line=number)
        yield _lookup(path, number, raw)


def _lookup(path: Path, number: int, raw: dict[str, Any]) -> Lookup:
    known: dict[str, str | None] = {}
    for name, longest in _LONGEST.items():
        value = raw.get(name)
        if value is None and name != "url":
            known[name] = None
        elif isinstance(value, str) and len(value) <= longest and (value or name != "url"):
            known[name] = value.encode("utf-8", "replace").decode()  # half a character: `?`
        else:
            raise LookupFileError("export.lookups-field", file=path, line=number, field=name)
    return Lookup(
        url=known["url"] or "",
        title=known["title"],
        site_name=known["site_name"],
        embed_html=known["embed_html"],
        error=known["error"],
        source="file",
    )
