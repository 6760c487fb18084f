"""Whether a merge of front matter says what a merge of its values says."""

import re
from collections.abc import Collection, Mapping, Sequence
from textwrap import dedent, indent

from bot.core.front_matter.values import FrontMatterFault, Scalar, Value, values_in
from bot.core.merge.words import Prefer

_QUOTED = re.compile(r"""-[ ]+(?:'((?:[^'\n]|'')*)'|"([^"\\\n]*)")""")

_NO_WORD = re.compile(
    r"[-+.\d][-+.:_\deExXoO TZa-fA-F]*|true|false|yes|no|on|off|[yn~]|null|\.nan|\.inf|=|<<|", re.I
)
"""What some reader of YAML takes for something else than text, unless it is quoted."""

_DATE = re.compile(r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)")
_TIME = re.compile(r"(?:[Tt]|[ \t]+)\d\d?:\d\d")

Values = Mapping[str, Value] | None
"""What front matter says; None if it cannot be read."""


def values_of(text: str) -> Values:
    """Return what front matter says; None if it cannot be read."""
    try:
        return values_in(text)
    except FrontMatterFault:
        return None


def say_the_same(one: str, other: str) -> bool:
    """Return whether two keys, or entries of a list, say the same; a comment is said, too."""
    if one == other:
        return True
    if "#" in one or "#" in other:
        return False
    read = [values_of(f"---\nx:\n{indent(dedent(text), '  ')}\n---\n") for text in (one, other)]
    return read[0] is not None and read[1] is not None and mean_the_same(read[0], read[1])


def mean_the_same(one: Value, other: Value) -> bool:
    """Return whether two values are the same to any reader: a word may be quoted or not."""
    if isinstance(one, Scalar) and isinstance(other, Scalar):
        is_word = one.quoted == other.quoted or not _NO_WORD.fullmatch(one.text)
        return one.text == other.text and is_word
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(
            mean_the_same(one[key], other[key]) for key in one
        )
    if isinstance(one, Sequence) and isinstance(other, Sequence):
        pairs = zip(one, other, strict=False)
        return len(one) == len(other) and all(mean_the_same(*pair) for pair in pairs)
    return one == other


def with_new_date(base: str, ours: str, theirs: str) -> tuple[str, Prefer] | None:
    """Return a value to which one side gave another date, with the time that the other has there.

    With it comes the side that has the time; None where they did anything else.
    """
    sides: tuple[tuple[str, str, Prefer], ...] = ((ours, theirs, "theirs"), (theirs, ours, "ours"))
    for dated, timed, side in sides:
        old, new, there = map(_DATE.search, (base, dated, timed))
        if not old or not new or not there or old[0] != there[0]:
            continue
        is_alone = dated == base[: old.start()] + new[0] + base[old.end() :]
        if is_alone and _TIME.match(timed, there.end()):
            return timed[: there.start()] + new[0] + timed[there.end() :], side
    return None


def unquoted_entry(entry: str) -> str:
    """Return a list's entry without the quotation marks that a tool may have put around it."""
    found = _QUOTED.fullmatch(entry)
    if found is None:
        return entry
    return f"- {found[2]}" if found[2] is not None else "- " + found[1].replace("''", "'")


def is_right(text: str, base: Values, ours: Values, theirs: Values, told: Collection[str]) -> bool:
    """Return whether a merge has what the sides changed, as far as that is known.

    `told` are the keys of which it tells that the sides disagree.
    """
    if ours is None or theirs is None:
        return True  # it was broken before: whoever commits it will be told
    merged = values_of(text)
    if merged is None or base is None:
        return merged is not None
    names = {name.partition(".")[0] for name in told}
    return _follows(base, ours, theirs, merged) and not any(
        name not in names and _is_gone_or_changed(old, ours.get(name), theirs.get(name))
        for name, old in base.items()
    )


def _is_gone_or_changed(base: Value, ours: Value | None, theirs: Value | None) -> bool:
    """Return whether one side took out what the other changed, which nobody can merge."""
    if ours is None or theirs is None:
        left = theirs if ours is None else ours
        return left is not None and left != base
    if isinstance(base, Mapping) and isinstance(ours, Mapping) and isinstance(theirs, Mapping):
        return any(
            _is_gone_or_changed(old, ours.get(name), theirs.get(name)) for name, old in base.items()
        )
    return False


def _follows(
    base: Value | None, ours: Value | None, theirs: Value | None, merged: Value | None
) -> bool:
    """Return whether a value has what one side changed, and of what both did something of each."""
    if ours == theirs or theirs == base:
        return merged == ours
    if ours == base:
        return merged == theirs
    if isinstance(ours, Mapping) and isinstance(theirs, Mapping) and isinstance(merged, Mapping):
        old = base if isinstance(base, Mapping) else {}
        return all(
            _follows(old.get(name), ours.get(name), theirs.get(name), merged.get(name))
            for name in {**old, **ours, **theirs, **merged}
        )
    return merged in (ours, theirs) or isinstance(merged, type(ours))
