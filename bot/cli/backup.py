"""`rundown backup`, `restore`, `export` and `migrate`: what is kept, taken elsewhere and back."""

import asyncio
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import aclosing, contextmanager
from pathlib import Path

from bot import config
from bot.app.app import clock
from bot.app.sites import Sites
from bot.cli.settings import read_settings
from bot.config import Secret
from bot.errors import InputError, StoreError, os_cause
from bot.services.private_files import private
from bot.texts import say
from storage.backup import back_up, former, restore
from storage.contents import Contents
from storage.export import exported
from storage.moving import move


def backup(
    file: Path, *, db: Path | Secret | None, language: str, environment: Mapping[str, str]
) -> int:
    """Write a backup of the database to a new file, also while the bot runs."""
    sites = _sites(environment)

    async def work() -> Contents:
        return await back_up(_in_file(db or await sites.database()), file)

    print(_report("cli.backed-up", language, asyncio.run(work()), file=file))
    return 0


def put_back(
    file: Path,
    *,
    db: Path | Secret | None,
    replace: bool,
    language: str,
    environment: Mapping[str, str],
) -> int:
    """Put a backup in the database's place; the one that was there is kept beside it."""
    sites = _sites(environment)

    async def work() -> tuple[Path, Contents, bool]:
        path = _in_file(db or await sites.database())
        there = await asyncio.to_thread(path.exists)
        return path, await restore(file, path, clock=clock, replace=replace), there

    path, contents, kept = asyncio.run(work())
    print(_report("cli.restored", language, contents, file=path))
    if kept:
        print(say("cli.kept-aside", language, file=former(path)))
    return 0


def export(
    file: Path | None, *, db: Path | Secret | None, language: str, environment: Mapping[str, str]
) -> int:
    """Write all that is kept as JSON lines, to a new file or to standard output."""
    sites = _sites(environment)
    if file is None:
        asyncio.run(_export(sites, db, sys.stdout.buffer.write))
        return 0
    try:
        with open(file, "xb", opener=private) as output, _gone_where_it_fails(file):
            asyncio.run(_export(sites, db, output.write))
            output.flush()
    except OSError as error:
        raise InputError("cli.export-unwritten", file=file, cause=os_cause(error)) from error
    print(say("cli.exported", language, file=file), file=sys.stderr)
    return 0


@contextmanager
def _gone_where_it_fails(file: Path) -> Iterator[None]:
    """Remove a file that was begun and cannot be finished."""
    try:
        yield
    except BaseException:
        file.unlink(missing_ok=True)
        raise


async def _export(
    sites: Sites,
    db: Path | Secret | None,
    write: Callable[[bytes], object],
) -> None:
    async with aclosing(exported(_where(db or await sites.database()))) as lines:
        async for line in lines:
            write(line.encode("utf-8", "replace") + b"\n")


def migrate(
    source: Path | Secret, to: Path | Secret, *, language: str, environment: Mapping[str, str]
) -> int:
    """Move all that is kept from one database to another, and compare both."""
    is_same = str(_where(source)) == str(_where(to))
    if isinstance(source, Path) and isinstance(to, Path):
        is_same = source.resolve() == to.resolve()
    if is_same:
        raise StoreError("store.same")
    secrets = [one for db in (source, to) if isinstance(db, Secret) for one in config.hidden_of(db)]
    read_settings(environment, *secrets)
    moved = asyncio.run(move(_where(source), _where(to), clock=clock))
    print(
        say(
            "cli.moved",
            language,
            events=moved.events,
            episodes=moved.episodes,
            digest=moved.digest[:16],
        )
    )
    return 0


def _where(db: Path | Secret) -> Path | str:
    return db.reveal() if isinstance(db, Secret) else db


def _in_file(db: Path | Secret) -> Path:
    """Return a database's file; raise StoreError for one on a server, which has its own means."""
    if isinstance(db, Secret):
        raise StoreError("store.by-pg-dump")
    return db


def _sites(environment: Mapping[str, str]) -> Sites:
    settings = read_settings(environment)
    return Sites(settings=settings, environment=environment, clock=clock)


def _report(name: str, language: str, contents: Contents, *, file: Path) -> str:
    size = f"{contents.size / 2**20:.1f}"
    return say(name, language, file=file, events=contents.events, size=size)
