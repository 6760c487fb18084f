"""Merge lists and tables in brackets, and JSON: by key, by entry, all else as it is written."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from bot.core.front_matter.brackets import Bracketed, Element, bracketed, written
from bot.core.merge.entries import same_entries
from bot.core.merge.front_values import with_new_date
from bot.core.merge.weave import woven

_MEMBER = re.compile(r"(\"(?:[^\"\\]|\\.)*\"|'[^']*'|[^\s\"'\[\]{},:=]+)(\s*[:=]\s*)")
_VALUE = re.compile(r"([ \t]*(?:\"[^\"]*\"|'[^']*'|[^\s\"'#:=][^\"'#:=]*?)[ \t]*[:=][ \t]*)([\[{])")
_TAIL = re.compile(r"[ \t]*(?:#.*)?\Z")
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class ValueConflict:
    """A value of which the sides made something else; `place` is where it begins in the merge."""

    name: str
    texts: tuple[str, str, str]
    place: int = 0

    def moved(self, by: int, under: str = "") -> "ValueConflict":
        """Return it as part of a longer text."""
        name = f"{under}.{self.name}" if under and self.name else under or self.name
        return replace(self, place=self.place + by, name=name)


def merge_brackets(base: str, first: str, second: str) -> tuple[str, list[ValueConflict]] | None:
    """Merge three texts in brackets; `first` has its way where the sides disagree.

    None if one of them is something else. An empty base is one that neither side had.
    """
    parts = [_whole(text) for text in (base or first[:1] + _closing(first), first, second)]
    one, two, three = parts
    if one is None or two is None or three is None or two.opening != three.opening:
        return None
    if one.opening != two.opening:
        return None
    merged = _mapping(one, two, three) if two.opening == "{" else _list(one, two, three)
    if merged is None:
        return None
    chosen, conflicts = merged
    laid = _laid_out([element for element, _ in chosen], two, three)
    text = written(two.opening, laid, comma=two.comma and bool(laid), tail=_tail(two, three, laid))
    return text, _placed(laid, [name for _, name in chosen], conflicts)


def _closing(text: str) -> str:
    return {"[": "]", "{": "}"}.get(text[:1], "")


def _whole(text: str) -> Bracketed | None:
    """Read a text that is in brackets from its first character to its last."""
    if text[:1] not in ("[", "{"):
        return None
    found = bracketed(text)
    return found if found is not None and found.end == len(text) else None


Chosen = list[tuple[Element, str]]
Texts = tuple[str, str, str]
Conflicts = dict[str, list[ValueConflict]]
"""By the name of what they stand in."""

_Merge = Callable[
    [str, Element | None, Element | None, Texts], tuple[Element | None, list[ValueConflict]]
]


def _list(base: Bracketed, first: Bracketed, second: Bracketed) -> tuple[Chosen, Conflicts]:
    parts = (base.elements, first.elements, second.elements)
    members_of = cache(_members_of)

    def is_same_head(one: Element, other: Element) -> bool:
        heads = members_of(one.text)[:1]
        return bool(heads) and heads == members_of(other.text)[:1]

    def is_like(one: Element, other: Element) -> bool:
        here, there = members_of(one.text), members_of(other.text)
        alike = len({*here} & {*there})
        return bool(alike) and alike >= _ALIKE * max(len(here), len(there))

    names = same_entries(parts, lambda one: one.text, is_same_head, is_like)
    one, two, three = (
        dict(zip(map(str, named), part, strict=True))
        for named, part in zip(names, parts, strict=True)
    )
    return _each((one, two, three), _entry)


def _members_of(text: str) -> list[str]:
    """Return what a table has, member by member; nothing for what is none."""
    part = bracketed(text) if text.startswith("{") else None
    return [one.text for one in part.elements] if part and _members(part) else []


def _each(
    sides: tuple[dict[str, Element], dict[str, Element], dict[str, Element]],
    merged: _Merge,
) -> tuple[Chosen, Conflicts]:
    """Merge what stands under each name; `merged` does where both sides changed it.

    It takes the name, what the sides have of it and the texts of all three; it gives None for what
    goes.
    """
    one, two, three = sides
    chosen: dict[str, Element] = {}
    conflicts: Conflicts = {}
    for name in {**one, **two, **three}:
        first, second = two.get(name), three.get(name)
        old, mine, other = (side.text if side else "" for side in (one.get(name), first, second))
        found: list[ValueConflict] = []
        if other in (mine, old):
            element = first
        elif mine == old:
            element = second
        else:
            element, found = merged(name, first, second, (old, mine, other))
        if found:
            conflicts[name] = found
        if element:
            chosen[name] = element
    order = woven(list(one), list(two), list(three), set(chosen))
    return [(chosen[name], name) for name in order], _with_gone(conflicts, chosen)


def _entry(
    _: str, first: Element | None, second: Element | None, texts: Texts
) -> tuple[Element | None, list[ValueConflict]]:
    """Merge an entry of a list; None where it goes."""
    merged = merge_brackets(*texts)
    if first is None or merged is None:
        return first, [ValueConflict("", texts)]
    return replace(first, text=merged[0]), merged[1]


def _with_gone(conflicts: Conflicts, chosen: dict[str, Element]) -> Conflicts:
    """Return conflicts with those of what is in the merge no more under no name."""
    gone = [one for name, found in conflicts.items() if name not in chosen for one in found]
    return {**conflicts, **({"": gone} if gone else {})}


def _members(part: Bracketed) -> dict[str, Element] | None:
    """Return the members of a table by their keys; None if one has none, or one is there twice."""
    found: dict[str, Element] = {}
    for element in part.elements:
        key = _MEMBER.match(element.text)
        name = key[1].strip("\"'") if key else ""
        if key is None or name in found:
            return None
        found[name] = element
    return found


def _mapping(
    base: Bracketed, first: Bracketed, second: Bracketed
) -> tuple[Chosen, Conflicts] | None:
    sides = [_members(part) for part in (base, first, second)]
    one, two, three = (side or {} for side in sides)
    if any(side is None for side in sides):
        return None
    return _each((one, two, three), _member)


def _member(
    name: str, first: Element | None, second: Element | None, texts: Texts
) -> tuple[Element | None, list[ValueConflict]]:
    """Merge a member of a table; None where it goes."""
    if first is None or second is None:
        return first, [ValueConflict(name, texts)]
    old, mine, other = texts
    key, other_key = _MEMBER.match(mine), _MEMBER.match(other)
    old_key = _MEMBER.match(old)
    if key and other_key:
        merged = merge_brackets(
            old[old_key.end() :] if old_key else "", mine[key.end() :], other[other_key.end() :]
        )
        if merged is not None:
            text, conflicts = merged
            moved = [conflict.moved(key.end(), name) for conflict in conflicts]
            return replace(first, text=mine[: key.end()] + text), moved
    if (dated := with_new_date(*texts)) is not None:
        return replace(first, text=dated[0]), []
    return first, [ValueConflict(name, texts)]


# --- layout --------------------------------------------------------------------------------------


def _laid_out(elements: Sequence[Element], first: Bracketed, second: Bracketed) -> list[Element]:
    """Return elements with the blanks before them as where they stand now asks for."""
    lead = first if first.elements else second
    if not lead.elements:
        return list(elements)
    opens = lead.elements[0].before
    others = [part.elements[1].before for part in (first, second) if len(part.elements) > 1]
    follows = others[0] if others else opens if "\n" in opens else " "
    heads = {id(part.elements[0]) for part in (first, second) if part.elements}
    laid = []
    for at, element in enumerate(elements):
        is_head = element.before in (opens, "") or id(element) in heads
        if at == 0 and not is_head and "#" not in element.before:
            element = replace(element, before=opens)
        elif at and is_head and "#" not in element.before and not element.before.strip():
            element = replace(element, before=follows)
        laid.append(replace(element, after="") if "#" not in element.after else element)
    return laid


def _tail(first: Bracketed, second: Bracketed, laid: Sequence[Element]) -> str:
    """Return what stands before the closing bracket: as the side has it that elements are from."""
    return second.tail if laid and not first.elements else first.tail


def _placed(
    laid: Sequence[Element], names: Sequence[str], conflicts: Conflicts
) -> list[ValueConflict]:
    """Return the conflicts with their places in the text that was written."""
    placed = list(conflicts.get("", ()))
    at = 1
    for element, name in zip(laid, names, strict=True):
        at += len(element.before)
        placed += [conflict.moved(at) for conflict in conflicts.get(name, ()) if name]
        at += len(element.text) + len(element.after) + 1 + len(element.note)
    return placed


def value_in_brackets(text: str) -> tuple[str, str, str] | None:
    """Split a value in brackets into its key, the brackets, and a comment behind them."""
    found = _VALUE.match(text)
    if found is None:
        return None
    start = found.start(2)
    value = bracketed(text, start)
    if value is None or not _TAIL.match(text, value.end):
        return None
    return text[:start], text[start : value.end], text[value.end :]
