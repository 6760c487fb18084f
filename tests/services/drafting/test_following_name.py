"""A draft's file goes where its number, title or date puts it, unless people put it elsewhere."""

from pathlib import Path

import pytest

from tests.services.desk.house import House, house
from tests.services.drafting.test_file_edits import FILE, PAPER, TALK, edit, text


async def wait_for_a_name(home: House) -> None:
    """Have a draft's file wait for the name that another one has."""
    await home.say(f"# A\n{PAPER}")
    await home.draft()
    (home.site / "_drafts/ep7.md").write_text("Mine.\n", "utf-8")
    await home.desk.edits.episode_set(home.request(), field="number", value="7")
    await home.draft()


async def test_a_drafts_file_follows_its_number(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# A\n{PAPER}")
        await home.draft()
        edit(home, "### A", "### 1:30 A")
        await home.desk.edits.episode_set(home.request(), field="number", value="7")
        assert "_drafts/ep7.md" in (await home.draft()).text
        assert not (home.site / FILE).exists()
        assert "### 1:30 A" in text(home, "_drafts/ep7.md")
        assert home.git("status", "--porcelain") == ""
        edit(home, "### 1:30 A", "### 1:31 A", "_drafts/ep7.md")
        await home.say(TALK)
        await home.draft()
        assert "### 1:31 A" in text(home, "_drafts/ep7.md")
        assert TALK in text(home, "_drafts/ep7.md")


async def test_it_stays_where_people_put_it(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# A\n{PAPER}")
        await home.draft()
        home.git("mv", FILE, "_drafts/mine.md")
        home.git("commit", "--quiet", "--message=by hand")
        await home.desk.edits.episode_set(home.request(), field="number", value="8")
        assert "_drafts/ep8.md" not in (await home.draft()).text
        assert PAPER in text(home, "_drafts/mine.md")
        assert not (home.site / "_drafts/ep8.md").exists()


@pytest.mark.parametrize("is_committed", [True, False])
async def test_a_file_with_its_new_name_is_named_and_it_follows_once_that_is_gone(
    tmp_path: Path, *, is_committed: bool
) -> None:
    async with house(tmp_path) as home:
        await home.say(f"# A\n{PAPER}")
        await home.draft()
        (home.site / "_drafts/ep7.md").write_text("Mine.\n", "utf-8")
        if is_committed:
            home.git("add", "--all")
            home.git("commit", "--quiet", "--message=another")
        await home.desk.edits.episode_set(home.request(), field="number", value="7")
        told = "The file stays at _drafts/ep1.md: there is another one at _drafts/ep7.md."
        assert told in (await home.draft()).text
        assert told in (await home.draft()).text, "also where nothing else changed"
        await home.say(TALK)
        assert told in (await home.draft()).text
        assert TALK in text(home)
        assert text(home, "_drafts/ep7.md") == "Mine.\n"
        (home.site / "_drafts/ep7.md").rename(home.site / "mine.txt")
        if is_committed:
            home.git("commit", "--quiet", "--all", "--message=away")
        answer = (await home.draft()).text
        assert "_drafts/ep7.md" in answer and "stays at" not in answer
        assert TALK in text(home, "_drafts/ep7.md")
        assert not (home.site / FILE).exists()
        assert (home.site / "mine.txt").read_text("utf-8") == "Mine.\n"


async def test_a_file_that_waited_for_its_name_stays_where_people_put_it_since(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        await wait_for_a_name(home)
        home.git("mv", FILE, "_drafts/mine.md")
        home.git("commit", "--quiet", "--message=by hand")
        (home.site / "_drafts/ep7.md").unlink()
        await home.say(TALK)
        await home.draft()
        assert TALK in text(home, "_drafts/mine.md")
        assert not (home.site / "_drafts/ep7.md").exists()


async def test_a_file_that_is_made_again_goes_on_waiting_for_its_name(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await wait_for_a_name(home)
        home.git("rm", "--quiet", FILE)
        home.git("commit", "--quiet", "--message=by hand")
        again = await home.desk.drafts.draft(home.request(), recreate="yes")
        assert "The file stays at _drafts/ep1.md" in again.text
        (home.site / "_drafts/ep7.md").unlink()
        assert "_drafts/ep7.md" in (await home.draft()).text
        assert not (home.site / FILE).exists()


async def test_a_file_that_people_renamed_needs_no_other_name_from_its_template(
    tmp_path: Path,
) -> None:
    settings = "path: '_drafts/{{ title }}.md'\n"
    async with house(tmp_path, settings=settings) as home:
        await home.say(f"# A\n{PAPER}")
        await home.desk.edits.episode_set(home.request(), field="title", value="Hello")
        await home.draft()
        home.git("mv", "_drafts/Hello.md", "_drafts/mine.md")
        home.git("commit", "--quiet", "--message=by hand")
        await home.desk.edits.episode_set(home.request(), field="title", value="Who: what?")
        await home.say(TALK)
        await home.draft()
        assert TALK in text(home, "_drafts/mine.md")
