"""`rundown run` as a process of its own, on Slack alone: it is told where Slack is, and to stop."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from tests.cogs.test_episode import PATH, fields
from tests.cogs.test_process import know, real_site, refused, stopped, up
from tests.fakes.discord import TOKEN, local_discord
from tests.fakes.discord_shapes import MANAGER
from tests.fakes.slack import LocalSlack, local_slack
from tests.needs import sample
from tests.patience import LONGEST
from tests.services.desk.house import git, make_site
from tests.slack.front import needs_network
from tests.slack.test_episode import conversation_of

pytestmark = needs_network

RUNDOWN = str(Path(sys.executable).with_name("rundown"))


@asynccontextmanager
async def running(
    folder: Path,
    slack: LocalSlack,
    more: Mapping[str, str] = {},
    *,
    command: Sequence[str] = ("run",),
) -> AsyncIterator[Process]:
    """Run the bot on a site in a folder; it is killed if it did not stop by itself."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "GIT_CONFIG_NOSYSTEM": "1",
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": slack.url,
        "RUNDOWN_SITE": str(folder / "site"),
        "RUNDOWN_DB": str(folder / "rundown.db"),
        **more,
    }
    process = await asyncio.create_subprocess_exec(
        RUNDOWN, *command, env=environment, cwd=folder, stdout=PIPE, stderr=PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


@pytest.mark.long
async def test_the_real_episode_over_two_runs_of_the_process(tmp_path: Path) -> None:
    site = real_site(tmp_path)
    await know(tmp_path)
    async with local_slack() as slack:
        channel = slack.channel()
        boss = slack.user("Boss", admin=True)
        async with running(tmp_path, slack) as process:
            await slack.socket.until(lambda: bool(slack.socket.sessions), LONGEST)
            await slack.command(boss, channel, "/rundown setup")
            await conversation_of(slack, channel, boss, last=20)
            await slack.quiet()
            await slack.command(boss, channel, "/outline")
            log = await stopped(process)
        assert slack.bot_token not in log
        assert "GNoME" not in log
        slack.socket.forgetful = True
        await conversation_of(slack, channel, boss, first=20)
        async with running(tmp_path, slack) as process:
            await slack.socket.until(lambda: bool(slack.socket.sessions), LONGEST)
            for name, value in fields().items():
                await slack.command(boss, channel, f"/rundown episode set {name} {value}")
            await slack.until(lambda: "Reddmatter" in slack.words(slack.panel(channel)), LONGEST)
            await slack.tap(boss, slack.panel(channel), "原稿をコミット")
            await slack.until(lambda: PATH in slack.shown[-1].words, LONGEST)
            expected = sample("interaxion", "ep57", "expected.md").read_text("utf-8")
            assert git(site, "show", f"HEAD:{PATH}") == expected
            await stopped(process)
        assert slack.faults == []


async def test_killed_in_the_middle_it_misses_nothing(tmp_path: Path) -> None:
    site = real_site(tmp_path)
    await know(tmp_path)
    async with local_slack() as slack:
        channel = slack.channel()
        boss = slack.user("Boss", admin=True)
        async with running(tmp_path, slack) as process:
            await slack.socket.until(lambda: bool(slack.socket.sessions), LONGEST)
            await slack.command(boss, channel, "/rundown setup")
            await conversation_of(slack, channel, boss, last=25)
            process.kill()  # what was told last may be stored or not, acknowledged or not
            await process.wait()
        slack.socket.forgetful = True
        await conversation_of(slack, channel, boss, first=25)
        async with running(tmp_path, slack) as process:
            await slack.socket.until(lambda: bool(slack.socket.sessions), LONGEST)
            await slack.until(lambda: "反映しました" in slack.shown[-1].words, LONGEST)
            for name, value in fields().items():
                await slack.command(boss, channel, f"/rundown episode set {name} {value}")
            drafted = await slack.command(boss, channel, "/draft")
            assert PATH in drafted.words
            await stopped(process)
        expected = sample("interaxion", "ep57", "expected.md").read_text("utf-8")
        assert git(site, "show", f"HEAD:{PATH}") == expected


async def test_with_both_tokens_it_is_on_both(tmp_path: Path) -> None:
    make_site(tmp_path / "site")
    async with local_slack() as slack, local_discord() as discord:
        room, channel = discord.channel(discord.guild()), slack.channel()
        chief = discord.owner = discord.user("Chief", permissions=MANAGER)
        boss = slack.user("Boss", admin=True)
        health = tmp_path / "health"
        more = {"DISCORD_TOKEN": TOKEN, "DISCORD_API_URL": discord.url}
        async with running(tmp_path, slack, more | {"RUNDOWN_HEALTH": str(health)}) as process:
            await up(discord)
            await slack.socket.until(lambda: bool(slack.socket.sessions), LONGEST)
            await discord.command(chief, room, "setup")
            await slack.command(boss, channel, "/rundown setup")
            post = await discord.say(chief, room, "[A](https://example.org/a)")
            await discord.until(lambda: bool(post.reactions), LONGEST)
            await slack.say(boss, channel, "[B](https://example.org/b)")
            await slack.quiet()
            drafted = await slack.command(boss, channel, "/draft")
            assert "2 links" in drafted.words
            await stopped(process)
        assert slack.faults == []
        assert discord.faults == []


async def test_a_workspace_that_takes_its_tokens_back_ends_itself_alone(tmp_path: Path) -> None:
    make_site(tmp_path / "site")
    async with local_slack() as slack, local_slack("T0001TEAM2") as other:
        boss, chief = slack.user("Boss", admin=True), other.user("Chief", admin=True)
        channel, room = slack.channel(), other.channel()
        proxied = {"SLACK_API_URL": slack.url}
        async with AsyncExitStack() as stack:
            slack.api.beside = other.api
            tokens = {
                "SLACK_BOT_TOKEN": f"{slack.bot_token},{other.bot_token}",
                "SLACK_APP_TOKEN": f"{slack.app_token},{other.app_token}",
            }
            process = await stack.enter_async_context(running(tmp_path, slack, proxied | tokens))
            await slack.socket.until(lambda: bool(slack.socket.sessions), LONGEST)
            await other.socket.until(lambda: bool(other.socket.sessions), LONGEST)
            await slack.command(boss, channel, "/rundown setup")
            await other.command(chief, room, "/rundown setup")
            await other.revoke()
            await other.socket.until(lambda: not other.socket.sessions, LONGEST)
            raw = await slack.say(boss, channel, "[A](https://example.org/a)")
            await slack.until(lambda: slack.reactions.get((channel.id, raw["ts"])), LONGEST)
            await slack.revoke()
            assert "took its tokens from the app" in await refused(process)


async def test_a_token_that_slack_refuses_is_told_in_one_line(tmp_path: Path) -> None:
    make_site(tmp_path / "site")
    async with local_slack() as slack:
        for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"):
            async with running(tmp_path, slack, {name: "wrong"}) as process:
                assert "SLACK_BOT_TOKEN" in await refused(process)
