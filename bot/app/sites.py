"""Opens a podcast's site, in a folder or on GitHub, with its profile."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.adapters.git.site import LocalSite
from bot.adapters.git.working_tree import told
from bot.adapters.github.commit_queue import Queues
from bot.adapters.github.rate_limit import RateLimiter, Time
from bot.adapters.profile_files import ProfileFiles, site_profile
from bot.config import Repository, Settings
from bot.core.render import profile as profiles
from bot.core.render.profile import Profile
from bot.errors import SettingsError
from bot.services.ports import Site


@dataclass(frozen=True, slots=True)
class Shared:
    """What all sites on GitHub of one process share: a token's pace, and each branch's queue."""

    time: Time
    pace: RateLimiter
    queues: Queues

    @classmethod
    def made(cls, clock: Callable[[], int]) -> "Shared":
        """Make what a process needs, once."""
        time = Time(clock)
        return cls(time, RateLimiter(time), Queues())


@dataclass(frozen=True, slots=True)
class OpenSite:
    """A site that was opened; `private_folder` makes a folder for what belongs to no commit.

    `reload` reads its profile again; None where it was given one for good.
    """

    site: Site
    profile: Profile
    private_folder: Callable[[], Awaitable[Path]]
    reload: Callable[[], Awaitable[Profile]] | None = None


@asynccontextmanager
async def open_site(
    where: Path | Repository,
    settings: Settings,
    *,
    shared: Shared,
    environment: Mapping[str, str],
    profile: Profile | None = None,
) -> AsyncIterator[OpenSite]:
    """Open the repository in a folder, or on GitHub; `profile` stands for the one it has.

    Raises SiteError, ProfileError, or SettingsError where GitHub needs a token and has none.
    """
    if isinstance(where, Path):
        own = None if profile else partial(asyncio.to_thread, profile_of, where)
        profile = profile or profile_of(where)
        site = await LocalSite.open(where, branch=profile.branch)
        yield OpenSite(site, profile, site.private_folder, own)
        return
    # The client is a third of the app's memory: who works in a folder needs none.
    from bot.adapters.github.connect import open_github
    from bot.adapters.github.profile import github_profile
    from bot.adapters.github.site import GitHubSite

    async with open_github(where, settings, shared.time, pace=shared.pace) as github:

        async def read() -> Profile:
            return load_profile(await github_profile(github, where.branch), where.name)

        reload = None if profile else read
        profile = profile or await read()
        site_there = GitHubSite(
            github,
            shared.queues,
            branch=where.branch or profile.branch,
            review=profile.draft == "pull_request",
            language=profile.language,
        )

        async def private_folder() -> Path:
            folder = data_folder(environment) / f"{where.owner}-{where.name}".lower()
            with told(folder):
                await asyncio.to_thread(folder.mkdir, mode=0o700, parents=True, exist_ok=True)
            return folder

        yield OpenSite(site_there, profile, private_folder, reload)


def profile_of(site: Path) -> Profile:
    """Return the profile of a site in a folder: its own, or the one shipped for its kind."""
    return load_profile(site_profile(site), site.absolute().name)


def load_profile(files: ProfileFiles, name: str) -> Profile:
    """Read a profile's two files; `name` is that of a podcast that says none."""
    return profiles.load(
        files.settings, files.template, folder=str(files.folder), default_name=name
    )


def data_folder(environment: Mapping[str, str]) -> Path:
    """Return the folder for what a user keeps, as the system has it (XDG)."""
    if home := environment.get("XDG_DATA_HOME"):
        return Path(home) / "rundown"
    if home := environment.get("HOME"):
        return Path(home) / ".local" / "share" / "rundown"
    raise SettingsError("settings.home", name="RUNDOWN_DB")
