"""Commands typed as text: `/topic move DeepMind GNoME after:"その他"`. Pure.

Words stand in the table's order; `name:value` names an option, as Discord writes it when a
command is copied. Quotation marks ("…", “…”, 「…」) around a whole argument hold its words
together; inside "…" a doubled mark stands for one. Where the names of topics or links are known,
the longest that fits is taken without marks too. The last option takes the rest of the line.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.errors import CommandError
from bot.services.desk.command_table import COMMANDS, Command, Option, require, unknown

Known = Mapping[str, Sequence[str]]
"""The names that are known of each kind of option: {"topic": ["DeepMind GNoME"], …}."""

NOTHING_KNOWN: Final[Known] = {}

_QUOTED: Final = re.compile(r'"((?>(?:[^"]++|"")*))"(?!")')
_PAIRS: Final = {"“": "”", "「": "」"}
_WIDE: Final = {0xFF01 + at: 0x21 + at for at in range(94)} | {0x3000: 0x20}
"""The full-width forms of ASCII that a Japanese keyboard types, each as long as its narrow one."""

_WIDE_NAME: Final = re.compile(r"(?<=\s)[ａ-ｚＡ-Ｚ]+(?=[:：])")
_BARE: Final = re.compile(r"[^\s\"“「:：]+")


@dataclass(frozen=True, slots=True)
class _Argument:
    """An argument as it stands from `start` to `end`; `option` is None where none is left.

    `quoted` is False for an argument whose quotation mark is not closed, None for one without.
    """

    option: Option | None
    value: str
    start: int
    end: int
    quoted: bool | None = None


@dataclass(frozen=True, slots=True)
class Completable:
    """A part of a half-typed command that can be completed: from `start` to the end of the text.

    With an `option` it is that option's value, else one of `words` (names of commands or options).
    """

    start: int
    typed: str
    option: Option | None = None
    words: tuple[str, ...] = ()


def is_command(text: str) -> bool:
    """Return whether a chat line is a command (also with a Japanese IME's full-width stroke)."""
    return text.startswith(("/", "／"))


def find_command(text: str, commands: Sequence[Command] = COMMANDS) -> tuple[Command, int]:
    """Return the command that a typed line names, and where its options begin.

    Raises CommandError, with the nearest command, where there is none of that name.
    """
    words = list(re.finditer(r"\S+", text[:1000]))[:2]
    typed = [word.group().translate(_WIDE).lower() for word in words]
    if typed:
        typed[0] = typed[0].lstrip("/／")
    for count in (2, 1):
        for command in commands:
            if len(typed) >= count and command.name == " ".join(typed[:count]):
                return command, words[count - 1].end()
    if typed[:1] == [""]:
        meant = find_command(text.lstrip("/／ \u3000")[:1000], commands)[0]
        raise CommandError("commands.space", nearest=meant.name)
    raise unknown(commands, " ".join(typed))


def parse_command(
    text: str, commands: Sequence[Command] = COMMANDS, known: Known = NOTHING_KNOWN
) -> tuple[Command, dict[str, str]]:
    """Read a typed command: which it is, and the value of each option that was given.

    Raises CommandError, with the usage, for a line that cannot be read.
    """
    command, start = find_command(text, commands)
    text = _narrow_names(text, command)
    values: dict[str, str] = {}
    for argument in _arguments(text, start, command, known):
        if argument.option is None:
            rest = " ".join(argument.value[:200].split())[:40]
            raise CommandError(
                "commands.too-much", name=command.name, rest=rest, usage=command.usage
            )
        if argument.quoted is False:
            raise CommandError("commands.unclosed", name=command.name, usage=command.usage)
        if argument.value or argument.quoted:
            values[argument.option.name] = argument.value
    require(command, values)
    return command, values


def _narrow_names(text: str, command: Command) -> str:
    """Return a line with the names of its options as the table has them, at the same places."""
    names = {name for option in command.options for name in option.names}

    def narrow(found: re.Match[str]) -> str:
        name = found.group().translate(_WIDE).lower()
        return name if name in names else found.group()

    return _WIDE_NAME.sub(narrow, text)


def quote(value: str) -> str:
    """Write an argument, with quotation marks if it needs them."""
    if _BARE.fullmatch(value):
        return value
    return '"' + value.replace('"', '""') + '"'


def wanted(text: str, command: Command, start: int) -> dict[str, set[str]]:
    """Return, for each kind of option, the words that the names to be known begin with.

    These are the words at which an argument of that kind may stand, so that a front can ask for
    the names that fit instead of for all.
    """
    text = _narrow_names(text, command)
    words: dict[str, set[str]] = {}
    for option in command.options:
        named = rf"\s{option.name}[:：]\s*([^\s\"“「]+)"
        found = [match.group(1) for match in re.finditer(named, text[start:])]
        first = [] if option.named else re.findall(r"\S+", text[start : start + 400])
        words.setdefault(option.kind, set()).update(found[:4], first[:4])
    return words


def completables(text: str, commands: Sequence[Command] = COMMANDS) -> list[Completable]:
    """Return what may be completed at the end of a half-typed command, the longest part first."""
    try:
        command, start = find_command(text, commands)
    except CommandError:
        return [_name(text, commands)]
    if start == len(text):
        return [_name(text, commands)]
    result: list[Completable] = []
    given: set[str] = set()
    for argument in _arguments(text, start, command, NOTHING_KNOWN):
        option = argument.option
        if option is None:
            return result
        given.add(option.name)
        if argument.quoted is False:
            return [*result, Completable(argument.start, text[argument.start + 1 :], option)]
        if argument.quoted is None:
            result.append(Completable(argument.start, text[argument.start :], option))
    left = [option for option in command.options if option.name not in given]
    last = re.search(r"\S*$", text)
    begin = last.start() if last else len(text)
    following = next((option for option in left if not option.named), None)
    if begin == len(text) and following:
        result.append(Completable(begin, "", following))
    words = tuple(f"{option.name}:" for option in left if option.named)
    return [*result, Completable(begin, text[begin:], words=words)] if words else result


def _name(text: str, commands: Sequence[Command]) -> Completable:
    typed = "/" + " ".join(text.lower().lstrip("/／ ").split())
    if text[-1:].isspace():
        typed += " "
    return Completable(0, typed, words=tuple(f"/{command.name}" for command in commands))


def _arguments(text: str, at: int, command: Command, known: Known) -> Iterator[_Argument]:
    """Split what follows a command's name among its options, in the order typed."""
    left = list(command.options)
    while True:
        at = _skip(text, at)
        if at == len(text):
            return
        match = _names(left).match(text, at) if left else None
        if match:
            option = next(option for option in left if match.group(1) in option.names)
        else:
            by_place = [option for option in left if not option.named]
            if not by_place:
                yield _Argument(None, text[at:], at, len(text))
                return
            option = by_place[0]
        left.remove(option)
        argument = _argument(text, match.end() if match else at, option, left, known, bool(match))
        yield argument
        at = argument.end


def _argument(
    text: str, at: int, option: Option, left: Sequence[Option], known: Known, named: bool
) -> _Argument:
    """Read the argument at `at`: in quotation marks, a known name, the rest, or one word."""
    waiting = [other for other in left if (other.required if named else not other.named)]
    takes_rest = all(re.search(rf"\s{other.name}[:：]", text[at:]) for other in waiting)
    limit = _limit(text, at, left) if takes_rest else len(text)

    def ends(end: int) -> bool:
        """Return whether an argument can end here."""
        following = _skip(text, end)
        return following >= limit if takes_rest else end == len(text) or following > end

    quoted = _unquote(text, at) if option.kind != "said" else None
    if quoted and ends(quoted[1]):
        return _Argument(option, quoted[0], at, quoted[1], quoted=True)
    for name in sorted(known.get(option.kind, ()), key=len, reverse=True):
        end = at + len(name)
        if name and text[at:end].casefold() == name.casefold() and ends(end):
            return _Argument(option, text[at:end], at, end)
    if takes_rest:
        return _Argument(option, text[at:limit].strip(), at, limit)
    word = re.compile(r"\S*").match(text, at)
    end = word.end() if word else at
    closed = False if not quoted and text[at : at + 1] in ('"', *_PAIRS) else None
    return _Argument(option, text[at:end], at, end, closed)


def _unquote(text: str, at: int) -> tuple[str, int] | None:
    """Return what stands in the quotation marks that open at `at`, and the place behind them."""
    match = _QUOTED.match(text, at)
    if match:
        return match.group(1).replace('""', '"'), match.end()
    opening = text[at : at + 1]
    closing = _PAIRS.get(opening)
    depth = 0
    for mark in re.compile(f"[{opening}{closing}]").finditer(text, at) if closing else ():
        depth += 1 if mark.group() == opening else -1
        if depth == 0:
            return text[at + 1 : mark.start()], mark.end()
    return None


def _names(options: Sequence[Option]) -> re.Pattern[str]:
    return re.compile(rf"({_any_name(options)})[:：]\s*")


def _any_name(options: Sequence[Option]) -> str:
    return "|".join(name for option in options for name in option.names)


def _limit(text: str, at: int, left: Sequence[Option]) -> int:
    """Return where the next `name:` of an option that was not given yet begins, or the end."""
    if not left:
        return len(text)
    names = _any_name(left)
    match = re.compile(rf"(?:(?<=\s)|\A)(?:{names})[:：]").search(text, at)
    return match.start() if match else len(text)


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at
