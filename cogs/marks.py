"""The bot's own reactions on Discord."""

import discord

from bot.services.chat.status_reactions import SHOWN
from cogs.translate import explained


class DiscordReactions:
    """Puts the quiet mark below messages. Fulfils quiet.Reactions."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def put(self, channel: str, message: str, *, add: str | None, remove: str | None) -> None:
        """Put a reaction below a message, then take another one away."""
        place = self._client.get_partial_messageable(int(channel))
        target = place.get_partial_message(int(message))
        me = self._client.user
        with explained(channel):
            if add is not None:
                await target.add_reaction(add)
            if remove is not None and me is not None:
                await target.remove_reaction(remove, me)


def shown_by(message: discord.Message) -> str | None:
    """Return the quiet mark of ours that a message shows, as Discord says it."""
    ours = [str(one.emoji) for one in message.reactions if one.me]
    return next((one for one in ours if one in SHOWN.values()), None)
