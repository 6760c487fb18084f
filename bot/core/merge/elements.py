"""Which elements of three lists in brackets are the same one, though people changed it."""

import re
from collections.abc import Sequence

from bot.core.front_matter.brackets import Bracketed, Element, bracketed
from bot.core.merge.sequences import paired
from bot.core.merge.weave import unique

MEMBER = re.compile(r"(\"(?:[^\"\\]|\\.)*\"|'[^']*'|[^\s\"'\[\]{},:=]+)(\s*[:=]\s*)")
_ALIKE = 0.5
_FEW = 400


def members(part: Bracketed) -> dict[str, Element] | None:
    """Return the members of a table by their keys; None if one has none, or one is there twice."""
    found: dict[str, Element] = {}
    for element in part.elements:
        key = MEMBER.match(element.text)
        name = key[1].strip("\"'") if key else ""
        if key is None or name in found:
            return None
        found[name] = element
    return found


def same_elements(
    base: Sequence[str], first: Sequence[str], second: Sequence[str]
) -> tuple[list[str], list[str], list[str]]:
    """Return a name for each element of three lists; the same one has the same name."""
    olds = {text: str(at) for at, text in enumerate(unique(base))}
    return list(olds.values()), _named(olds, first), _named(olds, second)


def _named(olds: dict[tuple[str, int], str], side: Sequence[str]) -> list[str]:
    """Name the elements of a side as the base's that they are, or by what they say."""
    texts = unique(side)
    known = {text: olds[text] for text in texts if text in olds}
    left = [text for text in olds if text not in known]
    free = [text for text in texts if text not in known]
    if 0 < len(left) * len(free) <= _FEW:
        tables = {one: _table(one[0]) for one in (*left, *free)}
        for old, new in paired(
            left,
            free,
            lambda old, new: _same_head(tables[old], tables[new]),
            lambda old, new: _is_like(tables[old], tables[new]),
        ):
            known[new] = olds[old]
    return [known.get(text, f"+{text[1]}{text[0]}") for text in texts]


def _table(text: str) -> list[str]:
    """Return what a table has, member by member; nothing for what is none."""
    part = bracketed(text) if text.startswith("{") else None
    return [one.text for one in part.elements] if part and members(part) else []


def _same_head(one: Sequence[str], other: Sequence[str]) -> bool:
    return bool(one) and bool(other) and one[0] == other[0]


def _is_like(one: Sequence[str], other: Sequence[str]) -> bool:
    alike = len({*one} & {*other})
    return bool(alike) and alike >= _ALIKE * max(len(one), len(other))
