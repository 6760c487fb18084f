"""`rundown doctor`: what the bot needs, whether it is there, and what mends it."""

import asyncio
import sys
from collections.abc import Mapping

from bot.config import Settings
from bot.errors import RundownError, SettingsError
from bot.running import Opening, database, shown
from bot.services.checks import Check, all_ok, check
from bot.services.places import Places, Watched
from storage.store import SqliteStore


async def examine(settings: Settings, environment: Mapping[str, str], language: str) -> int:
    """Print a line for each check; give 0 if nothing is to be mended, else 1."""
    if settings.discord_token is None:
        raise SettingsError("cli.no-token")
    from cogs.doctor import examine as examine_discord

    checks, watched = await _store(settings, environment)
    checks += await _site(settings)
    token = settings.discord_token.reveal()
    checks += await examine_discord(token, settings.discord_api_url, watched)
    for one in checks:
        print(one.told(language), file=sys.stdout)
    return 0 if all_ok(checks) else 1


async def _store(
    settings: Settings, environment: Mapping[str, str]
) -> tuple[list[Check], list[Watched]]:
    """Look into the database; a bot that is running has it, which is well."""
    file = await database(settings, environment)
    if not await asyncio.to_thread(file.exists):
        return [check("doctor.database-new", ok=True, file=file), _watched([])], []
    try:
        async with SqliteStore.glance(file) as store:
            watched = (await Places.open(store)).watched()
    except RundownError as error:
        return [
            check("doctor.database", ok=False, mend="doctor.because", file=file, cause=error)
        ], []
    return [check("doctor.database", ok=True, file=file), _watched(watched)], watched


def _watched(watched: list[Watched]) -> Check:
    count = len(watched)
    return check("doctor.watched", ok=bool(watched), mend="doctor.mend-watched", count=count)


async def _site(settings: Settings) -> list[Check]:
    """Look whether the site is there, its profile right, and whether it can be written to."""
    site = shown(settings.site) or "-"
    if settings.site is None:
        return [check("doctor.site", ok=False, mend="shows.no-site", site=site)]
    try:
        async with Opening.site(settings.site) as (opened, profile):
            await opened.paths()
    except RundownError as error:
        return [check("doctor.site", ok=False, mend="doctor.because", site=site, cause=error)]
    return [
        check("doctor.site", ok=True, site=site),
        check("doctor.profile", ok=True, podcast=profile.name),
    ]
