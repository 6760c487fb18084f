"""What a command waits for before it answers: that what was missed of its channels is read."""

import asyncio
from pathlib import Path

from tests.patience import LONGEST
from tests.services.chat.test_backfill_worker import NOTES, OTHER, THEIRS, Platform, at_work


async def test_a_command_has_just_what_is_left_of_its_own_channels_read(tmp_path: Path) -> None:
    platform = Platform(answers=True)
    async with at_work(tmp_path, platform) as it:
        assert await it.worker.complete([NOTES, OTHER], seconds=LONGEST) == []
        assert platform.whole == []
        await it.worker.owe("notes", 7)
        await it.worker.owe("theirs", 7)
        assert await it.worker.complete([NOTES, OTHER, THEIRS], seconds=LONGEST) == []
        assert platform.whole == ["notes"]
        assert await it.state.owed() == {"theirs": 7}
    assert platform.said == []


async def test_a_command_waits_no_longer_than_it_says(tmp_path: Path) -> None:
    platform = Platform()
    async with at_work(tmp_path, platform) as it:
        it.worker.want([NOTES])
        assert await it.worker.complete([NOTES, OTHER], seconds=0.01) == ["notes"]
        platform.answers.set()
        assert await it.worker.complete([NOTES, OTHER], seconds=LONGEST) == []
    assert platform.whole == []


async def test_a_command_waits_until_the_platform_is_heard_and_reads_what_was_missed(
    tmp_path: Path,
) -> None:
    platform = Platform(answers=True)
    platform.is_connected = False
    async with at_work(tmp_path, platform) as it:
        asked = asyncio.create_task(it.worker.complete([NOTES], seconds=LONGEST))
        await asyncio.sleep(0.01)
        assert not asked.done()
        platform.is_connected = True
        it.worker.want([NOTES])
        assert await asked == []
    assert [channel for channel, _ in platform.new] == ["notes"]


async def test_of_a_platform_that_is_not_heard_a_command_says_that_something_may_be_missing(
    tmp_path: Path,
) -> None:
    platform = Platform(answers=True)
    platform.is_connected = False
    async with at_work(tmp_path, platform) as it:
        assert await it.worker.complete([NOTES, THEIRS], seconds=0.01) == ["notes"]
        assert await it.worker.complete([THEIRS], seconds=LONGEST) == []
