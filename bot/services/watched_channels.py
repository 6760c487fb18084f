"""Which channels feed which show, and who its hosts are there. Kept in the store's state.

A place is a Discord server or a Slack workspace. A channel that is not noted here is not watched:
nothing of it is looked at, let alone stored. That is asked for every message of every channel,
so all of it is held in memory.
"""

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Self

from bot.services.ports import Store


@dataclass(frozen=True, slots=True)
class Watched:
    """A channel that feeds a show."""

    channel: str
    place: str
    show: str


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who asks for something: where, with which roles, and what the platform lets them do.

    `manages` tells that they may set the place up, `writes` that they may write in the channel;
    `owns` that the bot is theirs.
    """

    place: str
    roles: frozenset[str] = frozenset()
    manages: bool = False
    writes: bool = True
    owns: bool = False


class WatchedChannels:
    """What was set up, read once by `open`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._watched: dict[str, Watched] = {}
        self._used: set[str] = set()
        self._hosts: dict[str, frozenset[str]] = {}
        self._sites: dict[str, str] = {}

    @classmethod
    async def open(cls, store: Store) -> Self:
        """Read what was set up."""
        places = cls(store)
        for body in (await store.notes("watched")).values():
            watched = Watched(**json.loads(body))
            places._watched[watched.channel] = watched
            places._used.add(watched.place)
        for place, body in (await store.notes("hosts")).items():
            places._hosts[place] = frozenset(json.loads(body))
        places._sites = await store.notes("sites")
        return places

    # --- channels ------------------------------------------------------------------------------

    def of(self, channel: str) -> Watched | None:
        """Return what a channel feeds; None where it is not watched."""
        return self._watched.get(channel)

    def watched(self, *, place: str | None = None, show: str | None = None) -> list[Watched]:
        """Return the channels that are watched, in a place or for a show."""
        return [
            one
            for one in self._watched.values()
            if place in (None, one.place) and show in (None, one.show)
        ]

    def has(self, place: str) -> bool:
        """Return whether something is watched in a place."""
        return place in self._used

    async def watch(self, watched: Watched) -> None:
        """Have a channel watched."""
        await self._store.put_note("watched", watched.channel, json.dumps(asdict(watched)))
        self._watched[watched.channel] = watched
        self._used = {one.place for one in self._watched.values()}

    async def unwatch(self, channel: str) -> None:
        """Have a channel left alone."""
        await self._store.drop_note("watched", channel)
        self._watched.pop(channel, None)
        self._used = {one.place for one in self._watched.values()}

    # --- hosts ---------------------------------------------------------------------------------

    def hosts(self, place: str) -> frozenset[str]:
        """Return the roles of a place's hosts; none where everybody who may write is one."""
        return self._hosts.get(place, frozenset())

    async def set_hosts(self, place: str, roles: Collection[str]) -> None:
        """Say which roles make hosts in a place."""
        await self._store.put_note("hosts", place, json.dumps(sorted(roles)))
        self._hosts[place] = frozenset(roles)

    def is_host(self, caller: Caller) -> bool:
        """Return whether somebody may change episodes there, and whether their marks count."""
        roles = self.hosts(caller.place)
        return caller.manages or (bool(roles & caller.roles) if roles else caller.writes)

    # --- shows ---------------------------------------------------------------------------------

    def site(self, show: str) -> str | None:
        """Return the site of a show that `/setup` made, as it was written there."""
        return self._sites.get(show)

    def show_of(self, site: str) -> str | None:
        """Return the show that has that site."""
        return next((show for show, its in self._sites.items() if its == site), None)

    async def add_show(self, show: str, site: str) -> None:
        """Note a show and its site."""
        await self._store.put_note("sites", show, site)
        self._sites[show] = site
