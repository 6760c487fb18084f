"""The podcast on Discord and on Slack, each with its site on GitHub: the process between them."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.adapters.lookup_file import read_lookups
from bot.app.app import clock
from bot.core.urls import canonical
from storage.store import SqliteStore
from tests.adapters.github.github_house import environment
from tests.cogs import test_process as on_discord
from tests.cogs.front import needs_network
from tests.cogs.test_process import stopped
from tests.fakes.discord import LocalDiscord, local_discord
from tests.fakes.discord_shapes import MANAGER, Post
from tests.fakes.discord_shapes import Channel as Room
from tests.fakes.github import LocalGitHub
from tests.fakes.slack import LocalSlack, Raw, local_slack
from tests.fakes.slack_shapes import Channel
from tests.patience import LONGEST
from tests.samples import podcast
from tests.slack import test_process as on_slack

pytestmark = needs_network


@asynccontextmanager
async def github(folder: Path) -> AsyncIterator[LocalGitHub]:
    """Run a local GitHub with the podcast's site, and a database that knows the titles."""
    async with LocalGitHub(folder, time.time) as local:
        bare = local.site.bare
        local.site.commit(podcast.profile_files())
        bare.point(podcast.BRANCH, bare.head(bare.branches()[0]))
        lookups = {canonical(one.url): one for one in read_lookups(podcast.LOOKUPS)}
        async with SqliteStore.open(folder / "rundown.db", clock=clock) as store:
            await store.put_lookups(lookups)
        yield local
        assert local.violations == []


def committed(local: LocalGitHub) -> str:
    """Return the episode's file as it stands on GitHub."""
    bare = local.site.bare
    head = bare.head(podcast.BRANCH)
    assert head is not None
    blob = bare.blob_at(head, podcast.PATH)
    assert blob is not None
    return bare.object(blob)[2].decode()  # type: ignore[index]


async def talk_on_discord(discord: LocalDiscord, room: Room) -> list[Post]:
    hosts = {name: discord.user(name, permissions=MANAGER) for name in podcast.HOSTS}
    posts: dict[str, Post] = {}
    shown = []
    for said in podcast.conversation():
        more = {"reply_to": posts[said.to].id} if said.to else {}
        post = await discord.say(hosts[said.by], room, said.first or said.text, **more)
        posts[said.id] = post
        for mark in said.marks:
            await discord.react(hosts[podcast.MARKER], post.id, mark)
        if said.first:
            await discord.edit(post, said.text)
        if said.gone:
            await discord.delete(post.id)
        else:
            shown.append(post)
    return shown


async def test_what_is_said_on_discord_is_on_github_to_the_byte(tmp_path: Path) -> None:
    async with github(tmp_path) as local, local_discord() as discord:
        room = discord.channel(discord.guild())
        boss = discord.owner = discord.user("Boss", permissions=MANAGER)
        async with on_discord.running(tmp_path, discord, environment(local)) as process:
            await on_discord.up(discord)
            await discord.command(boss, room, "setup")
            posts = await talk_on_discord(discord, room)
            await discord.until(lambda: bool(posts[-1].reactions), LONGEST)
            for name, value in podcast.fields().items():
                await discord.command(boss, room, "episode set", field=name, value=value)
            drafted = await discord.command(boss, room, "draft")
            assert not drafted.private, drafted.text
            await stopped(process)
        assert committed(local) == podcast.expected()
        assert discord.faults == []


async def talk_on_slack(slack: LocalSlack, channel: Channel) -> None:
    hosts = {name: slack.user(name) for name in podcast.HOSTS}
    messages: dict[str, Raw] = {}
    for said in podcast.conversation():
        thread = messages[said.to] if said.to else None
        words = podcast.on_slack(said.first or said.text)
        message = await slack.say(hosts[said.by], channel, words, thread=thread)
        messages[said.id] = message
        for mark in said.marks:
            await slack.react(hosts[podcast.MARKER], message, podcast.SLACK_MARKS[mark])
        if said.first:
            await slack.edit(message, podcast.on_slack(said.text))
        if said.gone:
            await slack.delete(message)


async def test_what_is_said_on_slack_is_on_github_to_the_byte(tmp_path: Path) -> None:
    async with github(tmp_path) as local, local_slack() as slack:
        channel = slack.channel()
        boss = slack.user("Boss", admin=True)
        async with on_slack.running(tmp_path, slack, environment(local)) as process:
            await slack.socket.until(lambda: bool(slack.socket.sessions), LONGEST)
            await slack.command(boss, channel, "/rundown setup")
            await talk_on_slack(slack, channel)
            await slack.socket.quiet()
            for name, value in podcast.fields().items():
                await slack.command(boss, channel, f"/rundown episode set {name} {value}")
            await slack.command(boss, channel, "/draft")
            await slack.until(lambda: podcast.PATH in slack.shown[-1].words, LONGEST)
            await stopped(process)
        assert committed(local) == podcast.expected()
        assert slack.faults == []
