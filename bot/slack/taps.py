"""Buttons, selects and windows: each tap is a command of the table, found by the action's id."""

from typing import Any

from bot.core.slack_message import dict_of, dicts_of
from bot.errors import CommandError, RundownError
from bot.services.doors import ALL, Doors
from bot.services.live import Live
from bot.services.offers import Offers
from bot.services.panel import Card, Control, add_topic
from bot.services.request import Answer
from bot.services.shows import Shows
from bot.slack import draw
from bot.slack.asking import Ask, Asking
from bot.slack.home import Home
from bot.slack.translate import explained, typed
from bot.slack.typing import COMMAND, Typing
from bot.texts import say

COMMANDS = {command.name: command for command in ALL}


class Taps:
    """Does what is tapped."""

    def __init__(
        self,
        *,
        asking: Asking,
        doors: Doors,
        shows: Shows,
        live: Live,
        offers: Offers,
        typing: Typing,
        home: Home,
    ) -> None:
        self._asking = asking
        self._doors = doors
        self._shows = shows
        self._live = live
        self._offers = offers
        self._typing = typing
        self._home = home

    def tap(self, body: dict[str, Any]) -> None:
        """Take in a tap on a button or in a select."""
        action = next(iter(dicts_of(body.get("actions"))), {})
        _, _, told = str(action.get("action_id")).partition(":")
        verb, _, rest = told.partition(":")
        option = dict_of(action.get("selected_option"))
        value = str(option.get("value") or action.get("value") or "")
        self._asking.begin(body, lambda ask: self._tap(ask, verb, rest, value))

    def send(self, body: dict[str, Any]) -> None:
        """Take in a form that was sent."""
        state = dict_of(dict_of(body.get("view")).get("state"))
        given = dict_of(dict_of(state.get("values")).get("form"))
        text = dict_of(given.get("value")).get("value")
        self._asking.begin(body, lambda ask: self._sent(ask, str(text or "")))

    async def _tap(self, ask: Ask, verb: str, rest: str, value: str) -> None:
        item = ask.held.get("item", "")
        if verb == "page":
            await self._page(ask, int(value) if value.isdecimal() else 0)
        elif verb == "pick":
            await self._open(ask, value)
        elif verb == "do":
            await self._do(ask, rest, value)
        elif verb == "to":
            card = await self._card(ask, item)
            await self._act(ask, card.move_to(value) if card else None, item)
        elif verb == "add":
            await self._form(ask, add_topic(ask.language), {})
        elif verb in ("undo", "draft"):
            await self._give(ask, verb, {})
        elif verb == "choice":
            offer = await self._offers.find(value)
            if offer is None or offer.command not in COMMANDS:
                raise CommandError("panel.gone")
            await self._give(ask, offer.command, dict(offer.values))
        elif verb == "home":
            await self._home.show(ask.request.person.id, value)
        else:
            raise CommandError("panel.gone")

    async def _page(self, ask: Ask, page: int) -> None:
        channel = ask.request.channel
        if ask.view:
            await self._home.show(ask.request.person.id, channel, page)
        else:
            await self._live.turn(channel, page)
            await self._live.show(channel)

    # --- a card --------------------------------------------------------------------------------

    async def _card(self, ask: Ask, identity: str) -> Card | None:
        desk = await self._shows.desk_for(ask.request.channel)
        return await desk.card(ask.request, identity)

    async def _open(self, ask: Ask, identity: str) -> None:
        card = await self._card(ask, identity)
        if card is None:
            self._live.changed(ask.request.channel)
            raise CommandError("panel.gone")
        view = draw.card_view(card, ask.request.channel)
        with explained(ask.request.channel):
            await self._asking.client.views_open(trigger_id=ask.trigger, view=view)

    async def _do(self, ask: Ask, name: str, identity: str) -> None:
        card = await self._card(ask, identity)
        control = card.control(name) if card else None
        if control is not None and control.enabled and control.form is not None:
            await self._form(ask, control, {"item": identity, "root": str(ask.view.get("id"))})
        else:
            await self._act(ask, control, identity)

    async def _form(self, ask: Ask, control: Control, held: dict[str, str]) -> None:
        channel = ask.request.channel
        self._doors.check_host(channel, ask.caller)
        assert control.form is not None  # noqa: S101 - the caller looked
        view = draw.form_view(control, control.form, held | {"channel": channel}, ask.language)
        client = self._asking.client
        over_card = ask.view.get("type") == "modal"
        with explained(channel):
            await (client.views_push if over_card else client.views_open)(
                trigger_id=ask.trigger, view=view
            )

    async def _sent(self, ask: Ask, text: str) -> None:
        name, item = ask.held.get("control", ""), ask.held.get("item", "")
        if name == COMMAND:
            line = typed(text).strip().removeprefix("/rundown ")
            await self._typing.line(ask, f"/{line.lstrip('/／')}")
        elif not item:
            await self._give(ask, "topic add", {"name": text})
        else:
            card = await self._card(ask, item)
            control = card.control(name) if card else None
            filled = None
            if control is not None and control.form is not None:
                values = {**control.values, control.form.option: text}
                filled = Control(control.name, control.label, control.command, values)
            await self._act(ask, filled, item)

    async def _act(self, ask: Ask, control: Control | None, identity: str) -> None:
        """Give a control's command, and show the card as it is then."""
        if control is None or not control.enabled:
            self._live.changed(ask.request.channel)
            told = say("panel.gone", ask.language)
        else:
            told = await self._told(ask, control.command, dict(control.values))
        await self._update(ask, identity, told)

    async def _told(self, ask: Ask, command: str, values: dict[str, str]) -> str:
        """Give a command from a card; give what it says, also where it cannot be done."""
        try:
            done = await self._doors.run(COMMANDS[command], ask.request, values, ask.caller)
        except RundownError as error:
            return error.say(ask.language)
        return done.text

    async def _update(self, ask: Ask, identity: str, told: str) -> None:
        channel = ask.request.channel
        card = await self._card(ask, identity) if identity else None
        view = (
            draw.card_view(card, channel, told)
            if card
            else draw.told_view(told, channel, ask.language)
        )
        window = ask.held.get("root") or str(ask.view.get("id"))
        with explained(channel):
            await self._asking.client.views_update(view_id=window, view=view)

    # --- whole commands ------------------------------------------------------------------------

    async def _give(self, ask: Ask, command: str, values: dict[str, str]) -> None:
        if ask.view.get("type") == "modal" and ask.view.get("callback_id") == "rd:card":
            told = await self._told(ask, command, values)
            await self._update(ask, ask.held.get("item", ""), told)
            return
        answer: Answer = await self._typing.give(ask, COMMANDS[command], values)
        await self._asking.answer(ask, answer)
