"""`rundown init`: put a profile into a site repository, learned from its newest episodes.

A site that has no episodes yet gets the profile that is shipped for its kind.
"""

import asyncio
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from bot.adapters.git.repository import GitRepository
from bot.adapters.git.working_tree import explained
from bot.adapters.profile_files import (
    KINDS,
    SETTINGS,
    SHIPPED,
    TEMPLATE,
    kind_of,
    profile_folder,
    read_profile,
    recognised_in,
)
from bot.adapters.site_files import list_files, reader
from bot.adapters.site_settings import said_by
from bot.core.profile.profile import load
from bot.core.survey.data_files import data_files
from bot.core.survey.draft_template import DraftTemplate, draft_template
from bot.core.survey.page import Read
from bot.core.survey.settings import settings_text
from bot.core.survey.site import Survey, looked, survey
from bot.errors import SiteError


@dataclass(frozen=True, slots=True)
class InitResult:
    """What `init` did: the kind of site that it found, and the files that it wrote.

    `site` and `template` are what was learned from episodes; None where the shipped profile of
    its kind was taken. `looked` tells then where pages were that are no episodes; None where
    that kind was asked for.
    """

    kind: str
    paths: tuple[Path, ...]
    site: Survey | None = None
    template: DraftTemplate | None = None
    looked: str | None = None


@dataclass(frozen=True, slots=True)
class NewProfile:
    """The texts of a profile's two files, and what they were made from."""

    settings: str
    template: str
    site: Survey
    made: DraftTemplate


async def init(
    folder: Path, *, kind: str | None = None, show: str | None = None, language: str = "en"
) -> InitResult:
    """Write `.rundown/` for the site in `folder`; return what was written.

    Where there are episodes, the profile is learned from the newest of them (of the show whose
    folder `show` names, where there are several, which gets `.rundown/SHOW/`); `kind` (one of
    KINDS) asks for the shipped profile instead, which a site without episodes gets by its
    configuration; a `folder` of a repository is taken for the one that its site is in. Comments
    are in `language`. Raises SiteError, and writes nothing, where neither is known, a profile is
    there already, or the configuration cannot be read.
    """
    folder, inside, branch = await _repository_of(folder)
    own = folder / profile_folder(folder_name(show))
    if kind is not None and kind not in KINDS:
        raise SiteError("site.no-such-kind", kind=kind, kinds=", ".join(KINDS))
    paths = await list_files(folder) if kind is None else []
    paths = [one for one in paths if not inside or one.startswith(f"{inside}/")]
    new = learned(
        paths, reader(folder), {**_said_near(folder, paths), "branch": branch},
        show=show, language=language, place=str(folder),
    )  # fmt: skip
    if new is not None:
        texts = {SETTINGS: new.settings, TEMPLATE: new.template}
        _write(own, texts)
        return InitResult("episodes", tuple(own / name for name in texts), new.site, new.made)
    where = looked(paths) if kind is None else None
    inside = inside or _only_site_below(folder, paths)
    kind = kind or kind_of(folder / inside)
    settings = {**said_by(folder / inside), "branch": branch, "root": inside or None}
    shipped = read_profile(SHIPPED / kind)
    texts = {SETTINGS: with_settings(shipped.settings, settings), TEMPLATE: shipped.template}
    _write(own, texts)
    return InitResult(kind, tuple(own / name for name in texts), looked=where)


def learned(
    paths: list[str],
    read: Read,
    said: Mapping[str, str | None],
    *,
    show: str | None,
    language: str,
    place: str,
) -> NewProfile | None:
    """Learn a profile from a site's files; None where it has no episodes.

    Raises SiteError where it has, but none of the show that was asked for.
    """
    site = survey(paths, read, show=show)
    if site is None:
        every = survey(paths, read) if show is not None else None
        if every is not None:
            shows = ", ".join((every.folder or ".", *every.others))
            raise SiteError("survey.no-show", show=show, folder=place, shows=shows)
        return None
    made = draft_template(site)
    named = {**said, "language": said.get("language") or ("ja" if site.is_japanese else None)}
    files = data_files(site, paths, read)
    settings = settings_text(site, made, named, language=language, files=files)
    load(settings, made.text)  # nobody gets a profile that cannot be read
    ours = {file.path.rpartition("/")[2] for file in files}
    rest = tuple(name for name in site.beside if name not in ours)
    return NewProfile(settings, made.text, replace(site, beside=rest), made)


def folder_name(show: str | None) -> str | None:
    """Return what the folder of a show's profile is called; None for the only show."""
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", (show or "").rstrip("/").rpartition("/")[2])
    return name.lstrip("._-")[:60].lower() or None


def _said_near(folder: Path, paths: list[str]) -> dict[str, str | None]:
    """Return what the site's settings say, at the root or in a folder right below it."""
    said = said_by(folder)
    tops = sorted({path.partition("/")[0] for path in paths if "/" in path})
    for top in tops if not said else ():
        if not top.startswith(".") and (said := said_by(folder / top)):
            break
    return said


def _write(own: Path, texts: Mapping[str, str]) -> None:
    """Write the files of a profile, all or none."""
    with explained(own):
        try:
            own.mkdir(parents=True)
        except FileExistsError:
            raise SiteError("site.has-profile", folder=own) from None
    try:
        with explained(own):
            for name, text in texts.items():
                (own / name).write_text(text, encoding="utf-8", newline="\n")
    except SiteError:
        shutil.rmtree(own, ignore_errors=True)  # half a profile would only be in the way
        raise


def with_settings(text: str, settings: Mapping[str, str | None]) -> str:
    """Put settings that are known below the comment that a shipped `site.yml` begins with."""
    comment, rest = text.split("\n\n", 1)
    lines = [f"{key}: {_quoted(value)}" for key, value in settings.items() if value]
    return "\n\n".join([comment, *(["\n".join(lines)] if lines else []), rest])


def _quoted(value: str) -> str:
    """Return a value as a YAML scalar on one line, which is always read back as this text."""
    return yaml.safe_dump(value, default_style='"', allow_unicode=True, width=10**6).strip()


async def _repository_of(folder: Path) -> tuple[Path, str, str | None]:
    """Return the folder of a site's repository, the folder in it that was named, "" for it itself.

    With them comes the branch that is checked out; None where there is no repository or no branch
    yet: its files are laid down all the same, and committing says what is wrong with it.
    """
    try:
        return folder, "", (await GitRepository.open(folder, None)).branch
    except SiteError as error:
        if error.name != "site.inside-a-repository":
            return folder, "", None
        top = Path(str(error.values["root"]))
    inside = await asyncio.to_thread(_inside, top, folder)
    _, _, branch = await _repository_of(top)
    return top, inside, branch


def _inside(top: Path, folder: Path) -> str:
    """Return where a folder is in a repository; raise SiteError where there is none."""
    if not folder.is_dir():
        raise SiteError("site.no-folder", folder=folder)
    return folder.resolve().relative_to(top.resolve()).as_posix()


def _only_site_below(folder: Path, paths: list[str]) -> str:
    """Return the folder right below that has a site's configuration, where it is the only one."""
    if recognised_in(folder):
        return ""
    tops = {path.partition("/")[0] for path in paths if "/" in path and not path.startswith(".")}
    found = [top for top in sorted(tops) if recognised_in(folder / top)]
    return found[0] if len(found) == 1 else ""


async def has_no_commit(folder: Path) -> bool:
    """Return whether a folder is a repository in which nothing was committed yet."""
    try:
        return await (await GitRepository.open(folder, None)).tip() is None
    except SiteError:  # no repository
        return False
