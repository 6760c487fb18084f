"""Merge what two sides made of one line: its links apart from its words, and words by words."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal

from bot.core.document.form import same_but_for_form
from bot.core.document.list_marks import item_start
from bot.core.document.pieces import links_in
from bot.core.merge.sequences import matched

Prefer = Literal["ours", "theirs"]
Hunk = tuple[int, int, int, int]
"""What a side changed: from where to where in the base, and what stands there in the side."""

_LINK = re.compile(
    r"\[((?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]\((<[^<>]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)\)"
)
_WORD = re.compile(
    r"https?://[^\s<>()\[\]]+|[ぁ-ゖ]+|[ァ-ヺー]+|[一-鿿々]+|[^\W_ぁ-ゖァ-ヺー一-鿿々]+|\s+|.",
    re.DOTALL,
)


def words_in(text: str) -> list[str]:
    """Return the words of a text in their order, without what stands between them."""
    return [word for word in _WORD.findall(text) if word[0].isalnum()]


def merge_line(base: str, ours: str, theirs: str, *, prefer: Prefer) -> tuple[str, bool]:
    """Merge one line; return whether the sides disagreed: there the preferred one stands."""
    if ours == theirs or theirs == base:
        return ours, False
    if ours == base:
        return theirs, False
    frames = [_frame(line) for line in (base, ours, theirs)]
    bodies = [_by_links(body) for _, body, _ in frames]
    if not len(bodies[0]) == len(bodies[1]) == len(bodies[2]):
        bodies = [[body] for _, body, _ in frames]
    merged = [_merge_words(*parts, prefer=prefer) for parts in zip(*bodies, strict=True)]
    # Whose indentation and hard break it is, is nothing to ask about.
    start, _, end = (_chosen(*parts, prefer=prefer) for parts in zip(*frames, strict=True))
    body = "".join(text for text, _ in merged)
    line, disagree = start + body + end, any(disagree for _, disagree in merged)
    if whose := said_by(base, ours, theirs):
        wanted = ours if whose == "ours" else theirs
        return (line if same_but_for_form(line, wanted) and not disagree else wanted), False
    if _loses_link(base, ours, theirs, line):
        return (ours if prefer == "ours" else theirs), True
    return line, disagree


def _loses_link(base: str, ours: str, theirs: str, line: str) -> bool:
    """Return whether each side put in a link, and a merged line has not both as they were.

    One that came into the other's title is no link any more; one with a title has it still.
    """
    was, *sides, there = (
        {link.canonical: link.title is None for link in links_in(text)}
        for text in (base, ours, theirs, line)
    )
    mine, other = ({one: side[one] for one in side.keys() - was.keys()} for side in sides)
    are_two = bool(mine and other) and mine.keys() != other.keys()
    return are_two and not (other | mine).items() <= there.items()


def said_by(base: str, ours: str, theirs: str) -> Prefer | None:
    """Return which side alone says something else than the base; None where none or both do."""
    if ours == base or theirs == base:
        return None
    forms = same_but_for_form(base, ours), same_but_for_form(base, theirs)
    if forms[0] == forms[1]:
        return None
    return "theirs" if forms[0] else "ours"


def _frame(line: str) -> tuple[str, str, str]:
    """Take a line's indentation and bullet, and the white space at its end, off its words."""
    body = line.rstrip()
    cut = item_start(body) or len(body) - len(body.lstrip())
    return body[:cut], body[cut:], line[len(body) :]


def _chosen(base: str, ours: str, theirs: str, *, prefer: Prefer) -> str:
    if ours == base:
        return theirs
    if theirs == base:
        return ours
    return ours if prefer == "ours" else theirs


def _by_links(text: str) -> list[str]:
    """Split a line into its words, and the titles and addresses of its links."""
    parts: list[str] = []
    done = 0
    for link in _LINK.finditer(text):
        parts += [text[done : link.start(1)], link[1], text[link.end(1) : link.end()]]
        done = link.end()
    return [*parts, text[done:]]


def _merge_words(base: str, ours: str, theirs: str, *, prefer: Prefer) -> tuple[str, bool]:
    if ours == theirs or theirs == base:
        return ours, False
    if ours == base:
        return theirs, False
    words, disagree = merge_parts(*map(_WORD.findall, (base, ours, theirs)), prefer=prefer)
    if disagree and not (_goes_on(base, ours) and _goes_on(base, theirs)):
        # Written anew: a mixture of the two would be neither's.
        return (ours if prefer == "ours" else theirs), True
    return "".join(words), disagree


def _goes_on(base: str, text: str) -> bool:
    """Return whether a text kept at least half of the words that it was made from."""
    old = Counter(_WORD.findall(base))
    return sum((old & Counter(_WORD.findall(text))).values()) * 2 >= sum(old.values())


# --- three sequences -----------------------------------------------------------------------------


def merge_parts(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str], *, prefer: Prefer
) -> tuple[list[str], bool]:
    """Merge three sequences of words; where both changed the same ones, the preferred stands."""
    merged: list[str] = []
    disagree = False
    done = 0
    for start, end, mine, other in groups(base, ours, theirs):
        merged += base[done:start]
        part, both_changed = _resolved(list(base[start:end]), mine, other, prefer)
        merged += part
        disagree = disagree or both_changed
        done = end
    return [*merged, *base[done:]], disagree


def _resolved(
    base: list[str], ours: list[str], theirs: list[str], prefer: Prefer
) -> tuple[list[str], bool]:
    if ours == theirs or theirs == base or holds(base, ours, theirs):
        return ours, False
    if ours == base or holds(base, theirs, ours):
        return theirs, False
    return (ours if prefer == "ours" else theirs), True


def holds(base: Sequence[str], one: Sequence[str], other: Sequence[str]) -> bool:
    """Return whether one side's text has the other's whole change in it already."""
    kept = [at for _, at in matched(other, one)]
    added = Counter(one) - Counter(one[at] for at in kept)
    taken_out = Counter(base) - Counter(other)
    put_in = Counter(other) - Counter(base)
    return not (put_in - Counter(one[at] for at in kept)) and not (added & taken_out)


def _hunks(base: Sequence[str], side: Sequence[str]) -> list[Hunk]:
    hunks = []
    at = other = 0
    for place, side_place in [*matched(base, side), (len(base), len(side))]:
        if place > at or side_place > other:
            hunks.append((at, place, other, side_place))
        at, other = place + 1, side_place + 1
    return hunks


def groups(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]
) -> list[tuple[int, int, list[str], list[str]]]:
    """Return the stretches of the base that were changed, with what each side has in their place.

    Changes of both sides are in one stretch where they share words, or put some in at one place.
    """
    sides = (ours, theirs)
    hunks = sorted((hunk, whose) for whose, side in enumerate(sides) for hunk in _hunks(base, side))
    groups = []
    at = 0
    while at < len(hunks):
        start, end = hunks[at][0][:2]
        behind = at + 1
        while behind < len(hunks) and _meets(hunks[behind][0], start, end):
            end = max(end, hunks[behind][0][1])
            behind += 1
        mine, other = (
            _made(base, side, [hunk for hunk, by in hunks[at:behind] if by == whose], start, end)
            for whose, side in enumerate(sides)
        )
        groups.append((start, end, mine, other))
        at = behind
    return groups


def _meets(hunk: Hunk, start: int, end: int) -> bool:
    return hunk[0] < end or (hunk[0] == hunk[1] == start)


def _made(
    base: Sequence[str], side: Sequence[str], hunks: Sequence[Hunk], start: int, end: int
) -> list[str]:
    """Return what a side has in place of a stretch of the base."""
    made: list[str] = []
    for low, high, first, last in hunks:
        made += [*base[start:low], *side[first:last]]
        start = high
    return [*made, *base[start:end]]
