"""The composition root: every long-lived part is made here, once, and closed in reverse order."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Self

from bot import config
from bot.adapters.profile_files import SHIPPED, read_profile
from bot.adapters.templates.pool import TemplatePool
from bot.app.further_repositories import BoundRepositories
from bot.app.kept_profiles import KeptProfiles
from bot.app.rooms import Rooms
from bot.app.site_indexes import index_path
from bot.app.sites import Sites, load_profile
from bot.config import Secret, Settings
from bot.core.profile.profile import Profile
from bot.errors import SettingsError
from bot.services.desk.desk import Desk, random_key
from bot.services.lookups import Lookups
from bot.services.ports import Elsewhere, Fetcher, Room
from bot.services.profile_renewal import ProfileRenewal
from bot.services.show import Show
from bot.services.shows import FIRST, Shows
from bot.services.site_port import Site
from bot.services.tasks import BackgroundTasks, Supervisor
from bot.services.watched_channels import AREAS, WatchedChannels
from storage.metered import Metered
from storage.opening import opened
from storage.site_index import SqliteSiteIndex

if TYPE_CHECKING:  # loaded where there are some
    from bot.services.shards import Wanted

_BOUND = "bound"
"""Where the store keeps which site each show belongs to."""

Web = AbstractAsyncContextManager[Fetcher | None]
"""Opens what asks the web; None asks nothing."""


class App:
    """Everything that a command runs on: `async with App(…) as app`.

    Raises StoreError, on entering, where the database cannot be used.
    """

    store: Metered
    web: Fetcher | None
    templates: TemplatePool
    shows: Shows

    def __init__(
        self,
        *,
        settings: Settings,
        sites: Sites,
        clock: Callable[[], int],
        db: Path | Secret | None = None,
        web: Web | None = None,
        site_moved: bool = False,
        shards: "Wanted | None" = None,
        new_key: Callable[[], str] = random_key,
    ) -> None:
        """Take what the parts are made of; nothing is opened yet.

        `clock` gives microseconds since 1970; `db` is the database's file, or the address of one on
        a server; without it the database is in memory, without
        `web` nothing is asked of the web. With `site_moved`, a show goes on with the site that it
        is opened with, although it had another. With `shards`, other processes hold the others.
        `new_key` gives a random key (32 bytes) for what is erased.
        """
        self.settings = settings
        self.clock = clock
        self._new_key = new_key
        self.rooms = Rooms()
        self.sites = sites
        self.supervisor = Supervisor()
        self._db = db
        self._site_moved = site_moved
        self._shards = shards
        self._following = BackgroundTasks[None]("elsewhere")
        self._web: Web = nullcontext() if web is None else web
        self._stack = AsyncExitStack()
        self._made: Path | None = None

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            enter = stack.enter_async_context
            where = self._db.reveal() if isinstance(self._db, Secret) else self._db
            self.store = await enter(opened(where, clock=self.clock, shards=self._shards))
            if self._shards is not None:
                await enter(self.sites.shared(self.store, self.supervisor))
            self.web = await enter(self._web)
            self.templates = await enter(TemplatePool())
            channels = await WatchedChannels.open(self.store)
            self.shows = Shows(channels=channels, open_desk=self.show_desk, clock=self.clock)
            stack.push_async_callback(self.shows.aclose)
            stack.push_async_callback(self._following.aclose)
            self.store.follow(self._follow)
            self._stack = stack.pop_all()
        return self

    def _follow(self, change: Elsewhere) -> None:
        """Take in what other processes changed."""
        self.shows.follow(change)
        if change.all or change.areas & AREAS:
            reload = self.shows.channels.reload
            self._following.start(self.supervisor.persist("channels set up", reload))

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    @asynccontextmanager
    async def show_desk(self, show: str, named: str | None) -> AsyncIterator[Desk]:
        """Open the desk of a show, on the site that `/setup` named or that of the settings."""
        # Whoever may run /setup shall not look around on this machine: a repository alone.
        where = config.repository_named(named) if named is not None else self.settings.site
        if where is None:
            raise SettingsError("shows.no-site")
        async with (
            self.sites.open(where, kept=KeptProfiles(self.store)) as opened,
            self.desk(
                show=show,
                site=opened.site,
                renewal=opened.renewal,
                room=self.rooms,
                identity=opened.identity,
            ) as desk,
        ):
            yield desk

    def lookups(self, profile: Profile) -> Lookups:
        """Return look-ups by a profile, for a command without a desk; it closes them."""
        return Lookups(
            store=self.store,
            profile=profile,
            web=self.web,
            clock=self.clock,
            supervisor=self.supervisor,
        )

    @asynccontextmanager
    async def desk(
        self,
        *,
        site: Site,
        renewal: ProfileRenewal,
        room: Room,
        show: str = FIRST,
        identity: str | None = None,
    ) -> AsyncIterator[Desk]:
        """Open a desk on one site; `room` is the chat that is asked for a message.

        Raises SettingsError where the show belongs to a site of another `identity`.
        """
        if identity is not None:
            await self._bind(show, identity)
        index = None
        if self._db is not None and identity is not None:
            index = SqliteSiteIndex(index_path(self._beside(), identity))
        further = BoundRepositories(
            self.sites, self.settings.files, identity or "", renewal.profile
        )
        desk = Desk(
            show=Show(
                name=show,
                store=self.store,
                site=site,
                renewal=renewal,
                clock=self.clock,
                index=index,
                further=further,
            ),
            templates=self.templates.of(show),
            room=room,
            web=self.web,
            supervisor=self.supervisor,
            keep=self.settings.keep,
            new_key=self._new_key,
            complete=lambda seconds: self.shows.complete_at_last(show, seconds=seconds),
        )
        async with further:
            await desk.start()
            try:
                yield desk
            finally:
                await desk.aclose()

    def _beside(self) -> Path:
        """Return the file beside which lies what can be made again at any time."""
        if isinstance(self._db, Path):
            return self._db
        if self._made is None:
            # Loaded where the database is on a server; the next start makes it anew.
            from tempfile import TemporaryDirectory

            self._made = Path(self._stack.enter_context(TemporaryDirectory(prefix="rundown-")))
        return self._made / "rundown.db"

    async def _bind(self, show: str, identity: str) -> None:
        """Bind a show to its site for good: what one site's hosts said is never another's."""
        bound = (await self.store.state(_BOUND)).get(show)
        if bound == identity:
            return
        if bound is not None and not self._site_moved:
            file = "PostgreSQL" if isinstance(self._db, Secret) else self._db
            raise SettingsError("settings.other-site", file=file, site=bound, other=identity)
        await self.store.put_state(_BOUND, show, identity)


def clock() -> int:
    """Return the time in microseconds since 1970."""
    return time.time_ns() // 1000


def shipped_profile() -> Profile:
    """Return the profile of a site that has none."""
    return load_profile(read_profile(SHIPPED / "jekyll"), "")
