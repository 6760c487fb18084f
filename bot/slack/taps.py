"""Buttons, selects and windows: each tap is a command of the table, found by the action's id."""

from typing import Any

from bot.core.markup.slack_message import dict_of, dicts_of
from bot.errors import CommandError
from bot.services.chat.front import Front
from bot.services.chat.panel_actions import COMMANDS
from bot.services.desk.command_table import Command
from bot.services.desk.panel import Card, Control, add_topic
from bot.services.request import Answer
from bot.slack import draw
from bot.slack.asking import Ask, SlackAsking
from bot.slack.commands import COMMAND, SlackCommands
from bot.slack.files import file_held
from bot.slack.home import Home
from bot.slack.translate import explained, typed


class SlackTaps:
    """Does what is tapped."""

    def __init__(
        self, *, asking: SlackAsking, front: Front, commands: SlackCommands, home: Home
    ) -> None:
        self._asking = asking
        self._router = front.router
        self._panels = front.panels
        self._actions = front.actions
        self._commands = commands
        self._home = home

    def tap(self, body: dict[str, Any]) -> None:
        """Do what a tap on a button or in a select asks for."""
        action = next(iter(dicts_of(body.get("actions"))), {})
        _, _, rest = str(action.get("action_id")).partition(":")
        verb, _, rest = rest.partition(":")
        option = dict_of(action.get("selected_option"))
        value = str(option.get("value") or action.get("value") or "")
        self._asking.begin(body, lambda ask: self._tap(ask, verb, rest, value))

    def send(self, body: dict[str, Any]) -> None:
        """Do what a form that was sent asks for."""
        state = dict_of(dict_of(body.get("view")).get("state"))
        given = {
            str(name): str(dict_of(dict_of(block).get("value")).get("value") or "")
            for name, block in dict_of(state.get("values")).items()
        }
        self._asking.begin(body, lambda ask: self._sent(ask, given))

    async def _tap(self, ask: Ask, verb: str, rest: str, value: str) -> None:
        item = ask.held.get("item", "")
        if verb == "page":
            page = value.partition(":")[0]
            await self._page(ask, int(page) if page.isdecimal() else 0)
        elif verb == "pick":
            await self._open(ask, value)
        elif verb == "do":
            await self._do(ask, rest, value)
        elif verb == "to":
            await self._act(ask, await self._actions.move(ask.request, item, value), item)
        elif verb == "add":
            await self._form(ask, add_topic(ask.language), {})
        elif verb == "episode":
            await self._form(ask, await self._actions.episode_form(ask.request), {})
        elif verb in ("undo", "draft", "find"):
            await self._command(ask, COMMANDS[verb], {"words": value} if verb == "find" else {})
        elif verb == "choice":
            await self._choice(ask, value)
        elif verb == "home":
            await self._home.show(ask.request.person.id, value)
        else:
            raise CommandError("panel.gone")

    async def _page(self, ask: Ask, page: int) -> None:
        channel = ask.request.channel
        if ask.view:
            await self._home.show(ask.request.person.id, channel, page)
        else:
            await self._panels.turn(channel, page)
            await self._panels.show(channel)

    # --- a card --------------------------------------------------------------------------------

    async def _open(self, ask: Ask, identity: str) -> None:
        card = await self._actions.card(ask.request, identity)
        if card is None:
            await self._asking.answer(ask, self._actions.gone(ask.request))
            return
        view = draw.card_view(card, ask.request.channel)
        with explained(ask.request.channel):
            await self._asking.client.views_open(trigger_id=ask.trigger, view=view)

    async def _do(self, ask: Ask, name: str, identity: str) -> None:
        control = await self._actions.control(ask.request, name, identity)
        if control is not None and control.form is not None:
            await self._form(ask, control, {"item": identity, "root": str(ask.view.get("id"))})
        else:
            await self._act(ask, control, identity)

    async def _form(self, ask: Ask, control: Control, held: dict[str, str]) -> None:
        channel = ask.request.channel
        self._router.check_host(channel, ask.caller)
        assert control.form is not None  # noqa: S101 - the caller looked
        view = draw.form_view(control, control.form, held | {"channel": channel}, ask.language)
        client = self._asking.client
        over_card = ask.view.get("type") == "modal"
        with explained(channel):
            await (client.views_push if over_card else client.views_open)(
                trigger_id=ask.trigger, view=view
            )

    async def _sent(self, ask: Ask, given: dict[str, str]) -> None:
        name, item = ask.held.get("control", ""), ask.held.get("item", "")
        if name == COMMAND:
            line = typed(given.get("line", "")).strip().removeprefix("/rundown ")
            await self._commands.line(ask, f"/{line.lstrip('/／')}", file=file_held(ask.held))
        elif name == "add":
            await self._command(ask, COMMANDS["topic add"], given)
        elif name == "choice":
            await self._choice(ask, item, given)
        elif name == "episode":
            work = self._actions.set_fields(ask.request, ask.caller, given)
            await self._asking.answer(ask, await work)
        else:
            await self._act(ask, await self._actions.filled(ask.request, name, item, given), item)

    async def _choice(self, ask: Ask, key: str, given: dict[str, str] | None = None) -> None:
        command, values, control = await self._actions.chosen(key, given)
        if control is not None:
            await self._form(ask, control, {"item": key})
            return
        await self._command(ask, command, values)

    async def _act(self, ask: Ask, control: Control | None, identity: str) -> None:
        """Do a control's command, and show the card as it is then."""
        card, answer = await self._actions.act(ask.request, ask.caller, control, identity)
        await self._update(ask, card, answer)

    async def _update(self, ask: Ask, card: Card | None, answer: Answer) -> None:
        channel = ask.request.channel
        view = (
            draw.card_view(card, channel, answer.text)
            if card
            else draw.report_view(answer.text, channel, ask.language)
        )
        window = ask.held.get("root") or str(ask.view.get("id"))
        with explained(channel):
            await self._asking.client.views_update(view_id=window, view=view)

    # --- whole commands ------------------------------------------------------------------------

    async def _command(self, ask: Ask, command: Command, values: dict[str, str]) -> None:
        if ask.view.get("callback_id") == "rd:card":
            answer = await self._actions.answer(ask.request, ask.caller, command.name, values)
            item = ask.held.get("item", "")
            card = await self._actions.card(ask.request, item) if item else None
            await self._update(ask, card, answer)
            return
        await self._asking.answer(ask, await self._commands.run(ask, command, values))
