"""The bodies of episodes: what stands on every page, and how headings, items and times look."""

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.core.survey.context import Context
from bot.core.survey.keys import Piece, put_together, variants
from bot.core.survey.page import Page, common, share

Markup = Literal["markdown", "asciidoc", "org"]

_ITEM = re.compile(r"([ \t]*)([-*+]|\d{1,3}[.)])([ \t]+)(?=\S)")
_MARKDOWN_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t#]*\Z")
_ADOC_HEADING = re.compile(r"(={1,6})[ \t]+(.*)\Z")
_ORG_HEADING = re.compile(r"(\*{1,6})[ \t]+(.*)\Z")
_ORG_ITEM = re.compile(r"([ \t]*)([-+]|\d{1,3}[.)])([ \t]+)(?=\S)")
_ADOC_ITEM = re.compile(r"([ \t]*)(\*{1,5}|-|\.)([ \t]+)(?=\S)")
_TIME = re.compile(
    r"\A[(\[]?(?:\d{1,2}:)?\d{1,3}:\d\d[)\]]?"
    r"|[(\[](?:\d{1,2}:)?\d{1,3}:\d\d[)\]]\Z|(?<= )\d{1,2}:\d\d\Z"
)
_ID = re.compile(r"[ \t]*\{#[^{}]*\}\Z")
_DEEPEST_MADE = 40
_FENCE = re.compile(r"[ \t]*(?:```|~~~)")


@dataclass(frozen=True, slots=True)
class FixedLine:
    """A line of the body that stands on most pages, made of what is known of an episode."""

    pieces: tuple[Piece, ...]
    seen: int


@dataclass(frozen=True, slots=True)
class Body:
    """What bodies have in common.

    `before` and `after` are the lines that stand on all but one of the pages, `fixed_headings`
    how many of their headings are the same on most. `heading` is the level of the topics (None:
    there are none), `marker` how an item begins, `indent` the columns of a nested one.
    """

    markup: Markup
    before: tuple[FixedLine, ...]
    after: tuple[FixedLine, ...]
    heading: int | None
    headed: int
    fixed_heading: int
    marker: str | None
    listed: int
    indent: int | None
    is_numbered: bool
    times: Literal["headings", "items", "none"]
    time_shape: str
    linked: int
    is_tight: bool


def markup_of(path: str) -> Markup:
    """Return a page's markup by its name."""
    ending = path.rpartition(".")[2].lower()
    return (
        "asciidoc" if ending in ("adoc", "asciidoc") else "org" if ending == "org" else "markdown"
    )


def body(pages: Sequence[Page], known: Sequence[Context]) -> Body:
    """Return what bodies have in common."""
    markup = markup_of(pages[0].path)
    texts = [_without_code(page.body) for page in pages]
    headings = [_headings(text, markup) for text in texts]
    before, after = frame(pages, known)
    items = [_items(text, markup) for text in texts]
    framed = _headings([_plain(line) for line in (*before, *after)], markup)
    level, fixed = _levels(headings, framed)
    marks = Counter(
        mark for row in items for mark in {one[1] + one[2] for one in row if not one[0]}
    )
    marker = _marker(marks)
    has_times = [
        share([any(_TIME.search(title) for _, title in row) for row in headings]),
        share([any(_TIME.search(one[3]) for one in row) for row in items]),
    ]
    where: Literal["headings", "items", "none"] = "none"
    if max(has_times) >= 0.3:
        where = "headings" if has_times[0] >= has_times[1] else "items"
    return Body(
        markup, before, after,
        heading=level, headed=sum(bool(row) for row in headings), fixed_heading=fixed,
        marker=marker, listed=sum(bool(row) for row in items), indent=_indent(items),
        is_numbered=marker is not None and marker[0].isdigit(),
        times=where, time_shape=_time_shape(headings if where == "headings" else items, where),
        linked=sum("](" in page.text or "http" in "\n".join(page.body) for page in pages),
        is_tight=_is_tight(texts, markup),
    )  # fmt: skip


def _without_code(lines: Sequence[str]) -> list[str]:
    """Return lines without those in fences."""
    kept: list[str] = []
    inside = False
    for line in lines:
        if _FENCE.match(line):
            inside = not inside
        elif not inside:
            kept.append(line)
    return kept


# --- headings and items --------------------------------------------------------------------------


def _headings(lines: Sequence[str], markup: Markup) -> list[tuple[int, str]]:
    pattern = {"markdown": _MARKDOWN_HEADING, "asciidoc": _ADOC_HEADING, "org": _ORG_HEADING}[
        markup
    ]
    found = [one for line in lines if (one := pattern.match(line))]
    rows = [(len(one[1]), _ID.sub("", one[2]).strip()) for one in found]
    first = next((line for line in lines if line.strip()), "")
    return rows[1:] if rows and rows[0][0] == 1 and pattern.match(first) else rows


def _levels(
    headings: Sequence[Sequence[tuple[int, str]]], framed: Sequence[tuple[int, str]]
) -> tuple[int | None, int]:
    """Return the level of headings that most pages have, and that of those that all have.

    Where there are none but those, topics are on their level.
    """
    pages = [row for row in headings if row]
    if len(pages) < 0.2 * len(headings) or not pages:
        return None, 0
    steady = max((level for level, _ in framed), default=0)
    own = [{level for level, title in row if (level, title) not in framed} for row in pages]
    counts = Counter(level for levels in own for level in levels)
    most = max(counts, key=lambda level: (counts[level], -level), default=steady)
    return most or None, steady


def _items(lines: Sequence[str], markup: Markup) -> list[tuple[str, str, str, str]]:
    pattern = {"markdown": _ITEM, "asciidoc": _ADOC_ITEM, "org": _ORG_ITEM}[markup]
    found = ((one, line) for line in lines if (one := pattern.match(line)))
    return [(one[1].expandtabs(4), one[2], one[3], line[one.end() :]) for one, line in found]


def _marker(marks: Counter[str]) -> str | None:
    bullets = Counter({mark: count for mark, count in marks.items() if not mark[0].isdigit()})
    numbers = [mark for mark in marks if mark[0].isdigit()]
    if sum(marks[mark] for mark in numbers) > sum(bullets.values()):
        return numbers[0]
    return bullets.most_common(1)[0][0] if bullets else None


def _indent(items: Sequence[Sequence[tuple[str, str, str, str]]]) -> int | None:
    depths = [len(one[0]) for row in items for one in row if one[0] and len(one[0]) <= 8]
    first = common(depth for depth in depths)
    return first[0] if first and len(depths) >= 2 else None


def _time_shape(rows: Sequence[Sequence[tuple[object, ...]]], where: str) -> str:
    if where == "none":
        return ""
    shapes = []
    for row in rows:
        for one in row:
            found = _TIME.search(str(one[-1]))
            if found:
                shapes.append(re.sub(r"\d", "0", found[0]))
    most = common(shapes)
    return most[0] if most else ""


def _is_tight(texts: Sequence[Sequence[str]], markup: Markup) -> bool:
    """Return whether items stand right below each heading on most pages."""
    seen = []
    pattern = {"markdown": _MARKDOWN_HEADING, "asciidoc": _ADOC_HEADING, "org": _ORG_HEADING}[
        markup
    ]
    for text in texts:
        for line, below in itertools.pairwise(text):
            if pattern.match(line):
                seen.append(bool(below.strip()))
    return len(seen) > 2 and share(seen) >= 0.6


# --- the frame -----------------------------------------------------------------------------------


def frame(
    pages: Sequence[Page], known: Sequence[Context]
) -> tuple[tuple[FixedLine, ...], tuple[FixedLine, ...]]:
    """Return the lines that all pages but one have, before and after where they differ most."""
    rows = [[line.rstrip() for line in page.body] for page in pages]
    needed = len(pages) - 1 if len(pages) > 2 else len(pages)
    sets = [frozenset(row) for row in rows]
    counts = Counter(line for row in sets for line in row if line)
    lines = rows[0]
    fixed: dict[int, FixedLine] = {}
    for at, line in enumerate(lines):
        if not line:
            continue
        if counts[line] >= needed and needed > 1:
            fixed[at] = FixedLine((Piece("", line),), counts[line])
        elif (made := _made(line, at, sets, known)) and made.seen >= needed:
            fixed[at] = made
    if not fixed:
        return (), ()
    return _split(lines, fixed, rows, known)


def _made(
    line: str, at: int, rows: Sequence[frozenset[str]], known: Sequence[Context]
) -> FixedLine | None:
    """Return a line that has the number, date or title of each episode in it."""
    if at > _DEEPEST_MADE or not _says(line, known[0]):
        return None
    for pieces in variants(line, known[0]):
        if any(piece.name for piece in pieces):
            seen = sum(
                put_together(pieces, context) in row
                for row, context in zip(rows, known, strict=True)
            )
            if seen >= 0.7 * len(rows):
                return FixedLine(pieces, seen)
    return None


def _says(line: str, context: Context) -> bool:
    """Return whether the episode's number or title stands in a line."""
    if len(context.full_title) > 2 and context.full_title in line:
        return True
    number = context.number.lstrip("0")
    return bool(number) and re.search(rf"(?<!\d)0*{re.escape(number)}(?!\d)", line) is not None


def _split(
    lines: Sequence[str],
    fixed: dict[int, FixedLine],
    rows: Sequence[Sequence[str]],
    known: Sequence[Context],
) -> tuple[tuple[FixedLine, ...], tuple[FixedLine, ...]]:
    """Part the fixed lines where most of what differs stands; blank lines between them stay."""
    places = sorted(fixed)
    gaps = [0] * (len(places) + 1)
    for row, context in zip(rows, known, strict=True):
        texts = [put_together(fixed[place].pieces, context) for place in places]
        at = 0
        for line in row:
            if line and line in texts[at:]:
                at = texts.index(line, at) + 1
            elif line and line not in texts:
                gaps[at] += 3 if _ITEM.match(line) or "http" in line else 1
    cut = max(range(len(gaps)), key=lambda n: gaps[n]) if any(gaps) else len(places)
    before = _with_blanks(lines, places[:cut], fixed)
    after = _with_blanks(lines, places[cut:], fixed)
    return tuple(before), tuple(after)


def _plain(line: FixedLine) -> str:
    return "".join(piece.text for piece in line.pieces)


def _with_blanks(
    lines: Sequence[str], places: Sequence[int], fixed: dict[int, FixedLine]
) -> list[FixedLine]:
    made: list[FixedLine] = []
    for number, place in enumerate(places):
        if number and place > places[number - 1] + 1:
            made.append(FixedLine((), 0))
        made.append(fixed[place])
    return made
