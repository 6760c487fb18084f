"""Earlier episodes on Slack: the mark, and what is found."""

from pathlib import Path

from tests.cogs.test_memory import PAPER, PROFILE, site_with_episode
from tests.slack.front import front, needs_network

pytestmark = needs_network


async def test_a_link_of_an_earlier_episode_is_marked_and_words_are_found(tmp_path: Path) -> None:
    site_with_episode(tmp_path)
    async with front(tmp_path, profile=PROFILE) as home:
        keeper = (await home.desk()).keeper
        assert keeper is not None
        await keeper.refresh()
        before = await home.say(f"[Again]({PAPER})")
        assert home.mark(before) == "back"
        found = await home.command("/rundown find 超伝")
        assert "show.example/ep1" in str(found)
        told = await home.command("/rundown link earlier Again")
        assert "Robots" in str(told)


async def test_words_are_completed_below_the_answer_and_what_is_chosen_is_found(
    tmp_path: Path,
) -> None:
    site_with_episode(tmp_path)
    async with front(tmp_path, profile=PROFILE) as home:
        await (await home.desk()).keeper.refresh()  # type: ignore[union-attr]  # it has one
        home.channel.without.add(home.jonas.id)
        asked = await home.command("/rundown find")
        assert "Give one word or more" in asked.words
        where = {"blocks": asked.blocks, "channel": home.channel.id, "ts": "1.1"}
        [option] = await home.slack.type_in(home.mika, where, "words to look for", "導")
        assert option["text"]["text"].startswith("1 · A paper")
        assert await home.slack.type_in(home.mika, where, "words to look for", "nothing") == []
        assert await home.slack.type_in(home.jonas, where, "words to look for", "導") == []
        await home.slack.tap(home.mika, where, "words to look for", option=option)
        await home.slack.until(lambda: "show.example/ep1" in str(home.slack.answers[-1].blocks))
        again = home.slack.answers[-1].blocks[-1]["elements"][0]
        assert again["type"] == "external_select"
