"""The shape of the paths of a site's episodes: where a date, a number, a season, a slug stand."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.core.survey.page import MOST, common, is_sequence, share, whole

Name = Literal["text", "date", "year", "month", "number", "season", "slug"]

_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[-_](.*))?\Z")
_NO_DATE = r"(?!\d{4}-\d\d-\d\d(?!\d))"
_COUNTED = re.compile(r"(\D*?)(\d+(?:\.\d+)?)\Z")
_HALVES = re.compile(r"(\D*?)(\d+)[-_.]\d\Z")
_SEASONED = re.compile(_NO_DATE + r"(\D*?)(\d+)(\D{1,9}?)(\d+)(?:([-_])(.+))?\Z")
_NAMED = re.compile(_NO_DATE + r"(\D*?)(\d+)([-_ ]+)(\D.*|\d+\D.*)\Z")
_KIND = re.compile(r"(?>(\d{4}-\d{2}-\d{2}[-_]?)?)(\D{0,40}?)\d{1,6}(?:\.\d{1,2})?(\D.*)?\Z")


@dataclass(frozen=True, slots=True)
class PathPart:
    """A part of a path: `text` is what stands there; `width` that of a number with zeros before.

    The `text` of a number is an expression for what it does not begin: a date, in some folders.
    """

    name: Name
    text: str = ""
    width: int = 0


@dataclass(frozen=True, slots=True)
class PathShape:
    """How paths are made up, from the site's root; `seen` of `of` pages have it."""

    parts: tuple[PathPart, ...]
    seen: int
    of: int

    def has(self, name: Name) -> bool:
        """Return whether such a part is in it."""
        return any(part.name == name for part in self.parts)

    @property
    def folder(self) -> str:
        """The folder in which all of it stands."""
        first = self.parts[0].text if self.parts and self.parts[0].name == "text" else ""
        return first.rpartition("/")[0]

    def beside(self, paths: Iterable[str]) -> "PathShape":
        """Return the shape as it tells its pages from others of the folder: those by a date."""
        if not any(_DATED.match(path.rpartition("/")[2]) for path in paths):
            return self
        parts = (replace(one, text=_NO_DATE) if one.name == "number" else one for one in self.parts)
        return self if self.has("date") else replace(self, parts=tuple(parts))

    @property
    def pattern(self) -> str:
        """A regular expression for the paths, with a group for each kind of part."""
        made: list[str] = []
        named: set[str] = set()
        for part in self.parts:
            if part.name == "text":
                made.append(re.escape(part.text))
            elif part.name in named:
                made.append(f"(?:{_PATTERNS[part.name]})")
            else:
                named.add(part.name)
                made.append(f"{part.text}(?P<{part.name}>{_PATTERNS[part.name]})")
        return "".join(made)


_PATTERNS = {
    "date": r"\d{4}-\d{2}-\d{2}", "year": r"\d{4}", "month": r"\d{2}",
    "number": r"\d+(?:[.]\d+)?", "season": r"\d+", "slug": r"[^/]+",
}  # fmt: skip


def name_kind(path: str) -> tuple[bool, str, bool] | None:
    """Return what a counted page's name is like: dated, the text before its number, named behind.

    None for a name without a number.
    """
    stem = path.rpartition("/")[2].rpartition(".")[0]
    found = _KIND.match(stem)
    return (bool(found[1]), found[2], bool(found[3])) if found else None


def path_shape(paths: Sequence[str]) -> PathShape:
    """Return the shape of paths, the newest first."""
    rows = [path.split("/") for path in paths]
    depth = common(len(row) for row in rows)
    rows = [row for row in rows if depth and len(row) == depth[0]]
    parts: list[PathPart] = []
    has_number = False
    columns = list(zip(*rows, strict=True))
    for column in columns[:-1]:
        made = _folder(column, has_number=has_number)
        has_number = has_number or any(part.name == "number" for part in made)
        parts += [*made, PathPart("text", "/")]
    stems = [name.rpartition(".") for name in columns[-1]]
    ending = stems[0][2]
    parts += _stem([stem for stem, _, _ in stems], has_number=has_number, is_alone=len(columns) > 1)
    shape = _joined([*parts, PathPart("text", f".{ending}")])
    pattern = re.compile(PathShape(shape, 0, 0).pattern)
    return PathShape(shape, sum(bool(pattern.fullmatch(path)) for path in paths), len(paths))


def _joined(parts: Sequence[PathPart]) -> tuple[PathPart, ...]:
    """Put texts that stand together into one."""
    joined: list[PathPart] = []
    for part in parts:
        if part.name == "text" and joined and joined[-1].name == "text":
            joined[-1] = PathPart("text", joined[-1].text + part.text)
        elif part.name != "text" or part.text:
            joined.append(part)
    return tuple(joined)


def _folder(column: Sequence[str], *, has_number: bool) -> list[PathPart]:
    """Return what a folder's names are."""
    same = common(column)
    if same and same[1] >= MOST * len(column) and not same[0].isdigit():
        return [PathPart("text", same[0])]
    if share([name.isdigit() for name in column]) >= MOST:
        digits = [name for name in column if name.isdigit()]
        if share([len(name) == 4 and name[:2] in ("19", "20") for name in digits]) >= MOST:
            return [PathPart("year")]
        if not has_number and is_sequence([whole(name) for name in digits]):
            return [PathPart("number", width=_width(digits))]
        return [PathPart("month" if share([len(name) == 2 for name in digits]) >= MOST else "slug")]
    return _stem(column, has_number=has_number, is_alone=True)


def _stem(stems: Sequence[str], *, has_number: bool, is_alone: bool) -> list[PathPart]:
    """Return what the names of files, without their endings, are made of."""
    same = common(stems)
    if is_alone and same and len(stems) > 1 and same[1] >= MOST * len(stems):
        return [PathPart("text", same[0])]
    dated = [found for stem in stems if (found := _DATED.match(stem))]
    if len(dated) >= MOST * len(stems):
        rest = [found[2] or "" for found in dated]
        if share(rest) < 1 - MOST:
            return [PathPart("date")]
        return [PathPart("date"), PathPart("text", "-"), *_rest(rest, has_number=has_number)]
    return _rest(stems, has_number=has_number)


def _rest(stems: Sequence[str], *, has_number: bool) -> list[PathPart]:
    if has_number:
        return [PathPart("slug")]
    return _counted(stems) or _seasoned(stems) or _named(stems) or [PathPart("slug")]


def _counted(stems: Sequence[str]) -> list[PathPart] | None:
    """`ep57`, `57`, `60.5`: a number behind the same text."""
    found = [one for stem in stems if (one := _COUNTED.match(stem) or _HALVES.match(stem))]
    prefix = common(one[1] for one in found)
    if prefix is None or prefix[1] < MOST * len(stems):
        return None
    numbers = [one[2] for one in found if one[1] == prefix[0]]
    if not is_sequence([whole(number) for number in numbers]):
        return None
    return [PathPart("text", prefix[0]), PathPart("number", width=_width(numbers))]


def _seasoned(stems: Sequence[str]) -> list[PathPart] | None:
    """`podcast-14-03`, `s2e05`, `s02e05-name`: a number that is counted within a season."""
    found = [one for stem in stems if (one := _SEASONED.match(stem))]
    frame = common((one[1], one[3], bool(one[6])) for one in found)
    if frame is None or frame[1] < MOST * len(stems):
        return None
    prefix, middle, is_named = frame[0]
    fit = [one for one in found if (one[1], one[3], bool(one[6])) == frame[0]]
    seasons, numbers = [whole(one[2]) for one in fit], [whole(one[4]) for one in fit]
    steps = list(
        zip(
            zip(seasons, numbers, strict=False),
            zip(seasons[1:], numbers[1:], strict=False),
            strict=False,
        )
    )
    within = [now[1] - old[1] == 1 for now, old in steps if now[0] == old[0]]
    if len(set(seasons)) > len(seasons) / 2 or share(within) < 0.5 or max(seasons) > 99:
        return None
    parts = [
        PathPart("text", prefix), PathPart("season", width=_width([one[2] for one in fit])),
        PathPart("text", middle), PathPart("number", width=_width([one[4] for one in fit])),
    ]  # fmt: skip
    return [*parts, PathPart("text", fit[0][5]), PathPart("slug")] if is_named else parts


def _named(stems: Sequence[str]) -> list[PathPart] | None:
    """`155-python-brasil`: a number before a slug."""
    found = [one for stem in stems if (one := _NAMED.match(stem))]
    frame = common((one[1], one[3]) for one in found)
    if frame is None or frame[1] < MOST * len(stems):
        return None
    numbers = [one[2] for one in found if (one[1], one[3]) == frame[0]]
    if not is_sequence([whole(number) for number in numbers]):
        return None
    prefix, mark = frame[0]
    number = PathPart("number", width=_width(numbers))
    return [PathPart("text", prefix), number, PathPart("text", mark), PathPart("slug")]


def _width(numbers: Sequence[str]) -> int:
    """Return how many digits numbers are filled up to; 0 if they are not."""
    filled = Counter(len(one) for one in numbers if one.startswith("0") and len(one) > 1)
    return filled.most_common(1)[0][0] if filled else 0
