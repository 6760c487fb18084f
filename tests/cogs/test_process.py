"""`rundown run` as a process of its own: it is told where Discord is, and that it shall stop."""

import asyncio
import os
import signal
import socket
import sqlite3
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

from bot.adapters.lookup_file import read_lookups
from bot.app.app import clock
from bot.core.urls import canonical
from storage.store import SqliteStore
from tests.cogs.front import needs_network
from tests.cogs.test_episode import PATH, conversation_of, fields
from tests.fakes.discord import TOKEN, LocalDiscord, local_discord
from tests.fakes.discord_shapes import MANAGER
from tests.needs import sample
from tests.patience import LONGEST, until
from tests.services.desk.house import git, make_site

pytestmark = needs_network

RUNDOWN = str(Path(sys.executable).with_name("rundown"))


@asynccontextmanager
async def running(
    folder: Path,
    discord: LocalDiscord,
    more: Mapping[str, str] = {},
    *,
    command: Sequence[str] = (RUNDOWN, "run"),
) -> AsyncIterator[Process]:
    """Run the bot on a site in a folder; it is killed if it did not stop by itself."""
    environment = environment_of(folder, discord) | dict(more)
    process = await asyncio.create_subprocess_exec(
        *command, env=environment, cwd=folder, stdout=PIPE, stderr=PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def environment_of(folder: Path, discord: LocalDiscord) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "GIT_CONFIG_NOSYSTEM": "1",
        "DISCORD_TOKEN": TOKEN,
        "DISCORD_API_URL": discord.url,
        "RUNDOWN_SITE": str(folder / "site"),
        "RUNDOWN_DB": str(folder / "rundown.db"),
    }


async def stopped(process: Process) -> str:
    """Stop it as a supervisor does; return what it logged."""
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(LONGEST):
        _, errors = await process.communicate()
    assert process.returncode == 0, errors.decode()
    return errors.decode()


async def refused(process: Process) -> str:
    """Wait for the end of one that cannot run; return the line that says why."""
    async with asyncio.timeout(LONGEST):
        _, errors = await process.communicate()
    assert process.returncode == 2
    return errors.decode().splitlines()[-1]


async def up(discord: LocalDiscord) -> None:
    async with asyncio.timeout(LONGEST):
        await discord.gateway.connected()


def real_site(folder: Path) -> Path:
    site = make_site(folder / "site")
    (site / ".rundown").mkdir()
    for name in ("site.yml", "draft.md.j2"):
        text = sample("interaxion", "profile", name).read_text("utf-8")
        (site / ".rundown" / name).write_text(text, encoding="utf-8")
    git(site, "add", "--all")
    git(site, "commit", "--quiet", "--message=profile")
    git(site, "branch", "--move", "master")
    return site


async def know(folder: Path) -> None:
    """Put the look-ups into the database: nothing can be asked of the web here."""
    lookups = read_lookups(sample("interaxion", "ep57", "lookups.jsonl"))
    async with SqliteStore.open(folder / "rundown.db", clock=clock) as store:
        await store.put_lookups({canonical(one.url): one for one in lookups})


@pytest.mark.long
async def test_the_real_episode_over_two_runs_of_the_process(tmp_path: Path) -> None:
    site = real_site(tmp_path)
    await know(tmp_path)
    async with local_discord() as discord:
        guild = discord.guild()
        channel = discord.channel(guild)
        boss = discord.owner = discord.user("Boss", permissions=MANAGER)
        async with running(tmp_path, discord) as process:
            await up(discord)
            await discord.command(boss, channel, "setup")
            posts = await conversation_of(discord, channel, boss, last=20)
            kept = {"✅", "♻️"}
            await discord.until(
                lambda: any(kept & set(one.reactions) for one in posts[18:]), LONGEST
            )
            await discord.command(boss, channel, "outline")
            log = await stopped(process)
        assert TOKEN not in log
        await conversation_of(discord, channel, boss, first=20)
        async with running(tmp_path, discord) as process:
            await up(discord)
            for name, value in fields().items():
                await discord.command(boss, channel, "episode set", field=name, value=value)
            await discord.until(
                lambda: "Reddmatter" in discord.panel(channel).embeds[0]["description"], LONGEST
            )
            drafted = await discord.press(boss, discord.panel(channel), "原稿をコミット")
            assert not drafted.private
            expected = sample("interaxion", "ep57", "expected.md").read_text("utf-8")
            assert git(site, "show", f"HEAD:{PATH}") == expected
            await stopped(process)
        assert discord.faults == []


async def test_a_process_that_was_killed_goes_on_where_it_stopped(tmp_path: Path) -> None:
    make_site(tmp_path / "site")
    async with local_discord() as discord:
        guild = discord.guild()
        channel = discord.channel(guild)
        boss = discord.owner = discord.user("Boss", permissions=MANAGER)
        async with running(tmp_path, discord) as process:
            await up(discord)
            await discord.command(boss, channel, "setup")
            await discord.command(boss, channel, "outline")
            first = await discord.say(boss, channel, "[First](https://example.org/1)")
            await discord.until(lambda: bool(first.reactions), LONGEST)
            await discord.say(boss, channel, "[Second](https://example.org/2)")
            process.kill()
            await process.wait()
        await discord.edit(first, "[Erstes](https://example.org/1)")
        await discord.say(boss, channel, "[Third](https://example.org/3)")
        async with running(tmp_path, discord) as process:
            await up(discord)
            await discord.until(
                lambda: "Third" in discord.panel(channel).embeds[0]["description"], LONGEST
            )
            told = await discord.command(boss, channel, "preview")
            assert [name in told.text for name in ("Erstes", "Second", "Third")] == [True] * 3
            await stopped(process)
        assert discord.faults == []


async def test_a_supervisor_is_told_how_it_is(tmp_path: Path) -> None:
    make_site(tmp_path / "site")
    address = tmp_path / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(str(address))
        line.setblocking(False)
        heard = asyncio.get_running_loop()
        async with local_discord() as discord:
            health = tmp_path / "health"
            more = {"NOTIFY_SOCKET": str(address), "RUNDOWN_HEALTH": str(health)}
            async with running(tmp_path, discord, more) as process:
                async with asyncio.timeout(LONGEST):
                    assert await heard.sock_recv(line, 100) == b"READY=1"
                    assert await heard.sock_recv(line, 100) == b"WATCHDOG=1"
                assert health.exists()
                await stopped(process)
                assert not health.exists()
                assert await heard.sock_recv(line, 100) == b"STOPPING=1"


async def test_a_sign_of_life_of_a_run_that_was_killed_is_not_ours(tmp_path: Path) -> None:
    make_site(tmp_path / "site")
    health = tmp_path / "health"
    health.touch()
    async with local_discord() as discord:
        more = {"RUNDOWN_HEALTH": str(health), "DISCORD_TOKEN": "wrong"}
        async with running(tmp_path, discord, more) as process:
            await refused(process)
    assert not health.exists()


async def test_a_token_that_discord_refuses_is_told_in_one_line(tmp_path: Path) -> None:
    make_site(tmp_path / "site")
    async with (
        local_discord() as discord,
        running(tmp_path, discord, {"DISCORD_TOKEN": "wrong"}) as process,
    ):
        assert "DISCORD_TOKEN" in await refused(process)


async def test_an_intent_that_is_off_is_told_in_one_line(tmp_path: Path) -> None:
    make_site(tmp_path / "site")
    async with local_discord() as discord:
        discord.gateway.allowed &= ~(1 << 15)
        async with running(tmp_path, discord) as process:
            assert "Message Content Intent" in await refused(process)


@pytest.mark.long
async def test_it_stops_although_discord_lets_it_begin_no_session(tmp_path: Path) -> None:
    make_site(tmp_path / "site")
    async with local_discord() as discord:
        discord.gateway.closed = True
        async with running(tmp_path, discord) as process:
            await until(lambda: discord.gateway.refused)
            await stopped(process)


HURRIED = """
import sys
import storage.store
from bot.cli import main, run
from bot.services import tasks
from bot.services.chat import backfill_worker

backfill_worker.PAUSES = (0.1,)
storage.store._PATIENCE = 0.1
run.BEAT = 0.1
tasks.LASTING, tasks.RETRY_PAUSES = 0.5, (0.1,)
sys.exit(main.main(["run"]))
"""
"""`rundown run`, for which seconds are minutes."""


async def test_what_fails_for_long_shows_in_its_health_and_passes_with_the_fault(
    tmp_path: Path,
) -> None:
    make_site(tmp_path / "site")
    health = tmp_path / "health"
    more = {"RUNDOWN_HEALTH": str(health)}
    async with local_discord() as discord:
        channel = discord.channel(discord.guild())
        boss = discord.owner = discord.user("Boss", permissions=MANAGER)
        command = (sys.executable, "-c", HURRIED)
        async with running(tmp_path, discord, more, command=command) as process:
            assert process.stderr is not None
            await up(discord)
            await discord.command(boss, channel, "setup")
            async with asyncio.timeout(LONGEST):
                while not health.exists():  # noqa: ASYNC110 - nothing tells of a file
                    await asyncio.sleep(0.05)
                with closing(sqlite3.connect(tmp_path / "rundown.db")) as other:
                    other.execute("BEGIN IMMEDIATE")
                    await discord.say(boss, channel, "[Kept](https://example.org/1)")
                    lines = [line async for line in _until(process.stderr, b"not well")]
                    health.unlink()
                    other.rollback()
                while not health.exists():  # noqa: ASYNC110
                    await asyncio.sleep(0.05)
            told = await discord.command(boss, channel, "preview")
            assert "- [Kept](https://example.org/1)" in told.text
            await stopped(process)
    assert any(b'message="to be tried again"' in line for line in lines)
    assert b'parts="background tasks"' in lines[-1]
    assert not any(b"example.org" in line for line in lines)


async def _until(stream: asyncio.StreamReader, words: bytes) -> AsyncIterator[bytes]:
    """Yield the lines of a stream, up to the first with these words."""
    async for line in stream:
        yield line
        if words in line:
            return
