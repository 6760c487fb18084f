"""The repositories beside a site's own that who runs the bot lets its profile write into.

A profile belongs to whoever can push to the site: what it names is opened only where RUNDOWN_FILES
says so of this very site.
"""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Self

from bot.adapters.profile_files import profile_folder, split_show
from bot.app.sites import Sites
from bot.config import Repository
from bot.core.profile.profile import Profile
from bot.errors import SiteError
from bot.services.site_port import Site
from bot.services.watched_channels import site_key

Where = Path | Repository


class BoundRepositories:
    """Opens the repositories that are bound to one site, each once; closed with its desk."""

    def __init__(
        self, sites: Sites, bindings: Sequence[tuple[Where, Where]], identity: str, profile: Profile
    ) -> None:
        self._sites = sites
        self._bound = [to for site, to in bindings if identity_of(site) == identity]
        self._profile = profile
        self._open: dict[str, Site] = {}
        self._stack = AsyncExitStack()
        self._lock = asyncio.Lock()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    def where(self, name: str) -> Where:
        """Return what is bound under a name; raise SiteError where nothing is."""
        where = next((one for one in self._bound if _is_called(one, name)), None)
        if where is None:
            raise SiteError("elsewhere.not-bound")
        return where

    async def site(self, name: str) -> Site:
        """Open one by the name that the profile gives it; raise SiteError where it is not bound."""
        async with self._lock:
            if name not in self._open:
                opening = self._sites.beside(self.where(name), self._profile)
                self._open[name] = await self._stack.enter_async_context(opening)
            return self._open[name]


def identity_of(site: Where) -> str:
    """Return what `OpenSite.identity` is of a site as the settings name it."""
    if isinstance(site, Path):
        folder, show = split_show(site)
        root = folder.resolve()
        return str(root / profile_folder(show)) if show else str(root)
    show_folder = f"/{profile_folder(site.show)}" if site.show else ""
    return site_key(f"{site.owner}/{site.name}{show_folder}")


def _is_called(where: Where, name: str) -> bool:
    """Return whether a profile means a repository; a folder is called as its repository is."""
    if isinstance(where, Path):
        return where.absolute().name.removesuffix(".git").lower() == name.partition("/")[2]
    return f"{where.owner}/{where.name}".lower() == name
