"""`times` with a file that was shared, on Slack: beside a mention, or below a message."""

from pathlib import Path

import pytest

from bot.services.desk import given_files
from tests.cogs.test_times import LABELS
from tests.slack.front import front, needs_network

pytestmark = needs_network


async def test_a_file_shared_with_a_mention_gives_topics_their_times(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        root = await home.say("# Topic A")
        await home.say("# Topic B")
        file = home.slack.file("labels.txt", LABELS)
        told = await home.slack.mention(home.mika, home.channel, "times", thread=root, files=[file])
        assert "2 topics have their new time." in told.words
        assert "### 1:30 Topic B" in await home.body()


async def test_a_command_typed_on_a_message_takes_its_file(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await home.say("# Topic A")
        await home.say("# Topic B")
        slack = home.slack
        file = slack.file("labels.txt", LABELS)
        shared = await slack.say(
            home.jonas, home.channel, "the cut", subtype="file_share", files=[file]
        )
        payload = slack.shortcut_payload(home.mika, shared, "command")
        await slack.ask("interactive", payload, until=lambda: bool(slack.views))
        window = await slack.window(lambda view: "/rundown" in slack.words(view))
        before = len(slack.shown)
        await slack.submit(home.mika, window, "times")
        await slack.until(lambda: len(slack.shown) > before)
        assert "2 topics have their new time." in slack.shown[-1].words


async def test_what_is_too_large_or_elsewhere_or_no_text_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with front(tmp_path) as home:
        root = await home.say("# Topic A")

        async def told(file) -> str:
            said = await home.slack.mention(
                home.mika, home.channel, "times", thread=root, files=[file]
            )
            return said.words

        elsewhere = home.slack.file("a.txt", LABELS)
        elsewhere |= {"url_private_download": "https://files.slack.example/a.txt"}
        assert "did not give the file a.txt" in await told(elsewhere)
        assert "song.mp3" in await told(home.slack.file("song.mp3", b"\xff\xfb\x90"))
        monkeypatch.setattr(given_files, "LARGEST_FILE", 20)
        large = home.slack.file("large.txt", LABELS)
        assert await told(large) == "large.txt is too long for a list of markers."
        assert "### Topic A" in await home.body()
