"""Hosts are asked about a link that people had put into another line, and put out again."""

from pathlib import Path

import pytest

from tests.services.drafting.test_asked_within import OPEN, PUT, put_out_by_hand, scene


@pytest.mark.parametrize("put", PUT)
@pytest.mark.parametrize("side", ["chat", "file"])
@pytest.mark.parametrize("when", ["drafted", "unseen"])
async def test_what_people_put_out_of_the_line_again_is_as_hosts_chose_when_that_is_locked(
    put: str, side: str, when: str, tmp_path: Path
) -> None:
    line, way = PUT[put]
    async with scene(tmp_path) as at:
        for text, by in ((line, "buka"), (OPEN, "ken"), ("- last", "utti")):
            await at.say(text, by)
        await at.draft()
        way(at)
        await at.draft()
        await at.delete(1)
        await put_out_by_hand(at)
        await at.draft()
        assert len(await at.asked()) == 1
        await at.choose(side)
        if when == "drafted":
            await at.draft()
        await at.mark(0, "🔒")
        await at.draft()
        assert at.file.count(OPEN) == (side == "file")
        assert (await at.desk.views.rendered("notes")).text == at.file
