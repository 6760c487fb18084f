"""A message is edited to a link that another one has, and people go on with its former one."""

from contextlib import suppress
from pathlib import Path

import pytest

from bot.core.urls import fingerprint
from bot.errors import CommandError
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


@pytest.mark.parametrize("is_by_host", [True, False])
@pytest.mark.parametrize("is_chosen", [True, False])
async def test_people_s_title_that_is_asked_about_stays_where_it_is(
    tmp_path: Path, *, is_by_host: bool, is_chosen: bool
) -> None:
    async with scene(tmp_path) as at:
        await at.say(OPEN, "ken")
        await at.draft()
        if is_by_host:
            link = f"m0/{fingerprint(OPEN)}/0"
            await at.desk.edits.link_retitle(at.request(), link=link, title="Hosted")
        else:
            await at.edit(0, f"[Hosted]({OPEN})")
        at.people(f"- <{OPEN}>", f"- [By hand]({OPEN})")
        await at.draft()
        assert len(await at.asked()) == 1
        if is_chosen:
            await at.choose("chat")
        await at.say(OPEN, "utti")
        await at.edit(0, SECRET)
        await at.draft()
        for number in range(1, 9):
            with suppress(CommandError):
                await at.desk.drafts.choose(at.request(), conflict=str(number), side="chat")
        await at.draft()
        assert at.file.count(SECRET) == at.file.count(OPEN) == 1
        assert await at.asked() == []
        assert (await at.desk.views.rendered("notes")).text == at.file


async def test_a_note_with_another_link_that_people_title_stays_where_it_is(tmp_path: Path) -> None:
    other = "https://other.example/c"
    async with scene(tmp_path) as at:
        await at.say(OPEN, "ken")
        await at.draft()
        at.people(f"- <{OPEN}>", f"- <{OPEN}>\n  - see <{other}>")
        await at.draft()
        at.people(f"<{other}>", f"[By hand]({other})")
        await at.draft()
        await at.say(OPEN, "utti")
        await at.edit(0, SECRET)
        await at.draft()
        assert f"- <{SECRET}>\n  - see [By hand]({other})\n- <{OPEN}>\n" in at.file
        assert (await at.desk.views.rendered("notes")).text == at.file


@pytest.mark.parametrize("titles", [("By hand", "Anew"), ("By hand", "Anew", "At last")])
@pytest.mark.parametrize("is_before", [False, True])
async def test_a_link_that_the_next_message_gives_stays_however_often_people_titled_it(
    titles: tuple[str, ...], tmp_path: Path, *, is_before: bool
) -> None:
    async with scene(tmp_path) as at:
        await at.say(OPEN, "ken")
        await at.draft()
        was = f"<{OPEN}>"
        for title in titles:
            now = f"[{title}]({OPEN})"
            at.people(was, now)
            await at.draft()
            was = now
        if is_before:
            await at.edit(0, SECRET)
            await at.say(OPEN, "utti")
        else:
            await at.say(OPEN, "utti")
            await at.draft()
            await at.edit(0, SECRET)
        await at.draft()
        assert at.file.count(OPEN) == at.file.count(SECRET) == at.file.count(titles[-1]) == 1
        assert (await at.desk.views.rendered("notes")).text == at.file
