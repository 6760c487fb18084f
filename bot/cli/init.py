"""`rundown init`: put a profile into a site's folder."""

import asyncio
from pathlib import Path

from bot.adapters.new_profile import init as put_profile
from bot.texts import say


def init(folder: Path, *, kind: str | None, language: str) -> int:
    """Put a profile into a site's folder."""
    written = asyncio.run(put_profile(folder, kind=kind))
    files = ", ".join(str(path) for path in written.paths)
    print(say("cli.written", language, files=files, kind=written.kind))
    return 0
