"""`rundown doctor`: looks at everything that has to be right, and says how to mend what is not."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.adapters.new_profile import has_no_commit
from bot.adapters.profile_files import split_show
from bot.adapters.site_files import list_files, reader
from bot.app.app import clock
from bot.app.further_repositories import identity_of
from bot.app.sites import Sites, load_profile
from bot.cli.doctor_checks import cannot_be_kept, misspelt, try_templates, unseen_pages
from bot.cli.doctor_files import bound_repositories
from bot.cli.settings import ENV_FILE, read_settings
from bot.config import Repository, Secret, Settings
from bot.core.profile.profile import Profile
from bot.core.survey.site import survey
from bot.errors import RundownError, SiteError
from bot.services.chat.checks import Check
from bot.services.watched_channels import Watched, WatchedChannels
from bot.texts import say
from storage.backup import examine as examine_database


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A line of the report: whether it is well, and what was found or how to mend it."""

    well: bool
    text: str


Look = Callable[[str], AsyncIterator[ReportLine]]
"""Looks at one thing, and tells in a language what it found; nothing where it is not used."""


async def examine(looks: Iterable[Look], language: str, tell: Callable[[str], None]) -> int:
    """Make all checks; return the exit code, 1 if something is missing."""
    code = 0
    for look in looks:
        async for finding in look(language):
            tell(f"{'✓' if finding.well else '✗'} {finding.text}")
            code = code if finding.well else 1
    return code


def site_check(settings: Settings, sites: Sites) -> Look:
    """Return the check of the site that drafts are committed to."""

    async def check(language: str) -> AsyncIterator[ReportLine]:
        site = settings.site
        if site is None:
            yield ReportLine(False, say("doctor.no-site", language))
            return
        try:
            if isinstance(site, Repository):
                async for finding in _on_github(site, settings, sites, language):
                    yield finding
            else:
                async for finding in _in_folder(site, settings, sites, language):
                    yield finding
        except RundownError as error:
            yield ReportLine(False, error.say(language))

    return check


def chats_check(settings: Settings, sites: Sites) -> Look:
    """Return the check of Discord and Slack: tokens, rights, and each channel that is watched."""

    async def check(language: str) -> AsyncIterator[ReportLine]:
        if settings.discord_token is None and not settings.slack:
            yield ReportLine(False, say("doctor.no-chat", language))
            return
        try:
            watched = await _watched(sites)
        except RundownError as error:
            yield ReportLine(False, error.say(language))
            return
        for one in [*await _on_discord(settings, watched), *await _on_slack(settings, watched)]:
            yield ReportLine(one.well, one.report(language))
        name = "doctor.watched" if watched else "doctor.mend-watched"
        yield ReportLine(bool(watched), say(name, language, count=len(watched)))

    return check


def keeping_check(settings: Settings, sites: Sites, environment: Mapping[str, str]) -> Look:
    """Return the check of what is kept on this machine: settings and database."""

    async def check(language: str) -> AsyncIterator[ReportLine]:
        for name, meant in misspelt(environment, ENV_FILE):
            what = "doctor.misspelt-near" if meant else "doctor.misspelt"
            yield ReportLine(False, say(what, language, name=name, meant=meant))
        readers = await asyncio.to_thread(_readable_by_others, ENV_FILE)
        if readers:
            yield ReportLine(False, say("doctor.env-readable", language, file=ENV_FILE))
        try:
            file = await sites.database()
            if isinstance(file, Secret):
                yield await _on_server(file, language)
            elif await asyncio.to_thread(cannot_be_kept, file):
                yield ReportLine(False, say("doctor.no-database", language, file=file))
            elif await asyncio.to_thread(file.exists):
                yield await _in_file(file, language)
            if settings.keep is not None:
                yield ReportLine(True, say("doctor.keep", language, days=settings.keep.days))
        except SiteError:
            return  # the site's own check tells it
        except RundownError as error:
            yield ReportLine(False, error.say(language))

    return check


async def _in_file(file: Path, language: str) -> ReportLine:
    """Look through the database in a file."""
    from storage.opening import glanced

    found = await examine_database(file)
    async with glanced(file) as store:
        await store.refuse_half_moved(file)
    size = f"{found.size / 2**20:.1f}"
    line = say("doctor.database", language, file=file, events=found.events, size=size)
    return ReportLine(True, line)


async def _on_server(address: Secret, language: str) -> ReportLine:
    """Look at the database on a server; its address is told to nobody."""
    from storage.opening import on_server

    version, found = await on_server().examine(address.reveal())
    await on_server().refuse_unusable(address.reveal())
    if found is None:
        return ReportLine(True, say("doctor.server-new", language, version=version))
    size = f"{found.size / 2**20:.1f}"
    line = say("doctor.server", language, version=version, events=found.events, size=size)
    return ReportLine(True, line)


def _readable_by_others(path: Path) -> bool:
    try:
        return bool(path.stat().st_mode & 0o077)
    except OSError:  # not there, or not ours to look at: then there is nothing to mend
        return False


async def _on_discord(settings: Settings, watched: list[Watched]) -> list[Check]:
    if settings.discord_token is None:
        return []
    from cogs.doctor import examine as examine_discord

    return await examine_discord(settings.discord_token.reveal(), settings.discord_api_url, watched)


async def _on_slack(settings: Settings, watched: list[Watched]) -> list[Check]:
    if not settings.slack:
        return []
    from bot.slack.doctor import examine as examine_slack

    pairs = [(bot.reveal(), app.reveal()) for bot, app in settings.slack]
    return await examine_slack(pairs, settings.slack_api_url, watched)


async def _watched(sites: Sites) -> list[Watched]:
    """Look into the database, which a bot that is running may have, for what is watched."""
    from storage.opening import glanced, on_server

    db = await sites.database()
    where = db.reveal() if isinstance(db, Secret) else db
    if isinstance(where, Path):
        is_made = await asyncio.to_thread(where.exists)
    else:
        is_made = (await on_server().examine(where))[1] is not None
    if not is_made:
        return []
    async with glanced(where) as store:
        return (await WatchedChannels.open(store)).watched()


async def _elsewhere(
    settings: Settings, sites: Sites, identity: str, profile: Profile, language: str
) -> AsyncIterator[ReportLine]:
    """Look at the other repositories that a profile puts files into."""
    if any(file.repository for file in profile.files):
        async for name, error in bound_repositories(settings, sites, identity, profile):
            what = "elsewhere.well" if error is None else "elsewhere.unwell"
            yield ReportLine(error is None, say(what, language, repository=name, why=error or ""))


async def _in_folder(
    folder: Path, settings: Settings, sites: Sites, language: str
) -> AsyncIterator[ReportLine]:
    async with sites.open(folder) as opened:
        yield ReportLine(True, say("doctor.folder", language, folder=folder))
        if await has_no_commit(folder) and await list_files(folder):
            yield ReportLine(False, say("cli.uncommitted", language))
        await try_templates(opened.profile)
        yield ReportLine(True, say("doctor.profile", language, name=opened.profile.name))
        paths, source = await opened.site.paths(), opened.profile.number_from
        in_pages = source is not None and bool(source.front_matter)
        texts = await opened.site.texts(source.pages(paths)) if source and in_pages else paths
        if where := unseen_pages(paths, texts, opened.profile):
            root = split_show(folder)[0]
            there = survey(await list_files(root), reader(root))
            yield ReportLine(there is None, say("doctor.no-episodes", language, looked=where))
        identity, profile = opened.identity, opened.profile
        async for finding in _elsewhere(settings, sites, identity, profile, language):
            yield finding


async def _on_github(
    where: Repository, settings: Settings, sites: Sites, language: str
) -> AsyncIterator[ReportLine]:
    """Look at token, repository and branch, profile, and what the token may do."""
    from bot.adapters.github.files import tree
    from bot.adapters.github.permissions import draft_branch, may_commit, may_open_pulls
    from bot.adapters.github.profile import github_profile

    def well(what: str, **values: object) -> ReportLine:
        return ReportLine(True, say(f"doctor.{what}", language, **values))

    async with sites.github(where) as github:
        now = await draft_branch(github, where.branch)
        yield well("repository", repository=github.full_name)
        profile = None
        try:
            files = await github_profile(github, where.branch)
            profile = load_profile(files, where.name)
            await try_templates(profile)
            yield well("profile", name=profile.name)
        except RundownError as error:
            yield ReportLine(False, error.say(language))
        if profile is not None and profile.branch and not where.branch:
            now = await draft_branch(github, profile.branch)
        yield well("branch", branch=now.branch)
        if profile is not None and not (profile.number_from and profile.number_from.front_matter):
            paths = sorted(await tree(github, now.head))
            if pages := unseen_pages(paths, paths, profile):
                yield well("no-episodes", looked=pages)
        review = profile is not None and profile.draft == "pull_request"
        await may_commit(github, now, review=review)
        yield well("write", repository=github.full_name)
        if review:
            await may_open_pulls(github, now)
            yield well("pulls", repository=github.full_name)
    if profile is not None:
        identity = identity_of(where)
        async for finding in _elsewhere(settings, sites, identity, profile, language):
            yield finding


def doctor(*, language: str, environment: Mapping[str, str]) -> int:
    """Look at everything that has to be right; print a line for each."""
    settings = read_settings(environment)
    sites = Sites(settings=settings, environment=environment, clock=clock)
    checks = [
        site_check(settings, sites),
        chats_check(settings, sites),
        keeping_check(settings, sites, environment),
    ]
    return asyncio.run(examine(checks, language, print))
