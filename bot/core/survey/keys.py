"""The keys of episodes' front matter: how often each is there, and what its values are made of."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.core.front_matter.region import Format
from bot.core.front_matter.toml_tree import toml_tree
from bot.core.front_matter.tree import Node, numbered
from bot.core.front_matter.values import Scalar, Value
from bot.core.front_matter.yaml_tree import yaml_tree
from bot.core.render.slug import slug
from bot.core.survey.context import Context
from bot.core.survey.page import MOST, SurveyPage, common, date_parts, share, whole

Kind = Literal["constant", "text", "number", "boolean", "date", "list", "tables", "table", "none"]

USUAL = 0.5
"""A key that so many have is written for a new episode."""

_RUN = re.compile(r"\d+|\D+")
_VARIANTS = 24


@dataclass(frozen=True, slots=True)
class ValuePart:
    """A part of a value: a text, or the name of what stands there; `width` of a padded number."""

    name: str
    text: str = ""
    width: int = 0


@dataclass(frozen=True, slots=True)
class Key:
    """A key: how many of the pages that can be read have it, and what is written for it.

    `pieces` are what its text is made of, if that is known. `sample` is the newest value and
    `source` the lines that stand for it; `members` are the keys of a list's tables. `usual` are
    the lines that most pages have for it, and how many, where some have others.
    """

    name: str
    kind: Kind
    seen: int
    of: int
    quoted: bool = True
    pieces: tuple[ValuePart, ...] = ()
    sample: Value | None = None
    source: str = ""
    members: tuple[str, ...] = ()
    usual: tuple[str, int] | None = None

    @property
    def is_usual(self) -> bool:
        """Whether so many pages have it that a new one gets it."""
        return self.seen >= USUAL * self.of


def keys(pages: Sequence[SurveyPage], known: Sequence[Context]) -> list[Key]:
    """Return the keys of pages, in the order of the newest page that can be read."""
    pairs = [pair for pair in zip(pages, known, strict=True) if pair[0].values]
    if not pairs:
        return []
    names = list(pairs[0][0].values)
    for page, _ in pairs:
        for name in page.values:
            if name not in names:
                names.append(name)
    return [_key(name, pairs) for name in names]


def _key(name: str, pairs: Sequence[tuple[SurveyPage, Context]]) -> Key:
    fits = [(page, context) for page, context in pairs if name in page.values]
    values = [page.values[name] for page, _ in fits]
    seen, of = len(fits), len(pairs)
    source = sources(fits[0][0].format, fits[0][0].front).get(name, "")
    same = common(_frozen(value) for value in values)
    usual = None
    if same and same[1] >= max(MOST * seen, 3):
        where = next(one for one, _ in fits if _frozen(one.values[name]) == same[0])
        steady = where.values[name]
        quoted = not isinstance(steady, Scalar) or steady.quoted
        usual = sources(where.format, where.front).get(name, ""), same[1]
        if same[1] == seen:
            return Key(name, "constant", seen, of, quoted, (), steady, usual[0])
    return replace(_varied(name, fits, source, of), usual=usual)


def _varied(name: str, fits: Sequence[tuple[SurveyPage, Context]], source: str, of: int) -> Key:
    """Return a key whose value is not the same everywhere."""
    values = [page.values[name] for page, _ in fits]
    seen = len(fits)
    scalars = [value for value in values if isinstance(value, Scalar)]
    if len(scalars) >= USUAL * seen:
        return _scalar(name, fits, scalars, source, of)
    if isinstance(values[0], Mapping):
        return Key(name, "table", seen, of, True, (), values[0], source)
    tables = [one for value in values if isinstance(value, tuple) for one in value
              if isinstance(one, Mapping)]  # fmt: skip
    if tables:
        members = tuple(dict.fromkeys(member for table in tables for member in table))
        often = tuple(m for m in members if share([m in table for table in tables]) >= USUAL)
        return Key(name, "tables", seen, of, True, (), values[0], source, often)
    lists = [one for value in values if isinstance(value, tuple) for one in value]
    quoted = share([one.quoted for one in lists if isinstance(one, Scalar)]) >= 0.5
    pieces = _alike_entries(fits, name)
    return Key(name, "list", seen, of, quoted, pieces, values[0], source)


def _frozen(value: Value) -> str:
    return repr(value)


def _scalar(
    name: str,
    fits: Sequence[tuple[SurveyPage, Context]],
    scalars: Sequence[Scalar],
    source: str,
    of: int,
) -> Key:
    texts = [scalar.text.strip() for scalar in scalars]
    quoted = share([scalar.quoted for scalar in scalars]) >= 0.5
    kind: Kind = "text"
    if share([date_parts(text) for text in texts]) >= MOST:
        kind = "date"
    elif not quoted and share([re.fullmatch(r"-?\d+(\.\d+)?", text) for text in texts]) >= MOST:
        kind = "number"
    elif not quoted and share([text in ("true", "false", "yes", "no") for text in texts]) >= MOST:
        kind = "boolean"
    pairs = [(page.scalar(name) or "", context) for page, context in fits]
    pieces = value_pieces(pairs) if kind != "date" else ()
    return Key(name, kind, len(fits), of, quoted, pieces, scalars[0], source)


def _alike_entries(fits: Sequence[tuple[SurveyPage, Context]], name: str) -> tuple[ValuePart, ...]:
    """Return what the first entry of a list is made of, if it is the same everywhere."""
    pairs = []
    for page, context in fits:
        value = page.values[name]
        first = value[0] if isinstance(value, tuple) and value else None
        if isinstance(first, Scalar):
            pairs.append((first.text.strip(), context))
    return value_pieces(pairs) if len(pairs) >= USUAL * len(fits) else ()


# --- what texts are made of ----------------------------------------------------------------------


def value_pieces(pairs: Sequence[tuple[str, Context]]) -> tuple[ValuePart, ...]:
    """Return what most texts are made of: number, date, slug or title, with the same around it.

    Nothing where that is not known.
    """
    for text, context in pairs[:3]:
        if not text:
            continue
        for pieces in variants(text, context):
            if all(not piece.name for piece in pieces):
                continue
            fits = [put_together(pieces, one) == words for words, one in pairs if words]
            if len(fits) > 1 and share(fits) >= 0.7:
                return pieces
    return ()


def variants(text: str, context: Context) -> list[tuple[ValuePart, ...]]:
    """Return the ways in which a text may be made of what is known."""
    wholes = [
        ("full_title", context.full_title), ("title", context.title), ("date", context.date),
        ("full_slug", slug(context.full_title)), ("title_slug", slug(context.title)),
        ("slug", context.slug),
    ]  # fmt: skip
    found: list[tuple[ValuePart, ...]] = []
    for name, value in wholes:
        if len(value) > 2 and value in text and not value.isdigit():  # then it is the number
            before, _, after = text.partition(value)
            rests = [
                (*start, ValuePart(name), *end)
                for start in _by_digits(before, context)
                for end in _by_digits(after, context)
            ]
            found += rests
    return [*found, *_by_digits(text, context)][:_VARIANTS]


def _by_digits(text: str, context: Context) -> list[tuple[ValuePart, ...]]:
    rows: list[tuple[ValuePart, ...]] = [()]
    for run in _RUN.findall(text):
        choices = [ValuePart("", run)]
        if run.isdigit():
            width = len(run) if run.startswith("0") and len(run) > 1 else 0
            for name in ("number", "season", "year"):
                value = getattr(context, name)
                if whole(value) and whole(value) == whole(run):
                    choices.insert(0, ValuePart(name, width=width))
            choices = [*(ValuePart(name) for name in ("month", "day")
                         if run == getattr(context, name)), *choices]  # fmt: skip
            both = (context.season.zfill(2) + context.number.zfill(2)) if context.season else ""
            if both and run == both:
                rows = [
                    (*row, ValuePart("season", width=2), ValuePart("number", width=2))
                    for row in rows
                ]
                continue
        rows = [(*row, choice) for row in rows for choice in choices][:_VARIANTS]
    return rows


def put_together(pieces: Sequence[ValuePart], context: Context) -> str:
    """Return the text that pieces make of what is known of an episode."""
    return "".join(_text_of(piece, context) for piece in pieces)


def _text_of(piece: ValuePart, context: Context) -> str:
    if not piece.name:
        return piece.text
    if piece.name in ("full_slug", "title_slug"):
        return slug(context.full_title if piece.name == "full_slug" else context.title)
    value: str = getattr(context, piece.name)
    if piece.name in ("number", "season") and whole(value):
        return value.lstrip("0").zfill(piece.width)
    return value


def sources(format: Format | None, front: str) -> dict[str, str]:
    """Return the lines of each key at the margin, without its comments above; none for JSON."""
    if format not in ("yaml", "toml"):
        return {}
    lines = numbered(front.removesuffix("\n").split("\n"))
    tree = yaml_tree(lines) if format == "yaml" else toml_tree(lines)
    return {entry.name: _without_end(entry) for entry in tree if entry.name}


def _without_end(entry: Node) -> str:
    return entry.value_text.rstrip()
