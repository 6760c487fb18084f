"""What `rundown doctor` finds out from Slack: tokens, scopes, and each watched channel."""

from collections.abc import Iterable
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.core.markup.slack_message import dict_of
from bot.errors import ChatError
from bot.services.chat.checks import Check, amiss, well
from bot.services.watched_channels import Watched
from bot.slack.app import identify, web_client
from bot.slack.translate import explained, workspace_of

APPS = "https://api.slack.com/apps"

SCOPES = frozenset({
    "app_mentions:read", "channels:history", "channels:join", "channels:read", "chat:write",
    "commands", "files:read", "files:write", "groups:history", "groups:read", "im:write",
    "reactions:read", "reactions:write", "usergroups:read", "users:read",
})  # fmt: skip
"""What the app asks for, as slack-manifest.yml has it."""


async def examine(
    pairs: Iterable[tuple[str, str]], api: str | None, watched: Iterable[Watched]
) -> list[Check]:
    """Look at what each app needs of Slack; nothing is changed."""
    channels = list(watched)
    checks: list[Check] = []
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as session:
        for bot_token, app_token in pairs:
            client = web_client(bot_token, api, session)
            try:
                checks += await _app(client, app_token, channels)
            except ChatError as error:
                checks.append(amiss("doctor.because", what="Slack", cause=error))
    return checks


async def _app(client: AsyncWebClient, app_token: str, watched: list[Watched]) -> list[Check]:
    me = await identify(client)
    checks = [well("slack.token", team=me.name)]
    missing = SCOPES - me.scopes if me.scopes is not None else frozenset()
    if missing:
        scopes = sorted(missing)
        checks.append(amiss("slack.mend-scopes", team=me.name, scopes=scopes, link=APPS))
    with explained("SLACK_APP_TOKEN"):
        await client.apps_connections_open(app_token=app_token)
    checks.append(well("slack.socket", team=me.name))
    ours = [one.channel for one in watched if one.workspace == workspace_of(me.team)]
    return [*checks, *[await _channel(client, one) for one in ours]]


async def _channel(client: AsyncWebClient, channel: str) -> Check:
    """Look whether the app is in a watched channel."""
    try:
        with explained(channel):
            answer: Any = await client.conversations_info(channel=channel)
    except ChatError as error:
        return amiss("doctor.because", what=f"Slack: {channel}", cause=error)
    found = dict_of(answer.get("channel"))
    name = str(found.get("name") or channel)
    if found.get("is_member") is True and found.get("is_archived") is not True:
        return well("slack.channel", channel=name)
    return amiss("slack.mend-channel", channel=name)
