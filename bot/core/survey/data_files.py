"""Data files that episodes have of their own, beside them or elsewhere: `data/episodes/57.yml`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.core.front_matter.region import Format
from bot.core.profile.further_files import MOST as MOST_FILES
from bot.core.survey.context import Context, title_shape
from bot.core.survey.draft_template import DraftTemplate, data_template
from bot.core.survey.keys import keys
from bot.core.survey.page import MOST, Read, SurveyPage, page, whole
from bot.core.survey.site import DraftHabit, Survey

_FORMATS: dict[str, Format] = {"yml": "yaml", "yaml": "yaml", "json": "json", "toml": "toml"}
_RULERS = {"yaml": "---\n", "toml": "+++\n", "json": ""}
_Kind = tuple[str, str, int, str]
"""The folder of data files, what they are called by and with how many digits, and their ending."""


@dataclass(frozen=True, slots=True)
class DataFile:
    """A data file that most of the newest episodes have: the template of its path, and its own."""

    path: str
    made: DraftTemplate
    seen: int


def data_files(site: Survey, every: Sequence[str], read: Read) -> tuple[DataFile, ...]:
    """Return the data files that most of a show's newest episodes have."""
    by_stem: dict[str, list[str]] = {}
    for path in every:
        stem, _, ending = path.rpartition("/")[2].rpartition(".")
        if ending in _FORMATS and stem:
            by_stem.setdefault(stem, []).append(path)
    found: dict[_Kind, list[tuple[str, Context]]] = {}
    for one, context in zip(site.pages, site.known, strict=True):
        for kind, path in _named(one, context, by_stem):
            found.setdefault(kind, []).append((path, context))
    beside = tuple(_beside(site, read))
    best: dict[tuple[str, str], _Kind] = {}
    for kind, rows in sorted(found.items(), key=lambda one: (-len(one[1]), one[0][2])):
        if len(rows) >= max(3, MOST * len(site.pages)):
            best.setdefault((kind[0], kind[3]), kind)
    made = (_elsewhere(site, kind, found[kind], read) for kind in sorted(best.values()))
    return (*beside, *(one for one in made if one is not None))[:MOST_FILES]


def _beside(site: Survey, read: Read) -> Iterator[DataFile]:
    """Yield the data files that lie beside most episodes, each of which has a folder of its own."""
    folder = site.episode_path.rpartition("/")[0]
    for name in site.beside:
        if name.rpartition(".")[2] in _FORMATS:
            rows = [(f"{one.path.rpartition('/')[0]}/{name}", context)
                    for one, context in zip(site.pages, site.known, strict=True)]  # fmt: skip
            made = _made(site, f"{folder}/{name}", rows, read)
            if made is not None:
                yield made


def _named(
    one: SurveyPage, context: Context, by_stem: dict[str, list[str]]
) -> list[tuple[_Kind, str]]:
    """Return the data files that are called as a page is, or by its number."""
    stem = one.path.rpartition("/")[2].rpartition(".")[0]
    number = str(whole(context.number)) if whole(context.number) else ""
    names: list[tuple[str, str, int]] = [("number", number.zfill(n), n) for n in (0, 2, 3, 4)]
    names += [("slug", context.slug, 0)] if context.slug else []
    rows: dict[tuple[str, str, int], _Kind] = {}
    for called, name, width in names if stem else ():
        for path in by_stem.get(name, ()) if name else ():
            folder, _, file = path.rpartition("/")
            rows[path, called, width] = (folder, called, width, file.rpartition(".")[2])
    own = one.path.rpartition("/")[0]
    return [(kind, path) for (path, *_), kind in rows.items() if kind[0] != own]


def _elsewhere(
    site: Survey, kind: _Kind, rows: Sequence[tuple[str, Context]], read: Read
) -> DataFile | None:
    folder, called, width, ending = kind
    name = "{{ number }}" if called == "number" else "{{ slug or (title | slug) or number }}"
    name = f"{{{{ number | pad({width}) }}}}" if width else name
    return _made(site, f"{folder}/{name}.{ending}" if folder else f"{name}.{ending}", rows, read)


def _made(
    site: Survey, where: str, rows: Sequence[tuple[str, Context]], read: Read
) -> DataFile | None:
    format = _FORMATS[where.rpartition(".")[2]]
    ruler = _RULERS[format]
    pairs = [(page(path, f"{ruler}{text}\n{ruler}"), context) for path, context in rows
             if (text := read(path)) is not None]  # fmt: skip
    pairs = [(one, context) for one, context in pairs if one.values]
    if len(pairs) < 3:
        return None
    pages, known = [one for one, _ in pairs], [context for _, context in pairs]
    like = replace(
        site, pages=tuple(pages), known=tuple(known), format=format, number_at=None,
        titles=title_shape(pages, known), keys=tuple(keys(pages, known)),
        draft=DraftHabit("none", ""),
    )  # fmt: skip
    return DataFile(where, data_template(like), len(pairs))
