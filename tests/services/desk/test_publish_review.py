"""`/publish` where drafts are reviewed: it commits to the pull request, which is ready then."""

from pathlib import Path

import pytest

from tests.adapters.github.github_house import github_house
from tests.services.desk.house import house_on


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
