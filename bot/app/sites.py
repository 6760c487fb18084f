"""Opens a podcast's site, in a folder or on GitHub, with its profile."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.adapters.git.site import LocalSite
from bot.adapters.git.working_tree import explained
from bot.adapters.github.rate_limit import RateLimiter, Time
from bot.adapters.profile_files import ProfileFiles, profile_folder, site_profile, split_show
from bot.app.kept_profiles import KeptProfiles
from bot.config import Repository, Secret, Settings
from bot.core.profile import profile as profiles
from bot.core.profile.profile import Profile
from bot.errors import SettingsError, SiteError
from bot.services.profile_renewal import ProfileRenewal
from bot.services.site_port import Site
from bot.services.watched_channels import site_key

if TYPE_CHECKING:
    from bot.adapters.github.client import GitHub
    from bot.adapters.github.commit_queue import Queues
    from bot.services.ports import Store
    from bot.services.tasks import Supervisor


_log = logging.getLogger(__name__)

PATIENCE = 3.0
"""Seconds that a site has to answer where its last profile is known."""


@dataclass(frozen=True, slots=True)
class OpenSite:
    """A site that was opened; `private_folder` makes a folder for what belongs to no commit.

    `identity` tells it from every other site, however it was written: a folder's real path, a
    repository in lower case.
    """

    site: Site
    renewal: ProfileRenewal
    private_folder: Callable[[], Awaitable[Path]]
    identity: str

    @property
    def profile(self) -> Profile:
        """Its profile; the one that was read last where the site does not answer."""
        return self.renewal.profile


class Sites:
    """Opens sites; those on GitHub share the rate limit of their token and each branch's queue."""

    def __init__(
        self, *, settings: Settings, environment: Mapping[str, str], clock: Callable[[], int]
    ) -> None:
        self._settings = settings
        self._environment = environment
        self._time = Time(clock)
        self._limiter: RateLimiter = RateLimiter(self._time)
        self._queues: Queues | None = None  # made for the first site on GitHub

    @asynccontextmanager
    async def shared(self, store: "Store", supervisor: "Supervisor") -> AsyncIterator[None]:
        """Keep to GitHub's limits together with the other processes that have the same database."""
        # Loaded here: few bots are more than one process.
        from bot.adapters.github.shared_rate import SharedRateLimiter

        limiter = self._limiter = SharedRateLimiter(self._time, store=store, supervisor=supervisor)
        try:
            yield
        finally:
            await limiter.aclose()

    @asynccontextmanager
    async def open(
        self,
        where: Path | Repository,
        *,
        profile: Profile | None = None,
        kept: KeptProfiles | None = None,
    ) -> AsyncIterator[OpenSite]:
        """Open the repository in a folder, or on GitHub; `profile` stands for the one it has.

        With `kept`, a site on GitHub opens with the profile that was read last while GitHub does
        not answer.

        Raises SiteError, ProfileError, or SettingsError where GitHub needs a token and has none.
        """
        if isinstance(where, Path):
            folder, show = split_show(where)
            reload = None if profile else partial(asyncio.to_thread, profile_of, where)
            profile = profile or profile_of(where)
            site = await LocalSite.open(folder, branch=profile.branch, show=show)
            identity = str(site.root / profile_folder(show)) if show else str(site.root)
            renewal = ProfileRenewal(profile, reload=reload)
            yield OpenSite(site, renewal, site.private_folder, identity)
            return
        async with self.github(where) as github:
            yield await self._on_github(github, where, profile, kept)

    def github(self, where: Repository) -> "AbstractAsyncContextManager[GitHub]":
        """Open the way to a repository on GitHub; raise SettingsError where no token is set."""
        # The client is a third of the app's memory: who works in a folder needs none.
        from bot.adapters.github.connect import open_github

        return open_github(where, self._settings, self._time, limiter=self._limiter)

    async def _on_github(
        self,
        github: "GitHub",
        where: Repository,
        profile: Profile | None,
        kept: KeptProfiles | None,
    ) -> OpenSite:
        from bot.adapters.github.profile import github_profile

        identity = site_key(f"{where.owner}/{where.name}")
        if where.show:
            identity = site_key(f"{identity}/{profile_folder(where.show)}")

        async def read() -> Profile:
            files = await github_profile(github, where.branch, where.show)
            profile = load_profile(files, where.show or where.name)
            if kept is not None:
                await kept.keep(identity, files)
            return profile

        reload = None if profile else read
        is_stale = False
        if profile is None:
            profile, is_stale = await _read_or_kept(read, identity, where, kept)
        site = self._site(github, where, profile, where.branch or profile.branch)
        own = "-".join(filter(None, (where.owner, where.name, where.show))).lower()
        folder = partial(self._own_folder, own)
        renewal = ProfileRenewal(profile, reload=reload, is_stale=is_stale)
        return OpenSite(site, renewal, folder, identity)

    @asynccontextmanager
    async def beside(self, where: Path | Repository, profile: Profile) -> AsyncIterator[Site]:
        """Open another repository that files of episodes go into, in the way of a site's profile.

        Who may have it opened is the caller's to say.
        """
        if isinstance(where, Path):
            yield await LocalSite.open(where, branch=None)
            return
        async with self.github(where) as github:
            yield self._site(github, where, profile, where.branch)

    def _site(
        self, github: "GitHub", where: Repository, profile: Profile, branch: str | None
    ) -> Site:
        from bot.adapters.github.commit_queue import Queues
        from bot.adapters.github.site import GitHubSite

        self._queues = self._queues or Queues()
        return GitHubSite(
            github,
            self._queues,
            branch=branch,
            review=profile.draft == "pull_request",
            language=profile.language,
            show=where.show,
        )

    async def _own_folder(self, name: str) -> Path:
        return await _made(data_folder(self._environment) / name)

    async def database(self) -> Path | Secret:
        """Return the bot's database: the one set, that of the site's folder, or the user's.

        It is a file, or the address of one on a server.
        """
        settings = self._settings
        if settings.db is not None:
            return settings.db
        if isinstance(settings.site, Path):
            folder, show = split_show(settings.site)
            site = await LocalSite.open(folder, branch=None, show=show)
            return await site.private_folder() / "rundown.db"
        return await _made(data_folder(self._environment)) / "rundown.db"


async def _read_or_kept(
    read: Callable[[], Awaitable[Profile]],
    identity: str,
    where: Repository,
    kept: KeptProfiles | None,
) -> tuple[Profile, bool]:
    """Return a site's profile, and whether it is the kept one, as the site does not answer now."""
    files = await kept.find(identity) if kept is not None else None
    if files is None:
        return await read(), False
    try:
        async with asyncio.timeout(PATIENCE):
            return await read(), False
    except (SiteError, TimeoutError) as error:
        _log.warning("going by the last profile", extra={"site": identity, "cause": repr(error)})
        return load_profile(files, where.show or where.name), True


async def _made(folder: Path) -> Path:
    """Make a folder that only its owner may read; raise SiteError where that fails."""
    with explained(folder):
        await asyncio.to_thread(folder.mkdir, mode=0o700, parents=True, exist_ok=True)
    return folder


def profile_of(site: Path) -> Profile:
    """Return the profile of a site in a folder: its own, or the one shipped for its kind."""
    folder, show = split_show(site)
    return load_profile(site_profile(folder, show), show or folder.absolute().name)


def load_profile(files: ProfileFiles, name: str) -> Profile:
    """Read a profile's files; `name` is that of a podcast that says none."""
    profile = profiles.load(
        files.settings,
        files.template,
        folder=str(files.folder),
        default_name=name,
        further=files.further,
    )
    return replace(profile, timer=time.thread_time)


def data_folder(environment: Mapping[str, str]) -> Path:
    """Return the folder for what a user keeps, as the system has it (XDG)."""
    if home := environment.get("XDG_DATA_HOME"):
        return Path(home) / "rundown"
    if home := environment.get("HOME"):
        return Path(home) / ".local" / "share" / "rundown"
    raise SettingsError("settings.home", name="RUNDOWN_DB")
