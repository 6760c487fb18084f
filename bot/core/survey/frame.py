"""What stands on every page of a show: the lines before and after what differs."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from bot.core.document.list_marks import item_mark
from bot.core.survey.context import Context
from bot.core.survey.keys import ValuePart, put_together, variants
from bot.core.survey.page import SurveyPage

_HEADING = re.compile(r"(#{1,6}|={1,6}|\*{1,6})[ \t]")
_LINK_LINE = re.compile(r"[ \t]*(?:<?https?://\S+>?|\[[^][]*\]\([^()\s]*\))[ \t]*\Z")
_DEEPEST_MADE = 200
_NEWEST = 5
"""How many of the newest pages say what is done now, where it was done otherwise before."""
_OFTEN = 0.5
"""The share of pages with something of their own that makes a place for it."""


@dataclass(frozen=True, slots=True)
class FixedLine:
    """A line of the body that stands on most pages, made of what is known of an episode.

    `is_topic` tells of a heading with lists of the pages' own above and below it, and of that
    above those: where hosts type it as a topic, it stands where they have it.
    """

    pieces: tuple[ValuePart, ...]
    seen: int
    is_topic: bool = False

    @property
    def shown(self) -> str:
        """What of it is the same on all pages."""
        return "".join(piece.text for piece in self.pieces)


class Frame(NamedTuple):
    """The lines that pages have in common; `lead_at` says before which of `before` words stand."""

    before: tuple[FixedLine, ...] = ()
    after: tuple[FixedLine, ...] = ()
    lead_at: int | None = None


class _Gap(NamedTuple):
    """What pages have of their own at a place: how much, on how many, on how many in lists."""

    weight: int = 0
    seen: int = 0
    listed: int = 0
    headed: int = 0


def frame(pages: Sequence[SurveyPage], known: Sequence[Context]) -> Frame:
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
            fixed[at] = FixedLine((ValuePart("", line),), counts[line])
        elif made := _made(line, at, sets, known, needed):
            fixed[at] = made
    fixed = _whole_blocks(rows, fixed)
    if not fixed:
        return Frame()
    return _split(lines, fixed, rows, known)


def _whole_blocks(
    rows: Sequence[Sequence[str]], fixed: Mapping[int, FixedLine]
) -> dict[int, FixedLine]:
    """Keep the lines of blocks that are fixed as a whole: no half paragraph, no tag left open.

    So are those that have been the same lately, if half of all pages have them.
    """
    kept: dict[int, FixedLine] = {}
    every = [blocks(row) for row in rows]
    texts = [{tuple(row[at] for at in block) for block in one}
             for one, row in zip(every, rows, strict=True)]  # fmt: skip
    for block in every[0]:
        if all(at in fixed for at in block):
            kept |= {at: fixed[at] for at in block}
            continue
        lines = tuple(rows[0][at] for at in block)
        seen = sum(lines in one for one in texts)
        if (
            len(block) > 1
            and seen >= _OFTEN * len(rows)
            and all(lines in one for one in texts[:_NEWEST])
        ):
            kept |= {at: FixedLine((ValuePart("", rows[0][at]),), seen) for at in block}
    return kept


def blocks(row: Sequence[str]) -> list[list[int]]:
    """Return the places of the lines of each paragraph, list item and heading."""
    found: list[list[int]] = []
    goes_on = False
    for at, line in enumerate(row):
        starts = bool(item_mark(line) or _HEADING.match(line))
        if line.strip() and goes_on and not starts:
            found[-1].append(at)
        elif line.strip():
            found.append([at])
        goes_on = bool(line.strip()) and not _HEADING.match(line)
    return found


def _made(
    line: str, at: int, rows: Sequence[frozenset[str]], known: Sequence[Context], needed: int
) -> FixedLine | None:
    """Return a line with an episode's number, date or title in it that so many pages have."""
    if at > _DEEPEST_MADE or not _says(line, known[0]):
        return None
    for pieces in variants(line, known[0]):
        if any(piece.name for piece in pieces):
            seen = sum(
                put_together(pieces, context) in row
                for row, context in zip(rows, known, strict=True)
            )
            if seen >= needed:
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
    fixed: Mapping[int, FixedLine],
    rows: Sequence[Sequence[str]],
    known: Sequence[Context],
) -> Frame:
    """Part the fixed lines where most of what differs stands; blank lines between them stay."""
    own = [block for block in blocks(lines) if block[0] in fixed]
    gaps = _gaps(own, fixed, rows, known)
    for at in _topics(lines, own, gaps, len(rows)):
        fixed = {**fixed, at: replace(fixed[at], is_topic=True)}
    most = max(gap.weight for gap in gaps)
    cut = next(n for n, gap in enumerate(gaps) if gap.weight == most) if most else len(own)
    before, after = ([at for block in some for at in block] for some in (own[:cut], own[cut:]))
    made = _with_blanks(lines, before, fixed)
    lead = _lead(gaps[:cut], len(rows))
    if lead is None:
        return Frame(tuple(made), tuple(_with_blanks(lines, after, fixed)))
    above = _with_blanks(lines, [at for block in own[:lead] for at in block], fixed)
    rest = _with_blanks(lines, [at for block in own[lead:cut] for at in block], fixed)
    return Frame((*above, *rest), tuple(_with_blanks(lines, after, fixed)), len(above))


def _gaps(
    own: Sequence[Sequence[int]],
    fixed: Mapping[int, FixedLine],
    rows: Sequence[Sequence[str]],
    known: Sequence[Context],
) -> list[_Gap]:
    """Return what pages have of their own before each of the fixed blocks, and behind the last."""
    gaps = [_Gap()] * (len(own) + 1)
    for row, context in zip(rows, known, strict=True):
        texts = [tuple(put_together(fixed[at].pieces, context) for at in block) for block in own]
        places: dict[int, list[str]] = {}
        at = 0
        for block in blocks(row):
            text = tuple(row[place] for place in block)
            if text in texts[at:]:
                at = texts.index(text, at) + 1
            elif text not in texts:
                places.setdefault(at, []).extend(text)
        for at, found in places.items():
            weight = sum(3 if item_mark(line) or "http" in line else 1 for line in found)
            listed = any(item_mark(line) or _LINK_LINE.match(line) for line in found)
            headed = any(map(_HEADING.match, found))
            gap = gaps[at]
            gaps[at] = _Gap(
                gap.weight + weight, gap.seen + 1, gap.listed + listed, gap.headed + headed
            )
    return gaps


def _topics(
    lines: Sequence[str], own: Sequence[Sequence[int]], gaps: Sequence[_Gap], count: int
) -> set[int]:
    """Return the lines of headings between two lists of the pages' own, and above the first."""
    heads = [_HEADING.match(lines[block[0]]) for block in own]
    found: set[int] = set()
    for n, head in enumerate(heads):
        if head and all(gap.listed >= _OFTEN * count for gap in gaps[n : n + 2]):
            found.add(own[n][0])
            above = heads[n - 1] if n else None
            if above and above[1] == head[1]:
                found.add(own[n - 1][0])
    return found


def _lead(gaps: Sequence[_Gap], count: int) -> int | None:
    """Return before which of the fixed blocks most pages have words of their own, and no list."""
    for n, gap in enumerate(gaps):
        if gap.seen >= _OFTEN * count:
            return n if gap.listed + gap.headed < 0.2 * gap.seen else None
    return None


def _with_blanks(
    lines: Sequence[str], places: Sequence[int], fixed: Mapping[int, FixedLine]
) -> list[FixedLine]:
    made: list[FixedLine] = []
    for number, place in enumerate(places):
        if number and place > places[number - 1] + 1:
            made.append(FixedLine((), 0))
        made.append(fixed[place])
    return made
