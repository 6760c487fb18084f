"""The real episode 57: typed by four hosts in Slack's composer, edited, and drafted."""

import json
from pathlib import Path
from typing import Any

import yaml

from bot.adapters.lookup_file import read_lookups
from tests.fakes.slack import LocalSlack, Raw
from tests.fakes.slack_shapes import Channel, User
from tests.needs import sample
from tests.slack.front import front, needs_network

pytestmark = needs_network

PATH = "_posts/2023-12-28-ep57.md"
NAMES = {"📝": "memo", "🚫": "no_entry_sign", "🔒": "lock"}


def fields() -> dict[str, str]:
    """The episode's fields, as `/rundown episode set` takes them."""
    raw = yaml.safe_load(sample("interaxion", "ep57", "episode.yml").read_text("utf-8"))
    told = {}
    for name, value in raw.items():
        if isinstance(value, dict):
            told |= {f"{name}.{inner}": str(one) for inner, one in value.items()}
        else:
            told[name] = ", ".join(value) if isinstance(value, list) else str(value)
    return told


async def conversation_of(
    slack: LocalSlack, channel: Channel, marker: User, *, first: int = 0, last: int = 1000
) -> list[Raw]:
    """Say what the hosts said, in its order, with their marks."""
    exported = json.loads(sample("interaxion", "ep57", "export.json").read_text("utf-8"))
    known = {user.name: user for user in slack.users.values()}
    posts = []
    for raw in exported["messages"][first:last]:
        name = raw["author"]["name"]
        host = known.get(name) or known.setdefault(name, slack.user(name, locale="ja-JP"))
        post = await slack.say(host, channel, raw["content"])
        posts.append(post)
        for reaction in raw["reactions"]:
            await slack.react(marker, post, NAMES[reaction["emoji"]["name"]])
    return posts


def profile() -> dict[str, Any]:
    folder = sample("interaxion", "profile")
    return {
        "profile": (folder / "site.yml").read_text("utf-8"),
        "template": (folder / "draft.md.j2").read_text("utf-8"),
        "lookups": read_lookups(sample("interaxion", "ep57", "lookups.jsonl")),
        "branch": "master",
    }


async def test_four_hosts_and_commands_give_the_file_to_the_byte(tmp_path: Path) -> None:
    async with front(tmp_path, **profile()) as home:
        posts = await conversation_of(home.slack, home.channel, home.jonas)
        await home.settled()
        for name, value in fields().items():
            said = await home.command(f"/rundown episode set {name} {value}")
            assert not said.public
        drafted = await home.command("/draft")
        assert drafted.public
        assert PATH in drafted.words
        expected = sample("interaxion", "ep57", "expected.md").read_text("utf-8")
        assert home.committed(PATH) == expected
        assert {home.mark(one) for one in posts} == {"white_check_mark", "recycle", ""}
