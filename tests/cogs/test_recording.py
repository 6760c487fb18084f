"""A recording evening on Discord: two hosts, taps at once, a restart, then cut and published."""

import asyncio
import re
from pathlib import Path

from tests.cogs.front import front, needs_network

pytestmark = needs_network

TOPICS = [f"Topic {letter}" for letter in "ABCDEFGH"]
CUT = (
    "0:00 Topic A 1:30 Topic B 2:00 Topic D 4:16 Topic E 5:00 Topic F 6:00 Topic G 1:02:03 Topic H"
)
BODY = """
### 0:00 Topic A

- [a](https://example.org/a)

### 1:30 Topic B

- [late](https://example.org/late)

### Topic C

### 2:00 Topic D

### 4:16 Topic E

### 5:00 Topic F

### 6:00 Topic G

### 1:02:03 Topic H
"""


def labels_of(post):
    return [part["label"] for row in post.components for part in row["components"]]


async def test_from_the_first_tap_to_the_corrected_page(tmp_path: Path) -> None:
    async with front(tmp_path) as home:
        await home.say("# Topic A\n[a](https://example.org/a)")
        await home.say("\n".join(f"# {topic}" for topic in TOPICS[1:]))
        started = await home.command("record", what="start")
        assert labels_of(started.answers[-1])[:4] == TOPICS[:4]
        sheet = await home.command("record", what="next")
        await asyncio.gather(
            *(
                home.discord.press(by, sheet.answers[-1], "Topic B")
                for by in (home.mika, home.jonas)
            )
        )
        await home.say("[late](https://example.org/late)", by=home.jonas)
        await home.command("record", what="cut cough", by=home.jonas)
        await home.restart()
        skipped = await home.command("record", what="skip")
        assert "– Topic C (skipped)" in skipped.text
        for topic in TOPICS[3:]:
            sheet = await home.command("record", what=topic, by=home.jonas)
        assert re.search(r"▶ \d:\d\d Topic H", sheet.text)
        await home.command("record", what="stop")
        labels = await home.command("record", what="markers")
        assert "✂ cough" in labels.text

        told = await home.command("times", markers=CUT)
        assert "7 topics have their new time." in told.text
        await home.command("episode set", field="title", value="An evening")
        checked = await home.command("publish", what="check")
        assert "Summary: not set yet" in checked.text
        await home.command("episode set", field="summary", value="About it")
        done = await home.command("publish")
        assert "Episode 1 is published" in done.text
        (page,) = (home.site / "_posts").iterdir()
        assert page.read_text("utf-8").endswith(BODY)
        assert "cough" not in page.read_text("utf-8")

        await home.command("episode start", number="1")
        await home.command("link retitle", link="1.1", title="corrected")
        await home.command("draft")
        assert page.read_text("utf-8").endswith(BODY.replace("[a]", "[corrected]"))
        assert not (home.site / "_drafts").exists()
