"""A stop while GitHub hangs: one line says what was not answered, and nothing is an error."""

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.github.github_house import environment
from tests.cogs.front import PROFILE, TEMPLATE, front, needs_network
from tests.cogs.test_process import running, stopped, up
from tests.fakes.discord import local_discord
from tests.fakes.discord_shapes import MANAGER
from tests.fakes.github import LocalGitHub
from tests.patience import LONGEST

pytestmark = needs_network


@pytest.mark.long
@pytest.mark.parametrize("hangs", ["Commit", ""], ids=["the commit", "all that is asked"])
async def test_a_stop_while_github_hangs_logs_no_error(tmp_path: Path, hangs: str) -> None:
    async with LocalGitHub(tmp_path, time.time) as github, local_discord() as discord:
        github.site.edit(".rundown/site.yml", PROFILE, by="founder")
        github.site.edit(".rundown/draft.md.j2", TEMPLATE, by="founder")
        channel = discord.channel(discord.guild())
        boss = discord.owner = discord.user("Boss", permissions=MANAGER)
        async with running(tmp_path, discord, environment(github)) as process:
            await up(discord)
            await discord.command(boss, channel, "setup")
            post = await discord.say(boss, channel, "[A](https://example.org/a)")
            await discord.until(lambda: bool(post.reactions), LONGEST)
            hanging = github.trouble(hangs, hang="before", times=100)
            asked = asyncio.create_task(discord.command(boss, channel, "draft"))
            await asyncio.wait_for(hanging.met.wait(), LONGEST)
            log = await stopped(process)
        asked.cancel()
        assert "level=error" not in log
        (line,) = [one for one in log.splitlines() if "level=warning" in one]
        assert 'message="stopped before it was answered" requests=draft' in line


async def test_what_is_not_answered_by_the_end_is_stopped_and_nothing_more_is_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("cogs.app.LAST_WORDS", 0.01)
    began, stopping, done = asyncio.Event(), asyncio.Event(), list[str]()
    async with front(tmp_path) as home:

        async def run(command: Any, *_: Any) -> None:
            began.set()
            try:
                await asyncio.Event().wait()
            finally:
                done.append(command.name)

        async def finish(seconds: float) -> None:
            stopping.set()
            await asyncio.wait_for(heard.wait(), LONGEST)

        heard = asyncio.Event()
        monkeypatch.setattr(home.bot.front.router, "run", run)
        monkeypatch.setattr(home.bot.front, "finish", finish)
        asked = [asyncio.create_task(home.command("undo"))]
        await began.wait()
        ending = asyncio.create_task(home.stop())
        await stopping.wait()
        assert done == ["undo"]
        asked.append(asyncio.create_task(home.command("redo")))
        await home.settled()
        heard.set()
        await ending
        assert done == ["undo"]
        (line,) = [one for one in caplog.records if one.levelname in ("WARNING", "ERROR")]
        assert line.getMessage() == "stopped before it was answered"
        assert vars(line)["requests"] == "undo"
        for one in asked:
            one.cancel()
        await home.start()
