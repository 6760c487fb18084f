"""Hosts bring a line back below which people had put a link, and something became of that."""

from pathlib import Path

import pytest

from tests.services.drafting.test_asked_within import OPEN, OUT, SAID, below, scene


@pytest.mark.parametrize("out", OUT)
async def test_a_link_that_both_took_out_comes_not_back_with_the_line_it_was_below(
    out: str, tmp_path: Path
) -> None:
    """It stood by itself while that line was out; it came with that again, and was asked about."""
    async with scene(tmp_path) as at:
        for text, by in (("- the plan", "buka"), (OPEN, "ken"), ("- last", "utti")):
            await at.say(text, by)
        await at.draft()
        below(at)
        await at.draft()
        line = await at.line()
        await at.desk.edits.link_remove(at.request(), link=line)
        await at.draft()
        assert f"\n- {at.link}\n" in at.file
        await SAID[out](at)
        at.people(f"- {at.link}\n", "")
        await at.desk.edits.link_restore(at.request(), link=line)
        await at.draft()
        assert "- the plan\n" in at.file
        assert OPEN not in at.file
        assert not await at.asked()
        assert (await at.desk.views.rendered("notes")).text == at.file
