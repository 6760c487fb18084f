"""The real episode 57: typed by four hosts in Slack's composer, edited, and drafted."""

import json
from pathlib import Path

from tests.cogs.test_episode import PATH, fields, profile
from tests.fakes.slack import LocalSlack, Raw
from tests.fakes.slack_shapes import Channel, User
from tests.needs import sample
from tests.slack.front import front, needs_network

pytestmark = needs_network

NAMES = {"📝": "memo", "🚫": "no_entry_sign", "🔒": "lock"}


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
