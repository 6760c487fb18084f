"""What a draft answers on Slack, and what comes by itself."""

from pathlib import Path

from bot.services.notification import Notification
from tests.fakes.slack_shapes import elements_of
from tests.services.desk.house import git
from tests.slack.front import Front, front, needs_network

pytestmark = needs_network

FILE = "_drafts/ep1.md"


async def disagreeing(home: Front) -> None:
    """Have people and the chat give one link two titles."""
    await home.say("# One")
    await home.say("[A](https://example.org/paper)")
    await home.command("/draft")
    file = home.site / FILE
    file.write_text(file.read_text("utf-8").replace("[A]", "[Theirs]"), "utf-8")
    git(home.site, "commit", "--quiet", "--all", "--message=edit")
    await home.command("/rundown link retitle 1.1 Ours")


async def test_a_conflict_is_asked_with_two_buttons_that_outlive_a_restart(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await disagreeing(home)
        told = await home.command("/draft")
        assert told.public
        await home.slack.until(lambda: elements_of(home.slack.shown[-1].blocks, "button"))
        asked = home.slack.shown[-1].raw
        labels = [one["text"]["text"] for one in elements_of(asked["blocks"], "button")]
        assert len(labels) == 2
        assert "[Theirs]" in home.committed(FILE)
        await home.restart()
        before = len(home.slack.answers)
        await home.slack.tap(home.jonas, asked, labels[0])
        await home.slack.until(lambda: len(home.slack.answers) > before)
        await home.command("/draft")
        assert "[Ours]" in home.committed(FILE)


async def test_what_is_said_by_itself_comes_in_the_shows_language_to_its_channel(
    tmp_path: Path,
) -> None:
    async with front(tmp_path, profile="name: T\nlanguage: ja\npath: 'x.md'\n") as home:
        await home.say("# One")
        desk = await home.desk()

        def text(language: str) -> str:
            return "原稿を書き込みました。" if language == "ja" else "Drafted."

        desk._show.notifications.announce(Notification("show#1", "said", text))
        await home.app.front.panels.wait_idle()
        assert home.slack.shown[-1].raw["channel"] == home.channel.id
        assert home.slack.shown[-1].words == "原稿を書き込みました。"
