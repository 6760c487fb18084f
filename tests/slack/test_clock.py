"""A clock of ours that is wrong: what is told to the app stands where Slack's time puts it."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.app.app import clock
from tests.slack.front import Front, front, needs_network

pytestmark = needs_network

HOUR = 3600 * 1_000_000


async def wrong_by(home: Front, ahead: int) -> None:
    """Have the app begin anew, with a clock that is so far ahead."""
    await home.disconnect()
    home.backend = replace(home.backend, clock=lambda: clock() + ahead)
    await home.connect()


@pytest.mark.parametrize("ahead", [HOUR, -HOUR], ids=["ahead", "behind"])
async def test_what_is_said_after_a_topic_was_added_stands_under_it(
    tmp_path: Path, ahead: int
) -> None:
    wanted = [
        "### Before", "- [A](https://example.org/a)",
        "### Between", "- [B](https://example.org/b)",
    ]  # fmt: skip
    async with front(tmp_path) as home:
        await wrong_by(home, ahead)
        await home.say("# Before\n[A](https://example.org/a)")
        await home.command("/rundown topic add Between")
        await home.say("[B](https://example.org/b)")
        assert [line for line in (await home.body()).splitlines() if line] == wanted
        await home.stop()
        await home.start()  # with a clock that is right
        assert [line for line in (await home.body()).splitlines() if line] == wanted
