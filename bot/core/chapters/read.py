"""Chapters of an episode's file: each heading with a time begins one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.core.chapters.clock import ClockError, read_clock, short_clock
from bot.core.chapters.heading_time import HeadingTime
from bot.core.document.pieces import Piece, links_in, read
from bot.core.document.plain_text import plain_text

_PICTURE = re.compile(
    r"!\[[^\]\n]*\]\(<?(https?://[^\s)>]+)|<img\b[^>]*?\bsrc=[\"'](https?://[^\"'\s]+)[\"']", re.I
)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A timed part of a recording, which lasts until the next one.

    `start` is in milliseconds, `title` plain text. `url` and `picture` are the first of what
    stands below its heading. `level` is that of the heading; `line` counts from 1.
    """

    start: int
    title: str
    url: str | None = None
    picture: str | None = None
    level: int = 1
    line: int = 0


@dataclass(frozen=True, slots=True)
class ChapterFault:
    """What is wrong with the times, and in which line (0: the whole).

    `what` names a text of bot/texts/chapters.py; the other two fill it in.
    """

    what: str
    line: int = 0
    time: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class ReadChapters:
    """The chapters of a file, and what is wrong with them; with faults none may be written."""

    chapters: tuple[Chapter, ...]
    faults: tuple[ChapterFault, ...] = ()


def read_chapters(
    text: str, times: HeadingTime | None = None, *, length: int | None = None
) -> ReadChapters:
    """Read the chapters of an episode's file.

    `length` is that of the recording in milliseconds: no chapter may begin at or after its end.
    """
    chapters: list[Chapter] = []
    faults: list[ChapterFault] = []
    for heading, body in _sections(read(text)):
        time, title = (times or HeadingTime()).split(heading.title)
        if not time:
            continue
        line = heading.line + 1
        try:
            start = read_clock(time)
        except ClockError as error:
            faults.append(ChapterFault(error.reason, line, time))
            continue
        plain = plain_text(title)
        if not plain:
            faults.append(ChapterFault("untitled", line, time))
        chapters.append(Chapter(start, plain, *_first_of(body), heading.level, line))
    if chapters or not faults:
        faults += check(chapters, length=length)
    return ReadChapters(tuple(chapters), tuple(sorted(faults, key=lambda fault: fault.line)))


def check(chapters: Sequence[Chapter], *, length: int | None = None) -> list[ChapterFault]:
    """Return what keeps chapters from being written: none, or times that do not ascend or fit."""
    if not chapters:
        return [ChapterFault("none")]
    faults = []
    for before, chapter in zip([None, *chapters], chapters, strict=False):
        time = short_clock(chapter.start)
        if before is not None and chapter.start <= before.start:
            what = "doubled" if chapter.start == before.start else "descending"
            faults.append(ChapterFault(what, chapter.line, time, short_clock(before.start)))
        if length is not None and chapter.start >= length:
            faults.append(ChapterFault("beyond", chapter.line, time, short_clock(length)))
    return faults


def _sections(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, list[Piece]]]:
    """Yield each heading and what stands below it, up to the next one."""
    heading: Piece | None = None
    body: list[Piece] = []
    for piece in [*pieces, None]:
        if piece is not None and piece.kind != "heading":
            body.append(piece)
            continue
        if heading is not None:
            yield heading, body
        heading, body = piece, []


def _first_of(body: Sequence[Piece]) -> tuple[str | None, str | None]:
    """Return the first link and the first picture of a section; an embed's links are not its."""
    text = "".join(piece.text for piece in body)
    picture = _PICTURE.search(text)
    shown = (piece.text for piece in body if piece.kind in ("item", "block"))
    lines = (_PICTURE.sub("", line) for part in shown for line in part.splitlines())
    url = next(
        (link.url for line in lines for link in links_in(line) if link.url.startswith("http")), None
    )
    return url, (picture[1] or picture[2]) if picture else None
