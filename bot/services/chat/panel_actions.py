"""What a tap on a panel or card does, on every platform: the front draws, and says who tapped."""

from collections.abc import Mapping
from dataclasses import replace

from bot.errors import CommandError, RundownError
from bot.services.chat.live_panels import LivePanels
from bot.services.chat.router import ALL, CommandRouter
from bot.services.desk.command_table import Command
from bot.services.desk.panel import Card, Control
from bot.services.request import Answer, Form, Request
from bot.services.saved_choices import SavedChoices
from bot.services.shows import Shows
from bot.services.watched_channels import Caller
from bot.texts import say

COMMANDS: Mapping[str, Command] = {command.name: command for command in ALL}


class PanelActions:
    """Finds what was tapped, and does it."""

    def __init__(
        self, *, router: CommandRouter, shows: Shows, panels: LivePanels, choices: SavedChoices
    ) -> None:
        self._router = router
        self._shows = shows
        self._panels = panels
        self._choices = choices

    async def card(self, request: Request, identity: str) -> Card | None:
        """Return what can be done to a topic or link; None where it is not there any more."""
        desk = await self._shows.desk_for(request.channel)
        return await desk.panels.card(request, identity)

    async def card_of(self, request: Request, message: str) -> Card:
        """Return what can be done to what a message gave; CommandError where that is nothing."""
        desk = await self._shows.desk_for(request.channel)
        card = await desk.panels.card_of(request, message)
        if card is None:
            raise CommandError("panel.not-kept")
        return card

    async def control(self, request: Request, name: str, identity: str) -> Control | None:
        """Find a control of a card by its name; None where there is none, or it does nothing."""
        card = await self.card(request, identity)
        found = card.control(name) if card else None
        return found if found is not None and found.enabled else None

    async def move(self, request: Request, identity: str, target: str) -> Control | None:
        """Return the control that moves a thing to one of its targets."""
        card = await self.card(request, identity)
        return card.move_to(target) if card else None

    async def filled(
        self, request: Request, name: str, identity: str, typed: Mapping[str, str]
    ) -> Control | None:
        """Return a control whose form was filled in."""
        control = await self.control(request, name, identity)
        if control is None or control.form is None:
            return None
        values = {**control.values, **_asked(control.form, typed)}
        return Control(control.name, control.label, control.command, values)

    async def episode_form(self, request: Request) -> Control:
        """Return the control that asks for the fields of a channel's episode."""
        return await (await self._shows.desk_for(request.channel)).panels.episode_form(request)

    async def set_fields(
        self, request: Request, caller: Caller, typed: Mapping[str, str]
    ) -> Answer:
        """Set the fields of an episode that its form has otherwise; say what came of each."""
        form = (await self.episode_form(request)).form
        assert form is not None  # noqa: S101 - it is nothing else
        lines = []
        for field in form.fields:
            value = typed.get(field.option, field.value)
            if value.strip() == field.value.strip():
                continue
            one = replace(request, key=f"{request.key}:{field.option}")
            values = {"field": field.option, "value": value}
            lines.append((await self.answer(one, caller, "episode set", values)).text)
        return Answer("\n".join(lines) or say("panel.nothing-changed", request.language))

    async def act(
        self, request: Request, caller: Caller, control: Control | None, identity: str
    ) -> tuple[Card | None, Answer]:
        """Do a control's command; return the card as it is then, and the answer."""
        if control is None:
            return None, self.gone(request)
        command = COMMANDS[control.command]
        try:
            answer = await self._router.run(command, request, control.values, caller)
        except RundownError as error:
            card = await self.card(request, identity)
            if card is None:  # somebody was quicker, or tapped twice
                return None, self.gone(request)
            return card, Answer(error.say(request.language))
        return await self.card(request, identity), answer

    async def answer(
        self, request: Request, caller: Caller, command: str, values: Mapping[str, str]
    ) -> Answer:
        """Do a command; return its answer, which says why where it cannot be done."""
        try:
            return await self._router.run(COMMANDS[command], request, values, caller)
        except RundownError as error:
            return Answer(error.say(request.language))

    def gone(self, request: Request) -> Answer:
        """Say that a thing is not there any more, and have the panel shown as it is now."""
        self._panels.changed(request.channel)
        return Answer(say("panel.gone", request.language))

    async def chosen(
        self, key: str, typed: Mapping[str, str] | None = None
    ) -> tuple[Command, dict[str, str], Control | None]:
        """Return the command that a button below an answer gives, or the control that asks first.

        `typed` is what its form was filled in with. Raises CommandError for an unknown one.
        """
        choice = await self._choices.find(key)
        if choice is None or choice.command not in COMMANDS:
            raise CommandError("panel.gone")
        values = dict(choice.values)
        if choice.form is not None and typed is not None:
            values |= _asked(choice.form, typed)
        asks = choice.form is not None and typed is None
        control = Control("choice", "", choice.command, values, choice.form) if asks else None
        return COMMANDS[choice.command], values, control


def _asked(form: Form, typed: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed into the fields that a form has."""
    return {one.option: typed[one.option] for one in form.fields if one.option in typed}
