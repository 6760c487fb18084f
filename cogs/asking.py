"""From an interaction to who asks for what, and answers when all goes wrong."""

import logging
from collections.abc import Coroutine
from typing import Any

import discord

from bot.errors import RundownError
from bot.services.chat.front import Front
from bot.services.request import Answer, Request
from bot.services.tasks import BackgroundTasks
from bot.services.watched_channels import Caller
from bot.texts import say
from cogs import draw, translate
from cogs.answers import send, why
from cogs.channels import Channels
from cogs.translate import UNREACHABLE

_log = logging.getLogger(__name__)

MOST_CHOICES = 15
"""Buttons below an answer, in three rows."""


class DiscordAsking:
    """Reads interactions; `owners` are the users whose bot this is."""

    def __init__(self, *, channels: Channels, front: Front) -> None:
        self._channels = channels
        self._choices = front.choices
        self.owners: frozenset[int] = frozenset()
        self._tasks = BackgroundTasks[None]("answers")
        self._is_closed = False

    async def request(self, interaction: discord.Interaction) -> Request:
        """Return what somebody asks for, in the channel that decides on the show."""
        channel = interaction.channel_id or 0
        base = await self._channels.base(channel, interaction.guild_id)
        return translate.request(interaction, base)

    def caller(self, interaction: discord.Interaction) -> Caller:
        """Return who asks."""
        return translate.caller(interaction, self.owners)

    async def buttons(self, answer: Answer) -> discord.ui.View | None:
        """Draw an answer's choices, each kept under the key that its button carries."""
        if not answer.choices:
            return None
        keys = [(one.label, await self._choices.keep(one)) for one in answer.choices[:MOST_CHOICES]]
        return draw.choice_view(keys)

    async def safely(
        self, interaction: discord.Interaction, work: Coroutine[Any, Any, None]
    ) -> None:
        """Do what an interaction asks for; whatever goes wrong, its giver is answered."""
        if self._is_closed:  # Discord says that nobody answers, and so it is
            work.close()
            return
        task = self._tasks.start(self._safely(interaction, work))
        command = interaction.command
        task.set_name(command.qualified_name if command is not None else interaction.type.name)
        await task

    async def finish(self, seconds: float) -> None:
        """Wait for what is being answered, but not longer than that."""
        await self._tasks.wait_idle(seconds)

    async def aclose(self) -> None:
        """Stop what is being answered still, and begin nothing more."""
        self._is_closed = True
        if left := sorted(task.get_name() for task in self._tasks):
            _log.warning("stopped before it was answered", extra={"requests": ", ".join(left)})
        await self._tasks.aclose()

    async def _safely(
        self, interaction: discord.Interaction, work: Coroutine[Any, Any, None]
    ) -> None:
        try:
            await work
        except RundownError as error:
            await self.complain(interaction, error.say(translate.language(interaction.locale)))
        except (discord.HTTPException, *UNREACHABLE) as error:
            # The token has run out, or Discord has a bad moment: nobody is there to be told.
            _log.warning("an answer was not taken", extra=why(error))
        except Exception:  # noqa: BLE001 - whatever it is, the host is told, and it is logged
            _log.exception("a request failed")
            oops = say("discord.oops", translate.language(interaction.locale))
            await self.complain(interaction, oops)

    async def complain(self, interaction: discord.Interaction, text: str) -> None:
        """Tell whoever asked that it went wrong, if they can be told."""
        try:
            await send(interaction, Answer(text), buttons=self.buttons)
        except (discord.HTTPException, *UNREACHABLE) as error:
            _log.warning("an answer was not taken", extra=why(error))
