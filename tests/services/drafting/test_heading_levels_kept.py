"""Headings have the levels that the chat gives them, whatever was above them before."""

from pathlib import Path

import pytest

from tests.services.desk.house import house


@pytest.mark.parametrize("way", ["gone", "mark", "talk"])
@pytest.mark.parametrize("link", ["", "\nhttps://example.org/a"])
async def test_a_new_topic_is_one_where_the_only_one_went_above_a_sub_topic(
    way: str, link: str, tmp_path: Path
) -> None:
    """It got the sub-topic's former level in the file, as if people had made it one."""
    async with house(tmp_path) as home:
        first = await home.say("# T1")
        await home.say(f"#### S{link}")
        await home.draft()
        await home.say("# T2\nhttps://example.org/b")
        if way == "gone":
            person, at = home.request(), home.request().at
            await home.desk.capture.gone(first, channel="notes", person=person.person, at=at)
        elif way == "mark":
            await home.mark(first, "🚫")
        else:
            await home.edit(first, "talk")
        await home.draft()
        file = next((home.site / "_drafts").iterdir()).read_text(encoding="utf-8")
        assert file == (await home.desk.views.rendered("notes")).text
        assert "### S\n" in file
        assert "### T2\n" in file
        assert "#### " not in file
