"""Which channels feed which show, and who its hosts are there. Kept in the store's state.

A workspace is a Discord server (`discord:ID`) or a workspace of Slack (`slack:ID`). Nothing of a
channel that is not noted here is looked at, let alone stored. Every message of every channel asks
for that, so all of it is held in memory.
"""

import asyncio
import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Self

from bot.services.ports import Store

PERSON = "person:"
"""How a single person stands among the hosts, whose other ids are those of roles and groups."""


def site_key(site: str) -> str:
    """Return what a site is known by, however it was written: a repository's case does not count.

    A branch does not make another site of it; a show of several, named by its profile, does.
    """
    repository, _, show = site.partition("@")[0].partition("/.rundown/")
    if repository.count("/") != 1:
        return site
    return f"{repository.lower()}/.rundown/{show.lower()}" if show else repository.lower()


@dataclass(frozen=True, slots=True)
class Watched:
    """A channel that feeds a show."""

    channel: str
    workspace: str
    show: str

    @classmethod
    def parse(cls, body: str) -> Self:
        """Read it as the store has it, where a workspace is still called `place`."""
        noted = json.loads(body)
        return cls(noted["channel"], noted["place"], noted["show"])

    def dump(self) -> str:
        """Return it as the store has it."""
        return json.dumps({"channel": self.channel, "place": self.workspace, "show": self.show})


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who asks for something: who, where, with which roles, and what they may do there.

    `user` is their id; `roles` are the ids of roles or user groups. `manages` tells that they may
    set the workspace up, `writes` that they may write in the channel; `owns` that the bot is
    theirs, so that they may bind it to any site; `binds` that they may to the settings' one.
    """

    workspace: str
    roles: frozenset[str] = frozenset()
    manages: bool = False
    writes: bool = True
    owns: bool = False
    binds: bool = False
    user: str = ""


WATCHED, HOSTS, SITES, BOUND = "watched", "hosts", "sites", "trusted"
AREAS = frozenset({WATCHED, HOSTS, SITES, BOUND})
"""Where the store has it."""


class WatchedChannels:
    """What was set up, read once by `open`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._watched: dict[str, Watched] = {}
        self._used: set[str] = set()
        self._hosts: dict[str, frozenset[str]] = {}
        self._sites: dict[str, str] = {}
        self._bound: dict[str, frozenset[str]] = {}
        self._lock = asyncio.Lock()  # nothing is read anew while something is noted

    async def reload(self) -> None:
        """Read anew what was set up: other processes may have changed it."""
        async with self._lock:
            found = await self.open(self._store)
            self._watched, self._used, self._hosts = found._watched, found._used, found._hosts
            self._bound = found._bound
            self._sites |= found._sites  # one that is not for good yet stays

    @classmethod
    async def open(cls, store: Store) -> Self:
        """Read what was set up."""
        found = cls(store)
        for body in (await store.state(WATCHED)).values():
            watched = Watched.parse(body)
            found._watched[watched.channel] = watched
            found._used.add(watched.workspace)
        for workspace, body in (await store.state(HOSTS)).items():
            found._hosts[workspace] = frozenset(json.loads(body))
        found._sites = await store.state(SITES)
        for workspace, body in (await store.state(BOUND)).items():
            found._bound[workspace] = frozenset(json.loads(body))
        for watched in found._watched.values():  # as it was before workspaces were bound
            found._bound[watched.workspace] = found.bound(watched.workspace) | {watched.show}
        return found

    # --- channels ------------------------------------------------------------------------------

    def of(self, channel: str) -> Watched | None:
        """Return what a channel feeds; None where it is not watched."""
        return self._watched.get(channel)

    def watched(self, *, workspace: str | None = None, show: str | None = None) -> list[Watched]:
        """Return the channels that are watched, in a workspace or for a show."""
        return [
            one
            for one in self._watched.values()
            if workspace in (None, one.workspace) and show in (None, one.show)
        ]

    def has(self, workspace: str) -> bool:
        """Return whether something is watched in a workspace."""
        return workspace in self._used

    async def watch(self, watched: Watched) -> None:
        """Have a channel watched."""
        async with self._lock:
            await self._store.put_state(WATCHED, watched.channel, watched.dump())
            self._watched[watched.channel] = watched
            self._used = {one.workspace for one in self._watched.values()}

    async def unwatch(self, channel: str) -> None:
        """Have a channel left alone."""
        async with self._lock:
            await self._store.drop_state(WATCHED, channel)
            self._watched.pop(channel, None)
            self._used = {one.workspace for one in self._watched.values()}

    # --- hosts ---------------------------------------------------------------------------------

    def hosts(self, workspace: str) -> frozenset[str]:
        """Return who a workspace's hosts are; nobody where everybody who may write is one.

        They are the ids of roles and groups, and of single people behind PERSON.
        """
        return self._hosts.get(workspace, frozenset())

    async def set_hosts(self, workspace: str, roles: Collection[str]) -> None:
        """Say which roles and people are hosts in a workspace."""
        async with self._lock:
            await self._store.put_state(HOSTS, workspace, json.dumps(sorted(roles)))
            self._hosts[workspace] = frozenset(roles)

    def is_host(self, caller: Caller) -> bool:
        """Return whether somebody may change episodes there, and whether their marks count."""
        named = self.hosts(caller.workspace)
        theirs = {*caller.roles, PERSON + caller.user}
        return caller.manages or (bool(named & theirs) if named else caller.writes)

    # --- shows ---------------------------------------------------------------------------------

    def site(self, show: str) -> str | None:
        """Return the site of a show that `/setup` made, as it was written there."""
        return self._sites.get(show)

    def show_of(self, site: str) -> str | None:
        """Return the show that has that site."""
        key = site_key(site)
        return next((show for show, its in self._sites.items() if site_key(its) == key), None)

    def name_site(self, show: str, site: str) -> None:
        """Say which site a show has, not yet for good: it may prove to be none."""
        self._sites[show] = site

    def forget_site(self, show: str) -> None:
        """Forget the site of a show that could not be opened with it."""
        self._sites.pop(show, None)

    def bound(self, workspace: str) -> frozenset[str]:
        """Return the shows that a workspace's managers may have its channels feed."""
        return self._bound.get(workspace, frozenset())

    async def bind(self, workspace: str, show: str) -> None:
        """Bind a workspace to a show, for good: also if nothing of it is watched any more."""
        async with self._lock:
            shows = self.bound(workspace) | {show}
            await self._store.put_state(BOUND, workspace, json.dumps(sorted(shows)))
            self._bound[workspace] = shows

    async def add_show(self, show: str, site: str) -> None:
        """Note a show and its site."""
        async with self._lock:
            await self._store.put_state(SITES, show, site)
            self._sites[show] = site
