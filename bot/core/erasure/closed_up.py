"""The blank lines where lines went off the record: as the draft has them there without these."""

from collections.abc import Sequence, Set

from bot.core.document.enclosing import lines_left

Gaps = dict[tuple[str, str], list[str]]
"""The blank lines between two others, by their words; "" is an end of the text."""


def gaps_in(lines: Sequence[str]) -> Gaps:
    """Return the blank lines of a text."""
    found: Gaps = {}
    above, gap = "", list[str]()
    for line in lines:
        if line.strip():
            found[above, line.strip()] = gap
            above, gap = line.strip(), []
        else:
            gap.append(line)
    found[above, ""] = gap
    return found


def blanks_between(lines: Sequence[str], gone: Set[int]) -> set[int]:
    """Return the blank lines that are too many without some lines; a text ends as it did."""
    found = set[int]()
    above, gap, is_cut = list[int](), list[int](), False
    for at, line in enumerate([*lines_left(lines, gone), "(end)"]):
        if line is None:
            above, gap, is_cut = max(above, gap, key=len), [], True
        elif not line.strip():
            gap.append(at)
        else:
            shorter = above if at == len(lines) else min(above, gap, key=len)
            found.update(shorter if is_cut else ())
            above, gap, is_cut = [], [], False
    return found


def closed_up(lines: Sequence[str], gone: Set[int], gaps: Gaps) -> list[str]:
    """Return lines without some, and where those stood the blank lines that the draft has there."""
    kept: list[str] = []
    above, gap, longest, is_cut = "", list[str](), list[str](), False
    for at, line in enumerate([*lines_left(lines, gone), ""]):
        if line is None:
            longest, gap, is_cut = max(longest, gap, key=len), [], True
        elif at < len(lines) and not line.strip():
            gap.append(line)
        else:
            words = line.strip()
            own = max(longest, gap, key=len) if words else gap  # a text ends as it did
            kept += gaps.get((above, words), own) if is_cut else gap
            kept.append(line)
            above, gap, longest, is_cut = words, [], [], False
    return kept
