"""A process is paused in the middle of its commit, and goes on after another one took over."""

import asyncio
import os
import re
import signal
import time
from pathlib import Path

import pytest

from tests.adapters.github.github_house import environment
from tests.cogs.front import PROFILE, TEMPLATE, needs_network
from tests.cogs.test_process import RUNDOWN, running, stopped, up
from tests.fakes.discord import local_discord
from tests.fakes.discord_shapes import MANAGER
from tests.fakes.github import Asked, LocalGitHub
from tests.patience import LONGEST
from tests.storage.databases import OnServer

pytestmark = needs_network

COMMAND = (RUNDOWN, "run", "--shards", "0/1")


@pytest.mark.long
@pytest.mark.parametrize(
    ("at", "commits"), [("Look", 1), ("Commit", 2)], ids=["before it asked", "before the answer"]
)
async def test_no_draft_is_committed_twice(
    tmp_path: Path, on_server: OnServer, at: str, commits: int
) -> None:
    async with LocalGitHub(tmp_path, time.time) as github, local_discord() as discord:
        github.site.edit(".rundown/site.yml", PROFILE, by="founder")
        github.site.edit(".rundown/draft.md.j2", TEMPLATE, by="founder")
        channel = discord.channel(discord.guild())
        boss = discord.owner = discord.user("Boss", permissions=MANAGER)
        more = environment(github) | {"RUNDOWN_DB": on_server.where}
        gateway = discord.gateway

        async def say(number: int) -> None:
            post = await discord.say(boss, channel, f"[L{number}](https://example.org/{number})")
            await discord.until(lambda: bool(post.reactions), LONGEST)

        async with running(tmp_path, discord, more, command=COMMAND) as paused:
            await up(discord)
            await discord.command(boss, channel, "setup")
            await say(1)
            met = asyncio.Event()

            def pause(asked: Asked) -> None:
                if asked.name == at and not met.is_set():
                    os.kill(paused.pid, signal.SIGSTOP)
                    met.set()

            github.before = pause
            drafting = asyncio.create_task(discord.command(boss, channel, "draft"))
            await asyncio.wait_for(met.wait(), LONGEST)
            await on_server.forget(paused.pid)
            since = gateway.identified
            async with running(tmp_path, discord, more, command=COMMAND) as other:
                async with asyncio.timeout(LONGEST), gateway.changed:
                    await gateway.changed.wait_for(lambda: gateway.identified > since)
                await say(2)
                assert "ep1.md" in (await discord.command(boss, channel, "draft")).text
                until_then = github.site.messages()
                paused.send_signal(signal.SIGCONT)
                async with asyncio.timeout(LONGEST):
                    _, errors = await paused.communicate()
                assert paused.returncode == 75
                assert b"no longer registered" in errors
                await stopped(other)
        drafting.cancel()
        # The other process may have been given the first command, too; the paused one adds nothing.
        assert github.site.messages() == until_then
        drafts = re.findall("Rundown-Draft: (\\w+)", "".join(until_then))
        assert len(set(drafts)) == len(drafts) >= commits
        text = github.site.read("_drafts/ep1.md")
        assert [text.count(f"https://example.org/{number}") for number in (1, 2)] == [1, 1]
