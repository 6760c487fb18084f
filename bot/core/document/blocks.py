"""Where the blocks of a Markdown text begin and end, line by line.

People's slips are read as they were meant: a heading without its blank, an embed or a bullet right
below another block. Every question about a line is answered in time that does not grow with the
file, but for the look ahead to an end, which is passed over then.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Literal

from bot.core.document.list_marks import NUMBER

Opens = Literal["blank", "heading", "item", "html", "comment", "fence", "rule", "text"]

_NUMBERED = re.compile(rf"{NUMBER}(?:[ \t]|\Z)")
_RULE = re.compile(r"(?:-[ \t]*){3,}\Z|(?:\*[ \t]*){3,}\Z|(?:_[ \t]*){3,}\Z")
_HTML = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?=[\s/>]|\Z)|<[!?]")
_FENCE = re.compile(r"`{3,}[^`]*\Z|~{3,}")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*\Z")
HOLDERS = (
    "details|div|table|blockquote|figure|section|article|aside|nav|center|ul|ol|dl|form|pre"
    "|video|audio|picture|object|iframe|script|style"
)
_HOLDS = re.compile(rf"<(/?)({HOLDERS})\b|<!--|-->", re.I)
COMMENT = re.compile(r"[ \t]*(?:(<!--)|\{%-?\s*comment\s*-?%\})")
_COMMENT_END = re.compile(r"(-->)|\{%-?\s*endcomment\s*-?%\}")
_BLANK = frozenset[Opens]({"blank"})
_PARAGRAPH = frozenset[Opens]({"text"})
_BELOW_HTML = frozenset[Opens]({"html", "fence", "rule", "text"})
_LONGEST_FENCE = 10  # longer ones count as that long, so that there are few kinds


class Blocks:
    """The lines of a text, without their ends, and what each of them opens."""

    def __init__(
        self, lines: Sequence[str], limits: Sequence[int], apart: Collection[str] = ()
    ) -> None:
        """Look at all lines; a block that begins in one ends before its limit at the latest.

        Lines whose words are `apart` hold nothing, whatever tags they open.
        """
        self.lines = lines
        self.limits = limits
        bares = [line.lstrip(" \t") for line in lines]
        self.indents = [
            indent + 3 if (indent := len(line) - len(bare)) and "\t" in line[:indent] else indent
            for line, bare in zip(lines, bares, strict=True)
        ]
        self.opens = list(map(_opened, bares, self.indents))
        self._comments = _comments(lines, self.indents)
        for line in self._comments:
            self.opens[line] = "comment"
        partners = _partners(lines, self.opens) if "html" in self.opens else {}
        self._partners = {
            line: end for line, end in partners.items() if lines[line].strip() not in apart
        }
        self._unclosed = {"`": _LONGEST_FENCE + 1, "~": _LONGEST_FENCE + 1}

    def around_limits(self) -> set[str]:
        """Return the words of lines whose tags are closed behind their limit only."""
        return {
            self.lines[line].strip()
            for line, end in self._partners.items()
            if end >= self.limits[line]
        }

    def end(self, start: int) -> int:
        """Return the line behind the block that begins at `start`."""
        opens, limit = self.opens[start], self.limits[start]
        if opens == "item":
            return self._item_end(start, limit)
        if opens == "blank":
            return self._past(start + 1, _BLANK, len(self.lines))
        if opens == "html":
            begun = self._partners.get(start, start) + 1
            return self._past(min(begun, limit), _BELOW_HTML, limit)
        if opens == "comment":
            return min(self._comments[start] + 1, limit)
        if opens == "fence" and (end := self._fence_end(start, limit)):
            return end
        if opens in ("heading", "rule"):
            return start + 1
        if self.is_underlined(start):
            return start + 2
        return self._past(start + 1, _PARAGRAPH, limit)

    def is_underlined(self, line: int) -> bool:
        """Return whether the next line makes a heading of this one."""
        below = line + 1
        return (
            self.opens[line] == "text"
            and below < self.limits[line]
            and not self.lines[line].lstrip().startswith(">")
            and _UNDERLINE.match(self.lines[below]) is not None
        )

    def _past(self, line: int, opens: frozenset[Opens], limit: int) -> int:
        while line < limit and self.opens[line] in opens:
            line += 1
        return line

    def _item_end(self, start: int, limit: int) -> int:
        """Pass over an item's notes: what is indented, or goes on with its text."""
        opens, indents = self.opens, self.indents
        inside = indents[start] + 2
        line = start + 1
        while line < limit:
            if opens[line] == "blank":
                behind = self._past(line, _BLANK, limit)
                if behind == limit or indents[behind] < inside:
                    break
                line = behind
            elif indents[line] < inside and (
                opens[line] != "text" or self.lines[line].lstrip().startswith(">")
            ):
                break
            line += 1
        return line

    def _fence_end(self, start: int, limit: int) -> int:
        """Return the line behind a fence's end; 0 if nothing closes it, so that it is none."""
        mark, length = _fence(self.lines[start])
        if length >= self._unclosed[mark]:
            return 0
        for line in range(start + 1, len(self.lines)):
            bare = self.lines[line].strip(" \t")
            if bare[:1] == mark and len(bare) >= length and not bare.strip(mark):
                return min(line + 1, limit)
        self._unclosed[mark] = length
        return 0


def _opened(bare: str, indent: int) -> Opens:
    """Return what a line opens; `bare` is the line without its indentation."""
    if not bare:
        return "blank"
    first, second = bare[0], bare[1:2]
    if first == "#":
        return "heading" if indent < 4 and second in "# \t\u3000" else "text"
    if first in "-*+_":
        if indent < 4 and bare[-1] in "-*_ \t" and _RULE.match(bare):
            return "rule"
        return "item" if first != "_" and second in " \t" else "text"
    if first == "<":
        return "html" if _HTML.match(bare) else "text"
    if first in "`~":
        return "fence" if _FENCE.match(bare) else "text"
    return "item" if first.isdigit() and _NUMBERED.match(bare) else "text"


def _fence(line: str) -> tuple[str, int]:
    bare = line.lstrip(" \t")
    return bare[0], min(len(bare) - len(bare.lstrip(bare[0])), _LONGEST_FENCE)


def _comments(lines: Sequence[str], indents: Sequence[int]) -> dict[int, int]:
    """Return the lines that begin a comment which ends in a line below, and where that is.

    What stands in one is not read, headings or not: people put away a whole topic so. One that
    nothing closes is none.
    """
    comments: dict[int, int] = {}
    ends: dict[bool, int] = {}
    for number in range(len(lines) - 1, -1, -1):
        line = lines[number]
        if "-->" not in line and "<!--" not in line and "{%" not in line:
            continue
        begun = COMMENT.match(line) if indents[number] < 4 else None
        if begun is not None and (end := ends.get(begun[1] is not None)) is not None:
            # `<!-->` is a comment, and a whole one.
            inside = begun.end() - 2 if begun[1] else begun.end()
            if all(
                (found[1] is None) != (begun[1] is None)
                for found in _COMMENT_END.finditer(line, inside)
            ):
                comments[number] = end
        for found in _COMMENT_END.finditer(line):
            ends[found[1] is not None] = number
    return comments


def _partners(lines: Sequence[str], opens: Sequence[Opens]) -> dict[int, int]:
    """Return for a line whose tags are closed further down the line where the last of them is.

    No tag reaches past a heading: one that was never closed would take in the rest of the file.
    """
    partners: dict[int, int] = {}
    opened: list[tuple[str, int]] = []
    waiting: Counter[str] = Counter()
    for number, line in enumerate(lines):
        if opens[number] == "heading":
            opened.clear()
            waiting.clear()
        if "<" not in line and "-->" not in line:
            continue
        for tag in _HOLDS.finditer(line):
            name = tag[2].lower() if tag[2] else "!"
            if tag[0] == "<!--" or (tag[2] and not tag[1]):
                opened.append((name, number))
                waiting[name] += 1
                continue
            while waiting[name]:
                other, begun = opened.pop()
                waiting[other] -= 1
                if other == name:
                    partners[begun] = number
                    break
    return partners
