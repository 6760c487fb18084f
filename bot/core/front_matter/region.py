"""Where a file's front matter stands, and in which format it is written.

YAML stands between lines of `---`, TOML between lines of `+++`, JSON between the braces that the
file begins with; `---toml` and `---json` name it (gohugo.io/content-management/front-matter,
11ty.dev/docs/data-frontmatter).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Format = Literal["yaml", "toml", "json"]

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_OPENING = re.compile(r"---(yaml|toml|json)?[ \t]*\Z", re.IGNORECASE)
_YAML_END = re.compile(r"(?:---|\.\.\.)[ \t]*\Z")
_TOML_RULER = re.compile(r"\+\+\+[ \t]*\Z")
_YAML_KEY = re.compile(r"(\"[^\"]*\"|'[^']*'|[^\s#'\"\-][^:]*)\s*:(?:\s|\Z)")
_JSON_START = re.compile(r"\{\s*(?:\"|\}|\Z)")
_JSON_PART = re.compile(r'"(?:[^"\\\n]|\\.)*"|[{}\[\]]')


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A file's front matter: its format, its text without the rulers, and where that stands.

    `height` is how many lines of the file it takes with its rulers, `first` the line at which
    `text` begins; lines count from 0. Lines of `text` end in a line feed.
    """

    format: Format
    text: str
    first: int
    height: int


def front_matter(text: str) -> FrontMatter | None:
    """Return the front matter that a file begins with; None if there is none."""
    first = text.removeprefix("\ufeff")[:1]
    if first not in ("-", "+", "{"):
        return None
    lines = _LINE.findall(text)
    bare = [line.rstrip("\r\n") for line in lines]
    found = front_format(bare)
    if found is None:
        return None
    format, height = found
    if format == "json" and bare[0].removeprefix("\ufeff").startswith("{"):
        inside = "\n".join(bare[:height]).removeprefix("\ufeff") + "\n"
        return FrontMatter(format, inside, 0, height)
    return FrontMatter(format, "".join(f"{line}\n" for line in bare[1 : height - 1]), 1, height)


def front_format(bare: Sequence[str]) -> tuple[Format, int] | None:
    """Return the format of the front matter that lines without ends begin with, and its height."""
    first = bare[0].removeprefix("\ufeff") if bare else ""
    if opening := _OPENING.match(first):
        named = (opening[1] or "").lower()
        if named in ("toml", "json"):
            height = _ruled(bare, _YAML_END)
            return (("toml" if named == "toml" else "json"), height) if height else None
        return ("yaml", height) if (height := _yaml_height(bare)) else None
    if _TOML_RULER.match(first):
        return ("toml", height) if (height := _ruled(bare, _TOML_RULER)) else None
    if _JSON_START.match(first):
        return ("json", height) if (height := _json_height(bare)) else None
    return None


def _ruled(bare: Sequence[str], ruler: re.Pattern[str]) -> int:
    """Return the height of what ends in a ruler; 0 if nothing ends it."""
    return next((at + 1 for at, line in enumerate(bare) if at and ruler.match(line)), 0)


def _yaml_height(bare: Sequence[str]) -> int:
    """Return the height of YAML; what has no key is none, but a rule of Markdown."""
    has_key = False
    for number, line in enumerate(bare[1:], 1):
        if _YAML_END.match(line):
            return number + 1
        has_key = has_key or _YAML_KEY.match(line) is not None
        if not has_key and line.strip() and not line.startswith("#"):
            return 0
    return 0


def _json_height(bare: Sequence[str]) -> int:
    """Return the height of the object that lines begin with; 0 if text follows it on its line."""
    depth = 0
    for number, line in enumerate(bare):
        for part in _JSON_PART.finditer(line):
            depth += part[0] in "{["
            depth -= part[0] in "}]"
            if depth == 0 and part[0] == "}":
                return 0 if line[part.end() :].strip() else number + 1
    return 0
