"""Hosts note on what people made of a link that its message gives no more, and take it out."""

from pathlib import Path

import pytest

from bot.core.events import ItemRemoved
from tests.services.drafting.test_asked_within import OPEN, Scene, scene


async def made_by_hand(at: Scene) -> str:
    """Have people title a link whose message says a topic by then; return the line's id."""
    await at.say(OPEN, "ken")
    await at.draft()
    await at.edit(0, "# A topic")
    at.people(f"- <{OPEN}>", f"- [By hand]({OPEN})")
    await at.draft()
    (item,) = (one.id for one in (await at.desk.views.episode("notes")).items())
    return item


@pytest.mark.parametrize("locker", ["oka", "buka"])
@pytest.mark.parametrize("is_back", [False, True])
async def test_a_note_on_what_is_out_comes_back_with_that_alone(
    locker: str, tmp_path: Path, *, is_back: bool
) -> None:
    async with scene(tmp_path) as at:
        item = await made_by_hand(at)
        await at.desk.edits.link_note(at.request(), link=item, text="a harbour")
        await at.desk.edits.link_remove(at.request(), link=item)
        await at.draft()
        await at.mark(0, "🔒", by=locker)
        await at.draft()
        assert "harbour" not in at.file
        if is_back:
            await at.desk.edits.undo(at.request())
        await at.draft()
        assert ("- a harbour" in at.file) == (is_back and locker == "buka")
        events = await at.desk._show.store.events("show#1")
        assert not [one for one in events if isinstance(one.what, ItemRemoved) and one.by != "oka"]
        stored = str(events)
        assert ("harbour" in stored) == (locker == "buka")
        assert OPEN not in stored
        assert (await at.desk.views.rendered("notes")).text == at.file


async def test_two_notes_on_what_is_out_come_back_as_a_bullet_with_another_below(
    tmp_path: Path,
) -> None:
    async with scene(tmp_path) as at:
        item = await made_by_hand(at)
        for note in ("a harbour", "a lighthouse"):
            await at.desk.edits.link_note(at.request(), link=item, text=note)
        await at.desk.edits.link_remove(at.request(), link=item)
        await at.draft()
        await at.mark(0, "🔒", by="buka")
        await at.draft()
        await at.desk.edits.undo(at.request())
        await at.draft()
        assert "- a harbour  \n  a lighthouse\n" in at.file
        await at.desk.edits.link_note(at.request(), link=item, text="and more")
        await at.draft()
        assert "- a harbour  \n  a lighthouse  \n  and more\n" in at.file
