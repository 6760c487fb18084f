"""An existing Markdown file, read into pieces without loss: put together, they give the same text.

Any text will do: nothing in it is a mistake. Lines end in a line feed, a carriage return or both;
the other separators of Unicode are characters like any other.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.core.document.blocks import COMMENT, Blocks
from bot.core.document.list_marks import item_start
from bot.core.front_matter.region import front_format
from bot.core.grammar.line import read_line
from bot.core.grammar.topic_name import split_time
from bot.core.model import Link
from bot.core.urls import canonical, find_urls

Kind = Literal["front", "heading", "item", "html", "block", "gap"]

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_MARKUP = re.compile(r"[*_`~\[\]()<>|\\]|!(?=\[)")
_TAG = re.compile(r"<[^<>]*>")
_BLANKS = " \t\u3000"
_LONGEST_NAME = 80


def lines_of(text: str) -> list[str]:
    """Return a text's lines with their ends."""
    if "\r" in text:
        return _LINE.findall(text)
    *lines, last = text.split("\n")
    return [f"{line}\n" for line in lines] + ([last] if last else [])


def bare_of(lines: Sequence[str]) -> list[str]:
    """Return lines without their ends."""
    return [line.rstrip("\r\n") for line in lines]


@dataclass(slots=True)
class Piece:
    """A part of a file: what stands there, from which line on, and whose it is, if that is known.

    `level` is that of a heading. A `gap` is all the blank lines between two others.
    """

    kind: Kind
    text: str
    line: int
    height: int
    level: int = 0
    owner: str | None = None

    @property
    def title(self) -> str:
        """The words of a heading, as typed, with their time; of all else its first line."""
        first = self.text.partition("\n")[0].partition("\r")[0].strip(_BLANKS)
        if self.kind == "heading" and first.startswith("#"):
            title = first.lstrip("#").lstrip(_BLANKS)
            open_end = title.rstrip("#")
            return open_end.rstrip(_BLANKS) if open_end[-1:] in _BLANKS else title
        return first

    @property
    def name(self) -> str:
        """What hosts know it by: a heading's words without their time, an item's first words."""
        if self.kind == "heading":
            return _short(split_time(self.title)[1])
        lines = self.text.splitlines()
        return next(
            (words for line in lines if (words := _short(_words(line)))), _short(self.title)
        )

    @property
    def links(self) -> tuple[str, ...]:
        """The addresses in it, in the form in which two are the same; of HTML those of its tags."""
        if "://" not in self.text:
            return ()
        if self.kind == "html":
            return tuple(canonical(self.text[start:end]) for start, end in find_urls(self.text))
        found = [link for line in lines_of(self.text) for link in links_in(line)]
        return tuple(link.canonical for link in found)

    @property
    def first_links(self) -> tuple[str, ...]:
        """The addresses in its first line: of an item those without its notes'."""
        return tuple(link.canonical for link in links_in(self.text.partition("\n")[0]))

    @property
    def is_comment(self) -> bool:
        """Whether it is a comment of several lines: what stands in it was put away by people."""
        return self.kind == "block" and COMMENT.match(self.text) is not None

    @property
    def words(self) -> str:
        """What a reader sees of it."""
        return words_of(self.text)


def links_in(line: str) -> list[Link]:
    """Return the links of a line."""
    return [part for part in read_line(line) if isinstance(part, Link)] if "://" in line else []


def words_of(text: str) -> str:
    """Return what a reader sees of a text, without marks and addresses."""
    return " ".join(map(_words, text.splitlines()))


def _words(line: str) -> str:
    shown = read_line(line[item_start(line) :])
    parts = [part if isinstance(part, str) else part.title or "" for part in shown]
    return " ".join(_MARKUP.sub(" ", _TAG.sub(" ", " ".join(parts))).split())


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_NAME else text[: _LONGEST_NAME - 1] + "…"


def read(
    text: str, owners: Sequence[str | None] = (), *, apart: Collection[str] = ()
) -> list[Piece]:
    """Read a text into its pieces, in order.

    `owners` says for each line whose it is; where that changes, a new piece begins. Lines that are
    `apart` are pieces of their own: tags of a template around what an episode gives (`around`).
    """
    lines = lines_of(text)
    return read_lines(lines, bare_of(lines), owners, apart=apart)


def around(text: str, owners: Sequence[str | None]) -> set[str]:
    """Return the lines whose tags are closed below somebody else's lines only."""
    if "</" not in text or not any(owners):
        return set()
    bare = bare_of(lines_of(text))
    owners = [*owners[: len(bare)], *[None] * (len(bare) - len(owners))]
    return Blocks(bare, _limits(bare, owners)).around_limits()


def read_lines(
    lines: Sequence[str],
    bare: Sequence[str],
    owners: Sequence[str | None] = (),
    *,
    apart: Collection[str] = (),
) -> list[Piece]:
    """Read lines into the pieces of their text; `bare` are the same without their ends."""
    count = len(lines)
    owners = [*owners[:count], *[None] * (count - len(owners))]
    blocks = Blocks(bare, _limits(bare, owners), apart)
    pieces: list[Piece] = []
    at = 0
    if front := front_format(bare):
        _, at = front
        pieces.append(Piece("front", "".join(lines[:at]), 0, at, 0, owners[0]))
    while at < count:
        end = blocks.end(at)
        text = lines[at] if end == at + 1 else "".join(lines[at:end])
        kind, level = _kind(blocks, at, end)
        pieces.append(Piece(kind, text, at, end - at, level, owners[at]))
        at = end
    return pieces


def _kind(blocks: Blocks, start: int, end: int) -> tuple[Kind, int]:
    """Return the kind of a block, and a heading's level."""
    opens = blocks.opens[start]
    if opens == "item" or opens == "html":
        return opens, 0
    if opens == "blank":
        return "gap", 0
    if opens == "heading":
        bare = blocks.lines[start].lstrip()
        return "heading", min(len(bare) - len(bare.lstrip("#")), 6)
    if end == start + 2 and blocks.is_underlined(start):
        return "heading", 1 if "=" in blocks.lines[start + 1] else 2
    return "block", 0


def _limits(bare: Sequence[str], owners: Sequence[str | None]) -> Sequence[int]:
    """Return for each line the next one that is somebody else's; a blank line is nobody's."""
    count = len(bare)
    limits = [count] * count
    if not any(owners):
        return limits
    limit, owner, below = count, None, count
    for line in range(count - 1, -1, -1):
        if bare[line].strip(" \t"):
            if below < count and owners[line] != owner:
                limit = below
            owner, below = owners[line], line
        limits[line] = limit
    return limits
