"""Put everything together: one function for each command, in which the parts are built and passed.

`python -m bot` is the `rundown` command.
"""

import asyncio
import getpass
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bot import config, logs
from bot.adapters.git import LocalSite
from bot.adapters.init import init as put_profile
from bot.adapters.no_site import NoRoom, NoSite
from bot.adapters.site_profile import SHIPPED, ProfileFiles, read_profile, site_profile
from bot.adapters.templates import TemplateWorker
from bot.core import profile as profiles
from bot.core.profile import Profile
from bot.errors import SettingsError
from bot.services.desk import Desk
from bot.services.ports import Room, Site
from bot.texts import say
from storage.store import SqliteStore

SHOW = "show"
"""The name of the one show that a database of the command line holds."""

DEMO = Path("data/demo")


def clock() -> int:
    """Give the time in microseconds since 1970."""
    return time.time_ns() // 1000


def load_profile(files: ProfileFiles, name: str) -> Profile:
    """Read a profile's two files; `name` is that of a podcast that says none."""
    return profiles.load(
        files.settings, files.template, folder=str(files.folder), default_name=name
    )


def profile_of(site: Path) -> Profile:
    """Give the profile of a site: its own, or the one shipped for its kind."""
    return load_profile(site_profile(site), site.absolute().name)


@asynccontextmanager
async def open_desk(
    *, store: SqliteStore, site: Site, profile: Profile, room: Room
) -> AsyncIterator[Desk]:
    """Open a desk on a database, with what it runs beside itself."""
    async with TemplateWorker() as templates:
        desk = Desk(
            name=SHOW,
            store=store,
            site=site,
            profile=profile,
            templates=templates,
            room=room,
            clock=clock,
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


def chat(
    *,
    site: Path | None,
    demo: bool,
    db: Path | None,
    name: str | None,
    language: str,
    environment: Mapping[str, str],
) -> int:
    """Open the local chat on a site, or on a small one made for trying."""
    settings = config.read(environment, Path(".env"))
    if demo and site is not None:
        raise SettingsError("cli.two-sites")
    if not demo and site is None:
        if settings.site is None:
            raise SettingsError("cli.no-site")
        if not isinstance(settings.site, Path):
            raise SettingsError("cli.site-on-github")
        site = settings.site
    logs.setup(settings.log, settings.secrets())
    return asyncio.run(
        _chat(site or DEMO / "site", demo=demo, db=db or settings.db, name=name, language=language)
    )


async def _chat(
    folder: Path, *, demo: bool, db: Path | None, name: str | None, language: str
) -> int:
    from bot.local.chat import chat as converse
    from bot.local.demo import make_site, tell
    from bot.local.room import LocalRoom, person_named

    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if demo and not folder.exists():  # noqa: ASYNC240 - nothing else runs yet
        await make_site(folder, put_profile=put_profile)
    if demo and terminal:
        print(say("cli.demo-folder", language, folder=folder), file=sys.stderr)
    profile = profile_of(folder)
    site = await LocalSite.open(folder, branch=profile.branch)
    if db is None:
        db = await site.private_folder() / "rundown.db"
    async with SqliteStore.open(db, clock=clock) as store:
        # Opened only by the one process that holds the database: it numbers the messages.
        room = LocalRoom.open(db.with_suffix(".room.jsonl"), clock=clock)
        async with open_desk(store=store, site=site, profile=profile, room=room) as desk:
            if demo:
                await tell(desk, room, now=clock())
            return await converse(
                desk=desk,
                room=room,
                person=person_named(name or _login()),
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


# --- rundown replay ----------------------------------------------------------------------------


def replay(
    export: Path,
    *,
    profile: Path | None,
    episode: Path | None,
    lookups: Path | None,
    record: Path | None,
    db: Path | None,
    commit: Path | None,
    language: str,
    environment: Mapping[str, str],
) -> int:
    """Read a chat export; print the draft, or commit it."""
    settings = config.read(environment, Path(".env"))
    logs.setup(settings.log, settings.secrets())
    with TemporaryDirectory(prefix="rundown-") as scratch:
        return asyncio.run(
            _replay(
                export,
                profile=profile,
                episode=episode,
                lookups=lookups,
                record=record,
                db=db or Path(scratch, "rundown.db"),
                kept=db is not None,
                commit=commit,
                language=language,
            )
        )


async def _replay(
    export: Path,
    *,
    profile: Path | None,
    episode: Path | None,
    lookups: Path | None,
    record: Path | None,
    db: Path,
    kept: bool,
    commit: Path | None,
    language: str,
) -> int:
    from bot.replay import Replay

    if profile is None and commit is not None:
        loaded = profile_of(commit)
    else:
        loaded = load_profile(read_profile(profile or SHIPPED / "jekyll"), "")
    site: Site = NoSite(loaded.name)
    if commit is not None:
        site = await LocalSite.open(commit, branch=loaded.branch)
    async with (
        SqliteStore.open(db, clock=clock) as store,
        open_desk(store=store, site=site, profile=loaded, room=NoRoom()) as desk,
    ):
        job = Replay(desk=desk, store=store, profile=loaded, language=language, clock=clock)
        if lookups is not None:
            await job.know(lookups)
        await job.read(export, kept=kept, progress=sys.stderr.isatty())
        if episode is not None:
            await job.set_fields(episode)
        await job.finish(commit=commit is not None)
        if record is not None:
            await job.record(record)
    return 0


if __name__ == "__main__":
    from bot.cli import main

    sys.exit(main())
