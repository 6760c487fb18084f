"""The `rundown` command: what it takes, and how it ends.

Nothing heavy is imported before a command is chosen, so that help comes at once.
"""

import argparse
import io
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot import __version__
from bot.cli.language import language_of
from bot.errors import ChatError, RundownError, SettingsError, StoreUnusable, os_cause
from bot.mentions import untyped
from bot.texts import say

FAILED = 2
"""The exit code where something could not be done."""

PASSING = 75
"""The exit code of `run` where starting again may help, as sysexits.h has it (EX_TEMPFAIL)."""

UNMERGED = 129
"""The same of `rundown merge`: git takes anything up to 128 for a conflict."""

COMMANDS = (
    *("run", "chat", "replay", "titles", "merge", "outline", "history", "draft", "find", "check"),
    *("chapters", "notes", "times", "doctor", "backup", "restore", "export", "migrate"),
    *("completion", "init"),
)
"""All commands, in the order in which help has them."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return its exit code. What went wrong is one line on standard error."""
    _mend_streams()
    given = sys.argv[1:] if arguments is None else arguments
    if given[:1] != ["merge"]:
        return _main(given)
    try:
        code = _main(given)
    except Exception:  # noqa: BLE001 - Python's own exit code for it would be that of a conflict
        sys.excepthook(*sys.exc_info())
        code = FAILED
    return UNMERGED if code == FAILED else code


def _main(arguments: Sequence[str]) -> int:
    language = language_of(os.environ)
    try:
        try:
            options = _parser(language, chosen=_chosen(arguments)).parse_args(arguments)
            return _run(options, language)
        finally:
            sys.stdout.flush()  # here, where its failure is told in one line
    except SystemExit as end:  # how argparse ends
        return end.code if isinstance(end.code, int) else FAILED
    except RundownError as error:
        _complain(untyped(error.say(language)))
        is_final = isinstance(error, SettingsError | ChatError | StoreUnusable)
        return PASSING if arguments[:1] == ["run"] and not is_final else FAILED
    except KeyboardInterrupt:
        return 130  # as shells have it: 128 and the signal's number
    except BrokenPipeError:
        # The reader of our output has left; the flush at exit would complain once more.
        _silence(sys.stdout.fileno())
        return FAILED
    except OSError as error:
        # What no part could foresee: an output that is full, a name that is too long.
        _silence(sys.stdout.fileno())
        cause = os_cause(error)
        name = "cli.system" if error.filename else "cli.system-nameless"
        _complain(say(name, language, path=error.filename, cause=cause))
        return PASSING if arguments[:1] == ["run"] else FAILED


def _mend_streams() -> None:
    """Open an empty stream for each of the three that we were started without (`>&-`).

    Else the next files that are opened would take their places. What an encoding does not have is
    replaced: half a character, or a locale that knows no Japanese, must not end a command.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))
        elif isinstance(stream := getattr(sys, name), io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _silence(stream: int) -> None:
    """Let go what a stream still holds, by its number: the flush at exit would fail once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream)


def _complain(text: str) -> None:
    try:
        print(f"rundown: {text}", file=sys.stderr, flush=True)
    except OSError:  # nobody can be told; the exit code still says it
        _silence(sys.stderr.fileno())


def lines_of(stream: Iterable[str]) -> Iterator[str]:
    """Return the lines of a list, without blank ones."""
    return (line.strip() for line in stream if line.strip())


def _run(options: argparse.Namespace, language: str) -> int:
    command, given = options.command, vars(options)
    del given["command"]
    environment = dict(os.environ)
    match command:
        case "merge":
            from bot.cli.merge import MergeOptions, merge_files

            return merge_files(MergeOptions(**given), language=language)
        case "backup" | "restore" | "export" | "migrate":
            return _run_keeping(command, options, language, environment)
        case "chapters" | "notes" | "times":
            return _run_publishing(command, options, language)
        case "outline" | "history" | "draft" | "find" | "check":
            return _run_once(command, options, language, environment)
        case "completion":
            from bot.cli.completion import completion

            return completion(_parser(language, chosen=None), options.shell)
        case "init":
            from bot.cli.init import InitOptions, init

            return init(InitOptions(**given), language=language, environment=environment)
        case "chat":
            from bot.cli.chat import ChatOptions, chat

            return chat(ChatOptions(**given), language=language, environment=environment)
        case "run" | "doctor":
            return _run_bot(command, options, language, environment)
        case "titles":
            from bot.cli.titles import TitlesOptions, titles

            given["urls"] = options.urls or lines_of(sys.stdin)
            return titles(TitlesOptions(**given), language=language, environment=environment)
        case _:
            from bot.cli.replay import ReplayOptions, replay

            return replay(ReplayOptions(**given), language=language, environment=environment)


def _run_bot(
    command: str, options: argparse.Namespace, language: str, environment: Mapping[str, str]
) -> int:
    if command == "doctor":
        from bot.cli.doctor import doctor

        return doctor(language=language, environment=environment)
    from bot.cli.run import run

    return run(site_moved=options.site_moved, shards=options.shards, environment=environment)


def _run_once(
    command: str, options: argparse.Namespace, language: str, environment: Mapping[str, str]
) -> int:
    if command == "check":
        from bot.cli.check import CheckOptions, check

        return check(CheckOptions(**vars(options)), language=language, environment=environment)
    if command == "find":
        from bot.cli.find import FindOptions, find

        return find(FindOptions(**vars(options)), language=language, environment=environment)
    from bot.cli.once import OnceOptions, once

    given = OnceOptions(command=command, **vars(options))
    return once(given, language=language, environment=environment)


def _run_keeping(
    command: str, options: argparse.Namespace, language: str, environment: Mapping[str, str]
) -> int:
    """Run a command for whoever looks after the database."""
    from bot.cli.backup import backup, export, migrate, put_back

    if command == "migrate":
        return migrate(options.source, options.to, language=language, environment=environment)
    if command == "backup":
        return backup(options.file, db=options.db, language=language, environment=environment)
    if command == "export":
        return export(options.file, db=options.db, language=language, environment=environment)
    return put_back(
        options.file,
        db=options.db,
        replace=options.replace,
        language=language,
        environment=environment,
    )


def _run_publishing(command: str, options: argparse.Namespace, language: str) -> int:
    """Run a command from the recording to the published episode."""
    if command == "notes":
        from bot.cli.notes import NotesOptions, notes

        return notes(NotesOptions(**vars(options)), language=language)
    if command == "times":
        from bot.cli.times import TimesOptions, times

        return times(TimesOptions(**vars(options)), language=language)
    from bot.cli.chapters import ChaptersOptions, chapters

    return chapters(ChaptersOptions(**vars(options)), language=language)


def _chosen(arguments: Sequence[str]) -> str:
    """Return the command that is given; "" where it is none of ours."""
    return next((one for one in arguments if one in COMMANDS), "")


def _parser(language: str, *, chosen: str | None) -> argparse.ArgumentParser:
    """Return the parser, with the options of the chosen command alone, or of all (None).

    Help of the whole shows no option, and is not to wait for them.
    """

    def text(what: str) -> str:
        return say(f"cli.{what}", language)

    parser = argparse.ArgumentParser(prog="rundown", description=text("rundown"))
    parser.add_argument("--version", action="version", version=f"rundown {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar=text("command"))
    for name in COMMANDS:
        command = commands.add_parser(name, help=text(name), description=text(name))
        if chosen in (name, None):
            from bot.cli.options import add_options

            add_options(command, name, language)
    return parser


if __name__ == "__main__":
    sys.exit(main())
