"""Further files of an episode, beside its draft: a data file, a page of its own."""

from dataclasses import dataclass

from bot.core.render.template import Template
from bot.core.render.yaml_nodes import Value

MOST = 5


@dataclass(frozen=True, slots=True)
class FurtherFile:
    """The templates of a further file: where it goes, and its whole text."""

    path: Template
    text: Template


@dataclass(frozen=True, slots=True)
class FileText:
    """A further file of an episode as its templates give it; an empty `path` means that none is."""

    path: str
    text: str


def read_files(value: Value) -> tuple[FurtherFile, ...]:
    """Read `files`: a list of `{path, text}`."""
    entries = value.entries()
    if len(entries) > MOST:
        value.fail("too-many", most=MOST)
    return tuple(map(_file, entries))


def _file(value: Value) -> FurtherFile:
    keys = value.mapping(("path", "text"))
    path, text = (value.required(keys, name) for name in ("path", "text"))
    return FurtherFile(
        Template(path.text(), path.file, path.line), Template(text.text(), text.file, text.line)
    )
