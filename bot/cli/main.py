"""The `rundown` command: what it takes, and how it ends.

Nothing heavy is imported before a command is chosen, so that help comes at once.
"""

import argparse
import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot import __version__
from bot.errors import ChatError, RundownError, SettingsError, StoreUnusable, os_cause
from bot.mentions import untyped
from bot.texts import say

if TYPE_CHECKING:
    from bot.config import Secret

FAILED = 2
"""The exit code where something could not be done."""

PASSING = 75
"""The exit code of `run` where starting again may help, as sysexits.h has it (EX_TEMPFAIL)."""

UNMERGED = 129
"""The same of `rundown merge`: git takes anything up to 128 for a conflict."""

CHAPTER_FORMATS = (
    *("podcast-json", "ffmetadata", "youtube", "spotify", "podlove", "audacity"),
    *("id3", "mp4"),
)


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
            return _run(_parser(language).parse_args(arguments), language)
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
    """Return an empty stream for each of the three that we were started without (`>&-`).

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


def language_of(environment: "os._Environ[str]") -> str:
    """Return the language of the terminal, as its locale has it."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((environment[name] for name in names if environment.get(name)), "")
    return "ja" if locale.lower().startswith("ja") else "en"


def positive(text: str) -> int:
    """Read a whole number of at least 1, as an option's value."""
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


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

            return completion(_parser(language), options.shell)
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


def _web_options(command: argparse.ArgumentParser, text: Callable[[str], str]) -> None:
    command.add_argument("--offline", action="store_true", help=text("offline"))
    command.add_argument("--allow-private", action="store_true", help=text("allow-private"))


def _once(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", text: Callable[[str], str]
) -> None:
    """Add the commands of hosts that scripts give."""
    for name in ("outline", "history", "draft"):
        command = commands.add_parser(
            name, help=text(f"once-{name}"), description=text(f"once-{name}")
        )
        command.add_argument("--site", metavar="SITE", help=text("site"))
        command.add_argument("--db", type=_file, metavar="FILE", help=text("chat-db"))
        command.add_argument("--as", dest="name", metavar="NAME", help=text("as"))
        if name == "outline":
            command.add_argument("--json", dest="as_json", action="store_true", help=text("json"))
        if name == "draft":
            _web_options(command, text)


def _check(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", text: Callable[[str], str]
) -> None:
    """Add the command for a site's own checks."""
    command = commands.add_parser("check", help=text("check"), description=text("check"))
    command.add_argument("files", nargs="*", type=Path, metavar="FILE", help=text("check-files"))
    command.add_argument("--profile", type=Path, metavar="DIR", help=text("check-profile"))
    command.add_argument("--site", type=Path, metavar="DIR", help=text("check-site"))
    command.add_argument(
        "--state",
        type=Path,
        default=Path("rundown-check.jsonl"),
        metavar="FILE",
        help=text("check-state"),
    )
    command.add_argument("--allow-private", action="store_true", help=text("allow-private"))
    command.add_argument("--json", dest="as_json", action="store_true", help=text("check-json"))


def _find(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", text: Callable[[str], str]
) -> None:
    """Add the command that looks for words in all episodes."""
    command = commands.add_parser("find", help=text("find"), description=text("find"))
    command.add_argument("words", nargs="+", metavar="WORDS", help=text("find-words"))
    command.add_argument("--site", metavar="SITE", help=text("site"))
    command.add_argument("--db", type=_file, metavar="FILE", help=text("chat-db"))
    command.add_argument("--json", dest="as_json", action="store_true", help=text("find-json"))


def _site_moved(command: argparse.ArgumentParser, text: Callable[[str], str]) -> None:
    command.add_argument("--site-moved", action="store_true", help=text("site-moved"))


def _keeping(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", text: Callable[[str], str]
) -> None:
    """Add the commands for whoever looks after the database."""
    for name, needs, about in (
        ("backup", None, text("backup-file")),
        ("restore", None, text("restore-file")),
        ("export", "?", text("export-file")),
    ):
        command = commands.add_parser(name, help=text(name), description=text(name))
        command.add_argument("file", nargs=needs, type=Path, metavar="FILE", help=about)
        command.add_argument("--db", type=_database, metavar="DB", help=text("kept-db"))
        if name == "restore":
            command.add_argument("--replace", action="store_true", help=text("restore-replace"))

    migrate = commands.add_parser("migrate", help=text("migrate"), description=text("migrate"))
    for option, target in (("from", "source"), ("to", "to")):
        migrate.add_argument(
            f"--{option}",
            dest=target,
            type=_database,
            required=True,
            metavar="DB",
            help=text(f"migrate-{option}"),
        )


def _file(text: str) -> Path:
    """Read a database's file; an address on a server is refused, and not repeated."""
    db = _database(text)
    if not isinstance(db, Path):
        raise argparse.ArgumentTypeError(say("settings.db-file", language_of(os.environ)))
    return db


def _database(text: str) -> "Path | Secret":
    # Loaded here: help needs no settings.
    from bot.config import database_named

    return database_named(text)


def _publishing(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", text: Callable[[str], str]
) -> None:
    """Add the commands from the recording to the published episode."""
    chapters = commands.add_parser("chapters", help=text("chapters"), description=text("chapters"))
    chapters.add_argument("file", type=Path, metavar="FILE", help=text("episode-file"))
    chapters.add_argument("--format", required=True, choices=CHAPTER_FORMATS, help=text("format"))
    chapters.add_argument("--audio", type=Path, metavar="FILE", help=text("audio"))
    chapters.add_argument("--profile", type=Path, metavar="DIR", help=text("profile-folder"))
    chapters.add_argument("--length", metavar="H:MM:SS", help=text("length"))

    notes = commands.add_parser("notes", help=text("notes"), description=text("notes"))
    notes.add_argument("file", type=Path, metavar="FILE", help=text("episode-file"))
    notes.add_argument(
        "--profile", type=Path, required=True, metavar="DIR", help=text("profile-folder")
    )
    notes.add_argument("--limit", type=positive, metavar="N", help=text("limit"))
    notes.add_argument(
        "--format",
        choices=("markdown", "html", "text"),
        default="markdown",
        help=text("notes-format"),
    )
    times = commands.add_parser("times", help=text("times"), description=text("times"))
    times.add_argument("file", type=Path, metavar="FILE", help=text("episode-file"))
    times.add_argument("markers", type=Path, metavar="MARKERS", help=text("markers"))
    times.add_argument("--profile", type=Path, metavar="DIR", help=text("profile-folder"))
    times.add_argument("--write", action="store_true", help=text("times-write"))
    times.add_argument("--accept", action="store_true", help=text("accept"))


def _parser(language: str) -> argparse.ArgumentParser:
    def text(what: str) -> str:
        return say(f"cli.{what}", language)

    parser = argparse.ArgumentParser(prog="rundown", description=text("rundown"))
    parser.add_argument("--version", action="version", version=f"rundown {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar=text("command"))

    run = commands.add_parser("run", help=text("run"), description=text("run"))
    _site_moved(run, text)
    run.add_argument("--shards", metavar="SHARDS", help=text("shards"))

    chat = commands.add_parser("chat", help=text("chat"), description=text("chat"))
    chat.add_argument("--site", metavar="SITE", help=text("site"))
    chat.add_argument("--demo", action="store_true", help=text("demo"))
    _web_options(chat, text)
    chat.add_argument("--db", type=_file, metavar="FILE", help=text("chat-db"))
    chat.add_argument("--as", dest="name", metavar="NAME", help=text("as"))
    _site_moved(chat, text)

    replay = commands.add_parser("replay", help=text("replay"), description=text("replay"))
    replay.add_argument("export", type=Path, metavar="EXPORT", help=text("replay-export"))
    replay.add_argument("--profile", type=Path, metavar="DIR", help=text("profile"))
    replay.add_argument("--channel", metavar="CHANNEL", help=text("replay-channel"))
    replay.add_argument("--after", metavar="DATE", help=text("replay-after"))
    replay.add_argument("--before", metavar="DATE", help=text("replay-before"))
    replay.add_argument("--episode", type=Path, metavar="FILE", help=text("episode"))
    replay.add_argument("--lookups", type=Path, metavar="FILE", help=text("lookups"))
    replay.add_argument("--record", type=Path, metavar="FILE", help=text("record"))
    _web_options(replay, text)
    replay.add_argument("--db", type=_file, metavar="FILE", help=text("replay-db"))
    replay.add_argument("--commit", metavar="SITE", help=text("commit"))
    _site_moved(replay, text)

    titles = commands.add_parser("titles", help=text("titles"), description=text("titles"))
    titles.add_argument("urls", nargs="*", metavar="URL", help=text("urls"))
    titles.add_argument("--json", dest="as_json", action="store_true", help=text("json"))
    titles.add_argument("--record", type=Path, metavar="FILE", help=text("record"))
    titles.add_argument("--allow-private", action="store_true", help=text("allow-private"))
    titles.add_argument(
        "--max", dest="at_once", type=positive, default=16, metavar="N", help=text("max")
    )

    merge = commands.add_parser("merge", help=text("merge"), description=text("merge"))
    for name in ("base", "ours", "theirs"):
        merge.add_argument(
            f"--{name}", type=Path, required=True, metavar="FILE", help=text(f"merge-{name}")
        )
    merge.add_argument("--output", type=Path, metavar="FILE", help=text("merge-output"))

    _once(commands, text)
    _find(commands, text)
    _check(commands, text)
    _publishing(commands, text)

    commands.add_parser("doctor", help=text("doctor"), description=text("doctor"))

    _keeping(commands, text)

    completion = commands.add_parser(
        "completion", help=text("completion"), description=text("completion")
    )
    completion.add_argument("shell", choices=("bash", "zsh", "fish"), help=text("shell"))

    init = commands.add_parser("init", help=text("init"), description=text("init"))
    init.add_argument("folder", type=Path, metavar="DIR", help=text("init-folder"))
    init.add_argument("--kind", choices=("jekyll", "hugo"), help=text("kind"))
    init.add_argument("--show", metavar="FOLDER", help=text("show"))
    return parser


if __name__ == "__main__":
    sys.exit(main())
