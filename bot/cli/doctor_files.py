"""What `rundown doctor` looks at of the repositories that a site's profile may put files into."""

from collections.abc import AsyncIterator
from pathlib import Path

from bot.app.further_repositories import BoundRepositories
from bot.app.sites import Sites
from bot.config import Repository, Settings
from bot.core.profile.profile import Profile
from bot.errors import RundownError


async def bound_repositories(
    settings: Settings, sites: Sites, identity: str, profile: Profile
) -> AsyncIterator[tuple[str, RundownError | None]]:
    """Yield each other repository that a profile names, and what keeps files from there."""
    bound = BoundRepositories(sites, settings.files, identity, profile)
    async with bound:
        for name in sorted({file.repository for file in profile.files} - {""}):
            try:
                where = bound.where(name)
                if isinstance(where, Path):
                    await bound.site(name)
                else:
                    await _may_write(where, sites, review=profile.draft == "pull_request")
                yield name, None
            except RundownError as error:
                yield name, error


async def _may_write(where: Repository, sites: Sites, *, review: bool) -> None:
    from bot.adapters.github.permissions import draft_branch, may_commit, may_open_pulls

    async with sites.github(where) as github:
        now = await draft_branch(github, where.branch)
        await may_commit(github, now, review=review)
        if review:
            await may_open_pulls(github, now)
