"""The local chat: a room in the terminal, or a scripted conversation on standard input.

What is typed is a message, unless it begins with `/`: then it is a command of the table, or one of
OWN, which do here what a chat platform does by itself.
"""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Final, Protocol, TextIO

from bot.core.grammar.message import MARKS
from bot.errors import CommandError, InputError, RundownError, os_cause
from bot.local.completion import Suggestion, suggest
from bot.local.room import (
    CHANNEL,
    LONGEST_MESSAGE,
    LocalRoom,
    Post,
    as_snapshot,
    person_named,
)
from bot.local.screen import Screen
from bot.services.desk.command_table import (
    COMMANDS,
    HELP,
    Command,
    Option,
    help_text,
    known_names,
    run,
)
from bot.services.desk.command_text import find_command, is_command, parse_command, wanted
from bot.services.desk.desk import Desk
from bot.services.desk.given_files import option_value
from bot.services.notification import Notification
from bot.services.ports import Person
from bot.services.request import Request
from bot.texts import say

SHOWN_AT_FIRST: Final = 20
FAILED: Final = 2

LONGEST_READ: Final = 60.0
"""Seconds that a script's first `/find` waits for the site's pages."""

_MESSAGE: Final = Option("message", "message")
_LAST: Final = Option("message", "message", required=False)
_SAID: Final = Option("text", "said")

OWN: Final[tuple[Command, ...]] = (
    Command("as", (Option("name", "person"),), area="chat"),
    Command("reply", (_MESSAGE, _SAID), area="chat"),
    Command("edit", (_MESSAGE, _SAID), area="chat"),
    Command("delete", (_MESSAGE,), area="chat"),
    Command("mark", (Option("emoji", "mark"), _LAST), area="chat"),
    Command("unmark", (Option("emoji", "mark"), _LAST), area="chat"),
    Command("quit", area="chat"),
)
ALL: Final = (*COMMANDS, *OWN)


class Reader(Protocol):
    """Where messages and commands come from; `line` is the line of a script, else None."""

    line: int | None

    async def read(self, who: str) -> str | None:
        """Return what is said next, None when nothing more comes; `who` is speaking."""

    def aside(self, show: Callable[[], None]) -> None:
        """Have something shown that nobody asked for, where somebody looks on."""


async def chat(
    *,
    desk: Desk,
    room: LocalRoom,
    person: Person,
    language: str,
    input: TextIO,
    output: TextIO,
    errors: TextIO,
    terminal: bool,
) -> int:
    """Hold the conversation until it ends; return the exit code.

    It is 0, but 2 if anything in a script could not be done. A message is stored before the next
    one is read. `room` must be the one that the desk asks.
    """
    screen = Screen(output, errors, language=language, terminal=terminal)
    talk = Conversation(desk, room, person, language, screen)
    reader = _reader(talk, input, output, terminal=terminal)
    desk.on_title(lambda lookup: reader.aside(lambda: screen.title(lookup)))
    desk.listen(partial(_tell, screen, reader if terminal else None))
    await talk.begin()
    failed = False
    while not talk.over:
        try:
            text = await reader.read(talk.person.name)
            if text is None:
                break
            await talk.take(text)
        except RundownError as error:
            failed = True
            screen.problem(error, reader.line)
    return FAILED if failed and not terminal else 0


def _reader(talk: "Conversation", input: TextIO, output: TextIO, *, terminal: bool) -> Reader:
    # Each is loaded where it is used: a script needs no prompt, and prompt_toolkit is large.
    if terminal:
        from bot.local.prompt import PromptReader

        return PromptReader(talk.suggest, input, output)
    from bot.local.script import ScriptReader

    return ScriptReader(input)


def _tell(screen: Screen, reader: Reader | None, news: Notification) -> None:
    """Say what nobody asked for: above the line that is typed, or beside a script's output."""
    if reader is not None:
        reader.aside(lambda: screen.news(news))
    else:
        screen.news(news)


class Conversation:
    """One room and who is speaking in it; `over` once somebody left."""

    def __init__(
        self, desk: Desk, room: LocalRoom, person: Person, language: str, screen: Screen
    ) -> None:
        self.person = person
        self.over = False
        self._desk = desk
        self._room = room
        self._language = language
        self._screen = screen

    async def begin(self) -> None:
        """Tell the desk what it missed (a crash may have come between), and show the room."""
        off_record = await self._desk.off_record()
        for post in self._room.posts():
            if post.id in off_record and post.text is not None:
                self._room.edit(post.number, None)
        posts = self._room.posts()
        left = [post for post in posts if post.text is not None]
        await self._desk.capture.read(map(as_snapshot, left), at=self._room.now())
        for post in posts:
            if post.text is None:
                await self._gone(post, post.person)
        if self._room.cut_short:
            self._screen.note(say("chat.cut-short", self._language, path=self._room.path))
        shown = left[-SHOWN_AT_FIRST:] if self._screen.terminal else []
        self._screen.welcome()
        self._screen.earlier(len(left) - len(shown))
        for post in shown:
            await self._show(post)

    async def take(self, text: str) -> None:
        """Take in a message or a command, as it was typed.

        Raises RundownError for what cannot be done; nothing was changed then.
        """
        if len(text) > LONGEST_MESSAGE:
            raise InputError("chat.too-long", most=LONGEST_MESSAGE)
        try:
            text.encode()
        except UnicodeEncodeError as error:  # a terminal gives bytes that are not UTF-8 as such
            raise InputError("chat.not-text") from error
        if is_command(text):
            await self._command(text)
        elif text.strip():
            await self._say(text)

    async def suggest(self, line: str) -> list[Suggestion]:
        """Return what may complete a half-typed command."""
        return await suggest(
            line, desk=self._desk, room=self._room, commands=ALL, request=self._request()
        )

    async def _say(self, text: str, reply_to: int | None = None) -> None:
        post = self._room.post(self.person, text, reply_to=reply_to)
        await self._show(post)

    async def _show(self, post: Post) -> None:
        """Hand a message to the desk, and show it with what became of it."""
        receipt = await self._desk.capture.message(as_snapshot(post), language=self._language)
        self._screen.post(post, receipt)

    async def _gone(self, post: Post, person: Person) -> None:
        at = post.edited or post.at
        await self._desk.capture.gone(post.id, channel=CHANNEL, person=person, at=at)

    def _request(self) -> Request:
        at = self._room.now()
        return Request(f"C{at}", self.person, CHANNEL, at, self._language)

    async def _command(self, line: str) -> None:
        self._screen.command(self.person.name, line)
        command, start = find_command(line, ALL)
        request = self._request()
        known = await known_names(self._desk, wanted(line, command, start), request)
        command, values = parse_command(line, ALL, known)
        if command in OWN:
            await self._own(command.name, values)
        elif command is HELP:
            self._help(values.get("command", ""))
        else:
            keeper = self._desk.keeper
            if command.name == "find" and keeper is not None and not self._screen.terminal:
                # A script is over before the background task has read the site.
                await keeper.ensure_whole(seconds=LONGEST_READ)
            answer = await run(self._desk, command, request, with_files(command, values))
            self._screen.answer(answer.text)

    def _help(self, typed: str) -> None:
        text = help_text(ALL, typed, self._language)
        if not typed:
            text += "\n" + say("chat.how-to-type", self._language)
        self._screen.answer(text)

    async def _own(self, name: str, values: Mapping[str, str]) -> None:
        """Do what a chat platform does by itself."""
        if name == "as":
            self._speak_as(values["name"])
        elif name == "quit":
            self.over = True
        elif name == "reply":
            await self._say(values["text"], self._post(values).number)
        elif name == "edit":
            post = self._room.edit(self._post(values).number, values["text"])
            await self._show(post)
        elif name == "delete":
            post = self._room.edit(self._post(values).number, None)
            await self._gone(post, self.person)
            self._screen.answer(say("chat.deleted", self._language, number=post.number))
        else:
            await self._mark(values, on=name == "mark")

    def _speak_as(self, name: str) -> None:
        person = person_named(name)
        if not person.name:
            raise CommandError("chat.no-name")
        self.person = person

    async def _mark(self, values: Mapping[str, str], *, on: bool) -> None:
        emoji = values["emoji"].rstrip("\ufe0f")
        if emoji not in MARKS:
            marks = " ".join(sorted(MARKS))
            raise CommandError("chat.no-mark", emoji=values["emoji"][:20], marks=marks)
        post = self._post(values)
        receipt = await self._desk.capture.mark(
            post.id,
            emoji,
            on=on,
            channel=CHANNEL,
            person=self.person,
            at=self._room.now(),
            stamped=False,
            language=self._language,
        )
        if on and receipt.outcome == "erased":
            self._room.edit(post.number, None)  # nothing of it is left on this machine
        text = "chat.marked" if on else "chat.unmarked"
        done = say(text, self._language, emoji=emoji, number=post.number)
        self._screen.answer(done + self._screen.receipt(receipt))
        if receipt.note:
            self._screen.note(receipt.note)

    def _post(self, values: Mapping[str, str]) -> Post:
        """Return the message that a command names by its number, the last one if by none."""
        typed = values.get("message")
        if typed is None:
            newest = self._room.newest()
            if newest is None:
                raise CommandError("chat.no-messages")
            return newest
        digits = typed.strip("[] ")
        post = self._room.get(int(digits)) if digits.isdecimal() and len(digits) < 10 else None
        if post is None:
            raise CommandError("chat.no-message", number=typed[:20])
        return post


def with_files(command: Command, values: dict[str, str]) -> dict[str, str]:
    """Return a command's values with what each file holds in place of its path.

    Raises CommandError for a path at which there is no text.
    """
    read = dict(values)
    for option in command.options:
        if option.kind in ("file", "picture") and option.name in values:
            path = Path(values[option.name]).expanduser()
            try:
                data = path.read_bytes()
            except OSError as error:
                raise CommandError("chapters.unread", path=path, cause=os_cause(error)) from None
            read[option.name] = option_value(data, kind=option.kind, name=str(path))
    return read
