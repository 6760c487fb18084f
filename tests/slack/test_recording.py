"""A recording evening on Slack: two hosts, taps at once, a restart, then cut and published."""

import asyncio
from pathlib import Path

from tests.cogs.test_recording import BODY, CUT, TOPICS
from tests.fakes.slack_shapes import elements_of
from tests.slack.front import front, needs_network

pytestmark = needs_network


def labels_of(raw):
    return [one["text"]["text"] for one in elements_of(raw["blocks"], "button")]


async def test_from_the_first_tap_to_the_corrected_page(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await home.say("# Topic A\n[a](https://example.org/a)")
        for topic in TOPICS[1:]:
            await home.say(f"# {topic}")
        await home.command("/rundown record start")
        await home.command("/rundown record next")
        await home.slack.until(lambda: "Topic B" in labels_of(home.slack.shown[-1].raw))
        sheet = home.slack.shown[-1].raw
        before = len(home.slack.answers)
        await asyncio.gather(
            *(home.slack.tap(by, sheet, "Topic B") for by in (home.mika, home.jonas))
        )
        await home.slack.until(lambda: len(home.slack.answers) >= before + 2)
        await home.say("[late](https://example.org/late)", by=home.jonas)
        await home.command("/rundown record cut cough", by=home.jonas)
        await home.restart()
        skipped = await home.command("/rundown record skip")
        assert "– Topic C (skipped)" in skipped.words
        for topic in TOPICS[3:]:
            await home.command(f"/rundown record {topic}", by=home.jonas)
        await home.command("/rundown record stop")
        assert "✂ cough" in (await home.command("/rundown record markers")).words

        told = await home.command(f"/rundown times {CUT}")
        assert "7 topics have their new time." in told.words
        await home.command("/rundown episode set title An evening")
        assert "Summary: not set yet" in (await home.command("/rundown publish check")).words
        await home.command("/rundown episode set summary About it")
        assert "Episode 1 is published" in (await home.command("/rundown publish")).words
        (page,) = (home.site / "_posts").iterdir()
        assert page.read_text("utf-8").endswith(BODY)
        assert "cough" not in page.read_text("utf-8")

        await home.command("/rundown episode start 1")
        await home.command("/rundown link retitle 1.1 corrected")
        await home.command("/draft")
        assert page.read_text("utf-8").endswith(BODY.replace("[a]", "[corrected]"))
