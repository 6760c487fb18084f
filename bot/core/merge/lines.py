"""Merge what two sides made of one thing that has lines: an item with its notes, a paragraph."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.core.document.form import same_but_for_form
from bot.core.document.hard_break import hard_break
from bot.core.document.list_marks import ITEM_MARK
from bot.core.document.nesting import indent_of
from bot.core.document.pieces import lines_of
from bot.core.document.sense import sense_of
from bot.core.merge.list_form import in_marks
from bot.core.merge.sequences import likeness, matched, shingles
from bot.core.merge.words import Prefer, holds, merge_line, said_by

_ALIKE = 0.5
_FEW = 400
_MOST_WORDS = 2_000
_OPENS = re.compile(rf"\s*(?:\Z|{ITEM_MARK}(?:\s|\Z)|[>#<|`~{{])")


@dataclass(frozen=True, slots=True)
class Taken:
    """A line of a merge without its end, and the line of a side that it was taken from."""

    text: str
    side: Prefer
    line: int


def merge_lines(
    base: str, ours: str, theirs: str, *, prefer: Prefer, whole: bool = False
) -> tuple[str, bool]:
    """Merge the text of an item or a paragraph; return whether the sides disagreed.

    Where they do, the preferred side's stands for the part in dispute, or for the `whole` line that
    this is in; all else of both is kept.
    """
    texts = {"ours": lines_of(ours), "theirs": lines_of(theirs)}
    bare = [[line.rstrip("\r\n") for line in lines] for lines in (lines_of(base), *texts.values())]
    bare = _as_far_in(bare) or bare
    taken, disagree = merge_bare(*bare, prefer=prefer, whole=whole)
    taken = broken_again(taken, *bare[1:])
    is_ended = any(text.endswith(("\r", "\n")) for text in (base, ours, theirs))
    lines = []
    for number, one in enumerate(taken):
        line = texts[one.side][one.line]
        end = line[len(line.rstrip("\r\n")) :]
        if number < len(taken) - 1:
            end = end or _end_in(ours + theirs + base)
        elif not is_ended:  # it was followed by others where it was taken from
            end = ""
        lines.append(one.text + end)
    return "".join(lines), disagree


def _as_far_in(versions: Sequence[list[str]]) -> list[list[str]] | None:
    """Return the lines of an item's versions, all as far in as below what one side put it below.

    Its own line is not the first there. None where no side did so, or both.
    """
    if not all(versions):
        return None
    first = [sense_of(one[0]) for one in versions]
    for side, other in ((1, 2), (2, 1)):
        if first[side] == first[0] or first[other] != first[0]:
            continue
        own = [line for line in versions[side] if sense_of(line) == first[0]]
        if len(own) == 1 and (indent := own[0][: indent_of(own[0])]):
            lines = list(versions)
            for place in (0, other):
                lines[place] = [indent + line if line else line for line in versions[place]]
            return lines
    return None


def broken_again(taken: Sequence[Taken], ours: Sequence[str], theirs: Sequence[str]) -> list[Taken]:
    """Return the lines of a merge, with the hard breaks that they had where they go on still.

    A side that took out what it had below a line took the break before that along. What the other
    has there, and stays, a reader would see as one with the line above.
    """
    sides: Mapping[Prefer, Sequence[str]] = {"ours": ours, "theirs": theirs}
    places: dict[Prefer, dict[int, int]] = {}  # of a side's lines, those in the other one
    lines = list(taken)
    for at, (above, below) in enumerate(pairwise(taken)):
        side, other = sides[below.side], theirs if below.side == "ours" else ours
        if not below.line or not _goes_on(below.text) or hard_break(above.text):
            continue
        ending = hard_break(side[below.line - 1])
        if not ending:
            continue
        if below.side not in places:
            places[below.side] = {place: line for line, place in enumerate(paired(other, side))}
        partner = places[below.side].get(below.line - 1)
        if partner is None or (above.side != below.side and above.line != partner):
            continue
        if partner + 1 == len(other) or not _goes_on(other[partner + 1]):
            lines[at] = replace(above, text=above.text.rstrip() + ending)
    return lines


def _end_in(text: str) -> str:
    """Return how lines end in a text."""
    return "\r\n" if "\r\n" in text else "\r" if "\r" in text and "\n" not in text else "\n"


def merge_bare(
    base: Sequence[str],
    ours: Sequence[str],
    theirs: Sequence[str],
    *,
    prefer: Prefer,
    whole: bool = False,
) -> tuple[list[Taken], bool]:
    """Merge lines without their ends.

    What one side wrote in another form only is nothing to disagree about: where its form cannot be
    kept, the other side's words stand in theirs.
    """
    sides: dict[Prefer, Sequence[str]] = {"ours": ours, "theirs": theirs}
    whose = said_by("\n".join(base), "\n".join(ours), "\n".join(theirs))
    if whose is None:
        return _merge_bare(base, sides, prefer=prefer, whole=whole)
    other = sides["theirs" if whose == "ours" else "ours"]
    said = in_marks(sides[whose], base, other)
    sides[whose] = said
    taken, disagree = _merge_bare(in_marks(base, base, other), sides, prefer=prefer, whole=whole)
    if disagree or not _say(taken, said):
        return [Taken(line, whose, at) for at, line in enumerate(said)], False
    return taken, False


def _say(taken: Sequence[Taken], lines: Sequence[str]) -> bool:
    return same_but_for_form("\n".join(one.text for one in taken), "\n".join(lines))


def _merge_bare(
    base: Sequence[str], sides: Mapping[Prefer, Sequence[str]], *, prefer: Prefer, whole: bool
) -> tuple[list[Taken], bool]:
    texts = (base, sides["ours"], sides["theirs"])
    starts = [0, 0, 0]
    taken: list[Taken] = []
    disagree = False

    def add(merged: tuple[list[Taken], bool]) -> bool:
        heights = {"ours": starts[1], "theirs": starts[2]}
        taken.extend(Taken(one.text, one.side, one.line + heights[one.side]) for one in merged[0])
        return merged[1]

    while True:
        heads = [_prose(lines, start) for lines, start in zip(texts, starts, strict=True)]
        if not any(_is_wrapped(heads[0], head) for head in heads[1:]):
            break
        disagree = add(_merge_wrapped(*heads, prefer=prefer, whole=whole)) or disagree
        starts = [start + len(head) for start, head in zip(starts, heads, strict=True)]
    old, mine, other = (lines[start:] for lines, start in zip(texts, starts, strict=True))
    job = _Merge(old, mine, other, prefer, whole=whole)
    job.run()
    return taken, add((job.taken, job.disagree)) or disagree


def _prose(lines: Sequence[str], start: int) -> Sequence[str]:
    """Return the lines that go on with the words of that one, it included."""
    behind = range(start + 1, len(lines))
    return lines[start : next((at for at in behind if not _goes_on(lines[at])), None)]


def _goes_on(line: str) -> bool:
    """Return whether a line goes on with the words of the one above it."""
    return not _OPENS.match(line)


def _is_wrapped(base: Sequence[str], side: Sequence[str]) -> bool:
    """Return whether a side has all words of the base, or most, but breaks its lines elsewhere."""
    if len(base) == len(side) or not (base and side):
        return False
    if not _has_words(" ".join(side), " ".join(base)):
        return _is_most_wrapped(base, side)
    if len(side) < len(base):
        return True
    left = {*base} - {*side}  # few where only some lines changed, of however many
    return not all(any(_has_words(line, was) for line in side) for was in left)


def _is_most_wrapped(base: Sequence[str], side: Sequence[str]) -> bool:
    """Return whether a side has most words of the base, and some line has those of several.

    Each word is compared in its order; a line has another one's where it has most of that.
    """
    words = [[word for line in lines for word in line.split()] for lines in (base, side)]
    if max(map(len, words)) > _MOST_WORDS:
        return False
    same = matched(*words)
    if 2 * len(same) <= max(map(len, words)):
        return False
    old, new = _line_of_each(base), _line_of_each(side)
    shared = Counter((old[one], new[other]) for one, other in same)
    for which, lines in ((0, base), (1, side)):
        sizes = [len(line.split()) for line in lines]
        whole = (at for at, count in shared.items() if 2 * count > sizes[at[which]])
        if max(Counter(at[1 - which] for at in whole).values(), default=0) > 1:
            return True
    return False


def _line_of_each(lines: Sequence[str]) -> list[int]:
    """Return in which line each word stands."""
    return [at for at, line in enumerate(lines) for _ in line.split()]


def _has_words(text: str, wanted: str) -> bool:
    """Return whether a text has some words, in their order."""
    words = iter(text.split())
    return all(word in words for word in wanted.split())


def _merge_wrapped(
    base: Sequence[str],
    ours: Sequence[str],
    theirs: Sequence[str],
    *,
    prefer: Prefer,
    whole: bool,
) -> tuple[list[Taken], bool]:
    """Merge prose as one long line: where its lines break is white space like any other."""
    sides: dict[Prefer, Sequence[str]] = {"ours": ours, "theirs": theirs}
    if not (ours and theirs):  # one of them took it out
        return [Taken(line, prefer, at) for at, line in enumerate(sides[prefer])], True
    text, disagree = merge_line(*map("\n".join, (base, ours, theirs)), prefer=prefer)
    if disagree and whole:
        text = "\n".join(sides[prefer])
    last = len(sides[prefer]) - 1
    lines = enumerate(text.split("\n"))
    return [Taken(line, prefer, min(at, last)) for at, line in lines], disagree


class _Merge:
    """One merge of lines, from the first to the last."""

    def __init__(
        self,
        base: Sequence[str],
        ours: Sequence[str],
        theirs: Sequence[str],
        prefer: Prefer,
        *,
        whole: bool,
    ) -> None:
        self._base = base
        self._whole = whole
        self._sides: dict[Prefer, Sequence[str]] = {"ours": ours, "theirs": theirs}
        self._prefer: Prefer = prefer
        self._other: Prefer = "theirs" if prefer == "ours" else "ours"
        self._partners = {name: paired(base, side) for name, side in self._sides.items()}
        self._runs = {
            name: _runs(self._partners[name], name, side) for name, side in self._sides.items()
        }
        self.taken: list[Taken] = []
        self.disagree = False

    def run(self) -> None:
        for line in range(len(self._base)):
            self._put_in(line)
            self._keep(line)
        self._put_in(len(self._base))

    def _put_in(self, line: int) -> None:
        """Take what the sides have before this line of the base; each side's runs together."""
        first = self._runs[self._prefer].get(line, [])
        second = self._runs[self._other].get(line, [])
        texts, others = ([one.text for one in run] for run in (first, second))
        if first and second and (gone := self._gone(line)):
            if holds(gone, others, texts):
                self.taken += second
                return
            self.disagree = self.disagree or not holds(gone, texts, others)
            self.taken += first
            return
        same = {place for _, place in matched(texts, others)} if first and second else set()
        rest = [one for place, one in enumerate(second) if place not in same]
        # Behind a bullet, what goes on with the words above would go on with that one's.
        tail = len(_prose(["", *(one.text for one in rest)], 0)) - 1 if texts and line else 0
        if tail and _goes_on(texts[0]):
            tail = 0
        # What one side put further in is below what stands above both, not below the other's.
        if texts and line and (indent := _indent(texts[0])) is not None:
            further_in = (n for n, one in enumerate(rest) if not (_indent(one.text) or 0) > indent)
            tail = max(tail, next(further_in, len(rest)))
        self.taken += [*rest[:tail], *first, *rest[tail:]]

    def _gone(self, line: int) -> list[str]:
        """Return the lines of the base, from this one on, that both sides took out."""
        end = line
        while end < len(self._base) and all(here[end] < 0 for here in self._partners.values()):
            end += 1
        return list(self._base[line:end])

    def _keep(self, line: int) -> None:
        """Take a line that both sides have still, or the one that changed it."""
        places = {name: here[line] for name, here in self._partners.items() if here[line] >= 0}
        if len(places) == 2:
            texts = {name: self._sides[name][place] for name, place in places.items()}
            text, disagree = merge_line(
                self._base[line], texts["ours"], texts["theirs"], prefer=self._prefer
            )
            if disagree and self._whole:
                text = texts[self._prefer]
            self.disagree = self.disagree or disagree
            whose = self._other if texts[self._other] == text else self._prefer
            whose = self._prefer if texts[self._prefer] == text else whose
            self.taken.append(Taken(text, whose, places[whose]))
            return
        for name, place in places.items():
            text = self._sides[name][place]
            if not same_but_for_form(text, self._base[line]):
                self.disagree = True
                if name == self._prefer:
                    self.taken.append(Taken(text, name, place))


def _indent(line: str) -> int | None:
    return indent_of(line) if line.strip() else None


def _runs(partners: Sequence[int], name: Prefer, side: Sequence[str]) -> dict[int, list[Taken]]:
    """Return what is new in a side, by the line of the base before which it belongs."""
    runs: dict[int, list[Taken]] = {}
    before, done = 0, 0
    for line, place in [*enumerate(partners), (len(partners), len(side))]:
        if place >= 0:
            if place > done:
                runs[before] = [Taken(side[at], name, at) for at in range(done, place)]
            before, done = line + 1, place + 1
    return runs


def paired(base: Sequence[str], side: Sequence[str]) -> list[int]:
    """Return for each line of the base the one that it is in a side; -1 where it is gone.

    The first line of both is the same thing, unless it stands elsewhere: that they are about the
    same was found out before. A blank one, of what the base has not, is nothing further down.
    """
    pairs = matched(base, side)
    if base and not base[0].strip():
        pairs = [(at, place) for at, place in pairs if at or not place]
    if base and side and (not pairs or (pairs[0][0] and pairs[0][1])):
        pairs.insert(0, (0, 0))
    partners = [-1] * len(base)
    edges = [(-1, -1), *pairs, (len(base), len(side))]
    for (at, place), (end, last) in pairwise(edges):
        if at >= 0:
            partners[at] = place
        if end - at > 1 and last - place > 1:
            _pair_alike(base, side, (at + 1, end), (place + 1, last), partners)
    return partners


def _pair_alike(
    base: Sequence[str],
    side: Sequence[str],
    lines: tuple[int, int],
    places: tuple[int, int],
    partners: list[int],
) -> None:
    """Pair lines that were changed, the most alike first, as far as they stand in order."""
    if (lines[1] - lines[0]) * (places[1] - places[0]) > _FEW:
        return
    seen = [(place, shingles(side[place])) for place in range(*places)]
    found = [
        (-score, at, place)
        for at in range(*lines)
        for mine in [shingles(base[at])]
        for place, one in seen
        if (score := likeness(mine, one)) >= _ALIKE
    ]
    pairs: list[tuple[int, int]] = []
    for _, at, place in sorted(found):
        if all((at - one) * (place - other) > 0 for one, other in pairs):
            pairs.append((at, place))
            partners[at] = place
