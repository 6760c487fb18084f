"""Comments and elements that enclose other lines, as people put lines away in them."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence, Set

from bot.core.document.blocks import HOLDERS
from bot.core.document.nesting import without_lines

_MARK = re.compile(r"<!--|-->")
_END = re.compile(rf"<!--|-->|\{{%-?\s*(?:end)?comment\s*-?%\}}|<(/?)({HOLDERS})\b[^<>]*>", re.I)
_RULE = re.compile(r"\s*:?-+:?\s*\Z")

_Place = tuple[int, int, str]
"""The line of one end, where it stands there, and how it is written without more."""


def uncommented(line: str) -> str:
    """Return a line as it is read where it is not put away in a comment of HTML."""
    return _MARK.sub(" ", line) if "--" in line else line


def ends_left(lines: Sequence[str], gone: Collection[int]) -> dict[int, str]:
    """Return what has to stay of lines that go: an end whose other one is in a line that stays.

    Were it to go, too, a comment would take in the rest of the page. So it is with a table's head.
    """
    left: defaultdict[int, list[_Place]] = defaultdict(list)
    for one, other in _pairs(lines):
        for place, partner in ((one, other), (other, one)):
            if place[0] in gone and partner[0] not in gone:
                left[place[0]].append(place)
    stays = {at: " ".join(end for *_, end in sorted(places)) for at, places in left.items()}
    stays = {**_empty_heads(lines, gone), **stays}
    return {at: text + lines[at][len(lines[at].rstrip("\r\n")) :] for at, text in stays.items()}


def _empty_heads(lines: Sequence[str], gone: Collection[int]) -> dict[int, str]:
    """Return what has to stay of tables' heads that go, so that their rows are in a table still."""
    return {
        at: "|" + " |" * columns
        for at in gone
        if at + 1 < len(lines) and at + 1 not in gone and "|" in lines[at]
        if (columns := _columns(lines[at + 1]))
    }


def _columns(line: str) -> int:
    """Return how many columns the line below a table's head has; 0 for any other line."""
    bare = line.strip()
    cells = bare.removeprefix("|").removesuffix("|").split("|") if "|" in bare else []
    return len(cells) if cells and all(map(_RULE.match, cells)) else 0


def lines_left(lines: Sequence[str], gone: Set[int]) -> list[str | None]:
    """Return lines as they stand without some: None for each of those, or the end that stays."""
    ends = ends_left(lines, gone)
    texts = [ends.get(at, line) for at, line in enumerate(lines)]
    return without_lines(texts, gone - ends.keys())


def _pairs(lines: Sequence[str]) -> Iterator[tuple[_Place, _Place]]:
    """Yield both ends of each comment and element; in a comment nothing else is one."""
    opened: list[tuple[str, _Place]] = []
    waiting: Counter[str] = Counter()
    for at, line in enumerate(lines):
        for found in _END.finditer(line) if "<" in line or "--" in line or "{%" in line else ():
            name, closes, written = _read(found)
            place = (at, found.start(), written)
            inside = opened[-1][0] if opened else ""
            if inside in ("--", "%") and not (closes and name == inside):
                continue
            if not closes:
                opened.append((name, place))
                waiting[name] += 1
            while closes and waiting[name]:
                one, begun = opened.pop()
                waiting[one] -= 1
                if one == name:
                    yield begun, place
                    break


def _read(found: re.Match[str]) -> tuple[str, bool, str]:
    """Return what an end is of, whether it closes, and how it is written without attributes."""
    end = found[0]
    if found[2] is not None:
        return found[2].lower(), bool(found[1]), f"<{found[1]}{found[2]}>"
    return ("--" if "--" in end else "%"), end == "-->" or "endcomment" in end.lower(), end
