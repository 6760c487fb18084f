"""`rundown check`: what is wrong with files of episodes, or with all links of a site."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.cli.chapters import profile_in, text_of
from bot.core.check.fault import Fault
from bot.core.check.file import file_faults
from bot.core.episode.fields import one_line
from bot.core.render.profile import Profile
from bot.errors import InputError
from bot.texts import say

FOUND = 1
"""The exit code where something is wrong."""

PROFILE = ".rundown"
"""The folder of a site's profile."""


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
    known: dict[Path | None, Profile | None] = {None: None}
    found = False
    for path in options.files:
        folder = options.profile or _profile_of(path)
        if folder not in known:
            known[folder] = profile_in(folder) if folder else None
        profile = known[folder]
        faults = file_faults(
            text_of(path),
            rules=profile.publish if profile else None,
            times=profile.times if profile else None,
        )
        found = found or bool(faults)
        for line in _lines(path, faults, language, as_json=options.as_json):
            print(line)
    return FOUND if found else 0


def _profile_of(path: Path) -> Path | None:
    """Return the folder of the profile of the site that a file stands in."""
    for folder in path.absolute().parents:
        if (folder / PROFILE / "site.yml").is_file():
            return folder / PROFILE
        if (folder / ".git").exists():
            return None
    return None


def _lines(path: Path, faults: Iterable[Fault], language: str, *, as_json: bool) -> Iterable[str]:
    for fault in faults:
        said = told(fault, language)
        if as_json:
            values = {"file": str(path), "line": fault.line, "what": fault.what, "message": said}
            yield json.dumps(values, ensure_ascii=False)
        else:
            line = say("check.at-line", language, path=str(path), line=fault.line, fault=said)
            yield one_line(line)


def told(fault: Fault, language: str) -> str:
    """Say what is wrong."""
    if fault.what.startswith("time-"):
        return say(f"chapters.{fault.what.removeprefix('time-')}", language, **fault.values)
    return say(f"check.{fault.what}", language, **fault.values)
