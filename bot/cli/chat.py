"""`rundown chat`: a chat room in the terminal."""

import asyncio
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot import config
from bot.app.app import clock
from bot.cli.local_desk import local_desk, login, site_meant
from bot.cli.settings import read_settings
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
    settings = read_settings(environment)
    return asyncio.run(_chat(settings, options, language, environment))


def _where(options: ChatOptions, settings: config.Settings) -> Path | config.Repository:
    """Return the site that is meant."""
    if options.demo:
        if options.site is not None:
            raise SettingsError("cli.two-sites")
        return DEMO
    return site_meant(options.site, settings)


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
    async with local_desk(
        where,
        settings=settings,
        environment=environment,
        db=options.db,
        offline=options.offline,
        allow_private=options.allow_private,
        site_moved=options.site_moved,
    ) as (desk, room):
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
