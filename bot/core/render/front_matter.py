"""The front matter of a file: the YAML between its first two lines of `---`."""

import re

import yaml

from bot.errors import TemplateError

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)


def check_front_matter(text: str) -> None:
    """Raise TemplateError where a draft's front matter is no YAML, which would stop the build.

    A template that puts a host's words there without `| yaml` does that with the first colon.
    """
    found = _FRONT_MATTER.match(text)
    if found is None:
        return
    try:
        # Only read, never built: what a tag would make of it does not matter here.
        for _ in yaml.parse(found[1], Loader=yaml.CSafeLoader):
            pass
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        shown = text.split("\n")[line - 1].strip()[:60]
        raise TemplateError("desk.front-matter", line=line, shown=shown) from error
