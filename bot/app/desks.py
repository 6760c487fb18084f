"""Opens the desks of shows, on one store, one fetcher and one template worker."""

import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from bot import config
from bot.adapters.git.site import LocalSite
from bot.adapters.profile_files import SHIPPED, read_profile
from bot.adapters.templates.client import TemplateWorker
from bot.app.sites import Shared, data_folder, load_profile, open_site
from bot.config import Settings
from bot.core.render.profile import Profile
from bot.errors import SettingsError
from bot.services.desk.desk import Desk
from bot.services.ports import Fetcher, Room, Site, Templates
from storage.store import SqliteStore

SHOW = "show"
"""The name of the one show that a database of the command line holds."""


def clock() -> int:
    """Return the time in microseconds since 1970."""
    return time.time_ns() // 1000


def shipped_profile() -> Profile:
    """Return the profile of a site that has none."""
    return load_profile(read_profile(SHIPPED / "jekyll"), "")


@asynccontextmanager
async def open_desk(
    *,
    store: SqliteStore,
    site: Site,
    profile: Profile,
    room: Room,
    web: Fetcher | None = None,
    reload: Callable[[], Awaitable[Profile]] | None = None,
) -> AsyncIterator[Desk]:
    """Open a desk on a database, with what it runs beside itself; nothing is asked but of `web`."""
    async with TemplateWorker() as templates:
        desk = Desk(
            name=SHOW,
            store=store,
            site=site,
            profile=profile,
            templates=templates,
            room=room,
            web=web,
            clock=clock,
            reload=reload,
        )
        await desk.start()
        try:
            yield desk
        finally:
            await desk.aclose()


async def database(settings: Settings, environment: Mapping[str, str]) -> Path:
    """Return the database's file: the one set, that of the site's folder, or ours."""
    if settings.db is not None:
        return settings.db
    if isinstance(settings.site, Path):
        site = await LocalSite.open(settings.site, branch=None)
        return await site.private_folder() / "rundown.db"
    folder = data_folder(environment)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / "rundown.db"


class Opening:
    """Opens the desks of shows, all on one store, one fetcher and one template worker."""

    def __init__(
        self,
        *,
        settings: Settings,
        environment: Mapping[str, str],
        store: SqliteStore,
        web: Fetcher,
        templates: Templates,
        room: Room,
    ) -> None:
        self._settings = settings
        self._environment = environment
        self._store = store
        self._web = web
        self._templates = templates
        self._room = room
        self._shared = Shared.made(clock)

    def desk(self, show: str, named: str | None) -> AbstractAsyncContextManager[Desk]:
        """Open the desk of a show, on the site that `/setup` named or that of the settings."""
        return self._desk(show, named)

    @asynccontextmanager
    async def _desk(self, show: str, named: str | None) -> AsyncIterator[Desk]:
        # Whoever may run /setup shall not look around on this machine: a repository alone.
        where = config.repository_named(named) if named is not None else self._settings.site
        if where is None:
            raise SettingsError("shows.no-site")
        async with open_site(
            where, self._settings, shared=self._shared, environment=self._environment
        ) as opened:
            desk = Desk(
                name=show,
                store=self._store,
                site=opened.site,
                profile=opened.profile,
                templates=self._templates,
                room=self._room,
                web=self._web,
                clock=clock,
                reload=opened.reload,
            )
            await desk.start()
            try:
                yield desk
            finally:
                await desk.aclose()
