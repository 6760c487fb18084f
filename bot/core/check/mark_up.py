"""Mark-up that breaks: fences and tags that nothing closes, links whose brackets do not meet."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.core.check.fault import Fault
from bot.core.document.list_marks import ITEM_MARK

_FENCE = re.compile(rf"[ \t>]*(?:{ITEM_MARK}[ \t]+)?(`{{3,}}|~{{3,}})([^`\n]*)\Z")
_COMMENT = re.compile(r"(?<!\\)(?:\\\\)*(<!--)")  # a backslash before it makes words of it
_COMMENT_END = re.compile(r"(-->)")
_RUN = re.compile(r"`+")
_LIQUID = re.compile(r"\{%[^%\n]{0,2000}%\}|\{\{[^}\n]{0,2000}\}\}")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t\u3000]+(.*)|\Z)")
_NO_BLANK = re.compile(r"#{2,6}[^#\s]")
_TAG = re.compile(
    r"<(/?)([A-Za-z][A-Za-z0-9-]*)(?=[\s/>]|\Z)"
    r"((?>(?:[^<>\"']++|\"[^\"<>]{0,4000}\"|'[^'<>]{0,4000}'){0,999}))(>|(?=[<\"'])|\Z)"
)
_APART = re.compile(r"\[[^\[\]\n]{1,500}\][ \t]+\((?=https?://)")
_WORD_THEN_ADDRESS = re.compile(r"\[[^\[\]()\n]{1,500}\(https?://[^\s()]{1,2000}\)(?!\])")

_VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
})  # fmt: skip
_OPTIONAL = frozenset({
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "colgroup", "rp",
    "rt", "html", "head", "body",
})  # fmt: skip
"""Elements that may go without their end: html.spec.whatwg.org/#optional-tags."""

_RAW = frozenset({"script", "style", "pre", "textarea", "code"})


def bare_lines(lines: Sequence[str]) -> tuple[list[str], list[Fault]]:
    """Return lines with code and comments blanked, and what of those nothing closes.

    Liquid and shortcodes are dots there: they become words or addresses.
    """
    shown, faults = uncoded_lines(lines)
    return [_LIQUID.sub(lambda found: "·" * len(found[0]), line) for line in shown], faults


def uncoded_lines(lines: Sequence[str]) -> tuple[list[str], list[Fault]]:
    """Return lines with code and comments blanked, and the ones of those that nothing closes."""
    shown, faults = list[str](), list[Fault]()
    fence, opened, comment, begun = "", 0, False, 0
    for number, line in enumerate(lines, 1):
        found = _FENCE.match(line)
        if fence:
            shown.append("")
            bare = line.strip(" \t>")
            if bare.startswith(fence) and not bare.strip(fence[0]):
                fence = ""
            continue
        if found and not comment:
            fence, opened = found[1], number
            shown.append("")
            continue
        before = line
        line, comment = _without_comments(line, comment)
        if comment and "<!--" in before:
            # In code it is words about comments, and no comment.
            begun = number if "<!--" in _without_code(before) else 0
        shown.append(_without_code(line))
    if fence:
        faults.append(Fault(opened, "fence"))
    if comment and begun:
        faults.append(Fault(begun, "comment"))
    return shown, faults


def _without_comments(line: str, inside: bool) -> tuple[str, bool]:
    parts, at = [], 0
    while at < len(line):
        found = (_COMMENT_END if inside else _COMMENT).search(line, at)
        if found is None:
            parts.append(" " * (len(line) - at) if inside else line[at:])
            break
        end, stop = found.span(1)
        parts.append(" " * (stop - at) if inside else line[at:end] + " " * (stop - end))
        inside, at = not inside, stop
    return "".join(parts), inside


def _without_code(line: str) -> str:
    """Blank the code spans of a line: each ends at the next run of as many backticks."""
    if "`" not in line:
        return line
    runs = [(found.start(), found.end()) for found in _RUN.finditer(line)]
    ends: dict[int, list[int]] = {}
    for place, (start, end) in reversed(list(enumerate(runs))):
        ends.setdefault(end - start, []).append(place)
    parts, done, at = list[str](), 0, 0
    while at < len(runs):
        start, end = runs[at]
        same = ends[end - start]
        while same and same[-1] <= at:
            same.pop()
        if not same:
            at += 1
            continue
        closing = same.pop()
        parts += [line[done:start], " " * (runs[closing][1] - start)]
        done, at = runs[closing][1], closing + 1
    return "".join([*parts, line[done:]])


def mark_up_faults(lines: Sequence[str], first: int) -> Iterator[Fault]:
    """Yield what breaks in bare lines, of which the first has the number `first`."""
    yield from _headings(lines, first)
    yield from _brackets(lines, first)
    yield from _tags(lines, first)


def _headings(lines: Sequence[str], first: int) -> Iterator[Fault]:
    above = 0
    headings = [found[1] for found in map(_HEADING.match, lines) if found is not None]
    titles = headings.count("#")
    for number, line in enumerate(lines, first):
        found = _HEADING.match(line)
        if found is None:
            if _NO_BLANK.match(line):
                yield Fault(number, "heading-blank", {"heading": line[:40]})
            continue
        level = len(found[1])
        if not (found[2] or "").strip(" \t#"):
            yield Fault(number, "heading-empty")
        # The page's title stands apart: sites begin below it where their theme's letters fit.
        if above and level > above + 1 and (above > 1 or titles > 1):
            yield Fault(number, "heading-level", {"level": level, "above": above})
        above = level


def _brackets(lines: Sequence[str], first: int) -> Iterator[Fault]:
    """Yield the links that are none; their words may go over several lines of a paragraph."""
    opened = 0
    for number, (line, below) in enumerate(pairwise([*lines, ""]), first):
        if _APART.search(line):
            yield Fault(number, "link-blank")
        if _WORD_THEN_ADDRESS.search(line):
            yield Fault(number, "link-open")
        faults, opened = _ends(line, opened if line.strip() else 0, below)
        yield from (Fault(number, fault) for fault in faults)


def _ends(line: str, opened: int, below: str) -> tuple[list[str], int]:
    """Return what is wrong with the links that end in a line, and how many brackets are open.

    A link's address may end in the line `below`.
    """
    faults = list[str]()
    at = 0
    while at < len(line):
        sign = line[at]
        if sign == "\\":
            at += 1
        elif sign == "[":
            opened += 1
        elif sign == "]":
            if line.startswith("(", at + 1):
                fault, at = _target(line, at + 2, has_words=opened > 0, below=below)
                faults += [fault] if fault else []
            opened = max(0, opened - 1)
        at += 1
    return faults, opened


def _target(line: str, start: int, *, has_words: bool, below: str = "") -> tuple[str, int]:
    """Return what is wrong with a link's address, and where it ends."""
    if not has_words:
        return "link-no-words", start
    depth, at = 1, start
    while at < len(line):
        if line[at] == "\\":
            at += 1
        elif line[at] == "(":
            depth += 1
        elif line[at] == ")":
            depth -= 1
            if depth == 0:
                return _address_fault(line[start:at]), at
        at += 1
    whole = f"{line[start:].strip()}{below.strip()}"
    goes_on = bool(below) and not _target(whole, 0, has_words=True)[0]
    return "" if goes_on else "link-unclosed", len(line)


def _address_fault(target: str) -> str:
    address = target.strip()
    if not address:
        return "link-empty"
    if address.startswith("<"):
        return ""
    _, blank, title = address.partition(" ")
    title = title.strip()
    return "link-address-blank" if blank and title and title[0] not in "\"'(" else ""


def _tags(lines: Sequence[str], first: int) -> Iterator[Fault]:
    """Yield the tags that nothing closes, or that close nothing."""
    text = "\n".join(lines)
    opened = _Opened()
    faults = list[Fault]()
    missing = set[str]()
    at, line, counted = 0, first, 0
    while (found := _TAG.search(text, at)) is not None:
        line += text.count("\n", counted, found.start())
        at, counted = found.end(), found.start()
        name = found[2].lower()
        if found[4] != ">":
            faults.append(Fault(line, "tag-open", {"tag": name[:40]}))
            at = max(at, found.end(2))
        elif name in _VOID or (found[3].endswith("/") and not found[1]):
            continue
        elif found[1]:
            faults += opened.close(name, line)
        else:
            opened.begin(name, line)
            if name in _RAW and name not in missing:
                end = text.find(f"</{name}", at)
                at = end if end >= 0 else at
                missing |= {name} if end < 0 else set()
    yield from faults
    yield from opened.unclosed(0)


class _Opened:
    """The elements that are open, from the outside in: each is put in and taken out once."""

    def __init__(self) -> None:
        self._elements: list[tuple[str, int]] = []
        self._open: Counter[str] = Counter()

    def begin(self, name: str, line: int) -> None:
        self._elements.append((name, line))
        self._open[name] += 1

    def close(self, name: str, line: int) -> Iterator[Fault]:
        """Close an element, and with it those inside that may go without their end."""
        if not self._open[name]:
            if name not in _OPTIONAL:
                yield Fault(line, "tag-extra", {"tag": name[:40]})
            return
        place = len(self._elements) - 1
        while self._elements[place][0] != name:
            place -= 1
        yield from self.unclosed(place + 1)
        for one, _ in self._elements[place:]:
            self._open[one] -= 1
        del self._elements[place:]

    def unclosed(self, place: int) -> Iterator[Fault]:
        """Yield the elements inside of a place that may not go without their end."""
        for one, begun in self._elements[place:]:
            if one not in _OPTIONAL:
                yield Fault(begun, "tag", {"tag": one[:40]})
