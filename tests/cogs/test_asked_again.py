"""What Discord answers with 503 is asked again: the library does not."""

import io
from pathlib import Path

import discord
import pytest
from aiohttp import web

from cogs import asked_again
from tests.cogs.front import Front, front, needs_network
from tests.fakes.discord_rest import broken

pytestmark = needs_network

PAPER = "https://example.org/paper"


def fail(home: Front, method: str, part: str, times: int) -> list[str]:
    """Have Discord answer some requests with 503, so many times; return those that it did."""
    refused: list[str] = []

    def trouble(asked: str, path: str) -> web.Response | None:
        if asked != method or part not in path or len(refused) == times:
            return None
        refused.append(path)
        return broken()

    home.discord.rest.trouble = trouble
    return refused


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asked_again, "PAUSES", (0.01, 0.02))


@pytest.mark.parametrize("times", [1, 2])
async def test_a_message_whose_lock_is_taken_away_comes_back(tmp_path: Path, times: int) -> None:
    async with front(tmp_path) as home:
        post = await home.say(f"[A]({PAPER})")
        await home.discord.react(home.mika, post.id, "🔒")
        await home.settled()
        refused = fail(home, "GET", "/messages/", times)
        await home.discord.unreact(home.mika, post.id, "🔒")
        await home.settled()
        assert len(refused) == times
        assert PAPER in await home.body()


async def test_talk_that_a_host_wants_is_kept(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        post = await home.say("a word worth keeping")
        fail(home, "GET", "/messages/", 1)
        await home.discord.react(home.mika, post.id, "📝")
        await home.settled()
        assert await home.body() == "a word worth keeping"


async def test_a_file_is_sent_whole_again_and_what_lasts_is_told(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        target = home.bot.get_partial_messageable(int(home.channel.id))
        fail(home, "POST", "/messages", 2)
        file = discord.File(io.BytesIO(b"a line\n" * 900), filename="lines.txt")
        sent = await target.send("here", file=file)
        assert sent.attachments[0].size == 6300
        refused = fail(home, "POST", "/messages", 9)
        with pytest.raises(discord.DiscordServerError):
            await target.send("again")
        assert len(refused) == 3
