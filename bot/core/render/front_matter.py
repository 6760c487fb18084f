"""The front matter of a draft: never committed where its site could not read it."""

from bot.core.front_matter.values import FrontMatterFault, values_in
from bot.errors import FileChanged, TemplateError


def check_front_matter(text: str) -> None:
    """Raise TemplateError where a draft's front matter cannot be read, which would stop the build.

    A template that puts a host's words there without `| yaml` does that with the first colon.
    """
    try:
        values_in(text)
    except FrontMatterFault as fault:
        raise TemplateError(
            "draft_file.front-matter", line=fault.line, shown=fault.shown
        ) from fault


def check_merged(text: str, path: str) -> None:
    """Raise FileChanged where a merge's front matter cannot be read, so that it is not committed.

    Merges never break what could be read: the file was broken before.
    """
    try:
        values_in(text)
    except FrontMatterFault as fault:
        raise FileChanged(
            "draft_file.front-matter-broken", path=path, line=fault.line, shown=fault.shown
        ) from fault
