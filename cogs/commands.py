"""Slash commands and message menus, made from the one table of commands."""

import inspect
import logging
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, Optional

import discord
from discord import app_commands

from bot.errors import ChatError
from bot.services.chat.front import Front
from bot.services.chat.router import ALL, MENUS
from bot.services.desk.command_table import DESK_KINDS, Command, Option
from bot.services.desk.given_files import check_size, option_value
from bot.services.request import Answer
from bot.texts import say
from cogs.answers import respond, why
from cogs.asking import DiscordAsking
from cogs.people import DiscordPeople
from cogs.taps import TapsCog
from cogs.translate import UNREACHABLE, language

LONGEST_CHOICE = 100
MOST_CHOICES = 25
"""What Discord takes of completions: characters of one, and how many
(https://discord.com/developers/docs/interactions/application-commands)."""

_log = logging.getLogger(__name__)

Callback = Callable[..., Coroutine[Any, Any, None]]
MenuWork = Callable[[discord.Interaction, str, discord.Message], Coroutine[Any, Any, None]]
Completion = Callable[
    [discord.Interaction, str], Coroutine[Any, Any, list[app_commands.Choice[str]]]
]


class Translations(app_commands.Translator):
    """Tells Discord the texts of commands in the languages that we have."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """Return a text in a user's language, None where we have only English."""
        name = string.extras.get("name")
        if locale is not discord.Locale.japanese or name is None:
            return None
        return say(name, "ja")


def text(name: str) -> app_commands.locale_str:
    """Return a text of ours that Discord shows in its users' languages."""
    return app_commands.locale_str(say(name), name=name)


class DiscordCommands:
    """Makes the commands and menus, and does them."""

    def __init__(
        self, *, asking: DiscordAsking, people: DiscordPeople, front: Front, taps: TapsCog
    ) -> None:
        self._asking = asking
        self._taps = taps
        self._people = people
        self._router = front.router
        self._shows = front.shows

    def add_to(self, tree: app_commands.CommandTree[Any]) -> None:
        """Add all commands and menus to a tree."""
        groups: dict[str, app_commands.Group] = {}
        for command in ALL:
            first, _, second = command.name.partition(" ")
            made = self._command(command, second or first)
            if not second:
                tree.add_command(made)
                continue
            if first not in groups:
                groups[first] = app_commands.Group(
                    name=first, description=text(f"commands.group-{first}"), guild_only=True
                )
                tree.add_command(groups[first])
            groups[first].add_command(made)
        for menu in MENUS:
            tree.add_command(self._menu(menu, self._mark))
        tree.add_command(self._menu("move", self._taps.card))
        tree.add_command(self._menu("note", self._taps.note))
        tree.error(self._failed)

    async def _failed(
        self, interaction: discord.Interaction, error: app_commands.AppCommandError
    ) -> None:
        """Answer a command that did not come as it was made: the client knows an older one."""
        _log.warning("command not understood", extra={"cause": type(error).__name__})
        if interaction.type is discord.InteractionType.application_command:
            text = say("discord.stale", language(interaction.locale))
            await self._asking.complain(interaction, text)

    def _command(self, command: Command, name: str) -> app_commands.Command[Any, ..., None]:
        area = f"{command.area}.{command.name.replace(' ', '-')}"
        callback = self._callback(command)
        named = {one.name: text(f"{area}.{one.name}") for one in command.options}
        app_commands.describe(**named)(callback)
        completed = {
            one.name: self._completion(one) for one in command.options if one.kind in COMPLETED
        }
        app_commands.autocomplete(**completed)(callback)
        made: app_commands.Command[Any, ..., None] = app_commands.Command(
            name=name, description=text(area), callback=callback
        )
        made.guild_only = True
        if command.name == "setup":
            made.default_permissions = discord.Permissions(manage_guild=True)
        return made

    def _callback(self, command: Command) -> Callback:
        async def callback(interaction: discord.Interaction, **given: object) -> None:
            await self._asking.safely(interaction, self._run(interaction, command, given))

        interaction = inspect.Parameter(
            "interaction", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=discord.Interaction
        )
        options = [_parameter(option) for option in command.options]
        callback.__signature__ = inspect.Signature([interaction, *options])  # type: ignore[attr-defined]
        return callback

    async def _run(
        self, interaction: discord.Interaction, command: Command, given: Mapping[str, object]
    ) -> None:
        # The panel that /outline posts is seen by all, its answer by who asked.
        posts = command.name == "outline"
        await respond(
            interaction,
            lambda: self._done(interaction, command, given),
            shows=command.shows and not posts,
            public=command.public and not posts,
            buttons=self._asking.buttons,
        )

    async def _done(
        self, interaction: discord.Interaction, command: Command, given: Mapping[str, object]
    ) -> Answer:
        """Do a command with the options that were given, files as the table takes them."""
        kinds = {option.name: option.kind for option in command.options}
        values = {
            name: await _file(one, kinds[name])
            if isinstance(one, discord.Attachment)
            else _value(one)
            for name, one in given.items()
            if one is not None
        }
        request = await self._asking.request(interaction)
        caller = self._asking.caller(interaction)
        if "hosts" in values:
            hosts = self._people.named_hosts(values["hosts"], interaction.guild)
            values = {**values, "hosts": " ".join(hosts)}
        return await self._router.run(command, request, values, caller)

    # --- completion ----------------------------------------------------------------------------

    def _completion(self, option: Option) -> Completion:
        async def complete(
            interaction: discord.Interaction, current: str
        ) -> list[app_commands.Choice[str]]:
            pairs = await self._choices(interaction, option, current)
            return [
                app_commands.Choice(name=label[:LONGEST_CHOICE] or "–", value=value)
                for label, value in pairs[:MOST_CHOICES]
                if len(value) <= LONGEST_CHOICE
            ]

        return complete

    async def _choices(
        self, interaction: discord.Interaction, option: Option, typed: str
    ) -> list[tuple[str, str]]:
        if option.kind == "command":
            names = [command.name for command in ALL if typed.lower().lstrip("/") in command.name]
            return [(f"/{name}", name) for name in names]
        request = await self._asking.request(interaction)
        desk = await self._shows.desk(request.channel)
        kind = next((one for one in DESK_KINDS if one == option.kind), None)
        if desk is None or kind is None:
            return []
        return await desk.views.choices(kind, typed, request=request)

    # --- menus ---------------------------------------------------------------------------------

    def _menu(self, menu: str, work: MenuWork) -> app_commands.ContextMenu:
        async def chosen(interaction: discord.Interaction, message: discord.Message) -> None:
            await self._asking.safely(interaction, work(interaction, menu, message))

        made = app_commands.ContextMenu(name=text(f"menus.{menu}"), callback=chosen)
        made.guild_only = True
        return made

    async def _mark(
        self, interaction: discord.Interaction, menu: str, message: discord.Message
    ) -> None:
        async def work() -> Answer:
            return await self._router.mark(
                menu,
                str(message.id),
                await self._asking.request(interaction),
                self._asking.caller(interaction),
                channel=str(interaction.channel_id),
                author=str(message.author.id),
            )

        await respond(interaction, work, public=False, buttons=self._asking.buttons)


class WatchedChannel(app_commands.Transformer):
    """Takes a channel that can be watched, as its id, whether the library knows it or not."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """Say that it is a channel."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """Say which kinds of it."""
        kinds = discord.ChannelType
        return [kinds.text, kinds.news, kinds.forum, kinds.voice]

    async def transform(self, interaction: discord.Interaction, value: Any, /) -> str:  # noqa: ANN401
        """Return its id."""
        return str(value.id)


COMPLETED = (*DESK_KINDS, "command")


def _parameter(option: Option) -> inspect.Parameter:
    kinds: dict[str, Any] = {
        "channel": WatchedChannel,
        "yes": bool,
        "file": discord.Attachment,
        "picture": discord.Attachment,
    }
    annotation = kinds.get(option.kind, str)
    if option.required:
        return inspect.Parameter(option.name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation)
    return inspect.Parameter(
        option.name,
        inspect.Parameter.KEYWORD_ONLY,
        annotation=Optional[annotation],  # noqa: UP045 - made at run time
        default=None,
    )


async def _file(given: discord.Attachment, kind: str) -> str:
    """Return the text of a file that came with a command, of a picture its bytes in base64.

    Raises CommandError where it is too large, or no text, and ChatError where it does not come.
    """
    check_size(given.size, kind=kind, name=given.filename)
    try:
        content = await given.read()
    except (discord.HTTPException, *UNREACHABLE) as error:
        raise ChatError("discord.failed", what=given.filename, **why(error)) from error
    return option_value(content, kind=kind, name=given.filename)


def _value(given: object) -> str:
    """Return an option's value as the table has it: text, or an id."""
    if isinstance(given, bool):
        return "yes" if given else ""
    identity = getattr(given, "id", None)
    return str(given if identity is None else identity)
