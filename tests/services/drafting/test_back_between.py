"""What people changed while it was out stays until hosts choose, though it was back between."""

from pathlib import Path

import pytest

from tests.services.drafting.test_asked_within import OPEN, Scene, scene

THEIRS = f"- [Their title]({OPEN})"


async def out(at: Scene, way: str) -> None:
    await (at.mark(0, "🚫") if way == "mark" else at.edit(0, "talk"))


async def back(at: Scene, way: str) -> None:
    await (at.mark(0, "🚫", on=False) if way == "mark" else at.edit(0, OPEN))


async def retitled_while_out(at: Scene, way: str) -> None:
    await at.say(OPEN, "buka")
    await at.draft()
    await out(at, way)
    at.people(f"- <{OPEN}>", THEIRS)
    await at.draft()


@pytest.mark.parametrize("way", ["mark", "edit"])
@pytest.mark.parametrize("then", ["gone", "draft gone", "out", "draft out", "draft out gone"])
@pytest.mark.parametrize("side", ["chat", "file"])
async def test_it_stays_until_then(way: str, then: str, side: str, tmp_path: Path) -> None:
    """With its message deleted, people's line went unasked, and the question about it stayed."""
    async with scene(tmp_path) as at:
        await retitled_while_out(at, way)
        asked = [f"\n-\n{THEIRS}"]
        assert await at.asked() == asked
        await back(at, way)
        for step in then.split():
            if step == "draft":
                await at.draft()
            else:
                await (at.delete(0) if step == "gone" else out(at, way))
        await at.draft()
        assert at.file.count(THEIRS) == 1
        assert await at.asked() == asked
        await at.choose(side)
        await at.draft()
        assert at.file.count(OPEN) == (side == "file")
        assert (await at.desk.views.rendered("notes")).text == at.file


@pytest.mark.parametrize("way", ["mark", "edit"])
@pytest.mark.parametrize("side", ["chat", "file"])
async def test_what_hosts_chose_before_that_holds(way: str, side: str, tmp_path: Path) -> None:
    async with scene(tmp_path) as at:
        await retitled_while_out(at, way)
        await at.choose(side)
        await at.draft()
        await back(at, way)
        await at.delete(0)
        await at.draft()
        assert at.file.count(THEIRS) == (side == "file")
        assert await at.asked() == []
        assert (await at.desk.views.rendered("notes")).text == at.file


@pytest.mark.parametrize("way", ["mark", "edit"])
async def test_what_a_host_takes_out_by_command_meanwhile_is_out(way: str, tmp_path: Path) -> None:
    async with scene(tmp_path) as at:
        await retitled_while_out(at, way)
        await back(at, way)
        await at.desk.edits.link_remove(at.request(), link=OPEN)
        await at.delete(0)
        await at.draft()
        assert OPEN not in at.file
        assert (await at.desk.views.rendered("notes")).text == at.file
