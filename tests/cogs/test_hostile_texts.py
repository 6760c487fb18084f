"""Whatever a title, name, topic, note or field says: on Discord it is words, and does nothing."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from bot.core.model import Lookup
from bot.core.urls import canonical
from tests.cogs.front import Front, front, needs_network
from tests.fakes.discord import LocalDiscord
from tests.fakes.discord_asks import Interaction
from tests.fakes.discord_shapes import Post
from tests.hostile_words import FOUND, commits, hostile, logged
from tests.markup_readers import in_discord_body

pytestmark = needs_network

LINKS = [f"https://e.example/{number}" for number in range(100)]


class Received:
    """All that the local Discord is sent; each thing is read once."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.words: set[str] = set()
        self.faults: list[str] = []
        self.known = frozenset[str]()
        fill, first = LocalDiscord.fill, Interaction.first

        def filled(discord: LocalDiscord, post: Post, body: dict[str, Any]) -> None:
            self.read(body)
            fill(discord, post, body)

        async def answered(asked: Interaction, body: dict[str, Any]) -> dict[str, Any]:
            self.read(body.get("data") or {})
            return await first(asked, body)

        monkeypatch.setattr(LocalDiscord, "fill", filled)
        monkeypatch.setattr(Interaction, "first", answered)

    def read(self, body: dict[str, Any]) -> None:
        self.words |= set(FOUND.findall(repr(body)))
        self.faults += in_discord_body(body, known=self.known)


@pytest.fixture
def received(monkeypatch: pytest.MonkeyPatch) -> Received:
    return Received(monkeypatch)


async def titled(home: Front, texts: Iterator[str]) -> None:
    """Have all links titled otherwise, as if the web said so."""
    titles = {canonical(url): Lookup(url, next(texts)) for url in LINKS}
    await home.store.put_lookups(titles)


async def a_round(home: Front, texts: Iterator[str], lines: Iterator[str], panel: Post) -> None:
    """Look at all places in which titles, names, topics, notes and fields are shown."""
    await titled(home, texts)
    for page in range(5):
        await home.discord.tap(home.mika, home.channel, f"rd:page:{page}", panel)
    await home.command("topic rename", topic="2", name=next(texts))
    await home.command("link note", link="1.1", text=next(lines))
    await home.command("link retitle", link="1.2", title=next(texts))
    await home.command("episode set", field="title", value=next(texts))
    await home.command("link move", link="1.3", topic=next(texts))
    await home.command("undo")
    await home.command("history")
    await home.command("undo", what=next(texts))
    card = (
        await home.discord.tap(home.mika, home.channel, "rd:pick:", panel, first_of(panel))
    ).answers[-1]
    form = await home.discord.press(home.mika, card, "Rename")
    await home.discord.submit(form, next(texts)[:400])
    for option in ("link", "topic"):
        await home.discord.complete(home.mika, home.channel, "link move", option, "")
    await home.discord.say(home.mika, home.channel, f"## {next(texts)}\n- {next(texts)}"[:1900])
    await home.settled()
    await home.command("preview")
    await home.command("draft")


def first_of(panel: Post) -> str:
    for row in panel.components:
        for one in row["components"]:
            if one["type"] == 3:
                return str(one["options"][1]["value"])
    raise AssertionError


async def shown(home: Front, received: Received, rounds: int, *, seed: int) -> None:
    texts, several = hostile(seed), hostile(seed + 1, lines=True)
    received.known = frozenset({str(home.channel.id), str(home.mika.id)})
    for start in range(0, len(LINKS), 25):
        await home.discord.say(home.mika, home.channel, f"# {next(texts)}"[:200])
        await home.discord.say(home.mika, home.channel, "\n".join(LINKS[start : start + 25]))
    await home.settled()
    await home.command("outline")
    panel = home.discord.panel(home.channel)
    for _ in range(rounds):
        await a_round(home, texts, several, panel)


@pytest.mark.parametrize(
    ("rounds", "fewest"), [(8, 800), pytest.param(100, 10_000, marks=pytest.mark.soak)]
)
async def test_nothing_that_anybody_wrote_acts(
    tmp_path: Path, received: Received, rounds: int, fewest: int
) -> None:
    names = [text[:32] for text in islice(hostile(7), 3)]
    with logged() as lines:
        async with front(tmp_path, names=names) as home:
            await shown(home, received, rounds, seed=1)
    assert received.faults == []
    assert commits(home.site) == []
    assert lines.faults == []
    assert len(received.words) >= fewest
