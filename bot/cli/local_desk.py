"""The desk of the local chat's site: `rundown chat` talks with it, a single command asks it."""

import getpass
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from bot import config
from bot.adapters.web.lazy import LazyWeb
from bot.app.app import App, clock
from bot.app.sites import Sites
from bot.errors import SettingsError
from bot.local.room import LocalRoom
from bot.services.desk.desk import Desk


def site_meant(named: str | None, settings: config.Settings) -> Path | config.Repository:
    """Return the site that a command names, or else the settings do."""
    site = config.site_named(named) if named else settings.site
    if site is None:
        raise SettingsError("cli.no-site")
    return site


@asynccontextmanager
async def local_desk(
    where: Path | config.Repository,
    *,
    settings: config.Settings,
    environment: Mapping[str, str],
    db: Path | None,
    offline: bool,
    allow_private: bool,
    site_moved: bool = False,
) -> AsyncIterator[tuple[Desk, LocalRoom]]:
    """Open the desk of a site, and the room; they are one process's alone."""
    sites = Sites(settings=settings, environment=environment, clock=clock)
    web = LazyWeb(allow_private=allow_private, never_ask=settings.never_ask)
    async with sites.open(where) as opened:
        db = db or config.in_file(settings.db) or await opened.private_folder() / "rundown.db"
        async with App(
            settings=settings,
            sites=sites,
            clock=clock,
            db=db,
            web=None if offline else web,
            site_moved=site_moved,
        ) as app:
            # Opened only by the one process that holds the database: it numbers the messages.
            room = LocalRoom.open(db.with_suffix(".room.jsonl"), clock=clock)
            async with app.desk(
                site=opened.site,
                renewal=opened.renewal,
                room=room,
                identity=opened.identity,
            ) as desk:
                yield desk, room


def login() -> str:
    """Return the name that somebody is logged in by; not every container has one."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "host"
