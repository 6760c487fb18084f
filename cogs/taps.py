"""Buttons, selects and modals: each tap is a command of the table, found by the component's id."""

from typing import Any

import discord
from discord.ext import commands

from bot.errors import CommandError
from bot.services.chat.front import Front
from bot.services.chat.panel_actions import COMMANDS
from bot.services.desk.command_table import Command
from bot.services.desk.panel import Card, Control, add_topic
from bot.services.request import Answer, Request
from cogs import draw
from cogs.answers import (
    LONGEST_MESSAGE,
    NOBODY,
    announced,
    first,
    has_first,
    plain,
    respond,
    said,
)
from cogs.asking import DiscordAsking


class TapsCog(commands.Cog):
    """Does what is tapped."""

    def __init__(self, *, asking: DiscordAsking, front: Front) -> None:
        self._asking = asking
        self._router = front.router
        self._panels = front.panels
        self._actions = front.actions

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Do what a tap or a form that was sent asks for."""
        if interaction.type not in (
            discord.InteractionType.component,
            discord.InteractionType.modal_submit,
        ):
            return
        data: dict[str, Any] = dict(interaction.data or {})
        parsed = draw.parse_id(str(data.get("custom_id", "")))
        if parsed is not None:
            await self._asking.safely(interaction, self._tap(interaction, data, *parsed))

    async def _tap(
        self, interaction: discord.Interaction, data: dict[str, Any], verb: str, rest: str
    ) -> None:
        name, _, identity = rest.partition(":")
        picked = [str(one) for one in data.get("values") or ()][:1]
        if verb in ("page", "jump"):
            await self._page(interaction, (*picked, rest)[0].partition(":")[0])
        elif verb == "pick" and picked:
            await self._pick(interaction, picked[0])
        elif verb == "do":
            await self._do(interaction, name, identity)
        elif verb == "to" and picked:
            await self._move(interaction, identity, picked[0])
        elif verb in ("add", "episode"):
            request = await self._asking.request(interaction)
            form = self._actions.episode_form(request) if verb == "episode" else None
            await self._ask(interaction, await form if form else add_topic(request.language), "")
        elif verb == "form":
            await self._form(interaction, name, identity, _typed(data))
        elif verb in ("undo", "draft"):
            await self._command(interaction, COMMANDS[verb], {})
        elif verb == "choice":
            await self._choice(interaction, rest)
        else:
            raise CommandError("panel.gone")

    # --- the panel -----------------------------------------------------------------------------

    async def _page(self, interaction: discord.Interaction, page: str) -> None:
        request = await self._asking.request(interaction)
        shown = await self._panels.turn(request.channel, int(page) if page.isdecimal() else 0)
        embed, view = draw.panel_embed(shown), draw.panel_view(shown)
        await first(interaction, lambda: interaction.response.edit_message(embed=embed, view=view))

    async def _pick(self, interaction: discord.Interaction, identity: str) -> None:
        request = await self._asking.request(interaction)
        card = await self._actions.card(request, identity)
        if card is None:
            await self._show(interaction, request, None, self._actions.gone(request))
            return
        await self._show_card(interaction, card)

    async def _show_card(self, interaction: discord.Interaction, card: Card) -> None:
        await _whisper(interaction, draw.card_text(card), draw.card_view(card))

    # --- a message's own menu ------------------------------------------------------------------

    async def card(
        self, interaction: discord.Interaction, menu: str, message: discord.Message
    ) -> None:
        """Show what can be done to what a message gave."""
        request = await self._asking.request(interaction)
        await self._show_card(interaction, await self._actions.card_of(request, str(message.id)))

    async def note(
        self, interaction: discord.Interaction, menu: str, message: discord.Message
    ) -> None:
        """Ask for a note to what a message gave."""
        request = await self._asking.request(interaction)
        card = await self._actions.card_of(request, str(message.id))
        control = card.control("note")
        if control is None:
            await self._show_card(interaction, card)
        else:
            await self._ask(interaction, control, card.id)

    # --- a card --------------------------------------------------------------------------------

    async def _do(self, interaction: discord.Interaction, name: str, identity: str) -> None:
        request = await self._asking.request(interaction)
        control = await self._actions.control(request, name, identity)
        if control is not None and control.form is not None:
            await self._ask(interaction, control, identity)
        else:
            await self._act(interaction, request, control, identity)

    async def _move(self, interaction: discord.Interaction, identity: str, target: str) -> None:
        request = await self._asking.request(interaction)
        control = await self._actions.move(request, identity, target)
        await self._act(interaction, request, control, identity)

    async def _ask(self, interaction: discord.Interaction, control: Control, identity: str) -> None:
        self._router.check_host(
            (await self._asking.request(interaction)).channel, self._asking.caller(interaction)
        )
        assert control.form is not None  # noqa: S101 - the caller looked
        window = draw.modal(control, control.form, identity)
        await first(interaction, lambda: interaction.response.send_modal(window))

    async def _form(
        self, interaction: discord.Interaction, name: str, identity: str, typed: dict[str, str]
    ) -> None:
        if name == "add":
            await self._command(interaction, COMMANDS["topic add"], typed)
            return
        if name == "choice":
            await self._choice(interaction, identity, typed)
            return
        request = await self._asking.request(interaction)
        if name == "episode":
            caller = self._asking.caller(interaction)
            await respond(
                interaction,
                lambda: self._actions.set_fields(request, caller, typed),
                public=False,
                buttons=self._asking.buttons,
            )
            return
        control = await self._actions.filled(request, name, identity, typed)
        await self._act(interaction, request, control, identity)

    async def _act(
        self,
        interaction: discord.Interaction,
        request: Request,
        control: Control | None,
        identity: str,
    ) -> None:
        """Do a control's command, and show the card as it is then."""
        # What is shown then takes the card's place; without a card it is a message of its own.
        beside = not _on_card(interaction)
        if not await announced(
            interaction, lambda: interaction.response.defer(ephemeral=beside, thinking=beside)
        ):
            return
        caller = self._asking.caller(interaction)
        card, answer = await self._actions.act(request, caller, control, identity)
        await self._show(interaction, request, card, answer)

    async def _show(
        self,
        interaction: discord.Interaction,
        request: Request,
        card: Card | None,
        answer: Answer,
    ) -> None:
        """Show a card in place of the one that was tapped; beside it where that is for all."""
        text = draw.card_text(card, answer.text) if card else plain(answer.text)
        text = text[:LONGEST_MESSAGE]
        view = draw.card_view(card) if card else draw.undo_view(request.language)
        if has_first(interaction):
            await said(lambda: interaction.edit_original_response(content=text, view=view))
        else:
            await _whisper(interaction, text, view)

    # --- whole commands ------------------------------------------------------------------------

    async def _choice(
        self, interaction: discord.Interaction, key: str, typed: dict[str, str] | None = None
    ) -> None:
        command, values, control = await self._actions.chosen(key, typed)
        if control is not None:
            await self._ask(interaction, control, key)
            return
        await self._command(interaction, command, values)

    async def _command(
        self, interaction: discord.Interaction, command: Command, values: dict[str, str]
    ) -> None:
        request = await self._asking.request(interaction)
        caller = self._asking.caller(interaction)
        await respond(
            interaction,
            lambda: self._router.run(command, request, values, caller),
            shows=command.shows,
            public=command.public,
            buttons=self._asking.buttons,
        )


def _on_card(interaction: discord.Interaction) -> bool:
    """Return whether a card was tapped: what only whoever tapped sees."""
    message = interaction.message
    return message is not None and message.flags.ephemeral


async def _whisper(interaction: discord.Interaction, text: str, view: discord.ui.View) -> None:
    """Say a first word that only whoever asked sees."""
    await first(
        interaction,
        lambda: interaction.response.send_message(
            text, view=view, ephemeral=True, allowed_mentions=NOBODY
        ),
    )


def _typed(data: dict[str, Any]) -> dict[str, str]:
    """Return what was typed into a form, by field, however its components nest."""
    typed: dict[str, str] = {}
    for part in data.get("components") or ():
        if isinstance(part, dict):
            if isinstance(part.get("value"), str):
                typed[str(part.get("custom_id"))] = str(part["value"])
            inner = part.get("component")
            typed |= _typed({"components": part.get("components") or ([inner] if inner else [])})
    return typed
