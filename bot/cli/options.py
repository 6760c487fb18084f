"""What each command of `rundown` takes; loaded where one is chosen, or all are completed."""

import argparse
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.language import language_of
from bot.texts import say

if TYPE_CHECKING:
    from bot.config import Secret

Text = Callable[[str], str]

CHAPTER_FORMATS = (
    *("podcast-json", "ffmetadata", "youtube", "spotify", "podlove", "audacity"),
    *("id3", "mp4"),
)


def add_options(command: argparse.ArgumentParser, name: str, language: str) -> None:
    """Add what a command takes."""
    _OPTIONS[name](command, lambda what: say(f"options.{what}", language))


def positive(text: str) -> int:
    """Read a whole number of at least 1, as an option's value."""
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _run(command: argparse.ArgumentParser, text: Text) -> None:
    _site_moved(command, text)
    command.add_argument("--shards", metavar="SHARDS", help=text("shards"))


def _chat(command: argparse.ArgumentParser, text: Text) -> None:
    command.add_argument("--site", metavar="SITE", help=text("site"))
    command.add_argument("--demo", action="store_true", help=text("demo"))
    _web(command, text)
    command.add_argument("--db", type=_file, metavar="FILE", help=text("chat-db"))
    command.add_argument("--as", dest="name", metavar="NAME", help=text("as"))
    _site_moved(command, text)


def _replay(command: argparse.ArgumentParser, text: Text) -> None:
    command.add_argument("export", type=Path, metavar="EXPORT", help=text("replay-export"))
    command.add_argument("--profile", type=Path, metavar="DIR", help=text("profile"))
    command.add_argument("--channel", metavar="CHANNEL", help=text("replay-channel"))
    command.add_argument("--after", metavar="DATE", help=text("replay-after"))
    command.add_argument("--before", metavar="DATE", help=text("replay-before"))
    command.add_argument("--episode", type=Path, metavar="FILE", help=text("episode"))
    command.add_argument("--lookups", type=Path, metavar="FILE", help=text("lookups"))
    _record(command, text)
    _web(command, text)
    command.add_argument("--db", type=_file, metavar="FILE", help=text("replay-db"))
    command.add_argument("--commit", metavar="SITE", help=text("commit"))
    _site_moved(command, text)


def _titles(command: argparse.ArgumentParser, text: Text) -> None:
    command.add_argument("urls", nargs="*", metavar="URL", help=text("urls"))
    command.add_argument("--json", dest="as_json", action="store_true", help=text("json"))
    _record(command, text)
    _private(command, text)
    command.add_argument(
        "--max", dest="at_once", type=positive, default=16, metavar="N", help=text("max")
    )


def _merge(command: argparse.ArgumentParser, text: Text) -> None:
    for name in ("base", "ours", "theirs"):
        command.add_argument(
            f"--{name}", type=Path, required=True, metavar="FILE", help=text(f"merge-{name}")
        )
    command.add_argument("--output", type=Path, metavar="FILE", help=text("merge-output"))


def _once(command: argparse.ArgumentParser, text: Text) -> None:
    command.add_argument("--site", metavar="SITE", help=text("site"))
    command.add_argument("--db", type=_file, metavar="FILE", help=text("chat-db"))
    command.add_argument("--as", dest="name", metavar="NAME", help=text("as"))


def _outline(command: argparse.ArgumentParser, text: Text) -> None:
    _once(command, text)
    command.add_argument("--json", dest="as_json", action="store_true", help=text("json"))


def _draft(command: argparse.ArgumentParser, text: Text) -> None:
    _once(command, text)
    _web(command, text)


def _find(command: argparse.ArgumentParser, text: Text) -> None:
    command.add_argument("words", nargs="+", metavar="WORDS", help=text("find-words"))
    command.add_argument("--site", metavar="SITE", help=text("site"))
    command.add_argument("--db", type=_file, metavar="FILE", help=text("chat-db"))
    command.add_argument("--json", dest="as_json", action="store_true", help=text("find-json"))


def _check(command: argparse.ArgumentParser, text: Text) -> None:
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
    _private(command, text)
    command.add_argument("--json", dest="as_json", action="store_true", help=text("check-json"))


def _chapters(command: argparse.ArgumentParser, text: Text) -> None:
    command.add_argument("file", type=Path, metavar="FILE", help=text("episode-file"))
    command.add_argument("--format", required=True, choices=CHAPTER_FORMATS, help=text("format"))
    command.add_argument("--audio", type=Path, metavar="FILE", help=text("audio"))
    command.add_argument("--profile", type=Path, metavar="DIR", help=text("profile-folder"))
    command.add_argument("--length", metavar="H:MM:SS", help=text("length"))


def _notes(command: argparse.ArgumentParser, text: Text) -> None:
    command.add_argument("file", type=Path, metavar="FILE", help=text("episode-file"))
    command.add_argument(
        "--profile", type=Path, required=True, metavar="DIR", help=text("profile-folder")
    )
    command.add_argument("--limit", type=positive, metavar="N", help=text("limit"))
    command.add_argument(
        "--format",
        choices=("markdown", "html", "text"),
        default="markdown",
        help=text("notes-format"),
    )


def _times(command: argparse.ArgumentParser, text: Text) -> None:
    command.add_argument("file", type=Path, metavar="FILE", help=text("episode-file"))
    command.add_argument("markers", type=Path, metavar="MARKERS", help=text("markers"))
    command.add_argument("--profile", type=Path, metavar="DIR", help=text("profile-folder"))
    command.add_argument("--write", action="store_true", help=text("times-write"))
    command.add_argument("--accept", action="store_true", help=text("accept"))


def _doctor(command: argparse.ArgumentParser, text: Text) -> None:
    """Add nothing: it is told all by the settings."""


def _backup(command: argparse.ArgumentParser, text: Text) -> None:
    _kept(command, text, about="backup-file")


def _restore(command: argparse.ArgumentParser, text: Text) -> None:
    _kept(command, text, about="restore-file")
    command.add_argument("--replace", action="store_true", help=text("restore-replace"))


def _export(command: argparse.ArgumentParser, text: Text) -> None:
    _kept(command, text, about="export-file", needs="?")


def _kept(
    command: argparse.ArgumentParser, text: Text, *, about: str, needs: str | None = None
) -> None:
    """Add a file, and the database of which it is."""
    command.add_argument("file", nargs=needs, type=Path, metavar="FILE", help=text(about))
    command.add_argument("--db", type=_database, metavar="DB", help=text("kept-db"))


def _migrate(command: argparse.ArgumentParser, text: Text) -> None:
    for option, target in (("from", "source"), ("to", "to")):
        command.add_argument(
            f"--{option}",
            dest=target,
            type=_database,
            required=True,
            metavar="DB",
            help=text(f"migrate-{option}"),
        )


def _completion(command: argparse.ArgumentParser, text: Text) -> None:
    command.add_argument("shell", choices=("bash", "zsh", "fish"), help=text("shell"))


def _init(command: argparse.ArgumentParser, text: Text) -> None:
    command.add_argument("folder", type=_folder, metavar="DIR", help=text("init-folder"))
    command.add_argument("--kind", choices=("jekyll", "hugo"), help=text("kind"))
    command.add_argument("--show", metavar="FOLDER", help=text("show"))


# --- what several take ---------------------------------------------------------------------------


def _web(command: argparse.ArgumentParser, text: Text) -> None:
    command.add_argument("--offline", action="store_true", help=text("offline"))
    _private(command, text)


def _private(command: argparse.ArgumentParser, text: Text) -> None:
    command.add_argument("--allow-private", action="store_true", help=text("allow-private"))


def _record(command: argparse.ArgumentParser, text: Text) -> None:
    command.add_argument("--record", type=Path, metavar="FILE", help=text("record"))


def _site_moved(command: argparse.ArgumentParser, text: Text) -> None:
    command.add_argument("--site-moved", action="store_true", help=text("site-moved"))


def _folder(text: str) -> Path:
    """Read a folder that is written to; an empty name, of a variable that is unset, is none."""
    if not text:
        raise argparse.ArgumentTypeError(say("options.no-name", language_of(os.environ)))
    return Path(text)


def _file(text: str) -> Path:
    """Read a database's file; an address on a server is refused, and not repeated."""
    db = _database(text)
    if not isinstance(db, Path):
        raise argparse.ArgumentTypeError(say("options.db-on-server", language_of(os.environ)))
    return db


def _database(text: str) -> "Path | Secret":
    # Loaded here: most commands that take one are given none.
    from bot.config import database_named
    from bot.errors import SettingsError

    language = language_of(os.environ)
    try:
        return database_named(text)
    except SettingsError as error:
        raise argparse.ArgumentTypeError(error.say(language)) from None


_OPTIONS: dict[str, Callable[[argparse.ArgumentParser, Text], None]] = {
    "run": _run,
    "chat": _chat,
    "replay": _replay,
    "titles": _titles,
    "merge": _merge,
    "outline": _outline,
    "history": _once,
    "draft": _draft,
    "find": _find,
    "check": _check,
    "chapters": _chapters,
    "notes": _notes,
    "times": _times,
    "doctor": _doctor,
    "backup": _backup,
    "restore": _restore,
    "export": _export,
    "migrate": _migrate,
    "completion": _completion,
    "init": _init,
}
