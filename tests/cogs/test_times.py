"""`/times` with a file that was attached to the command, on Discord."""

from pathlib import Path

from bot.services.desk.given_files import LARGEST_FILE
from tests.cogs.front import front, needs_network

pytestmark = needs_network

LABELS = b"0.000000\t0.000000\tTopic A\n90.000000\t90.000000\tTopic B\n95.000000\t95.000000\tNew\n"


async def test_a_file_of_markers_gives_topics_their_times(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await home.say("# Topic A\n# Topic B")
        file = home.discord.file("labels.txt", LABELS)
        told = await home.command("times", file=file)
        assert "2 topics have their new time." in told.text
        assert "“New” at 1:35 is not a topic of the episode" in told.text
        assert "### 0:00 Topic A" in await home.body()
        assert "### 1:30 Topic B" in await home.body()


async def test_a_file_that_is_too_large_or_no_text_is_refused(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await home.say("# Topic A")
        large = home.discord.file("large.txt", b"0\t0\tA\n", size=LARGEST_FILE + 1)
        told = await home.command("times", file=large)
        assert told.text == "large.txt is too long for a list of markers."
        told = await home.command("times", file=home.discord.file("song.mp3", b"\xff\xfb\x90"))
        assert "song.mp3" in told.text
        assert "### Topic A" in await home.body()
