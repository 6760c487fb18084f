"""`/publish` where drafts are reviewed: it commits to the pull request, which is ready then."""

import itertools
from pathlib import Path

import pytest

from bot.services.desk.capture import Receipt
from tests.adapters.github.github_house import github_house
from tests.services.desk.house import SITE_YML, Chat, House, app, profile


@pytest.mark.allow_hosts(["127.0.0.1"])
async def test_the_pull_request_is_made_ready_and_named(tmp_path: Path) -> None:
    async with (
        github_house(tmp_path) as github,
        app(tmp_path / "rundown.db") as running,
        running.desk(
            site=github.site(review=True), profile=profile(SITE_YML), room=(chat := Chat())
        ) as desk,
    ):
        home = House(desk, running.store, chat, tmp_path, tmp_path, Receipt("talk"),
                     itertools.count(1))  # fmt: skip
        await home.say("- [paper](https://example.org/paper)")
        await home.draft()
        (pull,) = github.local.site.pulls
        pull.draft = True
        told = await desk.publishing.publish(home.request(), what="anyway")
        assert f"that is ready: {github.local.site.page}/pull/1" in told.text
        assert not pull.draft
