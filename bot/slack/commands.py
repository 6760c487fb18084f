"""Slash commands, and the shortcuts of a message."""

import re
from collections.abc import Mapping
from typing import Any

from bot.core.markup.slack_message import dict_of, id_of, time_of
from bot.errors import CommandError
from bot.services.chat.front import Front
from bot.services.chat.router import ALL, MENUS
from bot.services.desk.command_table import SETUP, Command, known_names
from bot.services.desk.command_text import find_command, parse_command, wanted
from bot.services.request import Answer
from bot.slack import draw
from bot.slack.answers import OURS, Block
from bot.slack.asking import Ask, SlackAsking
from bot.slack.files import SharedFile, file_of, given_as, held
from bot.slack.translate import command_of, explained, people_in, typed

COMMAND = "command"
"""The shortcut that asks for a command, for threads."""

_CHANNEL = re.compile(r"[CG][A-Z0-9]{1,63}")

CHANGE = "change"
"""The shortcut that shows what can be done to what a message gave."""

SHORTCUTS = (*MENUS, CHANGE, COMMAND)


class SlackCommands:
    """Does what was typed, and what a message's shortcut names."""

    def __init__(self, *, asking: SlackAsking, front: Front, me: str) -> None:
        self._asking = asking
        self._me = me
        self._router = front.router
        self._actions = front.actions
        self._shows = front.shows

    def slash(self, body: dict[str, Any]) -> None:
        """Do a slash command."""
        name = str(body.get("command")).lstrip("/")
        raw = str(body.get("text") or "")
        text, people = typed(raw), people_in(raw)
        line = f"/{name} {text}" if name in OURS else f"/{text.strip().lstrip('/／') or 'help'}"
        self._asking.begin(body, lambda ask: self.line(ask, line, people))

    def mention(self, event: dict[str, Any]) -> None:
        """Do a command that mentions the app: in threads, Slack takes no slash commands."""
        line = command_of(event, self._me)
        stamp = str(event.get("ts"))
        if line is None or time_of(stamp) is None:
            return
        body = {
            "message_id": id_of(str(event.get("channel")), stamp),
            "user_id": event.get("user"),
            "channel_id": event.get("channel"),
            "message": {"thread_ts": event.get("thread_ts")},
        }
        people, file = people_in(str(event.get("text"))), file_of(event)
        self._asking.begin(body, lambda ask: self.line(ask, line, people, file))

    async def line(
        self,
        ask: Ask,
        line: str,
        people: Mapping[str, str] | None = None,
        file: SharedFile | None = None,
    ) -> None:
        """Do a command as it was typed, and answer.

        `people` are the ids of those it names, `file` is what was shared with it.
        """
        channel = ask.request.channel
        command, start = find_command(line, ALL)
        watched = self._shows.watches(channel)
        known = {}
        if watched and command.options:
            desk = await self._shows.desk_for(channel)
            known = await known_names(desk, wanted(line, command, start), ask.request)
        command, values = parse_command(line, ALL, known)
        if "hosts" in values and command is SETUP:
            hosts = await self._asking.people.named_hosts(values["hosts"], people or {})
            values = values | {"hosts": " ".join(hosts)}
        for option in command.options:
            if option.kind in ("file", "picture"):
                values.pop(option.name, None)  # a name that was typed is no file
                if file is not None:
                    values[option.name] = await given_as(option.kind, file, self._asking.client)
        await self._asking.answer(ask, await self.run(ask, command, values))

    async def run(self, ask: Ask, command: Command, values: dict[str, str]) -> Answer:
        """Do a command whose options are known."""
        if command is SETUP and not _CHANNEL.fullmatch(values.get("channel", "C0")):
            raise CommandError("slack.no-channel", channel=values["channel"][:40])
        return await self._router.run(command, ask.request, values, ask.caller)

    async def completed(self, body: dict[str, Any]) -> list[Block]:
        """Return the options that complete what is typed below an answer of `/find`."""
        words = str(body.get("value") or "")

        async def choices(ask: Ask) -> list[tuple[str, str]]:
            desk = await self._shows.desk_for(ask.request.channel)
            return await desk.views.choices("words", words, request=ask.request)

        # Slack takes an option of each value once, and none without one.
        found = {value: label for label, value in await self._asking.complete(body, choices)}
        return draw.options([(label, value) for value, label in found.items() if value])

    # --- shortcuts -----------------------------------------------------------------------------

    def shortcut(self, body: dict[str, Any]) -> None:
        """Do what a message's shortcut names."""
        message = dict_of(body.get("message"))
        stamp = str(message.get("ts"))
        menu = str(body.get("callback_id"))
        author = str(message.get("user") or "")
        if menu == COMMAND:
            thread, file = str(message.get("thread_ts") or stamp), file_of(message)
            self._asking.begin(body, lambda ask: self._ask_command(ask, thread, file))
        elif menu == CHANGE:
            self._asking.begin(body, lambda ask: self._change(ask, stamp))
        else:
            self._asking.begin(body, lambda ask: self._mark(ask, menu, stamp, author))

    async def _change(self, ask: Ask, stamp: str) -> None:
        channel = ask.request.channel
        card = await self._actions.card_of(ask.request, id_of(channel, stamp))
        with explained(channel):
            await self._asking.client.views_open(
                trigger_id=ask.trigger, view=draw.card_view(card, channel)
            )

    async def _mark(self, ask: Ask, menu: str, stamp: str, author: str) -> None:
        channel = ask.request.channel
        if menu not in MENUS or time_of(stamp) is None:
            raise CommandError("panel.gone")
        answer = await self._router.mark(
            menu,
            id_of(channel, stamp),
            ask.request,
            ask.caller,
            channel=channel,
            author=author,
        )
        await self._asking.answer(ask, answer)

    async def _ask_command(self, ask: Ask, thread: str, file: SharedFile | None) -> None:
        view = draw.command_view(ask.request.channel, thread, ask.language, held(file))
        with explained(ask.request.channel):
            await self._asking.client.views_open(trigger_id=ask.trigger, view=view)
