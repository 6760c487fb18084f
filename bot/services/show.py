"""A show: its episodes, and the events that make them."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.core.episode.numbers import bare_number, numbers_of
from bot.core.events import Event
from bot.core.model import Episode
from bot.core.profile.profile import Profile
from bot.services.episodes import EpisodeRecord, Episodes, opening
from bot.services.event_log import EventLog
from bot.services.file_locks import FileLocks
from bot.services.hand_over import HandOver
from bot.services.no_repositories import NoRepositories
from bot.services.notification import Notifications
from bot.services.people import People
from bot.services.ports import Elsewhere, Store
from bot.services.profile_renewal import ProfileRenewal
from bot.services.site_index.memory import SiteMemory
from bot.services.site_index.nothing import NoIndex
from bot.services.site_port import FurtherRepositories, Site

if TYPE_CHECKING:
    from bot.services.site_index_port import SiteIndex


class Show:
    """What all parts of a desk share."""

    def __init__(
        self,
        *,
        name: str,
        store: Store,
        site: Site,
        renewal: ProfileRenewal,
        clock: Callable[[], int],
        index: "SiteIndex | None" = None,
        further: FurtherRepositories | None = None,
    ) -> None:
        """Put a show together; `clock` gives microseconds since 1970, `renewal` the profile.

        `file_locks` are held, by episode, while its draft is made: an erasure waits for that, or
        the draft would bring back what was erased. `deciding` is held from the look at an episode
        by which a command is decided until that is recorded (desk/one_at_a_time.py).

        `index` is that of the site's pages, None where none is kept; `further` are the repositories
        that the site's profile may put files into.
        """
        self.name = name
        self.store = store
        self.site = site
        self.further = further or NoRepositories()
        self.clock = clock
        self.people = People(store)
        self.index = index
        self.memory = SiteMemory(index or NoIndex())
        self.notifications = Notifications()
        self.episodes = Episodes(show=name, store=store, clock=clock)
        self.renewal = renewal
        self.log = EventLog(
            store=store,
            episodes=self.episodes,
            notifications=self.notifications,
            rules=lambda: self.profile.rules,
        )
        self.file_locks = FileLocks(store, self.log)
        self.deciding = asyncio.Lock()
        self.renewal.on_renewal(lambda _: self.log.forget_all())
        self.hand_over = HandOver(show=name, store=store, episodes=self.episodes, log=self.log)
        self.log.followers.append(self.hand_over)

    def follow(self, change: Elsewhere) -> set[str]:
        """Take in what other processes changed, from the next look on; return our episodes."""
        known = self.episodes.known()
        mine = {one for one in change.episodes if one.rpartition("#")[0] == self.name}
        changed = known if change.all else mine
        for episode in changed:
            self.log.forget(episode)
        return changed

    @property
    def profile(self) -> Profile:
        """The profile that counts now."""
        return self.renewal.profile

    async def numbers(self) -> dict[str, str]:
        """Return the numbers of all our episodes, by the episode's id."""
        numbers = numbers_of(await self.store.field_events(self.name))
        records = await self.episodes.all()
        return {one.id: numbers[one.id] for one in records if one.id in numbers}

    async def next_number(self) -> str:
        """Return the next whole number after the highest in the site and among our episodes."""
        ours = (await self.numbers()).values()
        texts = await self.site.paths()
        source = self.profile.number_from
        if source is not None and source.front_matter:
            texts = await self.site.texts(source.pages(texts))
        return self.profile.next_number(texts, ours)

    async def files_numbered(self, number: str) -> list[str]:
        """Return the paths of the site's files that have a number, the last in their order first.

        Nothing is said of sites whose numbers stand in front matter: all pages would be asked for.
        """
        source = self.profile.number_from
        if source is None or source.front_matter:
            return []
        paths = sorted(await self.site.paths(), reverse=True)
        bare = bare_number(number)
        return [path for path in paths if bare in map(bare_number, source.numbers([path]))]

    async def opening(self, record: EpisodeRecord, *, by: str, at: int) -> list[Event]:
        """Return what has to happen before something can be kept in an episode: nothing, mostly."""
        if record.opened is not None:
            return []
        return [opening(record, await self.next_number(), by=by, at=at)]

    async def episode(self, episode: str) -> Episode:
        """Return an episode as it stands, with what every episode of the show starts with."""
        return self.with_defaults((await self.log.outline(episode)).episode)

    def with_defaults(self, episode: Episode, profile: Profile | None = None) -> Episode:
        """Return a folded episode with the profile's defaults and its date where none was set."""
        profile = profile or self.profile
        start = episode.opened if episode.opened is not None else self.clock()
        date = profile.date(start).isoformat()
        return replace(episode, fields={**profile.defaults, "date": date, **episode.fields})
