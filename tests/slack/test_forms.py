"""Forms of several fields, buttons that ask first, and the way through a long panel, on Slack."""

from pathlib import Path

from tests.cogs.test_forms import ASKING, SHOWING, TEMPLATE
from tests.fakes.slack_shapes import elements_of
from tests.slack.front import front, needs_network

pytestmark = needs_network


def labels_of(blocks):
    return [one["text"]["text"] for one in elements_of(blocks, "button")]


async def test_an_episodes_fields_are_filled_in_at_once(tmp_path: Path) -> None:
    async with front(tmp_path, template=SHOWING) as home:
        await home.say("# A")
        await home.command("/rundown episode set summary as before")
        await home.command("/outline")
        slack = home.slack
        await slack.tap(home.mika, slack.panel(home.channel), "Episode details")
        form = await slack.window(lambda view: view["callback_id"] == "rd:form")
        before = len(slack.shown)
        typed = {"Title": "An evening", "Starring": "mika, jonas", "Date": "never"}
        await slack.submit(home.mika, form, typed)
        await slack.until(lambda: len(slack.shown) > before)
        assert [line.partition(" Write it")[0] for line in slack.shown[-1].words.splitlines()] == [
            "title: An evening",
            "“never” is not a date.",
            "starring: mika, jonas",
        ]
        fields = (await (await home.desk()).views.episode(home.watched)).fields
        assert fields["summary"] == "as before"


async def test_what_is_missing_for_publishing_has_a_button_each(tmp_path: Path) -> None:
    async with front(tmp_path, profile=ASKING, template=TEMPLATE) as home:
        await home.say("# A")
        await home.say("[a](https://example.org/a)")
        told = await home.command("/rundown publish")
        wanted = ["Title…", "Summary…", "Tags…", "Starring…", "Publish anyway"]
        assert labels_of(told.blocks) == wanted
        slack = home.slack
        await slack.until(lambda: labels_of(slack.panels(home.channel)[-1]["blocks"]) == wanted)
        await slack.tap(home.jonas, slack.panels(home.channel)[-1], "Summary…")
        form = await slack.window(lambda view: view["callback_id"] == "rd:form")
        before = len(slack.shown)
        await slack.submit(home.jonas, form, "About it")
        await slack.until(lambda: len(slack.shown) > before)
        assert slack.shown[-1].words == "summary: About it"


async def test_one_jumps_to_a_topic_in_a_long_panel(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        desk = await home.desk()
        assert desk is not None
        for start in (1, 21, 41):
            await home.say("\n".join(f"# Topic {n}" for n in range(start, start + 20)))
        await home.command("/outline")
        slack = home.slack
        panel = slack.panel(home.channel)
        assert "Page 1 of 3" in slack.words(panel)
        await slack.tap(home.mika, panel, "Go to", option="58 Topic 58")
        await slack.until(lambda: "Page 3 of 3" in slack.words(panel))


async def test_who_writes_there_is_told_once_what_the_marks_mean(tmp_path: Path) -> None:
    async with front(tmp_path, setup=False) as home:
        await home.command("/rundown setup", by=home.boss)
        said = list(home.slack.messages[home.channel.id].values())
        (told,) = [one for one in said if "✅ kept" in one["text"]]
        assert "❓ no title found" in told["text"]
