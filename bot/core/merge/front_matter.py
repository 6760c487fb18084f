"""Merge front matter: key by key at every depth, lists entry by entry; all else stays as it is.

What was merged is read again: it has to say what a merge of the values says. Where it does not,
whole keys of the preferred side stand, and each is told.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from textwrap import dedent

from bot.core.front_matter.comment import with_other_comment
from bot.core.front_matter.region import Format, front_format
from bot.core.front_matter.toml_tree import toml_tree
from bot.core.front_matter.tree import Node, NumberedLine, is_trivia, numbered, with_names
from bot.core.front_matter.yaml_tree import yaml_tree
from bot.core.merge.brackets import ValueConflict, merge_brackets, value_in_brackets
from bot.core.merge.entries import same_entries
from bot.core.merge.entry_columns import as_far_in
from bot.core.merge.front_forms import at_home, in_one_form, is_in_braces, on_one_line
from bot.core.merge.front_values import (
    Values,
    is_right,
    mean_the_same,
    say_the_same,
    unquoted_entry,
    values_of,
    with_new_date,
)
from bot.core.merge.lines import Taken, merge_bare
from bot.core.merge.sequences import likeness, shingles
from bot.core.merge.value_lines import merged_lines
from bot.core.merge.weave import woven
from bot.core.merge.words import Prefer

_OBJECT = re.compile(r"\ufeff?\{")
_OBJECT_START = re.compile(r"\ufeff?\s*")
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class KeyConflict:
    """A key of which both sides made something else, and the lines of the merge that stand for it.

    `line` counts from the first line of the front matter.
    """

    name: str
    base: str
    ours: str
    theirs: str
    line: int
    height: int


def merge_front(
    base: str, ours: str, theirs: str, prefer: Prefer
) -> tuple[list[Taken], list[KeyConflict]]:
    """Merge three versions of front matter, whose lines end in line feeds."""
    texts = (base, ours, theirs)
    if (merged := _merged(texts, prefer)) is not None:
        return merged.lines, merged.conflicts
    if (found := in_one_form(texts, [values_of(text) for text in texts])) is not None:
        made, stands = found
        if (merged := _merged(made, prefer)) is not None:
            return at_home(merged.lines, texts, stands), merged.conflicts
    lines = (ours if prefer == "ours" else theirs).removesuffix("\n").split("\n")
    whole = KeyConflict("front matter", base, ours, theirs, 0, len(lines))
    return [Taken(line, prefer, at) for at, line in enumerate(lines)], [whole]


def _merged(texts: Sequence[str], prefer: Prefer) -> "_Merged | None":
    """Merge versions of one form; None where that does not say what a merge of values says."""
    base, ours, theirs = (values_of(text) for text in texts)
    for is_deep in (True, False):
        merged = _Merge(texts, prefer, is_deep=is_deep).run()
        if merged is None:
            return None
        told = [conflict.name for conflict in merged.conflicts]
        if is_right(merged.text, base, ours, theirs, told):
            return merged
    return None


@dataclass(frozen=True, slots=True)
class _Merged:
    """Lines of a merge, and what the sides disagreed on in them."""

    lines: list[Taken]
    conflicts: list[KeyConflict]

    @property
    def text(self) -> str:
        return "".join(f"{line.text}\n" for line in self.lines)


@dataclass(frozen=True, slots=True)
class _Side:
    """An entry of one side; None where that side has it not."""

    entry: Node | None
    name: Prefer

    def lines(self, lines: Sequence[NumberedLine]) -> list[Taken]:
        return [Taken(line.text, self.name, line.line) for line in lines]


class _Merge:
    """One merge of front matter; if it is not deep, every key at the margin is one thing."""

    def __init__(self, texts: Sequence[str], prefer: Prefer, *, is_deep: bool) -> None:
        self._texts = texts
        self._prefer = prefer
        self._is_deep = is_deep
        self._other: Prefer = "theirs" if prefer == "ours" else "ours"
        self._format: Format = "yaml"
        self._conflicts: list[KeyConflict] = []
        self._lines: list[Taken] = []

    def run(self) -> _Merged | None:
        """Merge; None where the sides are of different formats."""
        formats = [found[0] if (found := front_format(text.split("\n"))) else None
                   for text in self._texts]  # fmt: skip
        if formats[1] != formats[2] or formats[1] is None or formats[0] not in (None, formats[1]):
            return None
        if formats[1] == "json" or all(map(is_in_braces, filter(None, self._texts))):
            return self._json()
        self._format = formats[1]
        base, ours, theirs = (tree_of(text, formats[1]) for text in self._texts)
        self._mapping((), base, ours, theirs)
        return _Merged(self._lines, self._conflicts)

    # --- blocks ----------------------------------------------------------------------------------

    def _mapping(
        self,
        path: tuple[str, ...],
        base: Sequence[Node],
        ours: Sequence[Node],
        theirs: Sequence[Node],
    ) -> None:
        sides = [dict(with_names(entries)) for entries in (base, ours, theirs)]
        first, second = sides[1:] if self._prefer == "ours" else sides[:0:-1]
        stays = {
            name
            for name in {**sides[0], **first, **second}
            if self._is_kept(*(side.get(name) for side in sides))
        }
        order = woven(list(sides[0]), list(first), list(second), stays)
        order.sort(key=lambda name: next(s[name].rank for s in sides if name in s))
        gone = [name for name in {**sides[0], **first, **second} if name not in stays]
        for name in [*order, *gone]:
            self._entry((*path, name[0]), *(side.get(name) for side in sides))

    def _is_kept(self, base: Node | None, ours: Node | None, theirs: Node | None) -> bool:
        """Return whether a key stands in the merge."""
        if ours is not None and theirs is not None:
            return True
        left, side = (theirs, "theirs") if ours is None else (ours, "ours")
        if left is None:
            return False
        return base is None or (not _same(left, base) and side == self._prefer)

    def _entry(
        self,
        path: tuple[str, ...],
        base: Node | None,
        ours: Node | None,
        theirs: Node | None,
    ) -> None:
        """Write the merge of a key, or of an entry of a list."""
        if ours is None or theirs is None:
            self._one_sided(path, base, ours, theirs)
            return
        preferred = _Side(ours if self._prefer == "ours" else theirs, self._prefer)
        if base is not None and ours.text == base.text:
            self._lines += _Side(theirs, "theirs").lines(theirs.lines)
        elif base is not None and theirs.text == base.text:
            self._lines += _Side(ours, "ours").lines(ours.lines)
        elif ours.text == theirs.text:
            self._lines += preferred.lines(preferred.entry.lines if preferred.entry else ())
        else:
            self._both(path, base, ours, theirs)

    def _one_sided(
        self,
        path: tuple[str, ...],
        base: Node | None,
        ours: Node | None,
        theirs: Node | None,
    ) -> None:
        left = ours or theirs
        if left is None:
            return
        side = _Side(left, "ours" if ours else "theirs")
        start = len(self._lines)
        if self._is_kept(base, ours, theirs):
            self._lines += side.lines(left.lines)
        if base is not None and not _same(left, base):
            self._add_conflict(path, base, ours, theirs, start)

    def _both(self, path: tuple[str, ...], base: Node | None, ours: Node, theirs: Node) -> None:
        """Write what both sides changed, or added."""
        self._lead(base, ours, theirs)
        kinds = {one.kind for one in (base, ours, theirs) if one}
        if self._is_deep and len(kinds) == 1 and ours.kind != "value" and ours.dash == theirs.dash:
            start = len(self._lines)
            olds = base.children if base else ()
            self._own(base, ours, theirs)
            begin = len(self._lines)
            if ours.kind == "mapping":
                self._mapping(path, olds, ours.children, theirs.children)
            else:
                lists = (olds, ours.children, theirs.children)
                column = lists[1 if self._prefer == "ours" else 2]
                self._list(path, *(as_far_in(one, column) for one in lists))
            if ours.dash >= 0:
                self._put_dash(begin, ours.dash)
            if len(self._lines) > start:
                return
        self._value(path, base, ours, theirs)

    def _lead(self, base: Node | None, ours: Node, theirs: Node) -> None:
        old, mine, other = ([line.text for line in one.lead] if one else []
                            for one in (base, ours, theirs))  # fmt: skip
        taken, _ = merge_bare(old, mine, other, prefer=self._prefer)
        leads = {"ours": ours.lead, "theirs": theirs.lead}
        self._lines += [replace(one, line=leads[one.side][one.line].line) for one in taken]

    def _own(self, base: Node | None, ours: Node, theirs: Node) -> None:
        """Write the line of a key below which more stands: as the side has it that changed it."""
        texts = [[line.text for line in one.own] if one else [] for one in (base, ours, theirs)]
        side = self._changed(texts)
        self._lines += _Side(None, side).lines((ours if side == "ours" else theirs).own)

    def _changed(self, texts: Sequence[object]) -> Prefer:
        """Return the side that changed something; the preferred one where both or none did."""
        base, ours, theirs = texts
        if ours == theirs or base not in (ours, theirs):
            return self._prefer
        return "theirs" if ours == base else "ours"

    def _put_dash(self, begin: int, column: int) -> None:
        for at in range(begin, len(self._lines)):
            text = self._lines[at].text
            if not is_trivia(text):
                marked = f"{text[:column]}-{text[column + 1 :]}"
                self._lines[at] = replace(self._lines[at], text=marked)
                return

    def _list(
        self,
        path: tuple[str, ...],
        base: Sequence[Node],
        ours: Sequence[Node],
        theirs: Sequence[Node],
    ) -> None:
        """Write a list of which both sides changed entries."""
        first, second = (ours, theirs) if self._prefer == "ours" else (theirs, ours)
        names = same_entries((base, first, second), _said, _is_same_head, _is_like)
        sides = [dict(zip(keys, entries, strict=True))
                 for keys, entries in zip(names, (base, first, second), strict=True)]  # fmt: skip
        old, one, two = sides
        mine, other = (one, two) if self._prefer == "ours" else (two, one)
        known = {**old, **one, **two}
        stays = {
            name for name in known if self._is_kept(old.get(name), mine.get(name), other.get(name))
        }
        order = woven(list(old), list(one), list(two), stays)
        for name in [*order, *(name for name in known if name not in stays)]:
            self._entry(path, old.get(name), mine.get(name), other.get(name))

    # --- values ----------------------------------------------------------------------------------

    def _value(self, path: tuple[str, ...], base: Node | None, ours: Node, theirs: Node) -> None:
        """Write a value: in brackets entry by entry, else line by line, if no line is a mixture."""
        start = len(self._lines)
        preferred = _Side(ours if self._prefer == "ours" else theirs, self._prefer)
        bodies = [one.body if one else () for one in (base, ours, theirs)]
        texts = ["\n".join(line.text for line in body) for body in bodies]
        if texts[1] == texts[2] or texts[0] in texts[1:]:
            side = self._changed(texts)
            self._lines += _Side(None, side).lines(bodies[1 if side == "ours" else 2])
            return
        if base is not None and (dated := with_new_date(*texts)) is not None:
            text, side = dated
            dates = zip(bodies[1 if side == "ours" else 2], text.split("\n"), strict=True)
            self._lines += [Taken(new, side, line.line) for line, new in dates]
            return
        newer = self._respelled(texts) if base is not None else None
        found = self._brackets(texts) if self._is_deep else None
        if found is not None and (newer is None or self._has_all(found[0], texts, newer)):
            self._put_text(path, found, preferred)
            return
        if base is not None and self._is_deep and (lines := merged_lines(bodies)) is not None:
            self._lines += lines
            return
        if newer is not None:
            mine, other = (1, 2) if newer == "ours" else (2, 1)
            said = with_other_comment(texts[0], texts[mine], texts[other], self._format)
            said = said if self._values(said) == self._values(texts[mine]) else texts[mine]
            lines = _Side(None, newer).lines(bodies[mine])
            self._lines += [
                replace(line, text=text) for line, text in zip(lines, said.split("\n"), strict=True)
            ]
            return
        self._lines += preferred.lines(bodies[1 if self._prefer == "ours" else 2])
        self._add_conflict(path, base, ours, theirs, start)

    def _respelled(self, texts: Sequence[str]) -> Prefer | None:
        """Return the side that changed a value, where the other wrote the same in another way."""
        base, ours, theirs = map(self._values, texts)
        if not base or not ours or not theirs:
            return None
        if mean_the_same(theirs, base):
            return "ours"
        return "theirs" if mean_the_same(ours, base) else None

    def _has_all(self, text: str, texts: Sequence[str], side: Prefer) -> bool:
        """Return whether a merge has what the one side says that says anything new."""
        said, wanted = self._values(text), self._values(texts[1 if side == "ours" else 2])
        return said is not None and wanted is not None and mean_the_same(said, wanted)

    def _values(self, text: str) -> Values:
        ruler = "+++" if self._format == "toml" else "---"
        return values_of(f"{ruler}\n{dedent(text)}\n{ruler}\n")

    def _brackets(self, texts: Sequence[str]) -> tuple[str, list[ValueConflict]] | None:
        """Merge values of which a side has one in brackets; None where one is something else."""
        bracketed = [value_in_brackets(text) for text in texts]
        split = bracketed
        if any(bracketed[1:]) and self._format == "yaml":
            split = [value_in_brackets(on_one_line(text)) for text in texts]
        old, mine, other = split
        if mine is None or other is None or (old is None and texts[0]):
            return None
        first, second = (mine, other) if self._prefer == "ours" else (other, mine)
        merged = merge_brackets(old[1] if old else "", first[1], second[1])
        if merged is None:
            return None
        text, found = merged
        start, _, end = first if bracketed[1 if self._prefer == "ours" else 2] else second
        ends = [one[2] if one else "" for one in split]
        if not any("\n" in one for one in ends):  # a comment of the one that changed it
            end = ends[1 if self._changed(ends) == "ours" else 2]
        return start + text + end, [conflict.moved(len(start)) for conflict in found]

    def _put_text(
        self, path: tuple[str, ...], merged: tuple[str, list[ValueConflict]], side: _Side
    ) -> None:
        """Write a value that was put together; its lines end as the preferred side's do."""
        text, conflicts = merged
        start = len(self._lines)
        places = [line.line for line in side.entry.body] if side.entry else [0]
        self._lines += [
            Taken(line, side.name, places[min(at, len(places) - 1)])
            for at, line in enumerate(text.split("\n"))
        ]
        for conflict in conflicts:
            name = ".".join([*filter(None, path), *filter(None, [conflict.name])])
            line = start + text.count("\n", 0, conflict.place)
            height = conflict.texts[1 if self._prefer == "ours" else 2].count("\n") + 1
            base, first, second = conflict.texts
            ours, theirs = (first, second) if self._prefer == "ours" else (second, first)
            self._conflicts.append(KeyConflict(name, base, ours, theirs, line, height))

    # --- JSON ------------------------------------------------------------------------------------

    def _json(self) -> _Merged | None:
        """Merge objects, which may stand between rulers (`---json`)."""
        lines = [text.removesuffix("\n").split("\n") if text else [] for text in self._texts]
        ruled = [bool(one) and _OBJECT.match(one[0]) is None for one in lines]
        if ruled[1] != ruled[2] or not self._is_deep:
            return None
        rulers = int(ruled[1])
        texts = ["\n".join(one[rulers : len(one) - rulers]) for one in lines]
        starts = [_OBJECT_START.match(text) for text in texts]
        bare = [text[start.end() if start else 0 :].rstrip() for text, start in
                zip(texts, starts, strict=True)]  # fmt: skip
        mine = 1 if self._prefer == "ours" else 2
        merged = merge_brackets(bare[0], bare[mine], bare[3 - mine])
        if merged is None:
            return None
        start = starts[mine]
        opening = start[0] if start else ""
        whole = numbered(lines[mine])
        inside = Node("", own=tuple(whole[rulers : len(whole) - rulers]))
        self._lines += [Taken(one.text, self._prefer, one.line) for one in whole[:rulers]]
        moved = [conflict.moved(len(opening)) for conflict in merged[1]]
        blank = texts[mine][len(opening) + len(bare[mine]) :]
        self._put_text((), (opening + merged[0] + blank, moved), _Side(inside, self._prefer))
        self._lines += [
            Taken(one.text, self._prefer, one.line) for one in whole[len(whole) - rulers :]
        ]
        return _Merged(self._lines, self._conflicts)

    def _add_conflict(
        self,
        path: tuple[str, ...],
        base: Node | None,
        ours: Node | None,
        theirs: Node | None,
        start: int,
    ) -> None:
        old, mine, other = (one.value_text if one else "" for one in (base, ours, theirs))
        name = ".".join(filter(None, path))
        height = len(self._lines) - start
        self._conflicts.append(KeyConflict(name, old, mine, other, start, height))


def _same(one: Node, other: Node) -> bool:
    """Return whether two entries say the same, but for blank lines around them."""
    return say_the_same(one.text.strip("\n").rstrip(), other.text.strip("\n").rstrip())


def _said(entry: Node) -> str:
    return unquoted_entry("\n".join(line.text.rstrip() for line in entry.body).strip())


def _is_same_head(one: Node, other: Node) -> bool:
    """Return whether two tables begin with the same value."""
    heads = [part.children[0].value_text.strip() if part.children else "" for part in (one, other)]
    return _are_tables(one, other) and bool(heads[0]) and heads[0] == heads[1]


def _is_like(one: Node, other: Node) -> bool:
    """Return whether two tables say much the same."""
    if not _are_tables(one, other):
        return False
    return likeness(shingles(_said(one)), shingles(_said(other))) >= _ALIKE


def _are_tables(*entries: Node) -> bool:
    return all(one.kind == "mapping" for one in entries)


def tree_of(text: str, format: Format) -> tuple[Node, ...]:
    """Return the keys of YAML or TOML between its rulers, which are entries too."""
    if not text:
        return ()
    lines = numbered(text.removesuffix("\n").split("\n"))
    inside = toml_tree(lines[1:-1]) if format == "toml" else yaml_tree(lines[1:-1])
    lead: tuple[NumberedLine, ...] = ()
    if inside and not inside[-1].name and all(is_trivia(line.text) for line in inside[-1].own):
        lead = inside[-1].own
        inside = inside[:-1]
    first = Node("", own=(lines[0],), rank=-1)
    return (first, *inside, Node("---", lead=lead, own=(lines[-1],), rank=3))
