"""`rundown init`: put a profile into a site repository, with what the site says of itself."""

import json
import re
import shutil
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml

from bot.adapters.git.repository import Repository
from bot.adapters.git.working_tree import told
from bot.adapters.profile_files import (
    FOLDER,
    KINDS,
    SETTINGS,
    SHIPPED,
    TEMPLATE,
    configuration_of,
    kind_of,
    read_bounded,
    read_profile,
)
from bot.errors import SiteError

_TAG = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Written:
    """What `init` did: the kind of site that it found, and the files that it wrote."""

    kind: str
    paths: tuple[Path, ...]


async def init(folder: Path, *, kind: str | None = None) -> Written:
    """Write `.rundown/` for the site in `folder`; return what was written.

    `kind` (one of KINDS) need not be given where the site's configuration shows it. The podcast's
    name, language and time zone are the site's, the branch the one that is checked out. Raises
    SiteError, and writes nothing, where the kind is not known, a profile is there already, or the
    configuration cannot be read.
    """
    own = folder / FOLDER
    if kind is None:
        kind = kind_of(folder)
    elif kind not in KINDS:
        raise SiteError("site.no-such-kind", kind=kind, kinds=", ".join(KINDS))
    settings = {**_said_by(folder), "branch": await _branch(folder)}
    shipped = read_profile(SHIPPED / kind)
    with told(own):
        try:
            own.mkdir()
        except FileExistsError:
            raise SiteError("site.has-profile", folder=own) from None
    texts = {SETTINGS: with_settings(shipped.settings, settings), TEMPLATE: shipped.template}
    try:
        with told(own):
            for name, text in texts.items():
                (own / name).write_text(text, encoding="utf-8", newline="\n")
    except SiteError:
        shutil.rmtree(own, ignore_errors=True)  # half a profile would only be in the way
        raise
    return Written(kind, tuple(own / name for name in texts))


def with_settings(text: str, settings: Mapping[str, str | None]) -> str:
    """Put settings that are known below the comment that a shipped `site.yml` begins with."""
    comment, rest = text.split("\n\n", 1)
    lines = [f"{key}: {_quoted(value)}" for key, value in settings.items() if value]
    return "\n\n".join([comment, *(["\n".join(lines)] if lines else []), rest])


def _quoted(value: str) -> str:
    """Return a value as a YAML scalar on one line, which is always read back as this text."""
    return yaml.safe_dump(value, default_style='"', allow_unicode=True, width=10**6).strip()


async def _branch(folder: Path) -> str | None:
    """Return the branch that is checked out; None where there is no repository or no branch yet."""
    try:
        return (await Repository.open(folder, None)).branch
    except SiteError:
        # Its files are laid down all the same; committing says what is wrong with the repository.
        return None


# --- what the site says of itself --------------------------------------------------------------


def _said_by(folder: Path) -> dict[str, str | None]:
    """Return name, language and time zone as the site's configuration has them."""
    try:
        file = configuration_of(folder)
    except SiteError:  # the kind was given by hand
        return {}
    said = _read(file, folder)
    found = {key.lower(): value for key, value in said.items() if isinstance(key, str)}
    language = found.get("lang") or found.get("locale") or found.get("languagecode")
    language = language or found.get("language") or found.get("defaultcontentlanguage")
    return {
        "name": _words(found.get("title") or found.get("name")),
        "language": _language(language),
        "timezone": _zone(found.get("timezone")),
    }


def _read(file: Path, folder: Path) -> Mapping[Any, Any]:
    """Read a configuration file, whichever of its three formats it has."""
    kind = {".toml": "TOML", ".json": "JSON"}.get(file.suffix, "YAML")
    data = read_bounded(file, folder)
    try:
        text = data.decode("utf-8-sig")
        if kind == "TOML":
            said: Any = tomllib.loads(text)
        elif kind == "JSON":
            said = json.loads(text)
        else:
            said = yaml.safe_load(text)
    except (ValueError, yaml.YAMLError, RecursionError) as error:
        place = f"{file}{_line(error)}"
        raise SiteError("site.broken-settings", place=place, format=kind) from None
    return said if isinstance(said, Mapping) else {}


def _line(error: Exception) -> str:
    """Return `:LINE` where the error knows the line."""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        return f":{error.problem_mark.line + 1}"
    found = re.search(r"\bline (\d+)", str(error))  # as JSON's and TOML's errors have it
    return f":{found[1]}" if found else ""


def _words(value: object) -> str | None:
    text = " ".join(str(value).split()) if isinstance(value, str | int | float) else ""
    return "".join(c for c in text if c.isprintable())[:200] or None


def _language(value: object) -> str | None:
    """Return a language's tag: `ja`, `en-us`."""
    return value.replace("_", "-") if isinstance(value, str) and _TAG.fullmatch(value) else None


def _zone(value: object) -> str | None:
    """Return the time zone if it is one that is known here."""
    if not isinstance(value, str):
        return None
    try:
        return ZoneInfo(value).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
