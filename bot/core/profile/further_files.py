"""Further files of an episode, beside its draft: a data file, a page of its own."""

import re
from dataclasses import dataclass

from bot.core.profile.template import Template
from bot.core.profile.yaml_nodes import Value, one_line

MOST = 5
_REPOSITORY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,38}/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}")


@dataclass(frozen=True, slots=True)
class FurtherFile:
    """The templates of a further file: where it goes, and its whole text.

    `repository` names another one than the site's, in lower case; "" stands for that.
    """

    path: Template
    text: Template
    repository: str = ""


@dataclass(frozen=True, slots=True)
class FileText:
    """A further file of an episode as its templates give it; an empty `path` means that none is."""

    path: str
    text: str
    repository: str = ""


def read_files(value: Value) -> tuple[FurtherFile, ...]:
    """Read `files`: a list of `{path, text, repository}`."""
    entries = value.entries()
    if len(entries) > MOST:
        value.fail("too-many", most=MOST)
    return tuple(map(_file, entries))


def _file(value: Value) -> FurtherFile:
    keys = value.mapping(("path", "text", "repository"))
    path, text = (value.required(keys, name) for name in ("path", "text"))
    return FurtherFile(
        path.template(),
        text.template(),
        _repository(keys["repository"]) if "repository" in keys else "",
    )


def _repository(value: Value) -> str:
    """Read a repository's name, `owner/name`; whether it may be written to is not said here."""
    name = value.text(200)
    if not _REPOSITORY.fullmatch(name):
        value.fail("repository", value=one_line(name))
    return name.lower()
