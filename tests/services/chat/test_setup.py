"""Who may have a workspace's channels feed which show."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.errors import CommandError, SettingsError
from bot.services.chat.setup import Setup
from bot.services.desk.desk import Desk
from bot.services.ports import Person
from bot.services.request import Request
from bot.services.shows import FIRST, Shows
from bot.services.watched_channels import PERSON, Caller, WatchedChannels
from bot.texts import say
from tests.services.desk.house import MONDAY, house

OURS, OTHER = "own/pod", "other/show"
HERE, THERE = "discord:1", "discord:2"


class Office:
    """A setup over a real store; any site opens but `bad/site`."""

    def __init__(self, shows: Shows) -> None:
        self.shows = shows
        self.channels = shows.channels
        self.setup = Setup(shows=shows, site=OURS)
        self.asked = 0
        self.told = ""

    async def ask(self, workspace: str, channel: str = "c1", **more: str | bool) -> str:
        """Give /setup as somebody who manages the workspace, or `owns` the bot; return the show."""
        flags = {name: more.pop(name) for name in ("owns", "binds") if name in more}
        caller = Caller(workspace, manages=True, user="u", **flags)  # type: ignore[arg-type]
        self.asked += 1
        request = Request(f"k{self.asked}", Person("u", "U"), channel, MONDAY)
        values = {name: str(value) for name, value in more.items()}
        self.told = (await self.setup.run(request, caller, values)).answer.text
        watched = self.channels.of(channel)
        return watched.show if watched else ""


@asynccontextmanager
async def office(folder: Path) -> AsyncIterator[Office]:
    async with house(folder) as home:

        @asynccontextmanager
        async def opened(show: str, site: str | None) -> AsyncIterator[Desk]:
            if site == "bad/site":
                raise SettingsError("settings.site", name="site")
            yield home.desk

        channels = await WatchedChannels.open(home.store)
        shows = Shows(channels=channels, open_desk=opened, clock=lambda: MONDAY)
        yield Office(shows)
        await shows.aclose()


async def refused(asking: object) -> str:
    with pytest.raises(CommandError) as caught:
        await asking  # type: ignore[misc]
    return caught.value.name


async def test_a_workspace_is_bound_by_an_owner_alone_the_first_time_too(tmp_path: Path) -> None:
    async with office(tmp_path) as here:
        assert await refused(here.ask(HERE)) == "shows.no-owner"
        assert await here.ask(HERE, owns=True) == FIRST
        assert await here.ask(HERE, "c2") == FIRST


async def test_a_manager_gets_no_other_site_however_it_is_written(tmp_path: Path) -> None:
    async with office(tmp_path) as here:
        await here.ask(HERE, owns=True)
        await here.ask(THERE, "c9", owns=True, site=OTHER)
        for site in (OTHER, "Other/SHOW", "other/show@gh-pages", "third/show"):
            assert await refused(here.ask(HERE, "c3", site=site)) in (
                "shows.no-owner",
                "shows.other-branch",
            )
        assert here.channels.of("c3") is None


async def test_a_bare_setup_goes_to_the_site_that_the_server_is_bound_to(tmp_path: Path) -> None:
    async with office(tmp_path) as here:
        await here.ask(THERE, "c9", owns=True, site=OTHER)
        assert await here.ask(THERE, "c10") == OTHER
        assert await refused(here.ask(THERE, "c11", site=OURS)) == "shows.no-owner"


async def test_case_makes_no_other_site(tmp_path: Path) -> None:
    async with office(tmp_path) as here:
        assert await here.ask(HERE, owns=True, site="Own/POD") == FIRST
        await here.ask(HERE, "c2", owns=True, site=OTHER)
        assert await here.ask(HERE, "c3", site="Other/Show") == OTHER


async def test_trust_stays_when_a_server_leaves_and_never_moves(tmp_path: Path) -> None:
    async with office(tmp_path) as here:
        await here.ask(HERE, owns=True)
        await here.ask(HERE, leave="yes")
        assert here.channels.watched() == []
        assert await refused(here.ask(THERE)) == "shows.no-owner"
        assert await here.ask(HERE) == FIRST


async def test_a_slack_admin_may_bind_the_site_of_the_settings_and_no_other(
    tmp_path: Path,
) -> None:
    async with office(tmp_path) as here:
        assert await refused(here.ask("slack:T1", binds=True, site=OTHER)) == "shows.no-owner"
        assert await here.ask("slack:T1", binds=True) == FIRST


async def test_a_site_that_failed_to_open_is_not_noted(tmp_path: Path) -> None:
    async with office(tmp_path) as here:
        with pytest.raises(SettingsError):
            await here.ask(HERE, owns=True, site="bad/site")
        assert here.channels.site("bad/site") is None
        assert here.channels.bound(HERE) == frozenset()
        again = await WatchedChannels.open(here.channels._store)
        assert again.show_of("bad/site") is None


async def test_where_a_server_has_several_sites_a_bare_setup_asks_which(tmp_path: Path) -> None:
    async with office(tmp_path) as here:
        await here.ask(HERE, owns=True)
        await here.ask(HERE, "c2", owns=True, site=OTHER)
        assert await refused(here.ask(HERE, "c3")) == "shows.which-site"
        assert await here.ask(HERE, "c3", site=OTHER) == OTHER


async def test_it_says_who_the_hosts_are_and_which_channels_are_watched_beside(
    tmp_path: Path,
) -> None:
    async with office(tmp_path) as here:
        await here.ask(HERE, owns=True)
        everybody = say("shows.hosts-all", "en")
        assert everybody in here.told
        assert "c1" not in here.told
        await here.channels.set_hosts(HERE, ["r7", f"{PERSON}u8"])
        await here.ask(HERE, "c2")
        assert everybody not in here.told
        for named in ("r7", "u8", "c1"):
            assert named in here.told
        assert PERSON not in here.told
        await here.channels.set_hosts(HERE, [])
        await here.ask(HERE, "c2")
        assert everybody in here.told
