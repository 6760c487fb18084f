"""Setting a channel up: which show it feeds, who its hosts are, and what is read of its past.

A workspace (a server, on Discord) may be set up by whoever manages it, for the sites that it is
bound to. Drafts go where this bot can write to: the bot's owners alone bind a workspace to a site.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot import mentions
from bot.errors import CommandError, RundownError
from bot.services.request import Answer, Choice, Request
from bot.services.shows import FIRST, SECOND, Shows
from bot.services.watched_channels import PERSON, Caller, Watched, site_key
from bot.texts import say

DAY = 24 * 3600 * SECOND
OFFERED = ("7", "30")
"""Days of a channel's past that are offered to be read."""

LONGEST_PAST = 3660
_DAYS = re.compile(r"[0-9]{1,6}")


@dataclass(frozen=True, slots=True)
class SetupOutcome:
    """What came of `/setup`; where a channel's past is to be read, since when.

    `is_new` tells that nothing was collected there before.
    """

    answer: Answer
    channel: str
    since: int | None = None
    is_new: bool = False


class Setup:
    """Does `/setup`. `site` is that of the settings, as it is shown; None where none is set."""

    def __init__(self, *, shows: Shows, site: str | None) -> None:
        self._shows = shows
        self._channels = shows.channels
        self._site = site

    async def run(
        self, request: Request, caller: Caller, values: Mapping[str, str]
    ) -> SetupOutcome:
        """Set up what the options name; by itself, have the channel watched, or tell how it is."""
        self.check(caller)
        channel = values.get("channel") or request.channel
        watched = self._channels.of(channel)
        if watched is not None and watched.workspace != caller.workspace:
            raise CommandError("shows.no-manager")
        if values.get("leave"):
            await self._channels.unwatch(channel)
            return SetupOutcome(Answer(say("shows.unwatched", request.language)), channel)
        since = past_since(values.get("past"), request.at)
        before = self._channels.of(channel)
        if before is None or "site" in values:
            await self._watch(channel, caller, values.get("site"))
        if "hosts" in values:
            # On Discord the role of everybody has the id of its server.
            hosts = set(values["hosts"].split()) - {caller.workspace.rpartition(":")[2]}
            await self._channels.set_hosts(caller.workspace, hosts)
        if before is None and since is None:
            since = await self._opened(channel)
        answer = self._report(request, channel, new=before is None, reading=since is not None)
        return SetupOutcome(answer, channel, since, before is None)

    def check(self, caller: Caller) -> None:
        """Raise CommandError for somebody who may not set up anything."""
        if not (caller.manages or caller.owns):
            raise CommandError("shows.no-manager")

    def _show_for(self, caller: Caller, site: str | None) -> str:
        """Return the show that is meant; raise CommandError where the caller may not have it.

        Drafts go where this bot can write to: whoever manages a workspace may have its channels
        feed the shows that it is bound to. What it is bound to, the bot's owners alone say.
        """
        bound = self._channels.bound(caller.workspace)
        if not site and len(bound) == 1:
            return next(iter(bound))
        if not site and bound:
            sites = sorted(map(self._site_of, bound))
            raise CommandError("shows.which-site", sites=sites)
        show = self._named(site) if site else FIRST
        if show not in bound and not (caller.owns or (caller.binds and show == FIRST)):
            raise CommandError("shows.no-owner")
        if show == FIRST and self._site is None:
            raise CommandError("shows.no-site")
        return show

    def _named(self, site: str) -> str:
        """Return the show of a site, or the name of the one to be made."""
        known = self._channels.show_of(site)
        if self._site is not None and site_key(site) == site_key(self._site):
            known = FIRST
        if known is None:
            return site_key(site)
        if "@" in site and site.partition("@")[2] != self._site_of(known).partition("@")[2]:
            raise CommandError("shows.other-branch", site=self._site_of(known))
        return known

    def _site_of(self, show: str) -> str:
        return self._channels.site(show) or self._site or ""

    async def _watch(self, channel: str, caller: Caller, site: str | None) -> None:
        show = self._show_for(caller, site)
        is_new = show != FIRST and self._channels.site(show) is None
        if is_new:
            assert site is not None  # noqa: S101 - without one, it is a show that is known
            self._channels.name_site(show, site)
        # Opened first: what is wrong with a site or its profile is told here and now.
        try:
            await self._shows.open(show, retry=True)
        except RundownError:
            if is_new:
                self._channels.forget_site(show)
            raise
        if is_new:
            await self._channels.add_show(show, self._channels.site(show) or "")
        await self._channels.bind(caller.workspace, show)
        await self._channels.watch(Watched(channel, caller.workspace, show))

    async def _opened(self, channel: str) -> int | None:
        """Return when the episode was opened that a channel joins; None where none is open."""
        desk = await self._shows.desk(channel)
        return (await desk.views.episode(channel)).opened if desk else None

    def _report(self, request: Request, channel: str, *, new: bool, reading: bool) -> Answer:
        language = request.language
        watched = self._channels.of(channel)
        workspace = watched.workspace if watched else ""
        show = watched.show if watched else FIRST
        site = self._site_of(show)
        lines = [say("shows.watching" if new else "shows.watched", language, site=site)]
        others = [
            one.channel for one in self._channels.watched(workspace=workspace) if one != watched
        ]
        if others:
            named = mentions.channels(others[:20])
            lines.append(say("shows.others", language, channels=named))
        named_hosts = sorted(self._channels.hosts(workspace))
        hosts = mentions.hosts(
            [one for one in named_hosts if not one.startswith(PERSON)],
            [one.removeprefix(PERSON) for one in named_hosts if one.startswith(PERSON)],
        )
        lines.append(
            say("shows.hosts-named", language, hosts=hosts)
            if hosts
            else say("shows.hosts-all", language)
        )
        if reading:
            lines.append(say("shows.reading-past", language))
        choices = () if reading else tuple(_past(days, channel, language) for days in OFFERED)
        return Answer("\n".join(lines), choices=choices)


def _past(days: str, channel: str, language: str) -> Choice:
    label = say("shows.read-past", language, days=days)
    return Choice(label, "setup", {"channel": channel, "past": days})


def past_since(past: str | None, now: int) -> int | None:
    """Read a number of days as the time since when a channel's past is meant."""
    if not past:
        return None
    if past.strip().lower() in ("all", "全部", "すべて"):
        return 0
    days = past.strip()
    if not (_DAYS.fullmatch(days) and 0 < int(days) <= LONGEST_PAST):
        raise CommandError("shows.bad-past", past=past[:20])
    return now - int(days) * DAY


def watch_here(request: Request) -> Answer:
    """Offer to have a channel watched, to somebody who may say so."""
    label = say("shows.watch-here", request.language)
    return Answer(
        say("shows.not-watched", request.language),
        choices=(Choice(label, "setup", {"channel": request.channel}),),
    )
