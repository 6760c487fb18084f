"""People make a heading of a line with a link of which hosts are asked; these choose the chat's."""

from pathlib import Path

import pytest

from tests.services.drafting.test_asked_within import (
    LINK,
    OPEN,
    below,
    joined,
    noted,
    scene,
    titled,
)

PLAN = "[1. Plan](https://plan.example/)"


@pytest.mark.parametrize("number", ["- ", "1. "])
async def test_the_title_that_they_chose_goes_into_the_heading(number: str, tmp_path: Path) -> None:
    async with scene(tmp_path) as at:
        for text, by in ((PLAN, "buka"), (OPEN, "ken"), ("- last", "utti")):
            await at.say(text, by)
        await at.draft()
        await titled(at)
        joined(at)
        at.people(f"- {PLAN}", f"{number}{PLAN}")
        await at.draft()
        at.people(f"{number}{PLAN} and {at.link}\n", f"### {PLAN} and {at.link}\n\n")
        await at.draft()
        await at.choose("chat")
        await at.draft()
        assert f"\n### {PLAN} and [A harbour]({OPEN})\n" in at.file
        assert (await at.desk.views.rendered("notes")).text == at.file


@pytest.mark.parametrize("is_removed", [False, True])
async def test_a_note_that_they_chose_of_what_stood_below_the_line_leaves_the_heading(
    tmp_path: Path, *, is_removed: bool
) -> None:
    """Its name became the lines of both, with their marks."""
    async with scene(tmp_path) as at:
        for text, by in ((PLAN, "buka"), (OPEN, "ken"), ("- last", "utti")):
            await at.say(text, by)
        await at.draft()
        await noted(at)
        below(at)
        await at.draft()
        at.people(f"- {PLAN}\n  - {at.link}\n", f"### {PLAN}\n\n- {at.link}\n")
        await at.draft()
        if is_removed:
            await at.desk.edits.link_remove(at.request(), link=LINK)
        await at.choose("chat")
        await at.draft()
        assert f"\n### {PLAN}\n" in at.file
        assert at.file.count(OPEN) == at.file.count("harbour") == int(not is_removed)
        assert (await at.desk.views.rendered("notes")).text == at.file
