"""Real conversations through Slack's form: typed in its composer, they give the same drafts."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.adapters.export.read import read_export
from bot.core.markup.slack_inline import Workspace
from bot.core.markup.slack_message import stamp_of
from bot.services.ports import Snapshot
from bot.slack.translate import snapshot
from tests.core.markup.slack_composer import as_text, compose
from tests.needs import SAMPLES, sample
from tests.services.desk.house import house

EPISODES = ["ep15", "ep30", "ep36", "ep40", "ep50", "ep55.5", "ep63", "ep66"]
AS_TEXT = [one for one in EPISODES if one not in ("ep40", "ep63")]
"""Those that come whole in Slack's text too, which is all there is of old messages: it does not
tell where a list ends and a line that begins with blanks goes on."""

CHANNEL = "C0000SHOW"


def through_slack(said: Snapshot, *, plain: bool) -> Snapshot:
    """What the front makes of a message that was typed in Slack at the same time."""
    message = said.message
    blocks = compose(message.text or "")
    raw = {
        "type": "message",
        "user": said.author.id,
        "ts": stamp_of(message.at),
        "text": as_text(blocks),
        **({} if plain else {"blocks": blocks}),
    }
    zone = ZoneInfo("Asia/Tokyo")
    taken = snapshot(
        raw,
        CHANNEL,
        Workspace(zone=zone),
        author=said.author,
        guest=False,
        reactions=said.reactions,
    )
    assert taken is not None
    return taken


async def agrees(folder: Path, episode: str, *, plain: bool) -> None:
    settings = sample("interaxion", "profile", "site.yml").read_text("utf-8")
    path = sample("interaxion", "transcripts", episode, "export.json")
    said = list(read_export(path, zone=ZoneInfo("Asia/Tokyo")))
    at = said[-1].message.at
    async with house(folder / "discord", settings=settings) as home:
        await home.desk.capture.read(said, at=at)
        # A blank at the end of a label is no part of it on Slack.
        wanted = (await home.body(said[0].message.channel)).replace(" ](", "](")
    async with house(folder / "slack", settings=settings) as home:
        await home.desk.capture.read([through_slack(one, plain=plain) for one in said], at=at)
        assert await home.body(CHANNEL) == wanted


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="no samples beside the repository")
@pytest.mark.parametrize("episode", EPISODES)
async def test_a_transcript_gives_the_same_draft(tmp_path: Path, episode: str) -> None:
    await agrees(tmp_path, episode, plain=False)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="no samples beside the repository")
@pytest.mark.parametrize("episode", AS_TEXT)
async def test_a_transcript_without_blocks_gives_the_same_draft(
    tmp_path: Path, episode: str
) -> None:
    await agrees(tmp_path, episode, plain=True)
