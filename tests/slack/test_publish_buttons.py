"""Each button that `publish` shows on Slack does what it says, over a restart too."""

from pathlib import Path
from typing import Any

from tests.cogs.test_publish_buttons import HEAD, TYPED, WANTED
from tests.services.desk.test_pictures import PNG
from tests.slack.front import Front, front, needs_network
from tests.slack.test_forms import labels_of

pytestmark = needs_network


async def shown_after(home: Front, act: Any) -> Any:
    before = len(home.slack.shown)
    await act
    await home.slack.until(lambda: len(home.slack.shown) > before)
    return home.slack.shown[-1]


async def panel_with(home: Front, label: str) -> dict[str, Any]:
    def found() -> list[dict[str, Any]]:
        panels = home.slack.panels(home.channel)
        return [one for one in panels if label in labels_of(one["blocks"])]

    await home.slack.until(lambda: bool(found()))
    return found()[-1]


async def test_each_does_what_it_says(tmp_path: Path) -> None:
    async with front(tmp_path, profile=WANTED, template=HEAD) as home:
        root = await home.say("# A")
        await home.say("[a](https://example.org/a)")
        slack = home.slack
        told = await home.command("/rundown publish")
        assert labels_of(told.blocks) == [*TYPED, "Publish anyway"]
        asked = await panel_with(home, "Publish anyway")
        await home.restart()
        for label, (typed, answer) in TYPED.items():
            await slack.tap(home.jonas, asked, label)
            asks = label.removesuffix("…")
            form = await slack.window(lambda view, asks=asks: asks in str(view["title"]))
            said = await shown_after(home, slack.submit(home.jonas, form, typed))
            assert said.words == answer
        mention, empty = slack.mention, slack.file("cover.png", b"")
        told = await mention(home.mika, home.channel, "publish anyway", thread=root, files=[empty])
        assert "Nothing was published: that file is no picture." in told.words
        file = slack.file("cover.png", PNG)
        ready = await slack.mention(
            home.mika, home.channel, "publish check", thread=root, files=[file]
        )
        assert "Nothing is missing." in ready.words
        await home.restart()
        done = await shown_after(home, slack.tap(home.mika, asked, "Publish anyway"))
        assert "Episode 1 is published" in done.words
        (page,) = (home.site / "_posts").iterdir()
        assert "image: /images/ep1.png\n" in page.read_text()
        assert (home.site / "images/ep1.png").read_bytes() == PNG
        published = await panel_with(home, "Undo publishing")
        await home.restart()
        undone = await shown_after(home, slack.tap(home.mika, published, "Undo publishing"))
        assert "Episode 1 is a draft again" in undone.words
        (draft,) = home.site.rglob("*ep1.md")
        assert "draft: true\n" in draft.read_text()
