"""What becomes of each piece of three versions: it stays as a side has it, is merged, or goes."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from bot.core.document.form import same_but_for_form
from bot.core.document.hard_break import hard_break
from bot.core.document.nesting import indent_of, without_lines
from bot.core.document.pieces import Piece, words_of
from bot.core.document.sense import Sense, sense_of
from bot.core.document.tree import TOP
from bot.core.grammar.topic_name import split_time
from bot.core.merge.lines import Taken, broken_again, merge_bare
from bot.core.merge.neighbour_style import in_column, same_but_for_marks
from bot.core.merge.union import BASE, OURS, THEIRS, Union
from bot.core.merge.words import Prefer, merge_line

if TYPE_CHECKING:  # loaded where two sides have front matter: a chat that talks has none
    from bot.core.merge.front_matter import KeyConflict

_NAMES: dict[int, Prefer] = {OURS: "ours", THEIRS: "theirs"}


@dataclass(frozen=True, slots=True)
class Resolved:
    """What becomes of a piece: as in a `side` (-1: it goes), or `taken` from both line by line."""

    side: int
    taken: list[Taken] | None = None
    disagree: bool = False
    conflicts: tuple["KeyConflict", ...] = ()


_GONE = Resolved(-1)
_OURS, _THEIRS = Resolved(OURS), Resolved(THEIRS)


def resolve(union: Union, prefer: int, same: int, prefer_of_template: int) -> list[Resolved]:
    """Resolve every piece; where the sides cannot both have their way, the preferred has it.

    What both have in the same words is taken from the side `same`. Below the front matter, another
    side may be preferred for what is of no item or topic.
    """
    resolved = [
        _resolve(union, one, prefer_of_template if _is_template_s(union, one) else prefer, same)
        for one in range(union.count)
    ]
    for side in (OURS, THEIRS):
        _resolve_parts(union, side, prefer, resolved)
    _resolve_moved_lines(union, resolved)
    _resolve_taken_over(union, resolved)
    _resolve_put_out(union, resolved)
    _resolve_headings(union, resolved)
    return resolved


def _resolve(union: Union, one: int, prefer: int, same: int) -> Resolved:
    base, ours, theirs = (pieces[one] for pieces in union.pieces)
    if ours is None and theirs is None:
        return _GONE
    if ours is None or theirs is None:
        side = THEIRS if ours is None else OURS
        left = theirs if ours is None else ours
        if base is None:
            return _OURS if side == OURS else _THEIRS
        if left is None or _says_the_same(left, base):
            return _GONE
        return Resolved(side if side == prefer else -1, disagree=True)
    if ours.text == theirs.text:
        return _OURS if same == OURS else _THEIRS
    if base is None and same_but_for_marks(ours, theirs):
        return _THEIRS
    if base is not None and theirs.text == base.text:
        return _OURS
    if base is not None and ours.text == base.text:
        return _THEIRS
    return _merged(base, ours, theirs, prefer)


def _is_template_s(union: Union, one: int) -> bool:
    kinds = {piece.kind for pieces in union.pieces if (piece := pieces[one]) is not None}
    return union.owners[one] is None and "front" not in kinds


def _says_the_same(one: Piece, other: Piece) -> bool:
    """Return whether a piece says what another does where that stood, in whatever form."""
    is_as_far_in = indent_of(one.text) == indent_of(other.text)
    return is_as_far_in and same_but_for_form(one.text, other.text)


def _merged(base: Piece | None, ours: Piece, theirs: Piece, prefer: int) -> Resolved:
    """Merge a piece that both sides changed, or added."""
    name = _NAMES[prefer]
    if ours.kind == theirs.kind == "front":
        from bot.core.merge.front_matter import merge_front

        taken, conflicts = merge_front(base.text if base else "", ours.text, theirs.text, name)
        return Resolved(prefer, _absolute(taken, ours, theirs), conflicts=tuple(conflicts))
    lines = [_lines(piece) for piece in (base, ours, theirs)]
    if ours.kind == theirs.kind == "heading":
        heading, disagree = _heading(*(one[0] for one in lines), prefer=name)
        taken, more = merge_bare(*(one[1:] for one in lines), prefer=name)
        below = [Taken(one.text, one.side, one.line + 1) for one in taken]
        taken, disagree = [Taken(heading, name, 0), *below], disagree or more
    else:
        texts = in_column(lines, prefer=name)
        taken, disagree = merge_bare(*texts, prefer=name)
        taken = broken_again(taken, *texts[1:])
    return Resolved(prefer, _absolute(taken, ours, theirs), disagree)


def _lines(piece: Piece | None) -> list[str]:
    """Return the lines of a piece; of one that is not there an empty one, for both to fill."""
    return piece.text.removesuffix("\n").split("\n") if piece else [""]


def _absolute(taken: list[Taken], ours: Piece, theirs: Piece) -> list[Taken]:
    """Count lines from the beginning of the file."""
    first = {"ours": ours.line, "theirs": theirs.line}
    return [Taken(one.text, one.side, one.line + first[one.side]) for one in taken]


def _heading(base: str, ours: str, theirs: str, *, prefer: Prefer) -> tuple[str, bool]:
    """Merge a heading: its level, its time and its name each for itself."""
    parts = zip(*(_parts(line) for line in (base, ours, theirs)), strict=True)
    merged = [merge_line(*part, prefer=prefer) for part in parts]
    return "".join(text for text, _ in merged), any(disagree for _, disagree in merged[1:])


def _parts(heading: str) -> tuple[str, str, str]:
    bare = heading.lstrip(" \t").lstrip("#").lstrip(" \t\u3000")
    time, name = split_time(bare)
    return heading[: len(heading) - len(bare)], time, name


def _resolve_parts(union: Union, side: int, prefer: int, resolved: list[Resolved]) -> None:
    """See that what one side added to an item goes the way of the item that the other took out.

    An embed that was found for a link is nothing without the link.
    """
    tree = union.trees[side]
    for node, parent in enumerate(tree.parents):
        if not tree.is_part(node):
            continue
        one, whole = union.ids[side][node], union.ids[side][parent]
        owner = tree.nodes[node].owner
        is_new = union.pieces[BASE][one] is None and union.pieces[_other(side)][one] is None
        if not is_new or owner is None or owner != tree.nodes[parent].owner:
            continue
        if resolved[whole].side < 0 or resolved[whole].disagree:
            stays = side == prefer
            resolved[whole] = Resolved(side if stays else -1, disagree=True)
            resolved[one] = Resolved(side if stays else -1)


def _resolve_headings(union: Union, resolved: list[Resolved]) -> None:
    """See that a heading stays as long as something below it does that the sides disagree on.

    Else that would stand under another topic until somebody chooses.
    """
    for one, here in enumerate(resolved):
        if not here.disagree or here.side < 0 or union.is_heading[one]:
            continue
        parents = union.parents[here.side]
        above = parents[one] if union.pieces[_other(here.side)][one] is None else TOP
        while above is not None and above != TOP:
            if union.is_heading[above] and resolved[above].side < 0:
                resolved[above] = _OURS if here.side == OURS else _THEIRS
            above = parents[above]


def _other(side: int) -> int:
    return THEIRS if side == OURS else OURS


def _resolve_moved_lines(union: Union, resolved: list[Resolved]) -> None:
    """See that a line goes that one side moved below another item and the other took out.

    A bullet that is put in above a line takes it over, as Markdown has it. What the other says
    still, marked in another way, it did not take out.
    """
    moved: set[str] = set()
    for base, ours, theirs in zip(*union.pieces, strict=True):
        if base and ours and theirs and base.text not in (ours.text, theirs.text):
            moved |= _not_in(_said(base), _senses(_said(ours) | _said(theirs)))
    for side, other in ((OURS, THEIRS), (THEIRS, OURS)) if moved else ():
        kept = _senses(set().union(*map(_said, union.trees[other].nodes)))
        for one, piece in enumerate(union.pieces[side]):
            if piece is None or piece.kind != "item" or resolved[one].side < 0:
                continue
            if here := moved & _said(piece):
                was = _senses(_said(union.pieces[BASE][one]))
                if gone := _not_in(_not_in(here, kept), was):
                    resolved[one] = _without(resolved[one], piece, gone)


def _resolve_taken_over(union: Union, resolved: list[Resolved]) -> None:
    """See that a line of an item stands once that came below another of its pieces in each side.

    It stands where ours has it: below what theirs put further out, it is as Markdown has it.
    """
    moved = {
        sense_of(line): union.owners[one]
        for one, (base, ours, _) in enumerate(zip(*union.pieces, strict=True))
        for line in (_lines(base) if base and ours is None else ())
        if union.owners[one] is not None and words_of(line)
    }
    places = _places(union, moved)
    for sense, owner in moved.items():
        if any(len(found.get(sense, ())) != 1 for found in places):
            continue
        (here, line), (there, other) = (places[side][sense][0] for side in (OURS, THEIRS))
        piece = union.pieces[THEIRS][there]
        if here == there or union.owners[here] != owner or piece is None:
            continue
        stands = _stands(union, here, resolved[here], line)
        if (
            stands
            and resolved[there].side == THEIRS
            and _stands(union, there, resolved[there], other)
        ):
            resolved[there] = _without(resolved[there], piece, {other})


def _resolve_put_out(union: Union, resolved: list[Resolved]) -> None:
    """See that a line of an item stands once that theirs put out, and ours has below another piece.

    That has the item by now, where the chat gives its link elsewhere. It stands where theirs has
    it: by itself, or below something else.
    """
    new = dict.fromkeys(
        sense_of(line)
        for base, ours, theirs in zip(*union.pieces, strict=True)
        if theirs and theirs.kind == "item" and (theirs.text != base.text if base else not ours)
        for line in _lines(theirs)
        if words_of(line)
    )
    places = _places(union, new)
    for sense in new:
        if any(len(found.get(sense, ())) != 1 for found in places):
            continue
        (was, _), (here, line), (there, out) = (found[sense][0] for found in places)
        base, piece = union.pieces[BASE][was], union.pieces[OURS][here]
        if was == here or base is None or piece is None or not _is_its(base, piece):
            continue
        if _stands(union, here, resolved[here], line) and out in _left(
            union, there, resolved[there]
        ):
            resolved[here] = _without(resolved[here], piece, {line})


def _is_its(base: Piece, piece: Piece) -> bool:
    """Return whether a piece is of the item that another was of, or has its link by now."""
    is_owned = base.owner is not None and piece.owner is not None
    links = base.first_links
    return is_owned and (base.owner == piece.owner or bool(links and links == piece.first_links))


def _places(union: Union, moved: Collection[Sense]) -> list[dict[Sense, list[tuple[int, str]]]]:
    """Return for each side in which pieces lines say one of some things, and how they stand."""
    known = cache(sense_of)  # most lines are the same in all sides
    places: list[dict[Sense, list[tuple[int, str]]]] = []
    for pieces in union.pieces if moved else ():
        found: dict[Sense, list[tuple[int, str]]] = {}
        places.append(found)
        for one, piece in enumerate(pieces):
            for line in _lines(piece) if piece else ():
                if (sense := known(line)) in moved:
                    found.setdefault(sense, []).append((one, line.rstrip()))
    return places


def _stands(union: Union, one: int, resolved: Resolved, line: str) -> bool:
    """Return whether a line stands in what becomes of a piece, below its first."""
    return line in _left(union, one, resolved)[1:]


def _left(union: Union, one: int, resolved: Resolved) -> list[str]:
    """Return the lines of what becomes of a piece."""
    lines = [taken.text for taken in resolved.taken or ()]
    if resolved.taken is None and resolved.side >= 0:
        lines = _lines(union.pieces[resolved.side][one])
    return [text.rstrip() for text in lines]


def _said(piece: Piece | None) -> set[str]:
    """Return the lines below the first of a piece, without their hard breaks."""
    return {line.rstrip() for line in _lines(piece)[1:]} - {""}


def _senses(lines: Collection[str]) -> set[Sense]:
    return {sense_of(line) for line in lines}


def _not_in(lines: Collection[str], said: Collection[Sense]) -> set[str]:
    """Return the lines that say what is not said."""
    return {line for line in lines if sense_of(line) not in said}


def _without(resolved: Resolved, piece: Piece, gone: Collection[str]) -> Resolved:
    """Return what becomes of a piece, without some lines."""
    name = _NAMES[resolved.side]
    lines = enumerate(_lines(piece), piece.line)
    taken = resolved.taken
    if taken is None:
        taken = [Taken(text, name, line) for line, text in lines]
    away = {at for at, one in enumerate(taken) if one.text.rstrip() in gone}
    left = without_lines([one.text for one in taken], away)
    kept = [
        replace(one, text=text) for one, text in zip(taken, left, strict=True) if text is not None
    ]
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept and len(taken) - 1 in away:  # nothing goes on behind its break any more
        last = kept[-1].text
        kept[-1] = replace(kept[-1], text=last[: len(last) - len(hard_break(last))])
    return replace(resolved, taken=kept)
