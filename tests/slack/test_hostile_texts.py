"""Whatever a title, name, topic, note or field says: on Slack it is words, and does nothing."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from bot.core.model import Lookup
from bot.core.urls import canonical
from tests.fakes.slack import LocalSlack, Raw
from tests.fakes.slack_api import Api
from tests.fakes.slack_shapes import Said
from tests.hostile_words import FOUND, commits, hostile, logged
from tests.markup_readers import in_slack
from tests.slack.front import Front, front, needs_network

pytestmark = needs_network

LINKS = [f"https://e.example/{number}" for number in range(100)]


class Received:
    """All that the local Slack is sent; each thing is read once."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.words: set[str] = set()
        self.faults: list[str] = []
        self.known = frozenset[str]()
        look, show = Api._look, LocalSlack.show

        def looked(api: Api, method: str, given: Raw) -> None:
            self.read(given)
            look(api, method, given)

        def shown(slack: LocalSlack, said: Said) -> None:
            self.read({"text": said.text, "blocks": said.blocks})
            show(slack, said)

        monkeypatch.setattr(Api, "_look", looked)
        monkeypatch.setattr(LocalSlack, "show", shown)

    def read(self, given: Any) -> None:
        self.words |= set(FOUND.findall(repr(given)))
        self.faults += in_slack(given, known=self.known)


@pytest.fixture
def received(monkeypatch: pytest.MonkeyPatch) -> Received:
    return Received(monkeypatch)


async def say(home: Front, text: str) -> None:
    await home.slack.say(home.mika, home.channel, text)


async def a_round(home: Front, texts: Iterator[str], several: Iterator[str], page: int) -> None:
    """Look at all places in which titles, names, topics, notes and fields are shown."""
    await home.store.put_lookups({canonical(url): Lookup(url, next(texts)) for url in LINKS})
    slack, mika = home.slack, home.mika
    for line in (
        f"topic rename 2 name: {next(texts)}",
        f"link note 1.1 text: {next(several)}",
        f"link retitle 1.2 title: {next(texts)}",
        f"episode set title {next(texts)}",
        f"link move 1.3 topic: {next(texts)}",
        "undo",
        "history",
        f"undo {next(texts)}",
        f"{next(texts)}",
    ):
        await home.command(f"/rundown {line}")
    await say(home, f"## {next(texts)}\n- {next(texts)}")
    await home.settled()
    await home.command("/outline")
    panel = slack.panel(home.channel)
    for label in ("▶",) * 4 + ("◀",) * 2:
        await slack.tap(mika, panel, label)
        await home.settled()
    await slack.open_home(mika)
    await home.settled()
    await slack.give(mika, home.channel, "/preview")  # a long one comes as a window
    await home.settled()
    await home.command("/draft")


async def shown(home: Front, received: Received, rounds: int, *, seed: int) -> None:
    texts, several = hostile(seed), hostile(seed + 1, lines=True)
    received.known = frozenset({home.channel.id, home.mika.id})
    for start in range(0, len(LINKS), 25):
        await say(home, f"# {next(texts)}")
        await say(home, "\n".join(f"<{link}>" for link in LINKS[start : start + 25]))
    await home.settled()
    for page in range(rounds):
        await a_round(home, texts, several, page)


@pytest.mark.parametrize(
    ("rounds", "fewest"), [(6, 600), pytest.param(100, 10_000, marks=pytest.mark.soak)]
)
async def test_nothing_that_anybody_wrote_acts(
    tmp_path: Path, received: Received, rounds: int, fewest: int
) -> None:
    names = [text[:32] for text in islice(hostile(7), 3)]
    with logged() as lines:
        async with front(tmp_path, names=names) as home:
            await shown(home, received, rounds, seed=3)
    assert received.faults == []
    assert commits(home.site) == []
    assert lines.faults == []
    assert len(received.words) >= fewest
