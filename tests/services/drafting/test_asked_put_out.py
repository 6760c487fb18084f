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


HOME, NEW = "https://home.example/", "https://new.example/"


@pytest.mark.parametrize("has_taken_in", [False, True])
@pytest.mark.parametrize("side", ["chat", "file"])
async def test_another_link_that_the_chat_says_of_what_people_put_out_is_asked_about(
    side: str, tmp_path: Path, *, has_taken_in: bool
) -> None:
    """It was taken for what they took out of the line, though they never saw it: it was lost."""
    async with scene(tmp_path) as at:
        await at.say(HOME, "ken")
        await at.say(OPEN, "ken")
        if has_taken_in:  # people gave the link first, and the message has it since
            await at.mark(1, "🚫")
            await at.draft()
            at.people(f"- <{HOME}>\n", f"- <{HOME}>\n- <{OPEN}>\n")
            await at.draft()
            await at.mark(1, "🚫", on=False)
        await at.draft()
        at.people(f"\n- <{OPEN}>", f"\n  - <{OPEN}>")
        await at.draft()
        await at.edit(1, NEW)
        at.people(f"\n  - <{OPEN}>", f"\n- <{OPEN}>")
        await at.draft()
        assert f"- <{HOME}>\n- <{OPEN}>\n" in at.file
        theirs = "" if has_taken_in else f"- <{OPEN}>"
        assert await at.asked() == [f"- <{NEW}>\n-\n{theirs}"]
        await at.choose(side)
        await at.draft()
        assert at.file.count(f"- <{NEW}>\n") == (side == "chat")
        assert at.file.count(f"- <{OPEN}>\n") == (side == "file" or has_taken_in)
        assert (await at.desk.views.rendered("notes")).text == at.file


@pytest.mark.parametrize("side", ["chat", "file"])
@pytest.mark.parametrize("note", ["- a note", "a note", "> a note"])
async def test_a_title_of_people_s_stays_whatever_hosts_choose_of_a_note_on_that(
    side: str, note: str, tmp_path: Path
) -> None:
    """With the chat's side, the link came out of the line as the chat calls it."""
    async with scene(tmp_path) as at:
        await at.say(HOME, "ken")
        await at.say(OPEN, "oka")
        await at.draft()
        at.people(f"\n- <{OPEN}>", f"\n  - [Their title]({OPEN})")
        await at.edit(1, f"{OPEN}\n{note}")
        await at.draft()
        assert len(await at.asked()) == 1
        await at.choose(side)
        at.people("\n  - [Their", "\n- [Their")
        await at.draft()
        assert f"\n- [Their title]({OPEN})" in at.file
        assert ("a note" in at.file) == (side == "chat")
        assert (await at.desk.views.rendered("notes")).text == at.file
