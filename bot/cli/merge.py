"""`rundown merge`: three files into one, for the terminal and as a merge driver of git."""

import sys
from dataclasses import dataclass
from pathlib import Path

from bot.core.document.version import Side
from bot.core.merge.merge import marked, merge
from bot.errors import InputError, os_cause
from bot.texts import say

CONFLICT = 1
"""The exit code where the sides disagreed: their words are in the output, between marks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeOptions:
    """What `rundown merge` was called with; None prints the merge."""

    base: Path
    ours: Path
    theirs: Path
    output: Path | None


def merge_files(options: MergeOptions, *, language: str) -> int:
    """Merge two files over their base; return the exit code."""
    merged = merge(*(_read(path) for path in (options.base, options.ours, options.theirs)))
    data = marked(merged).encode()
    if options.output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
    else:
        options.output.write_bytes(data)
    for conflict in merged.conflicts:
        name = "".join(filter(str.isprintable, conflict.name))
        print(say("merge.disagree", language, name=name), file=sys.stderr)
    return CONFLICT if merged.conflicts else 0


def _read(path: Path) -> Side:
    """Read a file; a byte order mark and the ends of lines stay what they are."""
    try:
        return Side(path.read_bytes().decode())
    except UnicodeDecodeError:
        raise InputError("merge.not-text", path=path) from None
    except (OSError, ValueError) as error:
        raise InputError("merge.unread", path=path, cause=os_cause(error)) from error
