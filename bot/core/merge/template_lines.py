"""The lines that a template makes of an episode, beside those of the episode's items and topics.

A table of contents or a list of all links is such. What people do in the file reaches the episode
when their edit is committed already, so what the template makes of that is not in the file then.
"""

from collections import Counter

from bot.core.document.pieces import lines_of
from bot.core.document.version import Side
from bot.core.merge.sequences import matched

_Lines = list[tuple[str, str | None]]


def as_committed(former: Side, before: Side, committed: str) -> Side:
    """Return what an episode gave with people's edits, its template's lines as we committed them.

    `former` has the edits, which came with that commit, `before` has not. The next merge is over
    that, and brings what the template makes of the edits. Lines that people changed are left.
    """
    if former == before:
        return former
    now, was = _owned(former), _owned(before)
    known, there = Counter(line for line, _ in was), Counter(lines_of(committed))
    start = other_start = 0
    lines: _Lines = []
    for end, other_end in [*matched(now, was), (len(now), len(was))]:
        new, old = now[start:end], was[other_start:other_end]
        said = {line for line, _ in (*new, *old) if line.strip()}
        is_template_s = bool(said) and all(owner is None for _, owner in (*new, *old))
        is_there = is_template_s and all(there[line] == known[line] for line in said)
        lines += [*(old if is_there else new), *now[end : end + 1]]
        start, other_start = end + 1, other_end + 1
    return Side("".join(line for line, _ in lines), tuple(owner for _, owner in lines))


def _owned(side: Side) -> _Lines:
    return list(zip(lines_of(side.text), side.owners, strict=True))
