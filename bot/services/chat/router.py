"""Which requests of a platform with many channels go to which desk, and which are refused.

The local chat, with one room and one show, calls its desk directly.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Protocol

from bot import mentions
from bot.core.grammar.message import KEEP, LEAVE_OUT, OF_AUTHORS, OFF_RECORD
from bot.errors import CommandError
from bot.services.chat.backfill_worker import BackfillWorker
from bot.services.chat.live_panels import LivePanels
from bot.services.chat.setup import Setup, watch_here
from bot.services.desk.command_table import COMMANDS, HELP, SETUP, Command, help_text, run
from bot.services.request import Answer, Request
from bot.services.shows import Shows
from bot.services.watched_channels import Caller
from bot.texts import say

ALL = (*COMMANDS, SETUP)

MENUS: Mapping[str, str] = {"keep": KEEP, "leave-out": LEAVE_OUT, "off-record": OFF_RECORD}
"""What a message's own menu offers (texts `menus.…`), and the mark that each sets."""

Enter = Callable[[str], Awaitable[bool]]
"""Has the app in a channel; returns whether it is."""

READ_FIRST = ("draft", "later", "notes", "outline", "preview", "publish")
"""The commands before which all is read that was missed."""

MAY_BE_UNREAD = ("desk.no-such-link", "desk.no-such-topic", "desk.nothing-to-draft")
"""The refusals of what may be among what was missed."""

READ_WITHIN = 20.0
"""Seconds that a command of READ_FIRST waits for what was missed."""

LOOK_WITHIN = 5.0
"""Seconds that any other waits for it before it is refused: most often, a name was mistyped."""


HEARD_WITHIN = 1.0
"""Seconds that a command waits for what was told before it, and is not stored yet."""


class Complete(Protocol):
    """Reads what was missed of the show that a channel feeds."""

    async def __call__(self, channel: str, *, seconds: float) -> list[str]:
        """Return the channels of which something is still missing."""


class CommandRouter:
    """Lets requests in, each to the desk of the show that its channel feeds."""

    def __init__(
        self,
        *,
        shows: Shows,
        setup: Setup,
        panels: LivePanels,
        enter: Enter,
        backfill: BackfillWorker,
        complete: Complete,
        heard: Callable[[float], Awaitable[None]],
    ) -> None:
        """Put the router together; `heard` waits, so long at most, for what is being stored."""
        self._shows = shows
        self._setup = setup
        self._panels = panels
        self._enter = enter
        self._backfill = backfill
        self._complete = complete
        self._heard = heard
        self._unwelcomed: set[str] = set()

    async def run(
        self, command: Command, request: Request, values: Mapping[str, str], caller: Caller
    ) -> Answer:
        """Do a command of ALL; raises RundownError for what cannot be done, or not by them."""
        if command is HELP:
            intro = say("shows.welcome", request.language)
            return Answer(help_text(ALL, values.get("command", ""), request.language, intro=intro))
        if command is SETUP:
            return await self._set_up(request, caller, values)
        if not self._shows.watches(request.channel) and caller.manages:
            return watch_here(request)
        await self._shows.desk_for(request.channel)
        await self._heard(HEARD_WITHIN)
        if not command.shows:
            self.check_host(request.channel, caller)
        if command.name in READ_FIRST:
            return await self._run_on_all(command, request, values, seconds=READ_WITHIN)
        try:
            return await self._run(command, request, values)
        except CommandError as error:
            if error.name not in MAY_BE_UNREAD:
                raise
        return await self._run_on_all(command, request, values, seconds=LOOK_WITHIN)

    async def _run_on_all(
        self, command: Command, request: Request, values: Mapping[str, str], *, seconds: float
    ) -> Answer:
        """Read what was missed, then do a command.

        What cannot be read within `seconds` is named: in the answer of one that goes by all of it,
        and in a refusal that it may be the cause of.
        """
        left = await self._complete(request.channel, seconds=seconds)
        channels = mentions.channels(left)
        try:
            answer = await self._run(command, request, values)
        except CommandError as error:
            if error.name not in MAY_BE_UNREAD or not left:
                raise
            raise CommandError("shows.refused-unread", why=error, channels=channels) from error
        if not left or answer.file is not None or command.name not in READ_FIRST:
            return answer
        unread = say("shows.unread", request.language, channels=channels)
        return replace(answer, text=f"{answer.text}\n{unread}")

    async def _set_up(self, request: Request, caller: Caller, values: Mapping[str, str]) -> Answer:
        """Set a channel up. The app enters it first: its past can be read only from inside."""
        if values.get("leave"):
            return (await self._setup.run(request, caller, values)).answer
        self._setup.check(caller)
        is_inside = await self._enter(values.get("channel") or request.channel)
        done = await self._setup.run(request, caller, values)
        if not is_inside:
            await self._backfill.owe(done.channel, done.since)
            self._unwelcomed |= {done.channel} if done.is_new else set()
            text = f"{done.answer.text}\n{say('slack.invite', request.language)}"
            return replace(done.answer, text=text)
        if done.is_new:
            await self._welcome(done.channel)
        if done.since is not None:
            self._backfill.read_past(done.channel, done.since)
        return done.answer

    async def _welcome(self, channel: str) -> None:
        """Say how to write, for all there: they see the marks, and never the answer to /setup."""
        desk = await self._shows.desk_for(channel)
        await self._panels.say(channel, say("shows.welcome", desk.language))

    async def entered(self, channel: str) -> None:
        """Say what could not be said before the app was invited to a channel."""
        if channel in self._unwelcomed:
            self._unwelcomed.discard(channel)
            await self._welcome(channel)

    async def _run(self, command: Command, request: Request, values: Mapping[str, str]) -> Answer:
        if command.name == "outline" and self._shows.watches(request.channel):
            link = await self._panels.post(request.channel, thread=request.thread)
            return Answer(say("panel.posted", request.language, link=link))
        return await run(await self._shows.desk_for(request.channel), command, request, values)

    async def mark(
        self,
        menu: str,
        message: str,
        request: Request,
        caller: Caller,
        *,
        channel: str,
        author: str,
    ) -> Answer:
        """Do what the menu of a message in a channel or thread offers (MENUS).

        Its author may always leave it out or take it off the record.
        """
        desk = await self._shows.desk_for(request.channel)
        await self._heard(HEARD_WITHIN)
        if not (MENUS[menu] in OF_AUTHORS and author and author == caller.user):
            self.check_host(request.channel, caller)
        return await desk.capture.mark_by_menu(
            request, message=message, emoji=MENUS[menu], channel=channel
        )

    def check_host(self, channel: str, caller: Caller) -> None:
        """Raise CommandError for somebody who is no host where the channel is."""
        watched = self._shows.channels.of(channel)
        if watched is None:
            raise CommandError("shows.not-watched")
        if caller.workspace != watched.workspace or not self._shows.channels.is_host(caller):
            raise CommandError("shows.no-host")
