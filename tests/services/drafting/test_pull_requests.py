"""A draft's pull request that is not there after its commit is opened by what comes next."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.services.request import Answer
from tests.adapters.github.github_house import House as GitHubHouse
from tests.adapters.github.github_house import github_house, opened
from tests.services.desk.house import House, house_on

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
PAPER = "- [paper](https://example.org/paper)"
OWED = "pull-request-owed"


@pytest.fixture
async def github(tmp_path: Path) -> AsyncIterator[GitHubHouse]:
    async with github_house(tmp_path) as made:
        yield made


@asynccontextmanager
async def begun(github: GitHubHouse, folder: Path, said: list[str]) -> AsyncIterator[House]:
    """Start the app again; what it says by itself is put into `said`."""
    async with (
        opened(github.local, github.clock, {}, limits={}) as again,
        house_on(again.site(review=True), folder, begin=100) as home,
    ):
        home.desk.listen(lambda news: said.append(news.text("en") if news.text else ""))
        await home.desk.start()
        await home.desk._watch.look()
        await home.desk._scheduler._draft_owed()
        await home.desk._scheduler._telling.wait_idle()
        yield home


async def killed(github: GitHubHouse, command: Coroutine[Any, Any, Answer]) -> None:
    """Be killed in a command when a pull request is asked for."""
    trouble = github.local.trouble("Review", hang="before")
    drafting = asyncio.create_task(command)
    await trouble.met.wait()
    drafting.cancel()
    await asyncio.gather(drafting, return_exceptions=True)


def page(github: GitHubHouse, number: int = 1) -> str:
    return f"{github.local.site.page}/pull/{number}"


async def test_killed_before_it_the_next_start_opens_it_and_tells(github, tmp_path):
    async with house_on(github.site(review=True), tmp_path) as home:
        await home.say(PAPER)
        await killed(github, home.draft())
    said: list[str] = []
    async with begun(github, tmp_path, said) as home:
        (pull,) = github.local.site.pulls
        assert (pull.head, pull.title) == ("rundown/ep1", "Draft of episode 1")
        (told,) = said
        assert f"Pull request: {page(github)}" in told
        again = await home.draft()
        assert "no changes" in again.text
        assert f"Pull request: {page(github)}" in again.text
    assert len(github.local.site.pulls) == 1


async def test_killed_before_the_second_after_a_merge_that_one_is_told_of(github, tmp_path):
    async with house_on(github.site(review=True), tmp_path) as home:
        await home.say(PAPER)
        await home.draft()
        github.local.site.merge(github.local.site.pulls[0])
        await home.say("- [news](https://example.org/news)")
        await killed(github, home.draft())
    said: list[str] = []
    async with begun(github, tmp_path, said):
        assert f"Pull request: {page(github, 2)}" in said[0]
    assert len(github.local.site.pulls) == 2


async def test_one_that_may_not_be_opened_is_told_and_the_next_draft_opens_it(github, tmp_path):
    async with house_on(github.site(review=True), tmp_path) as home:
        await home.say(PAPER)
        github.local.site.rights.discard("pull_requests")
        told = (await home.draft()).text
        assert "Commit http" in told
        assert "pull request could not be opened" in told
        assert '"Pull requests: read and write"' in told
        assert f"{github.local.site.page}/pull/new/rundown/ep1" in told
        still = (await home.draft()).text
        assert "no changes" in still
        assert "pull request could not be opened" in still
        github.local.site.rights.add("pull_requests")
        told = (await home.draft()).text
        assert "no changes" in told
        assert f"Pull request: {page(github)}" in told
        assert await home.store.state(OWED) == {}
    assert len(github.local.site.pulls) == 1


@pytest.mark.parametrize("status", [403, 422, 502])
async def test_one_that_failed_is_opened_at_the_next_start(github, tmp_path, status):
    async with house_on(github.site(review=True), tmp_path) as home:
        await home.say(PAPER)
        body = {"message": "Validation Failed"}
        github.local.trouble("Review", status=status, body=body, times=9)
        told = (await home.draft()).text
        assert "pull request could not be opened" in told
        assert "othing was committed" not in told
        github.local.end_troubles()
    said: list[str] = []
    async with begun(github, tmp_path, said) as home:
        assert said == [f"Episode 1: its pull request is open now: {page(github)}"]
        assert await home.store.state(OWED) == {}
    said.clear()
    async with begun(github, tmp_path, said):
        assert said == []
    assert len(github.local.site.pulls) == 1


async def test_one_that_fails_at_the_start_too_is_not_told_again(github, tmp_path):
    github.local.site.rights.discard("pull_requests")
    async with house_on(github.site(review=True), tmp_path) as home:
        await home.say(PAPER)
        await home.draft()
    said: list[str] = []
    async with begun(github, tmp_path, said) as home:
        assert said == []
        assert list(await home.store.state(OWED)) == ["show#1"]


async def test_what_people_merged_by_hand_needs_none(github, tmp_path):
    github.local.site.rights.discard("pull_requests")
    async with house_on(github.site(review=True), tmp_path) as home:
        await home.say(PAPER)
        await home.draft()
        site = github.local.site
        site.rights.add("pull_requests")
        site.bare.point("main", site.head("rundown/ep1"))
        told = (await home.draft()).text
        assert "no changes" in told
        assert "ull request" not in told
        assert await home.store.state(OWED) == {}


async def test_one_that_people_opened_meanwhile_is_the_one(github, tmp_path):
    github.local.site.rights.discard("pull_requests")
    async with house_on(github.site(review=True), tmp_path) as home:
        await home.say(PAPER)
        await home.draft()
        github.local.site.open_pull("rundown/ep1", "main", "by hand")
        assert f"Pull request: {page(github)}" in (await home.draft()).text
        assert await home.store.state(OWED) == {}


async def test_without_review_nothing_is_said_of_any(github, tmp_path):
    async with house_on(github.site(), tmp_path) as home:
        await home.say(PAPER)
        await home.draft()
        github.asked()
        assert "ull request" not in (await home.draft()).text
        assert github.asked() == ["Look"]
