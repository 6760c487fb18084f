"""Which files of a repository are the episodes of a show, judged by what they are like."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import log10

from bot.core.survey.page import NEWEST, Read, SurveyPage, date_parts, page, share, whole
from bot.core.survey.path_shape import PathShape, name_kind, path_shape

MOST_FAMILIES = 40
MOST_HEADS = 3_000
FEWEST = 3
SAMPLE = 10
OFTEN = 0.25
"""The share of a folder's pages that may be its episodes, if they are counted under one name."""

_PAGE = re.compile(r"\.(?:md|markdown|mdx|mdown|mkd|adoc|asciidoc|org|rst)\Z", re.IGNORECASE)
_NO_EPISODE = re.compile(
    r"(?:readme|changelog|license|licence|contributing|code[_-]of[_-]conduct|security|support"
    r"|_index|404|about|contact|faq|search|todo|template|pull_request_template|index)\Z",
    re.IGNORECASE,
)
_NO_PAGE = re.compile(r"\A(?:readme|changelog|license)\b|script\.\w+\Z", re.IGNORECASE)
_NO_FOLDER = re.compile(
    r"(?:\..*|node_modules|vendor|_site|dist|build|themes?|_?layouts|_?includes|archetypes"
    r"|bower_components|templates?|partials|i18n|test|tests|spec|scripts|plugins)\Z",
    re.IGNORECASE,
)
_SAYS_EPISODE = re.compile(
    r"episod|episód|podcast|\bep(?:\b|\d)|shows?\b|show-?notes|cast\b|エピソード|ポッドキャスト|ラジオ",
    re.IGNORECASE,
)
_KEYS = re.compile(
    r"audio|mp3|podcast|enclosure|duration|episode|guest|hosts?\b|youtube|actor|cast\b|season"
    r"|media|player|spotify|soundcloud|libsyn|participants|starring",
    re.IGNORECASE,
)
_SOUND = re.compile(
    r"\.(?:mp3|m4a|ogg|opus)\b|<audio|podcast|episode|エピソード|ポッドキャスト|第\s*\d+\s*回",
    re.IGNORECASE,
)
_SIGNS = 0.3
"""The share of pages that have to speak of a podcast, if neither folder nor file is called so."""
_DIGITS = re.compile(r"\d+")
_DATE_NAMES = ("date", "pubdate", "published_at", "publishdate", "release_date", "published")


@dataclass(frozen=True, slots=True)
class Family:
    """Files that are one show's episodes, the newest first, and how they were put in order."""

    paths: tuple[str, ...]
    shape: PathShape
    score: float
    order: str

    @property
    def folder(self) -> str:
        """The folder that they stand in, or below."""
        return self.shape.folder


def families(paths: Iterable[str], read: Read) -> list[Family]:
    """Return the shows of a repository, the likeliest first; none where there are no episodes."""
    groups = sorted(_groups(paths).values(), key=len, reverse=True)
    found = [
        family
        for group in groups[:MOST_FAMILIES]
        if len(group) >= FEWEST and (family := _likeliest(group, read)) is not None
    ]
    return sorted(found, key=lambda family: family.score, reverse=True)


def looked_at(paths: Iterable[str]) -> list[tuple[str, int]]:
    """Return the folders with pages that might have been episodes, each with how many it has."""
    counts: defaultdict[str, int] = defaultdict(int)
    for group in _groups(paths).values():
        for path in group:
            counts[path.rpartition("/")[0] or "."] += 1
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))


def named(folder: str, paths: Iterable[str], read: Read) -> Family | None:
    """Return the pages in or below a folder as a show's episodes, whatever they are like."""
    start = f"{folder.strip('/')}/" if folder.strip("/.") else ""
    pages = [path for path in paths if path.startswith(start) and _is_page(path)]
    pages = [path for path in pages
             if not _NO_EPISODE.match(path.rpartition("/")[2].rpartition(".")[0])]  # fmt: skip
    return _family(pages, read, are_meant=True) if len(pages) >= FEWEST else None


def _groups(paths: Iterable[str]) -> dict[str, list[str]]:
    """Group pages by their folder, without regard to numbers; a folder an episode is one group."""
    pages = [path for path in paths if _is_page(path)]
    within: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for path in pages:
        folder, _, name = path.rpartition("/")
        within[_without_numbers(folder.rpartition("/")[0]), name].add(folder)
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for path in pages:
        folder, _, name = path.rpartition("/")
        above = _without_numbers(folder.rpartition("/")[0])
        is_one_each = folder and not _DIGITS.search(name) and len(within[above, name]) >= FEWEST
        if is_one_each:
            groups[f"{above}/*/{name}"].append(path)
        elif not _NO_EPISODE.match(name.rpartition(".")[0]):
            groups[_without_numbers(folder)].append(path)
    return groups


def _is_page(path: str) -> bool:
    folder, _, name = path.rpartition("/")
    if not _PAGE.search(name) or any(_NO_FOLDER.match(part) for part in folder.split("/")):
        return False
    return not _NO_PAGE.search(name)


def _without_numbers(folder: str) -> str:
    return "/".join("#" if part.isdigit() else part for part in folder.split("/"))


def _likeliest(group: Sequence[str], read: Read) -> Family | None:
    """Return a group's episodes: all of its pages, or those that are counted under one name.

    Beside `podcast-1026` there may be `prep-1026`, news, and pages that go by a date.
    """
    whole = _family(group, read)
    if whole is not None and whole.shape.has("number") and whole.shape.seen == whole.shape.of:
        return whole
    kinds: defaultdict[tuple[bool, str, bool], list[str]] = defaultdict(list)
    for path in group:
        if (kind := name_kind(path)) is not None:
            kinds[kind].append(path)
    counted = [
        family
        for paths in kinds.values()
        if max(2 * FEWEST, OFTEN * len(group)) <= len(paths) < len(group)
        and (family := _family(paths, read)) is not None
        and family.shape.has("number")
        and not family.shape.has("season")
    ]
    found = [*counted, *([whole] if whole is not None else [])]
    best = max(found, key=lambda family: family.score, default=None)
    return best and replace(best, shape=best.shape.beside(group))


# --- order ---------------------------------------------------------------------------------------


def _family(paths: Sequence[str], read: Read, *, are_meant: bool = False) -> Family | None:
    """Put pages in order and judge how much they look like episodes; None: not at all."""
    ordered, order = _newest_first(paths, read)
    if not ordered:
        return None
    shape = path_shape(ordered[:NEWEST]).beside(paths)
    ordered = _of_shape(ordered, shape) if order != "page" else ordered
    sample = [page(path, text) for path in ordered[:SAMPLE] if (text := read(path)) is not None]
    if not sample:
        return None
    score = _score(sample, shape, len(ordered), is_ordered=order != "path")
    return Family(tuple(ordered), shape, score, order) if score > 0 or are_meant else None


def _newest_first(paths: Sequence[str], read: Read) -> tuple[list[str], str]:
    """Order by date or number of the paths; where most have none, by a date in the page."""
    by_path = sorted(paths, key=_numbers, reverse=True)
    shape = path_shape(by_path[:NEWEST])
    if shape.seen >= 0.7 * shape.of and (shape.has("date") or shape.has("number")):
        return by_path, "number" if not shape.has("date") else "date"
    dated = []
    for path in by_path[:MOST_HEADS]:
        text = read(path)
        dated.append((_date_of(text) if text else "", path))
    if share([day for day, _ in dated]) >= 0.5:
        return [path for _, path in sorted(dated, reverse=True)], "page"
    counted = [(_count_of(read(path) or ""), path) for path in by_path[:MOST_HEADS]]
    if share([any(count) for count, _ in counted]) >= 0.5:
        return [path for _, path in sorted(counted, reverse=True)], "page"
    return by_path, "path"


def _of_shape(paths: Sequence[str], shape: PathShape) -> list[str]:
    """Put what has the shape first, by what stands in it: one odd name may count very high."""
    pattern = re.compile(shape.pattern)
    fits: list[tuple[list[tuple[int, str]], str]] = []
    rest: list[str] = []
    names = [part.name for part in shape.parts if part.name in ("date", "year", "season", "number")]
    for path in paths:
        found = pattern.fullmatch(path)
        if found is None:
            rest.append(path)
        else:
            fits.append(([key for name in names for key in _numbers(found[name])], path))
    return [*(path for _, path in sorted(fits, reverse=True)), *rest]


def _numbers(path: str) -> list[tuple[int, str]]:
    return [(whole(digits), "") for digits in _DIGITS.findall(path)]


_DATE_LINE = re.compile(
    r"^[ \t{]*\"?("
    + "|".join(_DATE_NAMES)
    + r")\"?[ \t]*[:=][ \t]*[\"']?(\d{4}-\d\d-\d\d[^\"'#\n]*)",
    re.IGNORECASE | re.MULTILINE,
)


_COUNT_LINE = re.compile(
    r"^[ \t{]*\"?(season|episode|number|episode_number)\"?[ \t]*[:=][ \t]*[\"']?(\d{1,6})\b",
    re.IGNORECASE | re.MULTILINE,
)


def _count_of(text: str) -> tuple[int, int]:
    """Return the season and the number that a page names in keys of that name; zeros if none."""
    found = {name.lower(): whole(count) for name, count in _COUNT_LINE.findall(_head(text))}
    number = next((found[name] for name in found if name != "season"), 0)
    return found.get("season", 0), number


def _head(text: str) -> str:
    """Return the part of a page in which its front matter stands."""
    end = text.find("\n---", 4) if text.startswith("---") else text.find("\n+++", 4)
    return text[: end if end > 0 else 5_000]


def _date_of(text: str) -> str:
    """Return the date that a page names, by its line: all of a site's pages are asked."""
    if text[:1] not in "-+{\ufeff":
        return ""
    found = {name.lower(): day for name, day in _DATE_LINE.findall(_head(text))}
    return next((found[name].strip() for name in _DATE_NAMES if name in found), "")


# --- likeness ------------------------------------------------------------------------------------


def _score(
    sample: Sequence[SurveyPage], shape: PathShape, count: int, *, is_ordered: bool
) -> float:
    """Return how much pages look like episodes: 0 if they do not."""
    keys = share([any(_KEYS.search(name) for name in one.values) for one in sample])
    sound = share([_SOUND.search(one.text) for one in sample])
    links = share([one.text.count("http") >= 3 for one in sample])
    dated = share([_is_dated(one) for one in sample])
    numbered = shape.has("number") and shape.seen >= 0.7 * shape.of
    named = bool(_SAYS_EPISODE.search(shape.folder)) or bool(
        _SAYS_EPISODE.search(_name(sample[0].path))
    )
    if not (numbered or dated or is_ordered or shape.has("date")):
        return 0.0
    if not named and max(keys, sound) < _SIGNS:
        return 0.0  # numbered articles with links are no show
    likely = 2 * keys + sound + links + 1.5 * named + 1.5 * numbered + 0.5 * dated
    return likely * (1 + log10(count)) if likely >= 2 else 0.0


def _name(path: str) -> str:
    """Return what a page is called: as its folder, where it has one of its own."""
    folder, _, name = path.rpartition("/")
    return folder.rpartition("/")[2] if name.startswith("index.") else name


def _is_dated(one: SurveyPage) -> bool:
    return any(date_parts(one.scalar(name)) for name in one.values)
