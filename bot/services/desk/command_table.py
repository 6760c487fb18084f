"""All commands, declared once for every front, and how one is run.

Discord makes slash commands of this table, Slack and the local chat read them as text
(command_text.py).
"""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

from bot.errors import CommandError
from bot.mentions import bare
from bot.services.desk.desk import Desk
from bot.services.desk.view_commands import Kind as DeskKind
from bot.services.request import Answer, Request
from bot.texts import Text, say

Kind = (
    DeskKind
    | Literal["text", "command", "channel", "yes", "file", "picture"]
    | Literal["message", "said", "mark", "person"]
)
"""What an option takes: what the desk completes by `choices`, or else text. A `channel` is the
platform's, given by id; `yes` is there or not; a `file` is given as its text, a `picture` in
base64. The last four exist in the local chat alone, where no platform completes them. What is
`said` is taken as typed, with its quotation marks."""

DESK_KINDS: Final[tuple[DeskKind, ...]] = get_args(DeskKind)
"""What the desk completes."""

ALIKE = 0.75
"""How alike a word and a command's name are for a slip: `hlep`, but not `nonsense` (`notes`)."""

NAMED_KINDS: Final[tuple[DeskKind, ...]] = ("topic", "link", "thing", "removed")
"""What hosts call by a name of several words."""


Method = Callable[[Desk], Callable[..., Awaitable[Answer]]]
"""Names the method of a desk that does a command; it takes the request, and options by name."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that a command takes.

    Where commands are typed as text, a `named` option is always written `name:value`; the others
    may also be given by their place. `former` are names that it had, which are still understood.
    """

    name: str
    kind: Kind = "text"
    required: bool = True
    named: bool = False
    former: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All names by which it may be given."""
        return (self.name, *self.former)


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its words (`topic move`), its options, and the area that its texts stand in.

    `shows` tells that it changes nothing, so that anybody in a channel may give it; `public` that
    its answer is for all. `do` names the method of the desk that does it; without one, the front
    does it by itself.
    """

    name: str
    options: tuple[Option, ...] = ()
    do: Method | None = None
    area: str = "commands"
    shows: bool = False
    public: bool = False

    @property
    def usage(self) -> "Usage":
        """How it is typed."""
        return Usage(self)

    def about(self, language: str, option: Option | None = None) -> str:
        """Describe the command, or one of its options, in at most 100 characters."""
        name = f"{self.area}.{self.name.replace(' ', '-')}"
        return say(f"{name}.{option.name}" if option else name, language)


@dataclass(frozen=True, slots=True)
class Usage:
    """How a command is typed: `/topic move TOPIC [after:TOPIC] [before:TOPIC]`."""

    command: Command

    def say(self, language: str = "en") -> str:
        """Return it with the values named in `language`."""
        options = (_usage(option, language) for option in self.command.options)
        return " ".join((f"/{self.command.name}", *options))


def _usage(option: Option, language: str) -> str:
    if option.named:
        kind = "…" if option.kind == "text" else say(f"values.{option.kind}", language).upper()
        value = f"{option.name}:{kind}"
    else:
        value = say(f"values.{option.name}", language).upper()
    return value if option.required else f"[{value}]"


def _optional(name: str, kind: Kind) -> Option:
    return Option(name, kind, required=False)


def _named(name: str, kind: Kind) -> Option:
    return Option(name, kind, required=False, named=True)


_TOPIC: Final = Option("topic", "topic")
_LINK: Final = Option("link", "link")
_RECREATE: Final = Option("recreate", "yes", required=False, named=True, former=("anew",))

HELP: Final = Command("help", (_optional("command", "command"),), shows=True)

SETUP: Final = Command(
    "setup",
    (
        _optional("channel", "channel"),
        _optional("site", "text"),
        _optional("hosts", "text"),
        _optional("past", "text"),
        _optional("leave", "yes"),
    ),
)
"""What a platform of many channels has besides: router.py does it."""

COMMANDS: Final[tuple[Command, ...]] = (
    Command("outline", shows=True, public=True, do=lambda desk: desk.views.outline),
    Command("preview", shows=True, do=lambda desk: desk.drafts.preview),
    Command("draft", (_RECREATE,), public=True, do=lambda desk: desk.drafts.draft),
    Command(
        "autodraft",
        (_optional("quiet", "text"),),
        public=True,
        do=lambda desk: desk.drafts.autodraft,
    ),
    Command(
        "choose",
        (Option("conflict", "text"), Option("side", "text")),
        do=lambda desk: desk.drafts.choose,
    ),
    Command(
        "topic add",
        (Option("name"), _named("after", "topic"), _named("under", "topic")),
        do=lambda desk: desk.edits.topic_add,
    ),
    Command("topic rename", (_TOPIC, Option("name")), do=lambda desk: desk.edits.topic_rename),
    Command(
        "topic move",
        (_TOPIC, _named("after", "topic"), _named("before", "topic")),
        do=lambda desk: desk.edits.topic_move,
    ),
    Command(
        "topic merge", (_TOPIC, Option("into", "topic")), do=lambda desk: desk.edits.topic_merge
    ),
    Command("topic remove", (_TOPIC,), do=lambda desk: desk.edits.topic_remove),
    Command(
        "link move",
        (_LINK, _optional("topic", "topic"), _named("after", "link"), _named("before", "link")),
        do=lambda desk: desk.edits.link_move,
    ),
    Command("link retitle", (_LINK, Option("title")), do=lambda desk: desk.edits.link_retitle),
    Command("link note", (_LINK, Option("text")), do=lambda desk: desk.edits.link_note),
    Command("link refresh", (_LINK,), do=lambda desk: desk.edits.link_refresh),
    Command("link remove", (_LINK,), do=lambda desk: desk.edits.link_remove),
    Command("link restore", (Option("link", "removed"),), do=lambda desk: desk.edits.link_restore),
    Command("link earlier", (_LINK,), shows=True, do=lambda desk: desk.finding.earlier),
    Command("find", (_optional("words", "words"),), shows=True, do=lambda desk: desk.finding.find),
    Command("later", (_optional("what", "thing"),), do=lambda desk: desk.later.later),
    Command(
        "episode start",
        (_optional("number", "text"), _optional("title", "text")),
        do=lambda desk: desk.edits.episode_start,
    ),
    Command(
        "episode set",
        (Option("field", "field"), Option("value")),
        do=lambda desk: desk.edits.episode_set,
    ),
    Command("episode show", shows=True, do=lambda desk: desk.views.episode_show),
    Command("episode close", do=lambda desk: desk.edits.episode_close),
    Command("episode list", shows=True, do=lambda desk: desk.views.episode_list),
    Command(
        "check",
        (_optional("what", "text"), _named("link", "link"), _named("address", "text")),
        do=lambda desk: desk.checking.check,
    ),
    Command(
        "publish",
        (_optional("what", "text"), _named("picture", "picture")),
        public=True,
        do=lambda desk: desk.publishing.publish,
    ),
    Command(
        "record", (_optional("what", "text"),), public=True, do=lambda desk: desk.record.record
    ),
    Command(
        "times",
        (_optional("markers", "text"), _named("file", "file")),
        public=True,
        do=lambda desk: desk.times.times,
    ),
    Command("notes", (_optional("what", "text"),), do=lambda desk: desk.notes.notes),
    Command("undo", (_optional("what", "mine"),), do=lambda desk: desk.edits.undo),
    Command("redo", (_optional("what", "undone"),), do=lambda desk: desk.edits.redo),
    Command(
        "history",
        (_optional("before", "text"),),
        shows=True,
        do=lambda desk: desk.views.history,
    ),
    HELP,
)


async def run(desk: Desk, command: Command, request: Request, values: Mapping[str, str]) -> Answer:
    """Do a command of the table with the options that were given.

    Raises CommandError if a required option is missing, or if the desk cannot do it as asked.
    """
    require(command, values)
    if command is HELP:
        return Answer(help_text(COMMANDS, values.get("command", ""), request.language))
    values = renamed(command, values)
    if command.do is None:
        raise unknown(COMMANDS, command.name)
    return await command.do(desk)(request, **{name: bare(text) for name, text in values.items()})


def renamed(command: Command, values: Mapping[str, str]) -> dict[str, str]:
    """Return the values of options by the names that they have now."""
    now = {name: option.name for option in command.options for name in option.names}
    return {now.get(name, name): value for name, value in values.items()}


async def known_names(
    desk: Desk, words: Mapping[str, Collection[str]], request: Request
) -> dict[str, list[str]]:
    """Ask for the names that begin with these words, by kind (`command_line.wanted` gives both)."""
    known: dict[str, list[str]] = {}
    for kind in NAMED_KINDS:
        for word in words.get(kind, ()):
            found = await desk.views.choices(kind, word, request=request)
            known.setdefault(kind, []).extend(numbered(label)[1] for label, _ in found)
    return known


def numbered(label: str) -> tuple[str, str]:
    """Split a choice of NAMED_KINDS into its number in the outline and its name."""
    number, _, name = label.partition(" ")
    return number, name


def require(command: Command, values: Mapping[str, str]) -> None:
    """Raise CommandError, with the usage, for the first required option that was not given."""
    for option in command.options:
        if option.required and option.name not in values:
            raise CommandError(
                "commands.missing",
                name=command.name,
                option=Text(f"values.{option.name}"),
                usage=command.usage,
            )


def unknown(commands: Sequence[Command], typed: str) -> CommandError:
    """Say that no command is called `typed`, and which one may have been meant."""
    # Loaded here because few runs ever need it.
    from difflib import get_close_matches

    name = " ".join(typed.split()[:2])[:40]
    group = name.split(" ")[0].lower() + " "
    inside = [c.name.removeprefix(group) for c in commands if c.name.startswith(group)]
    names = [command.name for command in commands]
    near = get_close_matches(name.lower(), names, n=1, cutoff=ALIKE)
    if inside and (" " not in name or not near):
        return CommandError("commands.group", name=group.strip(), words=inside)
    firsts = list(dict.fromkeys(each.split()[0] for each in names))
    near = near or get_close_matches(group.strip(), firsts, n=1, cutoff=ALIKE)
    if near:
        return CommandError("commands.unknown-near", name=name, nearest=near[0])
    return CommandError("commands.unknown", name=name)


def help_text(commands: Sequence[Command], typed: str, language: str, *, intro: str = "") -> str:
    """Return how to write and list the commands, or more of those that `typed` names.

    `intro` is what a platform's own help begins with. Raises CommandError if it names none.
    """
    name = " ".join(typed.lower().lstrip("/／").split())
    if not name:
        lines = [
            say("commands.help-line", language, name=c.name, about=c.about(language))
            for c in commands
        ]
        intro = intro or say("commands.help-intro", language)
        more = say("commands.help-more", language)
        return "\n".join((intro, "", *lines, "", more))
    named = [c for c in commands if c.name == name or c.name.split()[0] == name]
    if not named:
        raise unknown(commands, name)
    return "\n\n".join(_manual(command, language) for command in named)


def _manual(command: Command, language: str) -> str:
    lines = [command.usage.say(language), command.about(language)]
    for option in command.options:
        text = "commands.help-option" if option.required else "commands.help-optional"
        shown = option.name if option.named else say(f"values.{option.name}", language)
        lines.append(say(text, language, option=shown, about=command.about(language, option)))
    return "\n".join(lines)
