"""`/publish` where drafts are reviewed: it commits to the pull request, which is ready then."""

from pathlib import Path

import pytest

from tests.adapters.github.github_house import github_house
from tests.services.desk.house import House, house_on
from tests.services.drafting.test_pull_requests import begun, killed

STAYS = "If the page is on the site already, it stays there until this pull request is merged"


@pytest.mark.allow_hosts(["127.0.0.1"])
async def test_the_pull_request_is_made_ready_and_named(tmp_path: Path) -> None:
    async with (
        github_house(tmp_path) as github,
        house_on(github.site(review=True), tmp_path) as home,
    ):
        await home.say("- [paper](https://example.org/paper)")
        await home.draft()
        (pull,) = github.local.site.pulls
        pull.draft = True
        told = await home.desk.publishing.publish(home.request(), what="anyway")
        assert f"that is ready: {github.local.site.page}/pull/1" in told.text
        assert not pull.draft


async def published(home: House) -> None:
    await home.say("- [paper](https://example.org/paper)")
    await home.draft()
    await home.desk.publishing.publish(home.request(), what="anyway")


@pytest.mark.allow_hosts(["127.0.0.1"])
async def test_undone_after_the_merge_it_says_what_has_to_be_merged(tmp_path: Path) -> None:
    async with (
        github_house(tmp_path) as github,
        house_on(github.site(review=True), tmp_path) as home,
    ):
        await published(home)
        site = github.local.site
        site.merge(site.pulls[0])
        told = await home.desk.publishing.publish(home.request(), what="undo")
        assert f"{STAYS}: {site.page}/pull/2" in told.text
        assert site.pull_of("rundown/ep1").number == 2


@pytest.mark.allow_hosts(["127.0.0.1"])
async def test_undone_before_the_merge_it_names_the_same_one(tmp_path: Path) -> None:
    async with (
        github_house(tmp_path) as github,
        house_on(github.site(review=True), tmp_path) as home,
    ):
        await published(home)
        request = home.request(language="ja")
        told = await home.desk.publishing.publish(request, what="undo")
        page = f"{github.local.site.page}/pull/1"
        assert f"このプルリクエストをマージするまで残ります: {page}" in told.text


@pytest.mark.allow_hosts(["127.0.0.1"])
async def test_one_that_could_not_be_opened_is_not_said_to_be_ready(tmp_path: Path) -> None:
    async with (
        github_house(tmp_path) as github,
        house_on(github.site(review=True), tmp_path) as home,
    ):
        await home.say("- [paper](https://example.org/paper)")
        github.local.site.rights.discard("pull_requests")
        told = await home.desk.publishing.publish(home.request(), what="anyway")
        assert "is published" in told.text
        assert "that is ready" not in told.text
        assert "pull request could not be opened" in told.text


@pytest.mark.allow_hosts(["127.0.0.1"])
async def test_killed_before_it_a_page_is_said_to_wait_for_it(tmp_path: Path) -> None:
    async with github_house(tmp_path) as github:
        async with house_on(github.site(review=True), tmp_path) as home:
            await home.say("- [paper](https://example.org/paper)")
            await killed(github, home.desk.publishing.publish(home.request(), what="anyway"))
        said: list[str] = []
        async with begun(github, tmp_path, said):
            assert [one for one in said if "has been published" in one]
            page = f"{github.local.site.page}/pull/1"
            assert [
                one
                for one in said
                if f"once its pull request is merged; that is ready: {page}" in one
            ]
