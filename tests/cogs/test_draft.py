"""What a draft answers, and what comes by itself: conflicts with their two buttons, autodrafts."""

from pathlib import Path

import pytest

from tests.cogs.front import Front, front, needs_network
from tests.cogs.test_commands import JAPANESE
from tests.services.desk.house import git

pytestmark = needs_network

PAPER = "https://example.org/paper"
FILE = "_drafts/ep1.md"


async def disagreeing(home: Front) -> None:
    """Have people and the chat give one link two titles."""
    await home.say("# One")
    await home.say(f"[A]({PAPER})")
    await home.command("draft")
    file = home.site / FILE
    file.write_text(file.read_text("utf-8").replace("[A]", "[Theirs]"), "utf-8")
    git(home.site, "commit", "--quiet", "--all", "--message=edit")
    await home.command("link retitle", link="1.1", title="Ours")


async def test_a_conflict_is_asked_with_two_buttons_that_outlive_a_restart(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await disagreeing(home)
        told = await home.command("draft")
        assert not told.private
        labels = [
            part["label"] for row in told.answers[-1].components for part in row["components"]
        ]
        assert len(labels) == 2
        assert "[Theirs]" in home.committed(FILE)
        await home.restart()
        done = await home.discord.press(home.jonas, told.answers[-1], labels[0])
        assert done.text
        await home.command("draft")
        assert "[Ours]" in home.committed(FILE)
        again = await home.discord.press(home.mika, told.answers[-1], labels[1])
        assert again.text  # it was settled: that is said, and nothing is undone
        await home.command("draft")
        assert "[Ours]" in home.committed(FILE)


async def test_a_draft_whose_answer_comes_too_late_for_discord_is_told_in_the_channel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cogs.answers.PATIENCE", 0.0)
    async with front(tmp_path) as home:
        await home.command("draft")
        home.discord.tokens_run_out = True
        await home.command("draft")
        await home.settled()
        assert "nothing to draft" in home.discord.of_bot(home.channel)[-1].content
        await home.say(f"[A]({PAPER})")
        await home.command("draft")
        await home.settled()
        said = home.discord.of_bot(home.channel)[-1].content
        assert "1 link" in said
        assert "Commit" in said
        count = len(home.discord.of_bot(home.channel))
        await home.command("history")  # what concerns one is not told to all
        await home.settled()
        assert len(home.discord.of_bot(home.channel)) == count


async def test_what_is_said_by_itself_comes_in_the_shows_language(tmp_path: Path) -> None:
    from bot.services.notification import Notification

    async with front(tmp_path, profile="name: T\nlanguage: ja\npath: 'x.md'\n") as home:
        await home.say("# One")
        desk = await home.desk()

        def text(language: str) -> str:
            return "原稿を書き込みました。" if language == "ja" else "Drafted."

        desk._show.notifications.announce(Notification("show#1", "said", text))
        await home.bot.front.panels.wait_idle()
        (said,) = home.discord.of_bot(home.channel)
        assert JAPANESE.search(said.content)
