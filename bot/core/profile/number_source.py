"""Where a site's episodes have their number: in their paths, or in a key of their front matter."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bot.core.front_matter.values import FrontMatterFault, text_at, values_in
from bot.core.front_matter.values import Value as FrontValue
from bot.core.profile.expression import Expression
from bot.core.profile.template import Template
from bot.core.profile.yaml_nodes import Value

_NUMBER = r"\d+(?:\.\d+)?"
_WHOLE = re.compile(r"\s*([0-9]{1,9})(?![0-9])")


@dataclass(frozen=True, slots=True)
class NumberSource:
    """Where numbers stand: `match` finds one in a path, or in the text of the key `front_matter`.

    It is the group `number` of it, or the first; where it has a group `season`, only the numbers
    of the highest season count; so does the key `season` of the front matter. `files` says which
    files have the key. Only texts that begin with `start` are tried at all: a site has many files
    beside its episodes. Paths are seen from the site's `root`, a folder of the repository.
    """

    match: Expression
    front_matter: str = ""
    files: Expression | None = None
    start: str = ""
    root: str = ""
    season: str = ""

    def pages(self, paths: Iterable[str]) -> list[str]:
        """Return the files whose front matter has to be read; none where the paths say it."""
        return [path for path in paths if self.is_page(path)] if self.front_matter else []

    def is_page(self, path: str) -> bool:
        """Return whether a file is one that may have a number: a page of an episode."""
        seen = self._from_root(path)
        if seen is None:
            return False
        if self.front_matter:
            return self.files is not None and self.files.search(seen) is not None
        return seen.startswith(self.start) and self.match.search(seen) is not None

    def _from_root(self, path: str) -> str | None:
        """Return a path as it is seen from the root; None for what stands outside."""
        start = f"{self.root}/" if self.root else ""
        return path[len(start) :] if path.startswith(start) else None

    def numbers(self, texts: Iterable[str]) -> list[str]:
        """Return the numbers in paths, or in the texts of the files that `pages` named."""
        found: list[tuple[int, str]] = []
        for text in texts:
            said = self._values(text)
            in_page = bool(self.front_matter)
            shown = text_at(said, self.front_matter) if in_page else self._from_root(text)
            match = self.match.search(shown) if shown and shown.startswith(self.start) else None
            if match is None:
                continue
            names = match.groupdict()
            own = text_at(said, self.season) if self.season else names.get("season")
            season = _WHOLE.match(own or "")
            number = names["number"] if "number" in names else match[1]
            found.append((int(season[1]) if season else 0, number or ""))
        newest = max((season for season, _ in found), default=0)
        return [number for season, number in found if season == newest]

    def _values(self, text: str) -> Mapping[str, FrontValue]:
        """Return the front matter of a page, if that is where numbers are."""
        try:
            return values_in(text) if self.front_matter else {}
        except FrontMatterFault:
            return {}


def next_number(numbers: Iterable[str], taken: Iterable[str]) -> str:
    """Return the next whole number after the highest; "1" if there is none.

    50.5 is a number too; the next after it is 51.
    """
    wholes = (_WHOLE.match(number) for number in [*numbers, *taken])
    return str(1 + max((int(whole[1]) for whole in wholes if whole), default=0))


def read_source(value: Value) -> NumberSource:
    """Read `number_from`: an expression over paths, or `{front_matter: KEY, match: …}`."""
    if not value.is_mapping:
        return NumberSource(_with_group(value))
    keys = value.mapping(("front_matter", "match", "files", "season"))
    key = keys["front_matter"].text(100) if "front_matter" in keys else ""
    if "match" in keys:
        match = _with_group(keys["match"])
    elif key:
        match = Expression(rf"^\D*({_NUMBER})", value.key, value.file, value.line)
    else:
        value.fail("missing", key=f"{value.key}.match")
    files = keys["files"].expression() if "files" in keys else None
    season = keys["season"].text(100) if "season" in keys and key else ""
    return NumberSource(match, key, files, season=season)


def _with_group(value: Value) -> Expression:
    expression = value.expression()
    if not expression.compiled.groups:
        value.fail("regex-group")
    return expression


def source_of(path: Template) -> NumberSource | None:
    """Make a source of a path's template: what stands around the number, at any depth below.

    Sites move old episodes into a folder a year, and may print 60.75 as 60-75.
    """
    pattern = path_pattern(path.source, number=rf"({_NUMBER})", printed=r"(\d+(?:[._-]\d+)?)")
    if "(\\d" not in pattern:
        return None
    start, slash, _ = re.split(r"\{[{%]", path.source.strip())[0].rpartition("/")
    return NumberSource(Expression(pattern, "path", path.file, path.line), start=start + slash)


def with_files(source: NumberSource, path: Template) -> NumberSource:
    """Return a source with the files that a path's template gives, if none were named."""
    if source.files is not None or not source.front_matter:
        return source
    pattern = path_pattern(path.source, number="[^/]*?", printed="[^/]*?")
    return replace(source, files=Expression(pattern, "path", path.file, path.line))


def path_pattern(path: str, *, number: str, printed: str) -> str:
    """Return the expression for all paths that a template gives, in any folder below its first."""
    parts = re.split(r"(\{\{.*?\}\}|\{%.*?%\})", path.strip(), flags=re.DOTALL)
    made: list[str] = []
    for part in parts:
        if not part.startswith(("{{", "{%")):
            made.append(re.escape(part))
        elif re.search(r"\A\{\{-?\s*\(?number\b", part) and not any("(\\d" in one for one in made):
            made.append(number if "replace" not in part else printed)
        else:
            made.append("[^/]*?" if part.startswith("{{") else "")
    folder, slash, rest = made[0].rpartition("/")
    return f"^{folder}{slash}(?:.*/)?{rest}{''.join(made[1:])}$"
