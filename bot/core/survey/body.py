"""The bodies of episodes: what stands on every page, and how headings, items and times look."""

import itertools
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from bot.core.document.list_marks import ITEM_MARK, NUMBER
from bot.core.survey.context import Context
from bot.core.survey.frame import FixedLine, frame
from bot.core.survey.page import SurveyPage, common, share

Markup = Literal["markdown", "asciidoc", "org"]

_HEADINGS: dict[Markup, re.Pattern[str]] = {
    "markdown": re.compile(r"(#{1,6})[ \t]+(.*?)[ \t#]*\Z"),
    "asciidoc": re.compile(r"(={1,6})[ \t]+(.*)\Z"),
    "org": re.compile(r"(\*{1,6})[ \t]+(.*)\Z"),
}
_ITEM_MARKS = {"markdown": ITEM_MARK, "asciidoc": r"\*{1,5}|-|\.", "org": rf"[-+]|{NUMBER}"}
_TIME = re.compile(
    r"\A[(\[]?@?(?:\d{1,2}:)?\d{1,3}:\d\d[)\]]?"
    r"|[(\[](?:\d{1,2}:)?\d{1,3}:\d\d[)\]]\Z|(?<= )\d{1,2}:\d\d\Z"
    r"|(?<=[ *_])(?:\d{1,2}:)?\d{1,3}:\d\d[*_]{0,3}[.]?\Z"
)
_BEFORE = re.compile(r"([(\[]?@?)((?:\d{1,2}:)?\d{1,3}:\d\d)([)\]]?(?:\s*[-–—|]\s*|\s+))(?=\S)")
_BEHIND = re.compile(
    r"(?<=\S)(\s+(?:[-–—|]\s*)?[(\[*_]{0,3}@?)((?:\d{1,2}:)?\d{1,3}:\d\d)([)\]*_]{0,3}[.]?)\Z"
)
_ID = re.compile(r"[ \t]*\{#[^{}]*\}\Z")
_NEWEST = 5
"""How many of the newest pages say what is done now, where it was done otherwise before."""
_MOST_LEAD = 3
"""How far a list may be indented: four columns make code of it."""
_LIQUID = re.compile(r"\{[{%][^{}]*[%}]\}")
_TITLED = re.compile(r"\[([^][]*)\]\([^()\s]*(?:[ ]\"([^\"]*)\")?\)")
_PIPE = re.compile(r"(?<![\\|`])\|(?![|`])")
_FENCE = re.compile(r"[ \t]*(?:```|~~~)")


@dataclass(frozen=True, slots=True)
class BodyShape:
    """What bodies have in common.

    `before` and `after` are the lines that stand on all but one of the pages, `fixed_heading` the
    level of a heading that is the same on most (0: none), `headed` how many pages have topics.
    `heading` is the level of the topics (None: there are none), `marker` how an item begins,
    `indent` the columns of a nested one. `liquid` counts the pages that have Liquid or shortcodes
    of their own, `titled` those whose links have their text in quotes behind the address as well,
    `piped` those with bare pipes in their items. `lead_at` says before which of the lines `before`
    pages have words of their own.
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
    time_pattern: str
    linked: int
    liquid: int = 0
    titled: int = 0
    piped: int = 0
    lead_at: int | None = None


def markup_of(path: str) -> Markup:
    """Return a page's markup by its name."""
    ending = path.rpartition(".")[2].lower()
    return (
        "asciidoc" if ending in ("adoc", "asciidoc") else "org" if ending == "org" else "markdown"
    )


def body(pages: Sequence[SurveyPage], known: Sequence[Context]) -> BodyShape:
    """Return what bodies have in common."""
    markup = markup_of(pages[0].path)
    texts = [_without_code(page.body) for page in pages]
    headings = [_headings(text, markup) for text in texts]
    before, after, lead_at = frame(pages, known)
    items = [_items(text, markup) for text in texts]
    framed = [row for line in (*before, *after) for row in _rows([line.shown], markup)]
    level, fixed = _levels(headings, framed)
    marker = _marker(items)
    has_times = [
        share([any(_TIME.search(title) for _, title in row) for row in headings]),
        share([any(_TIME.search(one.text) for one in row) for row in items]),
    ]
    where: Literal["headings", "items", "none"] = "none"
    if max(has_times) >= 0.3:
        where = "headings" if has_times[0] >= has_times[1] else "items"
    return BodyShape(
        markup, before, after,
        heading=level, headed=sum(bool(row) for row in headings), fixed_heading=fixed,
        marker=marker, listed=sum(bool(row) for row in items), indent=_indent(items),
        is_numbered=marker is not None and marker.lstrip()[0].isdigit(),
        times=where, time_pattern=_time_pattern(headings if where == "headings" else items, where),
        time_shape=_time_shape(headings if where == "headings" else items, where),
        linked=sum("](" in page.text or "http" in "\n".join(page.body) for page in pages),
        liquid=_liquid(texts, {*before, *after}),
        titled=sum(map(_is_titled, items)),
        lead_at=lead_at,
        piped=sum(any(_PIPE.search(one.text) for one in row) for row in items),
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


def _liquid(texts: Sequence[Sequence[str]], framed: Collection[FixedLine]) -> int:
    """Return how many pages have Liquid or shortcodes beside the lines that all have."""
    fixed = {line.pieces[0].text for line in framed if line.pieces}
    return sum(
        any(_LIQUID.search(line) and not line.startswith(tuple(fixed)) for line in text)
        for text in texts
    )


# --- headings and items --------------------------------------------------------------------------


def _rows(lines: Sequence[str], markup: Markup) -> list[tuple[int, str]]:
    pattern = _HEADINGS[markup]
    found = [one for line in lines if (one := pattern.match(line))]
    return [(len(one[1]), _ID.sub("", one[2]).strip()) for one in found]


def _headings(lines: Sequence[str], markup: Markup) -> list[tuple[int, str]]:
    """Return the levels and titles of a page's headings, without the page's own title."""
    rows = _rows(lines, markup)
    first = _rows([next((line for line in lines if line.strip()), "")], markup)
    return rows[1:] if first and first[0][0] == 1 else rows


def _levels(
    headings: Sequence[Sequence[tuple[int, str]]], framed: Sequence[tuple[int, str]]
) -> tuple[int | None, int]:
    """Return the level of headings that most pages have, and that of those that all have.

    Where there are none but those, topics are on their level.
    """
    pages = [row for row in headings if row]
    if len(pages) < 0.2 * len(headings) or not pages:
        return None, 0
    steady = max((one[0] for one in framed if any(one in row for row in pages)), default=0)
    own = [{level for level, title in row if (level, title) not in framed} for row in pages]
    counts = Counter(level for levels in own for level in levels)
    most = max(counts, key=lambda level: (counts[level], -level), default=steady)
    return most or None, steady


class _Item(NamedTuple):
    """An item: the columns before its list, those below that, its mark, the gap, and its text."""

    lead: int
    depth: int
    mark: str
    gap: str
    text: str


def _items(lines: Sequence[str], markup: Markup) -> list[_Item]:
    pattern = re.compile(rf"([ \t]*)({_ITEM_MARKS[markup]})([ \t]+)(?=\S)")
    found: list[_Item] = []
    lead: int | None = None
    for line in lines:
        one = pattern.match(line)
        if one:
            columns = len(one[1].expandtabs(4))
            lead = columns if lead is None else min(lead, columns)
            found.append(_Item(lead, columns - lead, one[2], one[3], line[one.end() :]))
        elif line.strip() and not line[0].isspace():  # a heading, a paragraph: no list goes on
            lead = None
    return found


def _marker(items: Sequence[Sequence[_Item]]) -> str | None:
    """Return the mark of most pages' items; that of the newest, where those agree on one.

    Where the newest two or more have one that no page had before, the site has changed it.
    """
    marks = []
    for row in items:
        own = common(_mark(one) for one in row if not one.depth and one.lead <= _MOST_LEAD)
        if own is not None:
            marks.append(own[0])
    now = list(itertools.takewhile(lambda mark: mark == marks[0], marks))
    if len(now) > 1 and marks[0] not in marks[len(now) :]:
        return marks[0]
    newest = common(marks[:_NEWEST])
    if newest and newest[1] > _NEWEST / 2:
        return newest[0]
    most = common(marks)
    return most[0] if most else None


def _is_titled(items: Sequence[_Item]) -> bool:
    """Return whether most items that are links say their text again behind the address."""
    links = [one for item in items if (one := _TITLED.match(item.text))]
    return share([one[2] is not None and one[2].strip() == one[1] for one in links]) >= 0.5


def _mark(one: _Item) -> str:
    return " " * one.lead + re.sub(r"\d+", "1", one.mark) + one.gap


def _indent(items: Sequence[Sequence[_Item]]) -> int | None:
    depths = [one.depth for row in items for one in row if 0 < one.depth <= 8]
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


def _time_pattern(rows: Sequence[Sequence[tuple[object, ...]]], where: str) -> str:
    """Return how a time stands at titles, as the profile's `times` says it; empty: not known."""
    if where == "none":
        return ""
    titles = [str(one[-1]) for row in rows for one in row]
    found = [
        f"{one[1]}{{time}}{one[3]}{{title}}" for title in titles if (one := _BEFORE.match(title))
    ]
    found += [
        f"{{title}}{one[1]}{{time}}{one[3]}" for title in titles if (one := _BEHIND.search(title))
    ]
    most = common(found)
    return most[0] if most else ""
