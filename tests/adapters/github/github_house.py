"""A local GitHub with a client of ours, and a clock that only waiting moves."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot import config
from bot.adapters.github.client import GitHub
from bot.adapters.github.commit_queue import Queues
from bot.adapters.github.connect import open_github
from bot.adapters.github.rate_limit import RateLimiter, Time
from bot.adapters.github.site import GitHubSite
from bot.services.site_port import Change, Seen
from tests.fakes.github import LocalGitHub

PATH = "_posts/2026-11-20-ep57.md"


@dataclass
class VirtualClock:
    """Time as the test has it: whoever sleeps wakes at once, that much later."""

    seconds: float = 1_800_000_000.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> int:
        return int(self.seconds * 1_000_000)

    def now(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        due = self.seconds + seconds
        self.slept.append(seconds)
        await asyncio.sleep(0)
        self.seconds = max(self.seconds, due)


@dataclass
class House:
    """All that a test of GitHub needs; `site()` gives a site of ours, all on the same queues."""

    local: LocalGitHub
    clock: VirtualClock
    github: GitHub
    queues: Queues

    def site(self, **options: Any) -> GitHubSite:
        return GitHubSite(self.github, self.queues, **options)

    def asked(self) -> list[str]:
        """Return the names of the requests since this was asked last."""
        names = self.local.names()
        self.local.asked.clear()
        return names


def environment(local: LocalGitHub, **more: str) -> dict[str, str]:
    return {
        "GITHUB_TOKEN": local.token,
        "RUNDOWN_SITE": local.site.full_name,
        "GITHUB_API_URL": local.url,
        "GITHUB_GRAPHQL_URL": local.graphql_url,
        **more,
    }


@asynccontextmanager
async def github_house(
    folder: Path,
    settings: Mapping[str, str] | None = None,
    *,
    seconds: float = 60.0,
    limits: Mapping[str, int] | None = None,
) -> AsyncIterator[House]:
    """Run a local GitHub with a repository of two commits, and open it as the app does."""
    clock = VirtualClock()
    async with LocalGitHub(folder, clock.now) as local:
        local.site.edit("_posts/2026-11-01-ep56.md", "# 56\n", by="founder")
        async with opened(
            local, clock, settings or {}, seconds=seconds, limits=limits or {}
        ) as house:
            yield house


@asynccontextmanager
async def opened(
    local: LocalGitHub,
    clock: VirtualClock,
    settings: Mapping[str, str],
    *,
    seconds: float = 60.0,
    limits: Mapping[str, int],
) -> AsyncIterator[House]:
    """Open a local GitHub as another process does."""
    given = config.read(environment(local, **settings))
    assert isinstance(given.site, config.Repository)
    time = Time(clock, clock.sleep)
    async with open_github(
        given.site, given, time, limiter=RateLimiter(time, **limits), seconds=seconds
    ) as github:
        yield House(local, clock, github, Queues())


def change(seen: Seen, text: str, draft: str = "d1", path: str = PATH) -> Change:
    return Change(
        path,
        text,
        seen,
        "ep57: 1 topic, 2 links",
        ("Co-authored-by: Ada <ada@rundown.invalid>", f"Rundown-Draft: {draft}"),
        number="57",
    )


async def look_with(house: House, settings: Mapping[str, str]) -> None:
    """Look as an app does that has these settings."""
    async with opened(house.local, VirtualClock(), settings, limits={}) as other:
        await other.site().look(PATH, number="57")
