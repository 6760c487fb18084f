"""`rundown doctor`: what is missing, and the link or click that mends it."""

import asyncio
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest

from tests.cogs.front import needs_network
from tests.cogs.test_process import RUNDOWN, environment_of, running, stopped, up
from tests.fakes.discord import LocalDiscord, local_discord
from tests.fakes.discord_shapes import MANAGER
from tests.patience import LONGEST
from tests.services.desk.house import make_site

pytestmark = needs_network


async def examined(folder: Path, discord: LocalDiscord, **more: str) -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(
        RUNDOWN, "doctor", env=environment_of(folder, discord) | more, stdout=PIPE, stderr=PIPE
    )
    async with asyncio.timeout(LONGEST):
        out, errors = await process.communicate()
    assert errors == b""
    return process.returncode or 0, out.decode()


@pytest.mark.long
async def test_what_is_well_and_what_is_not_is_told_with_what_mends_it(tmp_path: Path) -> None:
    make_site(tmp_path / "site")
    async with local_discord() as discord:
        code, told = await examined(tmp_path, discord)
        assert code == 1
        assert "✗ No channel is set up. Start `rundown run`, then write /setup" in told
        assert f"client_id={discord.me.id}" in told
        guild = discord.guild()
        channel = discord.channel(guild)
        boss = discord.owner = discord.user("Boss", permissions=MANAGER)
        async with running(tmp_path, discord) as process:
            await up(discord)
            await discord.command(boss, channel, "setup")
            await stopped(process)
        guild.everyone = 0x400  # it may look, and nothing else
        code, told = await examined(tmp_path, discord)
        assert code == 1
        assert "✓ Discord: the token is valid." in told
        assert "✗ Discord: in #show-notes the bot lacks permissions" in told
        assert "Send Messages, " in told
        assert f"https://discord.com/channels/{guild.id}/{channel.id}" in told
        guild.everyone = 0x7FFFFFFF
        code, told = await examined(tmp_path, discord)
        assert (code, "✗" in told) == (0, False)
        assert discord.faults == []


async def test_a_wrong_token_a_missing_intent_and_a_missing_site(tmp_path: Path) -> None:
    make_site(tmp_path / "site")
    async with local_discord() as discord:
        _, told = await examined(tmp_path, discord, DISCORD_TOKEN="x")
        assert "✗ Discord rejects DISCORD_TOKEN" in told
        discord.content_intent = False
        _, told = await examined(tmp_path, discord, LC_ALL="ja_JP.UTF-8")
        assert f"{discord.me.id}/bot を開いて" in told
        _, told = await examined(tmp_path, discord, RUNDOWN_SITE=str(tmp_path / "nowhere"))
        assert "✗ " in told.splitlines()[0]
