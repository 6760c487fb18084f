"""What a start and a new session cost in requests, where nothing happened meanwhile."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.row import Row
from tests.cogs import front as discord_front
from tests.slack import front as slack_front

DISCORD, SLACK, MESSAGES, THREADS = 50, 30, 5, 3


def started() -> Iterator[Row]:
    """Count the requests of a start and of a new session with unchanged channels."""
    for count in (_on_discord, _on_slack):
        with TemporaryDirectory() as folder:
            yield from asyncio.run(count(Path(folder)))


async def _on_discord(folder: Path) -> list[Row]:
    async with discord_front.front(folder) as home:
        discord = home.discord
        others = [discord.channel(home.guild, f"channel-{n}") for n in range(DISCORD - 1)]
        await home.restart()
        for channel in others:
            await home.setup(channel=str(channel.id))
        for channel in (home.channel, *others):
            for n in range(MESSAGES):
                post = await discord.say(home.mika, channel, f"[{n}](https://example.org/{n})")
            thread = await discord.thread(channel, "Thread", on=post.id)
            for n in range(THREADS):
                await discord.say(home.mika, thread, f"[t{n}](https://example.org/t{n})")
        await home.settled()
        discord.rest.asked.clear()
        await home.restart()
        start = len(discord.rest.asked)
        discord.rest.asked.clear()
        home.bot.began.clear()
        await discord.gateway.forget()
        await home.bot.began.wait()
        await home.settled()
        session = len(discord.rest.asked)
    what = f"{DISCORD} unchanged Discord channels, each with a thread"
    return [
        Row(f"requests of a start with {what}", str(start), "60"),
        Row(f"requests of a new session with {what}", str(session), "60"),
    ]


async def _on_slack(folder: Path) -> list[Row]:
    async with slack_front.front(folder) as home:
        slack = home.slack
        others = [slack.channel(f"channel-{n}") for n in range(SLACK - 1)]
        for channel in others:
            await slack.command(home.boss, channel, "/rundown setup")
        for channel in (home.channel, *others):
            for n in range(MESSAGES):
                raw = await slack.say(home.mika, channel, f"[{n}](https://example.org/{n})")
            for n in range(THREADS):
                text = f"[t{n}](https://example.org/t{n})"
                await slack.say(home.mika, channel, text, thread=raw)
        await home.settled()
        slack.api.asked.clear()
        await home.restart()
        start = len(slack.api.asked)
        slack.api.asked.clear()
        home.app.connection.greeted.clear()
        await slack.socket.refresh()
        await home.connected()
        await home.settled()
        session = len(slack.api.asked)
    what = f"{SLACK} unchanged Slack channels, each with a thread"
    return [
        Row(f"requests of a start with {what}", str(start), "40"),
        Row(f"requests of a refreshed session with {what}", str(session), "40"),
    ]


ALL = (started,)
