"""People put a note elsewhere, with its link or from below it, or write one in its place."""

from pathlib import Path

import pytest

from tests.services.drafting.test_asked_within import Scene, scene

LINK = "[The guest](https://guest.example/)"


async def put_out(at: Scene, more: str = "") -> None:
    await at.say(f"{LINK}\n- note 0001" + more.format(">"), "ken")
    await at.say("- last", "buka")
    await at.draft()
    note = at.file.partition(")\n")[2].partition("- last")[0]
    at.people(note, "  - note 0002\n" + note.replace("\n  ", "\n")[2:])
    await at.draft()


@pytest.mark.parametrize("more", ["", "\n{} noted 0003"])
async def test_it_is_theirs_though_it_is_like_the_other_one(tmp_path: Path, more: str) -> None:
    """It was taken for the message's, reworded, and went with that, unsaid."""
    async with scene(tmp_path) as at:
        await put_out(at, more)
        await at.mark(0, "🔒", by="utti")
        await at.draft()
        assert "guest" not in at.file
        assert at.file.count("note 0002") == 1
        assert (await at.desk.views.rendered("notes")).text == at.file


@pytest.mark.parametrize("now", ["note 0003", ""])
async def test_an_edit_of_the_note_leaves_it(tmp_path: Path, now: str) -> None:
    async with scene(tmp_path) as at:
        await put_out(at)
        await at.edit(0, f"{LINK}\n- {now}".removesuffix("\n- "))
        await at.draft()
        assert at.file.count("note 0002") == 1
        assert (await at.desk.views.rendered("notes")).text == at.file


@pytest.mark.parametrize("is_noted_anew", [False, True])
async def test_it_stands_once_where_they_put_it_with_a_link_that_is_locked_and_back(
    tmp_path: Path, *, is_noted_anew: bool
) -> None:
    """The note was taken for the link: that was asked about as taken out, and the note doubled."""
    async with scene(tmp_path) as at:
        for text, by in (("https://first.example/", "ken"), (LINK, "buka"), ("- last", "utti")):
            await at.say(text, by)
        await at.draft()
        at.people(f"- {LINK}\n", f"- {LINK}\n  - note 0002\n")
        await at.draft()
        await at.mark(1, "🔒")
        await at.mark(1, "🔒", on=False)
        await at.edit(1, f"{LINK}\n- note 0003" if is_noted_anew else LINK)
        at.people(f"- {LINK}\n  - note 0002\n", f"  - {LINK}\n    - note 0002\n")
        await at.draft()
        assert at.file.count("note 0002") == 1
        assert at.file.count("note 0003") == int(is_noted_anew)
        assert at.file.count(LINK) == 1
        assert not await at.asked()
        assert (await at.desk.views.rendered("notes")).text == at.file
