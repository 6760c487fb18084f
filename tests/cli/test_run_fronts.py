"""One platform that takes its tokens back does not end the bot on the other."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.cli.run import _until_one_ends_all
from bot.errors import ChatError, StoreBusy
from tests.cogs.test_process import stopped
from tests.fakes.discord import local_discord
from tests.fakes.slack import local_slack
from tests.patience import LONGEST
from tests.services.desk.house import make_site
from tests.slack.front import needs_network
from tests.slack.test_process import running

pytestmark = needs_network

REVOKED = ChatError("slack.revoked", team="Radio")
TURNS = 10
"""Of the loop, within which an error has been noticed: what is waited for here takes no time."""


async def _fail(error: Exception, when: asyncio.Event) -> None:
    await when.wait()
    raise error


async def _is_over(
    error: Exception, *, name: str = "slack", was_ready: bool = True, alone: bool = False
) -> bool:
    """Whether all ends where a part ends with an error while Discord goes on, or is not there."""
    goes_on, fails, ready = asyncio.Event(), asyncio.Event(), asyncio.Event()
    if was_ready:
        ready.set()
    states: dict[str, Callable[[], bool]] = {"slack": lambda: False}
    tasks = {asyncio.create_task(_fail(error, fails), name=name)}
    if not alone:
        states["discord"] = lambda: True
        tasks.add(
            asyncio.create_task(_fail(StoreBusy("store.taken-over"), goes_on), name="discord")
        )
    waiting = asyncio.create_task(_until_one_ends_all(tasks, states, ready))
    fails.set()
    for _ in range(TURNS):
        await asyncio.sleep(0)
    is_over = waiting.done()
    if not is_over:
        assert [one.get_name() for one in tasks] == list(states) == ["discord"]
    goes_on.set()
    await waiting
    await asyncio.gather(*tasks, return_exceptions=True)
    return is_over


async def test_a_platform_that_was_there_is_left_where_another_goes_on() -> None:
    assert not await _is_over(REVOKED)


@pytest.mark.parametrize(
    ("error", "more"),
    [
        (REVOKED, {"was_ready": False}),
        (REVOKED, {"alone": True}),
        (StoreBusy("store.taken-over"), {"name": "database"}),
        (REVOKED, {"name": "database"}),
        (RuntimeError("ours"), {}),
    ],
)
async def test_all_ends_where_nothing_was_ever_well_or_nothing_can_go_on(
    error: Exception, more: dict[str, Any]
) -> None:
    assert await _is_over(error, **more)


async def test_discord_goes_on_where_slack_takes_its_tokens_back(tmp_path: Path) -> None:
    make_site(tmp_path / "site")
    health = tmp_path / "health"
    async with local_slack() as slack, local_discord() as discord:
        more = {
            "DISCORD_TOKEN": discord.token,
            "DISCORD_API_URL": discord.url,
            "RUNDOWN_HEALTH": str(health),
        }
        async with running(tmp_path, slack, more) as process, asyncio.timeout(LONGEST):
            while not health.exists():  # noqa: ASYNC110 - nothing tells of a file
                await asyncio.sleep(0.05)
            await slack.revoke()
            await slack.socket.until(lambda: not slack.socket.sessions, LONGEST)
            await asyncio.sleep(0.3)
            assert any(one.socket is not None for one in discord.gateway.sessions.values())
            assert "a platform is left" in await stopped(process)
