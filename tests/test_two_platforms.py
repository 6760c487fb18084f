"""Hosts on Discord and Slack at once, one episode on GitHub: calm or in trouble, the same file."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bot.app.app import clock
from bot.services.chat.front import Backend
from tests import chaos
from tests.adapters.github.github_house import environment
from tests.cogs import front as discord_front
from tests.cogs import test_chaos as on_discord
from tests.fakes.discord import local_discord
from tests.fakes.discord_shapes import Post
from tests.fakes.github import LocalGitHub
from tests.fakes.slack import Raw, local_slack
from tests.front import PROFILE, TEMPLATE, needs_network
from tests.patience import LONGEST
from tests.services.desk.house import app
from tests.services.desk.script import Script
from tests.slack import front as slack_front
from tests.slack import test_chaos as on_slack

pytestmark = [
    *needs_network,
    # A kill ends tasks before they began.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
PATH = "_drafts/ep1.md"
HALF = chaos.STEPS // 2
NAMES = ("Boss", "Mika", "Jonas")
AWHILE = 0.005
"""Seconds between what is said: the platforms count time in steps of another size."""


class Both:
    """One app on both platforms, whose site is on GitHub."""

    def __init__(self, folder: Path, github: LocalGitHub, discord: Any, slack: Any) -> None:
        self.github = github
        self.discord = discord_front.Front(folder, folder, None, discord, NAMES)
        self.slack = slack_front.Front(folder, folder, None, slack, NAMES)
        self.fronts = (self.discord, self.slack)
        self._db = folder / "rundown.db"

    async def start(self) -> None:
        where = environment(self.github)
        self.stack = contextlib.AsyncExitStack()
        opened = await self.stack.enter_async_context(app(self._db, environment=where))
        backend = Backend(
            shows=opened.shows, store=opened.store, clock=clock, site=where["RUNDOWN_SITE"],
            owners=frozenset(), supervisor=opened.supervisor,
        )  # fmt: skip
        for front in self.fronts:
            front.stack, front.backend = self.stack, backend
            front.store, front.shows, front.rooms = opened.store, opened.shows, opened.rooms
            await front.connect()

    async def stop(self) -> None:
        for front in self.fronts:
            await front.disconnect()
        await self.stack.aclose()

    async def kill(self) -> None:
        """Stop it as kill -9 does, on both at once."""
        await asyncio.gather(*(front.break_off() for front in self.fronts))
        await self.stack.aclose()

    async def settled(self) -> None:
        for front in self.fronts:
            await front.settled()

    async def draft(self, on: str) -> str:
        if on == "Discord":
            return (await self.discord.command("draft")).text
        return (await self.slack.command("/draft")).words


class Played(Script["Post | Raw"]):
    """The script on both, what answers a message where that is."""

    def __init__(self, home: Both, seed: int) -> None:
        super().__init__(seed)
        self._discord = on_discord.Played(home.discord, seed)
        self._slack = on_slack.Played(home.slack, seed)
        self._discord.random = self._slack.random = self.random

    def _of(self, post: "Post | Raw") -> Any:
        return self._discord if isinstance(post, Post) else self._slack

    async def say(self, text: str, reply_to: "Post | Raw | None") -> "Post | Raw":
        await asyncio.sleep(AWHILE)
        either = self.random.choice((self._discord, self._slack))
        return await (self._of(reply_to) if reply_to else either).say(text, reply_to)

    async def edit(self, post: "Post | Raw", text: str) -> None:
        await self._of(post).edit(post, text)

    async def delete(self, post: "Post | Raw") -> None:
        await self._of(post).delete(post)

    async def mark(self, post: "Post | Raw", sign: str, *, on: bool) -> None:
        await self._of(post).mark(post, sign, on=on)


class Troubles:
    """What goes wrong on either, and kills of the process that both are in."""

    def __init__(self, home: Both, seed: int) -> None:
        self._home = home
        self._random = Random(f"either {seed}")  # noqa: S311 - to be the same each time
        self._either = (on_discord.Trouble(home.discord, seed), on_slack.Trouble(home.slack, seed))

    async def strike(self) -> None:
        trouble = self._random.choice(self._either)
        kinds = trouble.kinds
        (kind,) = self._random.choices(list(kinds), list(kinds.values()))
        if kind == "kill":
            await self._home.kill()
            await self._home.start()
        else:
            await trouble.cause(kind)
        for one in self._either:
            await one.let_go()

    async def end(self) -> None:
        """Make an end to all trouble; what was given up is read when the last session begins."""
        discord, slack = self._either
        await discord.end()
        await slack.calm_down()
        await self._home.slack.slack.quiet()
        await self._home.stop()
        await self._home.start()

    def befall_site(self) -> None:
        """Have GitHub fail in the middle of the next draft."""
        what: Any = self._random.choice(
            (("Look", {"status": 502}), ("Commit", {"cut": "after"}), ("Commit", {"cut": "before"}))
        )
        self._home.github.trouble(what[0], **what[1])


@asynccontextmanager
async def both(folder: Path) -> AsyncIterator[Both]:
    files = {".rundown/site.yml": PROFILE.encode(), ".rundown/draft.md.j2": TEMPLATE.encode()}
    folder.mkdir()  # noqa: ASYNC240 - nothing else runs yet
    async with (
        LocalGitHub(folder, time.time) as github, local_discord() as discord,
        local_slack() as slack,
    ):  # fmt: skip
        github.site.commit(files)
        home = Both(folder, github, discord, slack)
        await home.start()
        try:
            await home.discord.setup()
            await home.slack.command("/rundown setup", by=home.slack.boss)
            yield home
        finally:
            await home.stop()
        assert (github.violations, discord.faults, slack.faults) == ([], [], [])


async def week(folder: Path, seed: int, *, troubled: bool) -> str:
    """Play a week in two halves, each with its draft; people edit the file between them."""
    async with both(folder) as home:
        script = Played(home, seed)
        for half, on in enumerate(("Discord", "Slack")):
            troubles = Troubles(home, seed + 1_000 * half) if troubled else None
            for _ in range(HALF):
                await script.step()
                await (troubles.strike() if troubles else home.settled())
            if troubles:
                await troubles.end()
            await home.settled()
            if troubles:
                troubles.befall_site()
            await home.draft(on)
            await home.draft(on)  # what the first could not, this does
            if half == 0 and home.github.site.read(PATH) is not None:
                home.github.site.append(PATH, "\nBy hand.\n", by="aoi")
        return home.github.site.read(PATH) or ""


async def agree(folder: Path, seed: int) -> None:
    async with asyncio.timeout(10 * LONGEST):
        calm = await week(folder / "calm", seed, troubled=False)
        assert await week(folder / "rough", seed, troubled=True) == calm
    assert "example.org" in calm and "By hand." in calm


@pytest.mark.long
async def test_a_week_on_both_in_trouble_ends_in_the_same_file(tmp_path: Path) -> None:
    await agree(tmp_path, 1)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 120))
async def test_twenty_weeks_on_both_in_trouble_end_in_the_same_file(
    tmp_path: Path, seed: int
) -> None:
    await agree(tmp_path, seed)
