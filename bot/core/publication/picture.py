"""The picture of an episode: what kind of file it is, by its first bytes, and where it stands."""

from collections.abc import Iterable

from bot.core.profile.template import Template
from bot.core.render.draft_path import is_in_way
from bot.errors import TemplateError

_KINDS = (
    (b"\x89PNG\r\n\x1a\n", 0, "png"),
    (b"\xff\xd8\xff", 0, "jpg"),
    (b"GIF87a", 0, "gif"),
    (b"GIF89a", 0, "gif"),
    (b"WEBP", 8, "webp"),
    (b"ftypavif", 4, "avif"),
)


def kind_of(data: bytes) -> str | None:
    """Return how the name of a picture's file ends; None for what a browser shows as none.

    (SVG is none: it may hold scripts.)
    """
    return next((kind for mark, at, kind in _KINDS if data.startswith(mark, at)), None)


def check_apart(path: str, template: Template, others: Iterable[tuple[str, str]]) -> None:
    """Raise TemplateError where an episode's picture and another file of it cannot both be.

    `others` are the keys of the profile that give the other files, and their paths.
    """
    for key, other in others:
        if is_in_way(path, other):
            where = {"file": template.file, "line": template.line}
            raise TemplateError("publish.picture-place", path=path, key=key, other=other, **where)
