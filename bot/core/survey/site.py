"""A site, learned from its newest episodes: all that a profile is written from."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.core.front_matter.region import Format
from bot.core.site_index.addresses import SiteSettings, read_settings, settings_paths
from bot.core.survey.body import BodyShape, body
from bot.core.survey.context import (
    Context,
    NumberPlace,
    TitleShape,
    completed,
    contexts,
    number_place,
    season_rule,
    title_shape,
)
from bot.core.survey.expressions import path_template, season_expression
from bot.core.survey.families import FEWEST, Family, families, looked_at, named
from bot.core.survey.keys import Key, keys
from bot.core.survey.own_title import OwnTitle, own_title
from bot.core.survey.page import MOST, NEWEST, Read, SurveyPage, common, page, whole
from bot.core.survey.path_shape import PathShape, path_shape

DraftMark = Literal["draft: true", "published: false", "none"]

_JEKYLL = re.compile(r"(?:^|/)_config\.ya?ml\Z")
_SETTINGS = re.compile(
    r"(?:^|/)(?:_config\.ya?ml|(?:hugo|config)\.(?:toml|ya?ml|json)"
    r"|(?:astro|next|svelte|nuxt|gatsby|eleventy|\.eleventy)[-.]?(?:config)?\.[mc]?[jt]s|package\.json)\Z"
)
_HUGO = re.compile(r"(?:^|/)(?:hugo|config)\.(?:toml|ya?ml|json)\Z")
_SCHEMA = re.compile(
    r"(?:^|/)(?:src/)?content[./]config\.[mc]?[jt]s\Z|(?:^|/)(?:\.?eleventy(?:\.config)?|gatsby-node)\.[mc]?js\Z"
)
_KNOWS_DRAFT = re.compile(r"\bdrafts?\b")
_KANA = re.compile("[ぁ-ゖァ-ヺ]")
_MOST_FOLDERS = 6
"""How many folders are named where none has episodes."""


@dataclass(frozen=True, slots=True)
class DraftHabit:
    """What hides a page until it is published, and how that is known."""

    mark: DraftMark
    why: str


@dataclass(frozen=True, slots=True)
class Survey:
    """What was learned of a show's site.

    `others` are the folders of further shows in it, `beside` the files that lie beside most
    episodes, in folders of their own. `root` is the folder that the site stands in, if it is one;
    `is_jekyll` whether there is a site in the repository that may be Jekyll's.
    """

    folder: str
    paths: tuple[str, ...]
    pages: tuple[SurveyPage, ...]
    known: tuple[Context, ...]
    shape: PathShape
    number_at: NumberPlace | None
    titles: TitleShape | None
    format: Format | None
    keys: tuple[Key, ...]
    body: BodyShape
    draft: DraftHabit
    season_offset: int | None
    newest: str
    next: str
    others: tuple[str, ...]
    beside: tuple[str, ...] = ()
    root: str = ""
    is_jekyll: bool = False
    own_title: OwnTitle | None = None

    @property
    def season(self) -> str:
        """The expression for the season of an episode."""
        newest = next((one.season for one in self.known if one.season), "")
        return season_expression(self.season_offset, newest)

    @property
    def keeps_letters(self) -> bool:
        """Whether slugs keep letters of any script."""
        return any(not one.slug.isascii() for one in self.known)

    @property
    def episode_path(self) -> str:
        """The template of an episode's path, from the repository's root."""
        return path_template(self.shape, self.season, keeps=self.keeps_letters)

    @property
    def is_japanese(self) -> bool:
        """Whether its newest pages are written in Japanese."""
        kana = sum(len(_KANA.findall(page.text[:20_000])) for page in self.pages)
        return kana > 20 * len(self.pages)

    @property
    def read(self) -> int:
        """How many of the newest pages have front matter that can be read."""
        return sum(bool(page.values) for page in self.pages)


def survey(paths: Iterable[str], read: Read, *, show: str | None = None) -> Survey | None:
    """Learn what a show's site is like; None where no episodes are found.

    `paths` are all files of the repository, `show` is the folder, or a word of it, of the one
    that is meant where there are several; the pages of a folder that is named so are its
    episodes even if they do not look like some.
    """
    every = sorted(paths)
    found = families(every, read)
    if show is not None:
        found = [one for one in found if show.casefold() in _place(one).casefold()]
        if not found and (meant := named(show, every, read)):
            found = [meant]
    if not found:
        return None
    family = found[0]
    others = [_place(one) for one in found[1:] if _is_show(one, family)]
    return _learned(family, read, every, tuple(dict.fromkeys(others)))


def looked(paths: Iterable[str]) -> str:
    """Return where pages were that might have been episodes: `_posts (12), docs (3)`."""
    found = looked_at(paths)
    shown = ", ".join(f"{folder} ({count})" for folder, count in found[:_MOST_FOLDERS])
    return f"{shown}, …" if len(found) > _MOST_FOLDERS else shown or "-"


def _place(family: Family) -> str:
    return family.folder or "."


def _is_show(other: Family, best: Family) -> bool:
    """Return whether other pages are a show of their own: numbered or dated, and nearly as like."""
    counted = other.shape.has("number") or other.shape.has("date")
    return counted and other.score >= 0.3 * best.score and other.folder != best.folder


def _learned(family: Family, read: Read, every: Sequence[str], others: tuple[str, ...]) -> Survey:
    newest = family.paths[:NEWEST]
    pages = [page(path, text) for path in newest if (text := read(path)) is not None]
    shape = _with_widths(family.shape, family.paths)
    known = contexts(pages, shape)
    place = None if shape.has("number") else number_place(pages)
    known = completed(pages, known, place, None)
    titles = title_shape(pages, known)
    known = completed(pages, known, place, titles)
    numbers = [one.number for one in known if one.number]
    return Survey(
        folder=family.folder, paths=family.paths, pages=tuple(pages), known=tuple(known),
        shape=shape, number_at=place, titles=titles,
        format=_format(pages), keys=tuple(keys(pages, known)), body=body(pages, known),
        draft=draft_mark(pages, every, read), season_offset=season_rule(known),
        newest=numbers[0] if numbers else "",
        next=_next(family, read, shape, place, known), others=others,
        beside=_beside(newest, every), root=_root(shape.folder, every),
        is_jekyll=any(_JEKYLL.search(path) for path in every),
        own_title=own_title(pages, _settings(family.folder, every, read)),
    )  # fmt: skip


def _settings(folder: str, every: Sequence[str], read: Read) -> SiteSettings:
    """Return what the site's settings say of its addresses."""
    found = {path: read(path) for path in settings_paths(every, folder)}
    return read_settings({path: text for path, text in found.items() if text is not None})


def _beside(paths: Sequence[str], every: Sequence[str]) -> tuple[str, ...]:
    """Return the names of files that most episodes have beside them, where each has a folder."""
    folders = [path.rpartition("/")[0] for path in paths]
    if len(set(folders)) < len(folders) or len(folders) < FEWEST:
        return ()
    own, pages = set(folders), set(paths)
    names = Counter(
        path.rpartition("/")[2]
        for path in every
        if path.rpartition("/")[0] in own and path not in pages
    )
    return tuple(name for name, count in names.items() if count >= MOST * len(folders))


def _root(folder: str, every: Sequence[str]) -> str:
    """Return the folder of a site that does not stand at the root: its settings are there."""
    found = {
        match.string[: match.start()].rstrip("/")
        for path in every
        if (match := _SETTINGS.search(path)) and f"{folder}/".startswith(path[: match.start() + 1])
    }
    return "" if "" in found else max(found, key=len, default="")


def _format(pages: Sequence[SurveyPage]) -> Format | None:
    most = common(page.format for page in pages)
    return most[0] if most else None


def _with_widths(shape: PathShape, paths: Sequence[str]) -> PathShape:
    """Return the shape with the width of numbers as older episodes have it, too: 042, 155."""
    older = path_shape(paths).parts
    if [part.name for part in older] != [part.name for part in shape.parts]:
        return shape
    pairs = zip(shape.parts, older, strict=True)
    return replace(shape, parts=tuple(replace(one, width=old.width) for one, old in pairs))


def _next(
    family: Family,
    read: Read,
    shape: PathShape,
    place: NumberPlace | None,
    known: Sequence[Context],
) -> str:
    """Return the next whole number: after the highest of the show, or of its newest season."""
    if shape.has("season") or (place and place.season):
        season = max((whole(one.season) for one in known), default=0)
        numbers = [one.number for one in known if one.season and whole(one.season) == season]
        return str(1 + max(map(whole, numbers), default=0))
    if shape.has("number"):
        pattern = re.compile(shape.pattern)
        found = [pattern.fullmatch(path) for path in family.paths]
        highest = [whole(one["number"]) for one in found if one]
        return str(1 + max(highest, default=0))
    numbers = [one.number for one in known if one.number]
    return str(1 + max(map(whole, numbers))) if numbers else ""


# --- drafts --------------------------------------------------------------------------------------


def draft_mark(pages: Sequence[SurveyPage], paths: Sequence[str], read: Read) -> DraftHabit:
    """Return what hides a page: a key that pages have, or what the site's own settings know."""
    names = {
        name.lower()
        for one in pages
        for name in one.values
        if (one.scalar(name) or "").lower() in ("true", "false", "yes", "no")  # no date
    }
    if "draft" in names:
        return DraftHabit("draft: true", "the episodes have the key draft")
    if "published" in names:
        return DraftHabit("published: false", "the episodes have the key published")
    if not any(one.format for one in pages):
        return DraftHabit("none", "the episodes have no front matter")
    folder = pages[0].path.rpartition("/")[0]
    near = [path for path in paths if _is_above(path.rpartition("/")[0], folder)]
    for path in near:
        if _JEKYLL.search(path):
            return DraftHabit("published: false", f"{path} is a Jekyll site's")
    for path in near:
        if _HUGO.search(path) and "content" in folder.split("/"):
            return DraftHabit("draft: true", f"{path} is a Hugo or Zola site's")
    for path in paths:
        if _SCHEMA.search(path) and (text := read(path)) and _KNOWS_DRAFT.search(text):
            return DraftHabit("draft: true", f"{path} knows draft")
    return DraftHabit("none", "nothing was found by which this site hides a page")


def _is_above(folder: str, other: str) -> bool:
    above = folder.removesuffix("/config/_default").removesuffix("config/_default")
    return above == "" or other == above or other.startswith(f"{above}/")
