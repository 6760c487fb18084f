"""Half of the hosts on Discord, half on Slack: one episode, one draft, and each sees the other."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.services.chat import router
from bot.slack.app import SlackFront, web_client
from tests.cogs import front as discord_front
from tests.cogs.test_episode import PATH, fields, profile
from tests.fakes.slack import LocalSlack, local_slack
from tests.fakes.slack_shapes import Channel
from tests.needs import sample
from tests.slack.front import needs_network
from tests.slack.test_episode import NAMES

pytestmark = needs_network


class Both:
    """The app on a local Discord and a local Slack at once."""

    def __init__(self, home: discord_front.Front, slack: LocalSlack, app: SlackFront) -> None:
        self.home = home
        self.slack = slack
        self.app = app
        self.channel: Channel = slack.channel()
        self.boss = slack.user("Boss", admin=True)

    async def settled(self) -> None:
        await self.home.settled()
        await self.slack.quiet()
        await self.app.wait_idle()

    def on_discord(self) -> str:
        return str(self.home.discord.panel(self.home.channel).embeds[0]["description"])

    def on_slack(self) -> str:
        return self.slack.words(self.slack.panel(self.channel))


@asynccontextmanager
async def both(folder: Path, **more: Any) -> AsyncIterator[Both]:
    async with (
        discord_front.front(folder, **more) as home,
        local_slack() as slack,
        aiohttp.ClientSession() as session,
    ):
        backend = home.backend
        client = web_client(slack.bot_token, slack.url, session)
        app = await SlackFront.open(backend, client=client, app_token=slack.app_token, ping=0.5)
        home.rooms.join("slack", app.room)
        await app.connection.greeted.wait()
        try:
            opened = Both(home, slack, app)
            await slack.command(opened.boss, opened.channel, "/rundown setup")
            yield opened
        finally:
            await app.aclose()
        assert slack.faults == []


async def test_the_real_episode_with_two_hosts_on_each(tmp_path: Path) -> None:
    exported = json.loads(sample("interaxion", "ep57", "export.json").read_text("utf-8"))
    async with both(tmp_path, **profile()) as place:
        home, slack = place.home, place.slack
        hosts: dict[str, Any] = {}
        topic, opened = "", {True: "", False: ""}
        for raw in exported["messages"]:
            name, text = raw["author"]["name"], raw["content"]
            on_slack = len(hosts) % 2 == 1 if name not in hosts else hosts[name][0]
            if name not in hosts:
                made = (slack if on_slack else home.discord).user(name)
                hosts[name] = (on_slack, made)
            host = hosts[name][1]
            if text.startswith("#"):
                topic = text.split("\n")[0]
                opened[on_slack] = topic
            elif opened[on_slack] != topic:
                # Each channel has its own open topic: whoever goes on elsewhere says it there.
                opened[on_slack] = topic
                text = f"{topic}\n{text}"
            marks = [one["emoji"]["name"] for one in raw["reactions"]]
            if on_slack:
                post = await slack.say(host, place.channel, text)
                for mark in marks:
                    await slack.react(place.boss, post, NAMES[mark])
            else:
                said = await home.discord.say(host, home.channel, text)
                for mark in marks:
                    await home.discord.react(home.boss, said.id, mark)
            await place.settled()
        for name, value in fields().items():
            await home.command("episode set", field=name, value=value)
        drafted = await slack.command(place.boss, place.channel, "/draft")
        assert PATH in drafted.words
        expected = sample("interaxion", "ep57", "expected.md").read_text("utf-8")
        assert home.committed(PATH) == expected


async def test_at_once_nothing_is_lost_and_each_panel_shows_the_others_work(
    tmp_path: Path,
) -> None:
    async with both(tmp_path) as place:
        home, slack = place.home, place.slack
        await home.command("outline")
        await slack.command(place.boss, place.channel, "/outline")

        async def on_discord() -> None:
            for n in range(10):
                await home.discord.say(home.mika, home.channel, f"[D{n}](https://example.org/d{n})")

        async def on_slack() -> None:
            for n in range(10):
                text = f"[S{n}](https://example.org/s{n})"
                await slack.say(place.boss, place.channel, text)

        await asyncio.gather(on_discord(), on_slack())
        await place.settled()
        body = await home.body()
        assert sorted(one[3] + one[4] for one in body.split("\n")) == sorted(
            f"{kind}{n}" for kind in "DS" for n in range(10)
        )
        await home.discord.until(lambda: "S9" in place.on_discord())
        await slack.until(lambda: "D9" in place.on_slack())
        # What is done on one side is undone, moved and shown on the other.
        await slack.command(place.boss, place.channel, "/rundown link remove D3")
        await home.discord.until(lambda: "D3" not in place.on_discord())
        assert "D3" not in await home.body()
        await home.command("link retitle", by=home.boss, link="S3", title="Third")
        await slack.until(lambda: "Third" in place.on_slack())


async def test_a_draft_has_what_is_said_on_the_other_platform_while_its_connection_is_cut(
    tmp_path: Path,
) -> None:
    async with both(tmp_path) as place:
        home, slack = place.home, place.slack
        await slack.say(place.boss, place.channel, "# Robots")
        await place.settled()
        await slack.socket.drop()
        await slack.say(place.boss, place.channel, "https://example.org/a")
        drafted = await home.command("draft")
        assert "1 topic, 1 link" in drafted.text
        assert "has been read yet" not in drafted.text


async def test_a_draft_says_where_the_other_platform_cannot_be_heard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(router, "READ_WITHIN", 0.2)
    async with both(tmp_path) as place:
        home, slack = place.home, place.slack
        await home.say("# Robots")
        slack.api.trouble = lambda method: (
            web.Response(status=503) if method == "apps.connections.open" else None
        )
        await slack.socket.drop()
        drafted = await home.command("draft")
        assert "Not all that was said in Slack has been read yet" in drafted.text
        slack.api.trouble = lambda method: None
        await slack.socket.connected()


async def test_a_draft_on_slack_says_where_discord_cannot_be_heard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(router, "READ_WITHIN", 0.2)
    monkeypatch.setattr(router, "LOOK_WITHIN", 0.2)
    async with both(tmp_path) as place:
        await place.home.say("# Robots")
        await place.home.bot.connection.on_shard_disconnect(0)
        drafted = await place.slack.command(place.boss, place.channel, "/draft")
        assert "Not all that was said in Discord has been read yet" in drafted.words
        mistyped = "/rundown link remove Bread"
        refused = await place.slack.command(place.boss, place.channel, mistyped)
        assert "No link matches “Bread”" in refused.words
        assert "Not all that was said in Discord has been read yet" in refused.words
        await place.home.bot.connection.on_shard_resumed(0)
        drafted = await place.slack.command(place.boss, place.channel, "/draft")
        assert "read yet" not in drafted.words
