"""The table of commands: what every front may rely on."""

import inspect
from types import SimpleNamespace

import pytest

from bot.errors import CommandError
from bot.services.chat.router import ALL, MENUS
from bot.services.desk.check_commands import Checking
from bot.services.desk.command_table import COMMANDS, HELP, Command, help_text, require, unknown
from bot.services.desk.draft_commands import Drafts
from bot.services.desk.edit_commands import Edits
from bot.services.desk.find_commands import Finding
from bot.services.desk.later_commands import Later
from bot.services.desk.notes_commands import Notes
from bot.services.desk.publish_commands import Publishing
from bot.services.desk.record_commands import Record
from bot.services.desk.times_commands import Times
from bot.services.desk.view_commands import Views
from bot.texts import LANGUAGES, say
from bot.texts.commands import TEXTS

PARTS = SimpleNamespace(
    edits=Edits,
    views=Views,
    drafts=Drafts,
    finding=Finding,
    later=Later,
    checking=Checking,
    record=Record,
    publishing=Publishing,
    times=Times,
    notes=Notes,
)
NAMES = [command.name for command in COMMANDS]


@pytest.mark.parametrize("command", COMMANDS, ids=NAMES)
def test_the_desk_has_a_method_for_each_command_that_takes_its_options(command: Command) -> None:
    if command is HELP:
        return
    assert command.do is not None
    method = command.do(PARTS)  # type: ignore[arg-type]  # the parts' classes in their places
    parameters = inspect.signature(method).parameters
    options = {name: p for name, p in parameters.items() if p.kind is p.KEYWORD_ONLY}
    assert [option.name for option in command.options] == list(options)
    for option in command.options:
        assert option.required == (options[option.name].default is inspect.Parameter.empty)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", ALL, ids=lambda command: command.name)
def test_discord_takes_each_command(command: Command, language: str) -> None:
    words = command.name.split()
    assert len(words) <= 2
    for name in (*words, *(option.name for option in command.options)):
        assert name == name.lower()
        assert 1 <= len(name) <= 32
    assert 1 <= len(command.about(language)) <= 100
    for option in command.options:
        assert 1 <= len(command.about(language, option)) <= 100
    required = [option.required for option in command.options]
    assert required == sorted(required, reverse=True)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("menu", MENUS)
def test_discord_takes_each_menu(menu: str, language: str) -> None:
    assert 1 <= len(say(f"menus.{menu}", language)) <= 32


def test_a_word_is_a_command_or_a_group_never_both() -> None:
    groups = {name.split()[0] for name in NAMES if " " in name}
    assert not groups & set(NAMES)
    assert len(set(NAMES)) == len(NAMES)


def test_every_text_of_a_command_belongs_to_one() -> None:
    known = {c.name.replace(" ", "-") for c in ALL}
    named = {name for name in TEXTS if "." in name}
    for name in named:
        command, _, option = name.partition(".")
        assert command in known
        assert option in [
            o.name for c in ALL if c.name.replace(" ", "-") == command for o in c.options
        ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_lists_every_command_and_tells_more_of_one_or_of_a_group(language: str) -> None:
    overview = help_text(COMMANDS, "", language)
    assert all(f"/{name} - " in overview for name in NAMES)
    one = help_text(COMMANDS, "/topic  Move", language)
    topic = {"en": "TOPIC", "ja": "話題"}[language]
    assert one.startswith(f"/topic move {topic} [after:{topic}] [before:{topic}]\n")
    assert one.count("\n") == 4
    group = help_text(COMMANDS, "topic", language)
    assert group.count("/topic ") >= 5


def test_the_nearest_command_is_suggested() -> None:
    assert unknown(COMMANDS, "topic mvoe x").values["nearest"] == "topic move"
    assert unknown(COMMANDS, "drfat").values["nearest"] == "draft"
    words = unknown(COMMANDS, "topic").values["words"]
    assert words == ["add", "rename", "move", "merge", "remove"]
    assert unknown(COMMANDS, "日本語").name == "commands.unknown"
    assert unknown(COMMANDS, "").name == "commands.unknown"


def test_a_missing_option_is_named_with_the_usage() -> None:
    rename = next(command for command in COMMANDS if command.name == "topic rename")
    with pytest.raises(CommandError) as raised:
        require(rename, {"topic": "GNoME"})
    assert str(raised.value) == "/topic rename needs name. Write: /topic rename TOPIC NAME"
