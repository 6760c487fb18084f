"""Panels, lines and reactions of the bot's own in Discord's channels."""

from collections.abc import Sequence

import discord

from bot.services.chat.status_reactions import SHOWN
from bot.services.desk.panel import Panel
from bot.services.request import parts
from bot.services.watched_channels import Watched, WatchedChannels
from cogs import draw
from cogs.answers import LONGEST, NOBODY, plain
from cogs.channels import known_channel
from cogs.translate import explained, guild_of

WRITE = ("send_messages", "send_messages_in_threads", "embed_links")
"""What is needed to write into channels."""


class DiscordPanels:
    """Draws panels as ordinary messages. Fulfils live_panels.PanelPort."""

    slows_old = True

    def __init__(self, client: discord.Client, watched: WatchedChannels) -> None:
        self._client = client
        self._watched = watched

    def home(self, channel: str, thread: str | None) -> str | None:
        """Return where to write for a channel: a forum takes no messages, its posts do."""
        known = known_channel(self._client, self._watched, int(channel))
        if not isinstance(known, discord.ForumChannel):
            return channel
        newest = max(known.threads, key=lambda one: one.last_message_id or one.id, default=None)
        return thread or (str(newest.id) if newest else None)

    def reaches(self, watched: Watched) -> bool:
        """Return whether a channel is one of Discord's that can be written to."""
        channel = watched.channel
        if not channel.isdecimal():
            return False
        return known_channel(self._client, self._watched, int(channel)) is not None

    async def post(self, conversation: str, panel: Panel) -> str:
        """Post a panel in a channel or thread; return its message's id."""
        with explained(conversation, *WRITE, where=self._client):
            message = await self._client.get_partial_messageable(int(conversation)).send(
                embed=draw.panel_embed(panel),
                view=draw.panel_view(panel),
                allowed_mentions=NOBODY,
                silent=True,
            )
        return str(message.id)

    async def edit(self, conversation: str, message: str, panel: Panel) -> None:
        """Draw a panel in place of the one that a message shows."""
        with explained(conversation, *WRITE, where=self._client):
            await self._target(conversation, message).edit(
                embed=draw.panel_embed(panel),
                view=draw.panel_view(panel),
                allowed_mentions=NOBODY,
            )

    def link(self, channel: str, conversation: str, message: str) -> str:
        """Return the address at which a message of a channel, or of a thread of it, is seen."""
        watched = self._watched.of(channel)
        guild = guild_of(watched.workspace) if watched else "@me"
        return f"https://discord.com/channels/{guild}/{conversation}/{message}"

    async def remove(self, conversation: str, message: str) -> None:
        """Take a panel away."""
        with explained(conversation):
            await self._target(conversation, message).delete()

    async def say(self, conversation: str, text: str, choices: Sequence[tuple[str, str]]) -> None:
        """Say something in a channel or thread, without pinging anybody."""
        target = self._client.get_partial_messageable(int(conversation))
        *before, last = parts(plain(text), LONGEST)
        with explained(conversation, *WRITE, where=self._client):
            for part in before:
                await target.send(part, allowed_mentions=NOBODY, suppress_embeds=True, silent=True)
            view = draw.choice_view(list(choices)) if choices else discord.utils.MISSING
            await target.send(
                last, allowed_mentions=NOBODY, suppress_embeds=True, silent=True, view=view
            )

    def _target(self, conversation: str, message: str) -> discord.PartialMessage:
        target = self._client.get_partial_messageable(int(conversation))
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
        with explained(channel, "add_reactions", where=self._client):
            if add is not None:
                await target.add_reaction(add)
            if remove is not None and me is not None:
                await target.remove_reaction(remove, me)


def shown_by(message: discord.Message) -> str | None:
    """Return the status of ours that a message shows, as Discord says it."""
    ours = [str(one.emoji) for one in message.reactions if one.me]
    return next((one for one in ours if one in SHOWN.values()), None)
