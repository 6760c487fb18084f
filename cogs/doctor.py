"""What `rundown doctor` finds out from Discord: token, intents, rights in each channel."""

from collections.abc import Iterable, Iterator

import discord

from bot import mentions
from bot.errors import ChatClosed, ChatError, RundownError
from bot.services.chat.checks import Check, amiss, well
from bot.services.watched_channels import Watched
from bot.texts import Text
from cogs.app import PERMISSIONS, intents, invite, move_to
from cogs.translate import RIGHTS, explained

PORTAL = "https://discord.com/developers/applications"


async def examine(token: str, api: str | None, watched: Iterable[Watched]) -> list[Check]:
    """Look at what the bot needs of Discord; nothing is changed."""
    move_to(api)
    async with discord.Client(intents=intents()) as client:
        try:
            with explained("DISCORD_TOKEN"):
                await client.login(token)
        except discord.LoginFailure:
            return [amiss("discord.bad-token")]
        except ChatError as error:
            return [amiss("doctor.because", what="DISCORD_TOKEN", cause=error)]
        checks = [well("doctor.token")]
        checks += await _application(client)
        for one in watched:
            if one.channel.isdecimal():
                checks += await _channel(client, one)
    return checks


async def _application(client: discord.Client) -> list[Check]:
    application = client.application
    if application is None:
        return []
    flags = application.flags
    content = flags.gateway_message_content or flags.gateway_message_content_limited
    page = f"{PORTAL}/{application.id}/bot"
    intent = well("doctor.intent") if content else amiss("doctor.mend-intent", link=page)
    return [intent, well("doctor.invite", link=invite(application.id))]


async def _channel(client: discord.Client, watched: Watched) -> list[Check]:
    """Look at the rights in one watched channel."""
    number = int(watched.channel)
    try:
        with explained(number):
            channel = await client.fetch_channel(number)
            if not isinstance(channel, discord.abc.GuildChannel):
                raise ChatClosed("discord.unknown", what=mentions.channel(number), code=0)
            guild = await client.fetch_guild(channel.guild.id, with_counts=False)
            member = await guild.fetch_member(client.user.id if client.user else 0)
    except RundownError as error:
        return [amiss("doctor.because", what=f"Discord: {watched.channel}", cause=error)]
    channel.guild = guild  # with its roles, which what may be done goes by
    missing = list(_missing(channel.permissions_for(member)))
    link = f"https://discord.com/channels/{guild.id}/{number}"
    if not missing:
        return [well("doctor.rights", channel=channel.name)]
    return [amiss("doctor.mend-rights", channel=channel.name, rights=missing, link=link)]


def _missing(allowed: discord.Permissions) -> Iterator[Text]:
    for name, wanted in PERMISSIONS:
        if wanted and not getattr(allowed, name):
            yield RIGHTS[name]
