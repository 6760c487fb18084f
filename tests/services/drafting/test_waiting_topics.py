"""What waits below a heading that goes off the record: it waits on, and comes into no file."""

from pathlib import Path

import pytest

from bot.core.grammar.message import OFF_RECORD
from tests.services.desk.house import House, house


async def waiting(home: House) -> int:
    return len((await home.desk.views.episode("notes")).waiting_items())


@pytest.mark.parametrize("drafted", [False, True])
@pytest.mark.parametrize("back", [False, True])
async def test_what_waits_below_a_locked_heading_is_in_the_next_episode(
    tmp_path: Path, drafted: bool, back: bool
) -> None:
    async with house(tmp_path) as home:
        await home.say("# Stays\n- here")
        heading = await home.say("# Secret")
        await home.say("- one")
        await home.say("- two")
        if drafted:
            await home.draft()
        await home.desk.later.later(home.request(), what="Secret")
        assert await waiting(home) == 2
        await home.mark(heading, OFF_RECORD)
        assert await waiting(home) == 2
        await home.draft()
        body = await home.body()
        assert "Secret" not in body
        assert "one" not in body
        assert "here" in body
        assert "two" not in (home.site / "_drafts/ep1.md").read_text("utf-8")
        if back:
            await home.mark(heading, OFF_RECORD, on=False)
            assert await waiting(home) == 2
        await home.desk.edits.episode_close(home.request())
        await home.say("- of the next")
        lines = [line for line in (await home.body()).split("\n") if line.startswith("- ")]
        assert sorted(lines) == ["- of the next", "- one", "- two"]
        assert ("### Secret" in await home.body()) == back


async def test_a_heading_under_which_nothing_waits_is_gone_for_good(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say("- here")
        heading = await home.say("# Secret")
        await home.desk.later.later(home.request(), what="Secret")
        await home.mark(heading, OFF_RECORD)
        assert await waiting(home) == 0
        await home.desk.edits.episode_close(home.request())
        await home.say("- of the next")
        assert "Secret" not in await home.body()
