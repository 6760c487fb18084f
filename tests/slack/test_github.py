"""The whole way, Slack to GitHub: both local servers, and the process between them."""

import time
from pathlib import Path

import pytest

from tests.adapters.github.github_house import environment
from tests.cogs.test_episode import PATH, fields
from tests.cogs.test_process import know, stopped
from tests.fakes.github import LocalGitHub
from tests.fakes.slack import local_slack
from tests.needs import sample
from tests.patience import LONGEST
from tests.slack.front import needs_network
from tests.slack.test_episode import conversation_of
from tests.slack.test_process import running

pytestmark = needs_network


@pytest.mark.long
async def test_the_real_episode_from_slack_to_github(tmp_path: Path) -> None:
    folder = sample("interaxion", "profile")
    profile = {
        f".rundown/{name}": (folder / name).read_bytes() for name in ("site.yml", "draft.md.j2")
    }
    async with LocalGitHub(tmp_path, time.time) as github, local_slack() as slack:
        github.site.commit(profile)
        bare = github.site.bare
        bare.point("master", bare.head(bare.branches()[0]))
        await know(tmp_path)
        channel = slack.channel()
        boss = slack.user("Boss", admin=True)
        slack.socket.twice = True
        async with running(tmp_path, slack, environment(github)) as process:
            await slack.socket.until(lambda: bool(slack.socket.sessions), LONGEST)
            assert "hosts/site" in (await slack.command(boss, channel, "/rundown setup")).words
            await conversation_of(slack, channel, boss)
            await slack.socket.quiet()
            for name, value in fields().items():
                await slack.command(boss, channel, f"/rundown episode set {name} {value}")
            drafted = await slack.command(boss, channel, "/draft")
            assert drafted.public, drafted.words
            assert PATH in drafted.words
            await stopped(process)
        head = bare.head("master")
        assert head is not None
        blob = bare.blob_at(head, PATH)
        assert blob is not None
        expected = sample("interaxion", "ep57", "expected.md").read_bytes()
        assert bare.object(blob)[2] == expected  # type: ignore[index]
        assert github.violations == []
        assert slack.faults == []
