"""The real episode 57: posted by four hosts, edited by commands and on the panel, and drafted."""

import json
from pathlib import Path
from typing import Any

import yaml

from bot.adapters.lookup_file import read_lookups
from tests.cogs.front import Front, front, needs_network
from tests.fakes.discord import LocalDiscord
from tests.fakes.discord_shapes import Channel, Post, User
from tests.needs import sample

pytestmark = needs_network

PATH = "_posts/2023-12-28-ep57.md"


def fields() -> dict[str, str]:
    """The episode's fields, as `/episode set` takes them."""
    raw = yaml.safe_load(sample("interaxion", "ep57", "episode.yml").read_text("utf-8"))
    told = {}
    for name, value in raw.items():
        if isinstance(value, dict):
            told |= {f"{name}.{inner}": str(one) for inner, one in value.items()}
        else:
            told[name] = ", ".join(value) if isinstance(value, list) else str(value)
    return told


async def conversation(home: Front) -> list[Post]:
    posts = await conversation_of(home.discord, home.channel, home.jonas)
    await home.settled()
    return posts


async def conversation_of(
    discord: LocalDiscord, channel: Channel, marker: User, *, first: int = 0, last: int = 1000
) -> list[Post]:
    """Say what the hosts said, in its order, with their marks."""
    exported = json.loads(sample("interaxion", "ep57", "export.json").read_text("utf-8"))
    hosts: dict[str, User] = {}
    posts = []
    for raw in exported["messages"][first:last]:
        name = raw["author"]["name"]
        host = hosts.get(name) or hosts.setdefault(name, discord.user(name, locale="ja"))
        post = await discord.say(host, channel, raw["content"])
        posts.append(post)
        for reaction in raw["reactions"]:
            await discord.react(marker, post.id, reaction["emoji"]["name"])
    return posts


def profile() -> dict[str, Any]:
    folder = sample("interaxion", "profile")
    return {
        "profile": (folder / "site.yml").read_text("utf-8"),
        "template": (folder / "draft.md.j2").read_text("utf-8"),
        "lookups": read_lookups(sample("interaxion", "ep57", "lookups.jsonl")),
        "branch": "master",
    }


async def test_four_hosts_commands_and_the_panel_give_the_file_to_the_byte(tmp_path: Path) -> None:
    async with front(tmp_path, **profile()) as home:
        posts = await conversation(home)
        # A link under the wrong topic, a heading with a slip, and one link too many.
        for name, value in fields().items():
            assert (await home.command("episode set", field=name, value=value)).private
        await home.command("topic rename", topic="その他", name="ほか")
        await home.command("outline")
        panel = home.discord.panel(home.channel)
        card = await home.discord.pick(home.jonas, panel, "Scaling deep learning")
        moved = await home.discord.pick(home.jonas, card.answers[-1], "ほか")
        assert "その他" not in moved.text
        back = await home.discord.press(home.jonas, moved.answers[-1], "Up")
        assert back.answers
        for _ in range(2):
            await home.command("undo", by=home.jonas)
        await home.command("undo")
        drafted = await home.discord.press(
            home.mika, home.discord.panel(home.channel), "原稿をコミット"
        )
        assert PATH in drafted.text.replace("\\", "")
        assert not drafted.private
        expected = sample("interaxion", "ep57", "expected.md").read_text("utf-8")
        assert home.committed(PATH) == expected
        assert {home.mark(one) for one in posts} == {"✅", "♻️", ""}
        assert [home.mark(one) for one in posts if "もう貼って" in one.content] == ["♻️"]
