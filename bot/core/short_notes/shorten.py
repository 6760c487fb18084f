"""Leave lines out of short notes until they fit: what says least first, the longest of it first."""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass

from bot.core.document.plain_text import plain_text
from bot.core.profile.notes_rules import NotesRules
from bot.core.short_notes.html import html_of
from bot.core.short_notes.lines import NoteLine

RANKS = (
    "prose",
    "quote",
    "note",
    "text",
    "provider",
    "nested link",
    "link",
    "kept link",
    "heading",
)
"""What is cut first comes first."""

_CHOSEN = len(RANKS)  # what hosts keep goes only when nothing else is left
_AROUND = len("<li></li>")
_A_LINK = len('<a href=""></a>') - len("[]()")
_TRIES = 5

Whole = Callable[[str], str]
"""Puts a body into the notes around it."""


@dataclass(frozen=True, slots=True)
class ShortNotes:
    """Short notes, and what was left out of them to fit, the least of it first."""

    markdown: str
    html: str
    cut: tuple[NoteLine, ...] = ()


def shorten(
    lines: Sequence[NoteLine],
    rules: NotesRules,
    *,
    whole: Whole = str,
    limit: int | None = None,
    choices: Mapping[str, bool] | None = None,
) -> ShortNotes:
    """Return the notes of these lines, of at most `limit` characters of HTML (0: no limit).

    `choices` says of single lines, by their `line_key`, whether hosts keep or drop them.
    """
    most = rules.limit if limit is None else limit
    cutting = _Cutting(lines, rules, whole, choices or {})
    if most:
        cutting.fit(most)
    markdown = whole(body_of(lines, cutting.kept))
    html = html_of(markdown)
    if most and len(html) > most:  # what is around the body is too long by itself
        markdown = cut_short(markdown, most)
        html = html_of(markdown)
    return ShortNotes(markdown, html, tuple(lines[at] for at in cutting.left_out))


def line_key(line: NoteLine) -> str:
    """Return what a line is known by when the file around it changes.

    That is a digest of its address, or of its words: what is kept by it tells nobody those.
    """
    found = re.search(r"\]\(<?([^)\s>]+)|<(https?://[^>]+)>", line.text)
    known = (found[1] or found[2]) if found else plain_text(line.text.strip(" \t-*+>#"))
    return key_of(known)


def key_of(known: str) -> str:
    """Return the `line_key` of a line of which the address is known, or the words."""
    return hashlib.blake2b(known.encode("utf-8", "replace"), digest_size=10).hexdigest()


def body_of(lines: Sequence[NoteLine], kept: Set[int]) -> str:
    """Return the Markdown of the lines that are kept, with blank lines where they matter."""
    shown: list[str] = []
    before: NoteLine | None = None
    last = {lines[at].parent for at in kept if not lines[at].is_bullet}
    for at in sorted(kept):
        line = lines[at]
        in_list = line.is_bullet or line.parent >= 0
        was_in_list = before is not None and (before.is_bullet or before.parent >= 0)
        if before is not None and not (in_list and was_in_list):
            shown.append("")
        breaks = at in last or (not line.is_bullet and _goes_on(lines, kept, at))
        shown.append(line.text if breaks else line.text.rstrip(" \t"))
        before = line
    return "\n".join(shown)


def _goes_on(lines: Sequence[NoteLine], kept: Set[int], at: int) -> bool:
    """Return whether the next line that is kept goes on with this one's paragraph."""
    behind = min((one for one in kept if one > at), default=None)
    return behind is not None and not lines[behind].is_bullet and lines[behind].parent >= 0


class _Cutting:
    """Which lines are kept still; a bullet stays as long as anything below it does."""

    def __init__(
        self,
        lines: Sequence[NoteLine],
        rules: NotesRules,
        whole: Whole,
        choices: Mapping[str, bool],
    ) -> None:
        self.lines = lines
        self.kept = set(range(len(lines)))
        self.left_out: list[int] = []
        self._whole = whole
        chosen = [choices.get(line_key(line)) for line in lines] if choices else [None] * len(lines)
        for at, choice in enumerate(chosen):
            if choice is False:
                self.left_out += sorted(self.kept & {at, *self._below(at)})
                self.kept -= {*self.left_out}
        self._ranks = [
            _CHOSEN if choice else _rank(line, rules)
            for line, choice in zip(lines, chosen, strict=True)
        ]

    def fit(self, most: int) -> None:
        """Leave lines out until the whole has at most `most` characters of HTML."""
        over = self._length() - most
        if over <= 0:
            return
        costs = [_cost(line) for line in self.lines]
        waiting = sorted(
            self.kept,
            key=lambda at: (self._ranks[at], self.lines[at].kind != "heading" and -costs[at], -at),
        )
        left_out: list[int] = []
        while over > 0 and waiting:
            over = self._cut(waiting, left_out, costs, over)
            if over <= 0:  # by the sum of its parts; the whole says
                over = self._length() - most
        self._bring_back(left_out, costs, most, room=-over)
        self.left_out += [at for at in left_out if at not in self.kept]

    def _cut(self, waiting: list[int], left_out: list[int], costs: list[int], over: int) -> int:
        """Leave out the next line that nothing depends on; return what is over still."""
        for place, at in enumerate(waiting):
            if not self._has_below(at):
                del waiting[place]
                self.kept.discard(at)
                left_out.append(at)
                return over - costs[at]
        return over

    def _bring_back(self, left_out: list[int], costs: list[int], most: int, *, room: int) -> None:
        """Take back what still fits into the room that the last cut left, the best first."""
        for at in left_out[::-1][:_TRIES]:
            if costs[at] - _AROUND > room or not self._has_parent(at):
                continue
            self.kept.add(at)
            length = self._length()
            if length > most:
                self.kept.discard(at)
            else:
                room = most - length

    def _has_below(self, at: int) -> bool:
        return any(self.lines[one].parent == at for one in self.kept)

    def _has_parent(self, at: int) -> bool:
        parent = self.lines[at].parent
        return parent < 0 or parent in self.kept

    def _below(self, at: int) -> set[int]:
        found = {one for one, line in enumerate(self.lines) if line.parent == at}
        return found.union(*(self._below(one) for one in found)) if found else found

    def _length(self) -> int:
        return len(html_of(self._whole(body_of(self.lines, self.kept))))


def _cost(line: NoteLine) -> int:
    """Return about how many characters of HTML a line takes: whoever cuts counts the whole."""
    return len(line.text.strip()) + line.text.count("](") * _A_LINK + _AROUND


def _rank(line: NoteLine, rules: NotesRules) -> int:
    if line.is_standing and line.kind in ("note", "text", "link"):
        return RANKS.index("kept link")
    if line.kind != "link":
        return RANKS.index(line.kind)
    if line.is_first or any(one.search(line.text) for one in rules.keep):
        return RANKS.index("kept link")
    return RANKS.index("nested link" if line.level else "link")


def cut_short(markdown: str, most: int) -> str:
    """Leave out the last lines of a text until it fits: nobody can say which of them matter."""
    lines = markdown.split("\n")
    low, high = 0, len(lines)
    while low < high:
        middle = (low + high + 1) // 2
        if len(html_of("\n".join(lines[:middle]))) <= most:
            low = middle
        else:
            high = middle - 1
    shown = "\n".join(lines[:low])
    return shown if len(html_of(shown)) <= most else ""
