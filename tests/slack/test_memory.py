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
