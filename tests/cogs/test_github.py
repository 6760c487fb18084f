"""The whole way, Discord to GitHub: both local servers, and the process between them."""

import time
from pathlib import Path

import pytest

from tests.adapters.github.github_house import environment
from tests.cogs.front import needs_network
from tests.cogs.test_episode import PATH, conversation_of, fields
from tests.cogs.test_process import know, running, stopped, up
from tests.fakes.discord import local_discord
from tests.fakes.discord_shapes import MANAGER
from tests.fakes.github import LocalGitHub
from tests.needs import sample
from tests.patience import LONGEST

pytestmark = needs_network


@pytest.mark.long
async def test_the_real_episode_from_discord_to_github(tmp_path: Path) -> None:
    folder = sample("interaxion", "profile")
    profile = {
        f".rundown/{name}": (folder / name).read_bytes() for name in ("site.yml", "draft.md.j2")
    }
    async with LocalGitHub(tmp_path, time.time) as github, local_discord() as discord:
        github.site.commit(profile)
        branch = github.site.bare.branches()[0]
        github.site.bare.point("master", github.site.bare.head(branch))
        await know(tmp_path)
        channel = discord.channel(discord.guild())
        boss = discord.owner = discord.user("Boss", permissions=MANAGER)
        async with running(tmp_path, discord, environment(github)) as process:
            await up(discord)
            assert "hosts/site" in (await discord.command(boss, channel, "setup")).text
            posts = await conversation_of(discord, channel, boss)
            shown = {"✅", "♻️"}
            await discord.until(
                lambda: sum(bool(shown & set(one.reactions)) for one in posts) >= 25, LONGEST
            )
            for name, value in fields().items():
                await discord.command(boss, channel, "episode set", field=name, value=value)
            drafted = await discord.command(boss, channel, "draft")
            assert not drafted.private, drafted.text
            assert PATH in drafted.text.replace("\\", "")
            await stopped(process)
        expected = sample("interaxion", "ep57", "expected.md").read_bytes()
        bare = github.site.bare
        head = bare.head("master")
        assert head is not None
        blob = bare.blob_at(head, PATH)
        assert blob is not None
        assert bare.object(blob)[2] == expected  # type: ignore[index]
        assert github.violations == []
        assert discord.faults == []
