"""`rundown backup`, `restore` and `export`: what is kept, taken elsewhere and back."""

import asyncio
import sys
from collections.abc import Callable, Mapping
from contextlib import aclosing
from pathlib import Path

from bot import config, logs
from bot.app.app import clock
from bot.app.sites import Sites
from bot.errors import InputError
from bot.services.private_files import private
from bot.texts import say
from storage.backup import Contents, back_up, former, restore
from storage.export import exported


def backup(file: Path, *, db: Path | None, language: str, environment: Mapping[str, str]) -> int:
    """Write a backup of the database to a new file, also while the bot runs."""
    sites = _sites(environment)

    async def work() -> Contents:
        return await back_up(db or await sites.database(), file)

    print(_report("cli.backed-up", language, asyncio.run(work()), file=file))
    return 0


def put_back(
    file: Path, *, db: Path | None, replace: bool, language: str, environment: Mapping[str, str]
) -> int:
    """Put a backup in the database's place; the one that was there is kept beside it."""
    sites = _sites(environment)

    async def work() -> tuple[Path, Contents, bool]:
        path = db or await sites.database()
        there = await asyncio.to_thread(path.exists)
        return path, await restore(file, path, clock=clock, replace=replace), there

    path, contents, kept = asyncio.run(work())
    print(_report("cli.restored", language, contents, file=path))
    if kept:
        print(say("cli.kept-aside", language, file=former(path)))
    return 0


def export(
    file: Path | None, *, db: Path | None, language: str, environment: Mapping[str, str]
) -> int:
    """Write all that is kept as JSON lines, to a new file or to standard output."""
    sites = _sites(environment)
    if file is None:
        asyncio.run(_export(sites, db, sys.stdout.buffer.write))
        return 0
    try:
        with open(file, "xb", opener=private) as output:
            asyncio.run(_export(sites, db, output.write))
    except OSError as error:
        raise InputError("cli.export-unwritten", file=file, cause=error.strerror) from error
    print(say("cli.exported", language, file=file), file=sys.stderr)
    return 0


async def _export(
    sites: Sites,
    db: Path | None,
    write: Callable[[bytes], object],
) -> None:
    async with aclosing(exported(db or await sites.database())) as lines:
        async for line in lines:
            write(line.encode("utf-8", "replace") + b"\n")


def _sites(environment: Mapping[str, str]) -> Sites:
    settings = config.read(environment, Path(".env"))
    logs.setup(settings.log, settings.secrets())
    return Sites(settings=settings, environment=environment, clock=clock)


def _report(name: str, language: str, contents: Contents, *, file: Path) -> str:
    size = f"{contents.size / 2**20:.1f}"
    return say(name, language, file=file, events=contents.events, size=size)
