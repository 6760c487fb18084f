"""Nothing is missed: what happened while the bot was away is read when it is back."""

from pathlib import Path

from tests.cogs.front import front, needs_network

pytestmark = needs_network

PAPER, TALK, NOTE = (f"https://example.org/{one}" for one in ("paper", "talk", "note"))


async def test_what_was_said_while_it_was_away_is_read(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await home.say("# Robots")
        await home.stop()
        await home.discord.say(home.mika, home.channel, PAPER)
        await home.start()
        assert PAPER in await home.body()
        assert home.discord.of_bot(home.channel)[-1].content == (
            "Caught up with what was missed: 1 thing is new."
        )
