"""`rundown check`: what is wrong with files of episodes, or with all links of a site."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.adapters.profile_files import FOLDER, SETTINGS
from bot.cli.chapters import profile_in, text_of
from bot.core.check.fault import Fault
from bot.core.check.file import file_faults
from bot.core.episode.fields import one_line
from bot.core.profile.profile import Profile
from bot.errors import InputError, ProfileError
from bot.mentions import untyped
from bot.texts import say

FOUND = 1
"""The exit code where something is wrong."""

UNREAD = 2
"""The exit code where a file cannot be read; the others are looked at all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOptions:
    """What `rundown check` was called with."""

    files: Sequence[Path]
    profile: Path | None
    site: Path | None
    state: Path
    as_json: bool
    allow_private: bool


def check(options: CheckOptions, *, language: str, environment: Mapping[str, str]) -> int:
    """Print what is wrong, a line each; return the exit code."""
    if options.site is not None:
        from bot.cli.check_site import SiteOptions, check_site  # with all that asks the web

        if options.files:
            raise InputError("check.both")
        site = SiteOptions(
            site=options.site,
            state=options.state,
            as_json=options.as_json,
            allow_private=options.allow_private,
        )
        return check_site(site, language=language, environment=environment)
    if not options.files:
        raise InputError("check.nothing")
    profiles: dict[Path, Profile | None] = {}
    found = unread = False
    for path in options.files:
        folder = options.profile or _profile_of(path)
        try:
            if folder and folder not in profiles:
                profiles[folder], wrong = _profile(folder, language)
                found = found or bool(wrong)
                _print(*wrong, language=language, as_json=options.as_json)
            faults = _faults(path, profiles[folder] if folder else None)
        except InputError as error:  # the other files are looked at all the same
            print(f"rundown: {untyped(error.say(language))}", file=sys.stderr)
            unread = True
            continue
        found = found or bool(faults)
        _print(*((path, one) for one in faults), language=language, as_json=options.as_json)
    return UNREAD if unread else FOUND if found else 0


def _profile(folder: Path, language: str) -> tuple[Profile | None, list[tuple[Path, Fault]]]:
    """Return a site's profile; where it cannot be used, none, and what is wrong with it."""
    try:
        return profile_in(folder), []
    except ProfileError as error:
        file = Path(str(error.values.get("file") or folder / SETTINGS))
        line = error.values.get("line")
        fault = Fault(
            line if isinstance(line, int) else 1, "profile", {"cause": error.say(language)}
        )
        return None, [(file, fault)]


def _faults(path: Path, profile: Profile | None) -> list[Fault]:
    """Return what is wrong with a file, by its site's profile where it has one."""
    return file_faults(
        text_of(path),
        rules=profile.publish if profile else None,
        times=profile.times if profile else None,
        is_jekyll=_is_jekyll(path),
    )


def _profile_of(path: Path) -> Path | None:
    """Return the folder of the profile of the site that a file stands in."""
    for folder in path.absolute().parents:
        if (folder / FOLDER / SETTINGS).is_file():
            return folder / FOLDER
        if (folder / ".git").exists():
            return None
    return None


def _is_jekyll(path: Path) -> bool:
    """Return whether a file stands in a Jekyll site."""
    for folder in path.absolute().parents:
        if any((folder / f"_config.{form}").is_file() for form in ("yml", "yaml", "toml")):
            return True
        if (folder / ".git").exists():
            return False
    return False


def _print(*faults: tuple[Path, Fault], language: str, as_json: bool) -> None:
    for path, fault in faults:
        said = told(fault, language)
        if as_json:
            values = {"file": str(path), "line": fault.line, "what": fault.what, "message": said}
            print(json.dumps(values, ensure_ascii=False))
        else:
            line = say("check.at-line", language, path=str(path), line=fault.line, fault=said)
            print(one_line(line))


def told(fault: Fault, language: str) -> str:
    """Say what is wrong."""
    if fault.what.startswith("time-"):
        return say(f"chapters.{fault.what.removeprefix('time-')}", language, **fault.values)
    return say(f"check.{fault.what}", language, **fault.values)
