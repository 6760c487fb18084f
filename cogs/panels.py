"""Panels, lines and reactions of the bot's own in Discord's channels."""

import discord

from bot.services.chat.status_reactions import SHOWN
from bot.services.desk.panel import Panel
from bot.services.request import parts
from bot.services.watched_channels import Watched, WatchedChannels
from cogs import draw
from cogs.answers import LONGEST, NOBODY, plain
from cogs.translate import explained


class DiscordPanels:
    """Draws panels as ordinary messages. Fulfils live_panels.PanelPort."""

    slows_old = True

    def __init__(self, client: discord.Client, watched: WatchedChannels) -> None:
        self._client = client
        self._watched = watched

    def reaches(self, watched: Watched) -> bool:
        """Return whether a channel is one of Discord's that can be written to."""
        channel = watched.channel
        return channel.isdecimal() and self._client.get_channel(int(channel)) is not None

    async def post(self, channel: str, panel: Panel) -> str:
        """Post a panel; return its message's id."""
        with explained(channel):
            message = await self._client.get_partial_messageable(int(channel)).send(
                embed=draw.panel_embed(panel),
                view=draw.panel_view(panel),
                allowed_mentions=NOBODY,
                silent=True,
            )
        return str(message.id)

    async def edit(self, channel: str, message: str, panel: Panel) -> None:
        """Draw a panel in place of the one that a message shows."""
        with explained(channel):
            await self._target(channel, message).edit(
                embed=draw.panel_embed(panel),
                view=draw.panel_view(panel),
                allowed_mentions=NOBODY,
            )

    def link(self, channel: str, message: str) -> str:
        """Return the address at which a panel's message is seen."""
        watched = self._watched.of(channel)
        guild = watched.workspace.rpartition(":")[2] if watched else "@me"
        return f"https://discord.com/channels/{guild}/{channel}/{message}"

    async def remove(self, channel: str, message: str) -> None:
        """Take a panel away."""
        with explained(channel):
            await self._target(channel, message).delete()

    async def say(self, channel: str, text: str) -> None:
        """Say something in a channel, without pinging anybody."""
        target = self._client.get_partial_messageable(int(channel))
        with explained(channel):
            for part in parts(plain(text), LONGEST):
                await target.send(part, allowed_mentions=NOBODY, suppress_embeds=True, silent=True)

    def _target(self, channel: str, message: str) -> discord.PartialMessage:
        target = self._client.get_partial_messageable(int(channel))
        return target.get_partial_message(int(message))


class DiscordReactions:
    """Changes the reaction below messages. Fulfils status_reactions.Reactions."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def change(
        self, channel: str, message: str, *, add: str | None, remove: str | None
    ) -> None:
        """Put a reaction below a message, then take another one away."""
        home = self._client.get_partial_messageable(int(channel))
        target = home.get_partial_message(int(message))
        me = self._client.user
        with explained(channel):
            if add is not None:
                await target.add_reaction(add)
            if remove is not None and me is not None:
                await target.remove_reaction(remove, me)


def shown_by(message: discord.Message) -> str | None:
    """Return the status of ours that a message shows, as Discord says it."""
    ours = [str(one.emoji) for one in message.reactions if one.me]
    return next((one for one in ours if one in SHOWN.values()), None)
