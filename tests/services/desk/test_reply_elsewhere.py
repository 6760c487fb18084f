"""Where a reply goes to what was said in an earlier episode: to the topic that is open."""

from pathlib import Path

import pytest

from tests.services.desk.house import house

LINK = "https://a.example"


@pytest.mark.parametrize("earlier", ["only talk", f"{LINK}/kept"])
async def test_a_reply_to_an_earlier_episode_stands_where_it_was_said_also_after_a_start(
    tmp_path: Path, earlier: str
) -> None:
    async with house(tmp_path) as home:
        await home.say("# Bees")
        await home.say(f"{LINK}/bees")
        said = await home.say(earlier)
        await home.desk.edits.episode_close(home.request())
        await home.say("# Radio")
        await home.say(f"{LINK}/radio")
        await home.say(f"{LINK}/reply", reply_to=said)
        live = await home.body()
    assert live == f"### Radio\n\n- <{LINK}/radio>\n- <{LINK}/reply>"
    async with house(tmp_path, begin=900) as home:
        assert await home.body() == live
