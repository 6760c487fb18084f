"""Merge three texts line by line, with git's own merge."""

import asyncio
import tempfile
from pathlib import Path

from bot.adapters.git_run import Git

MOST_CONFLICTS = 127
"""What `git merge-file` answers at the most; above it, something else went wrong."""


async def merge(git: Git, base: str, ours: str, theirs: str, *, prefer_ours: bool) -> str | None:
    """Merge ours and theirs over their base; None where they disagree.

    With `prefer_ours`, ours counts where they disagree. Raises SiteError where git cannot (it
    takes a text with a NUL character for binary).
    """
    with tempfile.TemporaryDirectory(prefix="rundown-") as folder:
        names = await asyncio.to_thread(_write, Path(folder), ours, base, theirs)
        flags = ["--ours"] if prefer_ours else []
        code, out = await git.ask(
            "merge-file", "--stdout", *flags, *names, codes=range(MOST_CONFLICTS + 1)
        )
    return None if code else out.decode()


def _write(folder: Path, *texts: str) -> list[str]:
    names = []
    for number, text in enumerate(texts):
        file = folder / str(number)
        file.write_bytes(text.encode())
        names.append(str(file))
    return names
