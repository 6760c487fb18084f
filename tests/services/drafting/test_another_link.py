"""A message is edited to a link that another one has, and people go on with its former one."""

from pathlib import Path

import pytest

from tests.services.drafting.test_asked_within import OPEN, SECRET, scene

TITLED = f"- [By hand]({OPEN})\n  - a note"


@pytest.mark.parametrize("way", ["🔒", "🚫", "deleted"])
@pytest.mark.parametrize("is_chosen", [False, True])
async def test_what_people_made_of_the_former_link_stays_when_the_other_message_goes(
    way: str, tmp_path: Path, *, is_chosen: bool
) -> None:
    async with scene(tmp_path) as at:
        for text, by in ((SECRET, "buka"), (f"{OPEN}\n- a note", "ken"), ("- last", "utti")):
            await at.say(text, by)
        await at.draft()
        await at.edit(1, SECRET)
        at.people(f"- <{OPEN}>", f"- [By hand]({OPEN})")
        await at.draft()
        assert len(await at.asked()) == 1
        if is_chosen:
            await at.choose("file")
        await (at.delete(0) if way == "deleted" else at.mark(0, way))
        await at.draft()
        assert TITLED in at.file
        assert at.file.count(OPEN) == at.file.count(SECRET) == 1
        assert (await at.desk.views.rendered("notes")).text == at.file


@pytest.mark.parametrize("more", ["", "\n- a note"])
@pytest.mark.parametrize("title", ["By hand", "By another hand"])
async def test_people_s_title_goes_with_the_link_to_the_next_message_that_gives_it(
    title: str, more: str, tmp_path: Path
) -> None:
    async with scene(tmp_path) as at:
        await at.say(OPEN, "ken")
        await at.draft()
        at.people(f"- <{OPEN}>", f"- [By hand]({OPEN})")
        await at.draft()
        await at.say(f"{OPEN}{more}", "utti")
        await at.edit(0, SECRET)
        at.people("By hand", title)
        await at.draft()
        assert f"- <{SECRET}>" in at.file
        assert f"- [{title}]({OPEN})" in at.file
        assert at.file.count("hand") == 1
        assert await at.asked() == []
        assert (await at.desk.views.rendered("notes")).text == at.file
