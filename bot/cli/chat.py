"""`rundown chat`: a chat room in the terminal."""

import asyncio
import getpass
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot import config, logs
from bot.adapters.web.lazy import LazyWeb
from bot.app.app import App, clock
from bot.app.sites import Sites
from bot.errors import SettingsError
from bot.local.chat import chat as converse
from bot.local.demo import make_site, tell
from bot.local.room import LocalRoom, person_named
from bot.services.desk.desk import Desk
from bot.texts import say

DEMO = Path("data/demo/site")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatOptions:
    """What `rundown chat` was called with; None where an option was not given."""

    site: str | None
    demo: bool
    offline: bool
    allow_private: bool
    db: Path | None
    name: str | None
    site_moved: bool


def chat(options: ChatOptions, *, language: str, environment: Mapping[str, str]) -> int:
    """Open the local chat on a site, or on a small one made for trying."""
    settings = config.read(environment, Path(".env"))
    logs.setup(settings.log, settings.secrets())
    return asyncio.run(_chat(settings, options, language, environment))


def _where(options: ChatOptions, settings: config.Settings) -> Path | config.Repository:
    """Return the site that is meant."""
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
    where = _where(options, settings)
    if options.demo and not DEMO.exists():  # noqa: ASYNC240 - nothing else runs yet
        # Loaded where a site is made: to learn from one takes much that a chat never needs.
        from bot.adapters.new_profile import init as put_profile

        await make_site(DEMO, put_profile=put_profile)
    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if options.demo and terminal:
        print(say("cli.demo-folder", language, folder=DEMO), file=sys.stderr)
    sites = Sites(settings=settings, environment=environment, clock=clock)
    async with sites.open(where) as opened:
        db = options.db or config.in_file(settings.db)
        if db is None:
            db = await opened.private_folder() / "rundown.db"
        web = (
            None
            if options.offline
            else LazyWeb(allow_private=options.allow_private, never_ask=settings.never_ask)
        )
        async with App(
            settings=settings,
            sites=sites,
            clock=clock,
            db=db,
            web=web,
            site_moved=options.site_moved,
        ) as app:
            # Opened only by the one process that holds the database: it numbers the messages.
            room = LocalRoom.open(db.with_suffix(".room.jsonl"), clock=clock)
            async with app.desk(
                site=opened.site,
                profile=opened.profile,
                room=room,
                identity=opened.identity,
                reload=opened.reload,
            ) as desk:
                return await _converse(desk, room, options, language, terminal=terminal)


async def _converse(
    desk: Desk, room: LocalRoom, options: ChatOptions, language: str, *, terminal: bool
) -> int:
    if options.demo:
        await tell(desk, room, now=clock())
    return await converse(
        desk=desk,
        room=room,
        person=person_named(options.name or login()),
        language=language,
        input=sys.stdin,
        output=sys.stdout,
        errors=sys.stderr,
        terminal=terminal,
    )


def login() -> str:
    """Return the name that somebody is logged in by; not every container has one."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "host"
