"""Put everything together: one function for each command, in which the parts are built and passed.

`python -m bot` is the `rundown` command.
"""

import asyncio
import getpass
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot import config, logs
from bot.adapters.init import init as put_profile
from bot.adapters.lazy_web import LazyWeb
from bot.adapters.no_site import NoRoom, NoSite
from bot.adapters.site_profile import SHIPPED, read_profile
from bot.adapters.templates import TemplateWorker
from bot.core.profile import Profile
from bot.errors import SettingsError
from bot.services.desk import Desk
from bot.services.ports import Fetcher, Room, Site
from bot.sites import OpenSite, Shared, load_profile, open_site
from bot.texts import say
from storage.store import SqliteStore

SHOW = "show"
"""The name of the one show that a database of the command line holds."""

DEMO = Path("data/demo/site")


def clock() -> int:
    """Give the time in microseconds since 1970."""
    return time.time_ns() // 1000


def shipped_profile() -> Profile:
    """Give the profile of a site that has none."""
    return load_profile(read_profile(SHIPPED / "jekyll"), "")


@asynccontextmanager
async def open_desk(
    *,
    store: SqliteStore,
    site: Site,
    profile: Profile,
    room: Room,
    web: Fetcher | None = None,
    reload: Callable[[], Awaitable[Profile]] | None = None,
) -> AsyncIterator[Desk]:
    """Open a desk on a database, with what it runs beside itself; nothing is asked but of `web`."""
    async with TemplateWorker() as templates:
        desk = Desk(
            name=SHOW,
            store=store,
            site=site,
            profile=profile,
            templates=templates,
            room=room,
            web=web,
            clock=clock,
            reload=reload,
        )
        await desk.start()
        try:
            yield desk
        finally:
            await desk.aclose()


# --- rundown init ------------------------------------------------------------------------------


def init(folder: Path, *, kind: str | None, language: str) -> int:
    """Put a profile into a site's folder."""
    written = asyncio.run(put_profile(folder, kind=kind))
    files = ", ".join(str(path) for path in written.paths)
    print(say("cli.written", language, files=files, kind=written.kind))
    return 0


# --- rundown chat ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatOptions:
    """What `rundown chat` was called with; None where an option was not given."""

    site: str | None
    demo: bool
    offline: bool
    allow_private: bool
    db: Path | None
    name: str | None


def chat(options: ChatOptions, *, language: str, environment: Mapping[str, str]) -> int:
    """Open the local chat on a site, or on a small one made for trying."""
    settings = config.read(environment, Path(".env"))
    logs.setup(settings.log, settings.secrets())
    return asyncio.run(_chat(settings, options, language, environment))


def _where(options: ChatOptions, settings: config.Settings) -> Path | config.Repository:
    """Give the site that is meant."""
    if options.demo:
        if options.site is not None:
            raise SettingsError("cli.two-sites")
        return DEMO
    site = config.site_named(options.site) if options.site else settings.site
    if site is None:
        raise SettingsError("cli.no-site")
    return site


async def _chat(
    settings: config.Settings,
    options: ChatOptions,
    language: str,
    environment: Mapping[str, str],
) -> int:
    from bot.local.demo import make_site

    where = _where(options, settings)
    if options.demo and not DEMO.exists():  # noqa: ASYNC240 - nothing else runs yet
        await make_site(DEMO, put_profile=put_profile)
    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if options.demo and terminal:
        print(say("cli.demo-folder", language, folder=DEMO), file=sys.stderr)
    shared = Shared.made(clock)
    async with open_site(where, settings, shared=shared, environment=environment) as opened:
        db = options.db or settings.db
        if db is None:
            db = await opened.private_folder() / "rundown.db"
        return await _converse(opened, db, options, language, terminal=terminal)


async def _converse(
    opened: OpenSite, db: Path, options: ChatOptions, language: str, *, terminal: bool
) -> int:
    from bot.local.chat import chat as converse
    from bot.local.demo import tell
    from bot.local.room import LocalRoom, person_named

    async with (
        SqliteStore.open(db, clock=clock) as store,
        LazyWeb(allow_private=options.allow_private) as web,
    ):
        # Opened only by the one process that holds the database: it numbers the messages.
        room = LocalRoom.open(db.with_suffix(".room.jsonl"), clock=clock)
        asked = None if options.offline else web
        async with open_desk(
            store=store,
            site=opened.site,
            profile=opened.profile,
            room=room,
            web=asked,
            reload=opened.reload,
        ) as desk:
            if options.demo:
                await tell(desk, room, now=clock())
            return await converse(
                desk=desk,
                room=room,
                person=person_named(options.name or _login()),
                language=language,
                input=sys.stdin,
                output=sys.stdout,
                errors=sys.stderr,
                terminal=terminal,
            )


def _login() -> str:
    """Give the name that somebody is logged in by; not every container has one."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "host"


# --- rundown run -------------------------------------------------------------------------------


def run(*, language: str, environment: Mapping[str, str]) -> int:
    """Run the bot until it is stopped."""
    from bot.running import run as run_bot

    settings = config.read(environment, Path(".env"))
    logs.setup(settings.log, settings.secrets())
    asyncio.run(run_bot(settings, environment))
    return 0


# --- rundown replay ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayOptions:
    """What `rundown replay` was called with; None where an option was not given."""

    export: Path
    profile: Path | None
    episode: Path | None
    lookups: Path | None
    record: Path | None
    offline: bool
    allow_private: bool
    db: Path | None
    commit: str | None


def replay(options: ReplayOptions, *, language: str, environment: Mapping[str, str]) -> int:
    """Read a chat export; print the draft, or commit it."""
    settings = config.read(environment, Path(".env"))
    logs.setup(settings.log, settings.secrets())
    with TemporaryDirectory(prefix="rundown-") as scratch:
        return asyncio.run(_replay(options, settings, Path(scratch), language, environment))


async def _replay(
    options: ReplayOptions,
    settings: config.Settings,
    scratch: Path,
    language: str,
    environment: Mapping[str, str],
) -> int:
    profile = load_profile(read_profile(options.profile), "") if options.profile else None
    if options.commit is None:
        profile = profile or shipped_profile()
        return await _replayed(options, NoSite(profile.name), profile, scratch, language)
    where = config.site_named(options.commit)
    shared = Shared.made(clock)
    async with open_site(
        where, settings, shared=shared, environment=environment, profile=profile
    ) as opened:
        return await _replayed(options, opened.site, opened.profile, scratch, language)


async def _replayed(
    options: ReplayOptions, site: Site, profile: Profile, scratch: Path, language: str
) -> int:
    from bot.replay import Replay

    db = options.db or scratch / "rundown.db"
    async with (
        SqliteStore.open(db, clock=clock) as store,
        LazyWeb(allow_private=options.allow_private) as web,
        open_desk(
            store=store,
            site=site,
            profile=profile,
            room=NoRoom(),
            web=None if options.offline else web,
        ) as desk,
    ):
        job = Replay(desk=desk, store=store, profile=profile, language=language, clock=clock)
        if options.lookups is not None:
            await job.know(options.lookups)
        await job.read(options.export, kept=options.db is not None, progress=sys.stderr.isatty())
        if options.episode is not None:
            await job.set_fields(options.episode)
        await job.look_up()
        await job.finish(commit=options.commit is not None)
        if options.record is not None:
            await job.record(options.record)
    return 0


# --- rundown titles ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class TitlesOptions:
    """What `rundown titles` was called with."""

    urls: Iterable[str]
    as_json: bool
    record: Path | None
    allow_private: bool
    at_once: int


def titles(options: TitlesOptions, *, language: str, environment: Mapping[str, str]) -> int:
    """Look addresses up; print a line for each, in the order asked."""
    settings = config.read(environment, Path(".env"))
    logs.setup(settings.log, settings.secrets())
    return asyncio.run(_titles(options, language))


async def _titles(options: TitlesOptions, language: str) -> int:
    from bot.services.lookup import Lookups
    from bot.titles import Titles

    async with (
        SqliteStore.open(None, clock=clock) as store,
        LazyWeb(allow_private=options.allow_private) as web,
    ):
        lookups = Lookups(store=store, profile=shipped_profile(), web=web, clock=clock)
        job = Titles(
            lookups=lookups,
            at_once=options.at_once,
            language=language,
            as_json=options.as_json,
        )
        try:
            await job.run(options.urls, record=options.record, progress=sys.stderr.isatty())
        finally:
            await lookups.aclose()
    return 0


# --- rundown doctor ----------------------------------------------------------------------------


def doctor(*, language: str, environment: Mapping[str, str]) -> int:
    """Look at everything that has to be right; print a line for each."""
    from bot.doctor import chats_check, examine, site_check

    settings = config.read(environment, Path(".env"))
    logs.setup(settings.log, settings.secrets())
    checks = [
        site_check(settings, shared=Shared.made(clock), environment=environment),
        chats_check(settings, environment=environment),
    ]
    return asyncio.run(examine(checks, language, print))


if __name__ == "__main__":
    from bot.cli import main

    sys.exit(main())
