"""What the readers of a format want of a list of chapters, and what is left out for it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.core.chapters.read import Chapter, ChapterFault

APART = {"youtube": 10_000}
"""The least time between two chapters, in milliseconds, where a reader has one."""

FEWEST = {"youtube": 3, "spotify": 3}
MOST = {"id3": 255}
"""ID3's table of contents counts its entries in one byte."""

FROM_ZERO = ("youtube", "spotify", "mp4")
"""Those whose first chapter is at 0: MP4's would be stretched back to it, the others need it."""

LONGEST_MP4_TITLE = 255
"""The bytes of a title in an MP4 file's list; FFmpeg cuts a longer one inside a character."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """The chapters that a format gets, those left out for it, and what it cannot do without."""

    chapters: tuple[Chapter, ...]
    left_out: tuple[Chapter, ...] = ()
    faults: tuple[ChapterFault, ...] = ()


def fitted(chapters: Sequence[Chapter], name: str, *, opening: str, length: int | None) -> Fitted:
    """Fit chapters to a format by its `name`; `opening` is the title of one added at 0."""
    shown = tuple(chapters)
    if name in FROM_ZERO and shown and shown[0].start > 0:
        shown = (Chapter(0, opening, level=shown[0].level), *shown)
    kept = _apart(shown, APART[name], length) if name in APART else shown
    if name == "mp4":
        kept = tuple(
            replace(chapter, title=_cut(chapter.title, LONGEST_MP4_TITLE)) for chapter in kept
        )
        return Fitted(kept)
    left_out = tuple(chapter for chapter in shown if chapter not in kept)
    faults = []
    if len(kept) < FEWEST.get(name, 0):
        faults.append(ChapterFault("too-few", time=str(len(kept)), other=str(FEWEST[name])))
    if len(kept) > MOST.get(name, len(kept)):
        faults.append(ChapterFault("too-many", time=str(len(kept)), other=str(MOST[name])))
    return Fitted(kept, left_out, tuple(faults))


def _apart(chapters: Sequence[Chapter], least: int, length: int | None) -> tuple[Chapter, ...]:
    """Leave out what begins too soon after another: the sub-topic, else the later of two.

    The one at 0 stays: without it there are no chapters at all.
    """
    kept: list[Chapter] = []
    for chapter in chapters:
        if length is not None and length - chapter.start < least and chapter.start:
            continue
        while kept and chapter.start - kept[-1].start < least:
            if kept[-1].start == 0 or kept[-1].level <= chapter.level:
                break
            kept.pop()
        else:
            kept.append(chapter)
    return tuple(kept)


def _cut(title: str, most: int) -> str:
    """Cut a title to so many bytes of UTF-8, between characters."""
    data = title.encode()
    if len(data) <= most:
        return title
    return data[: most - len("…".encode())].decode(errors="ignore") + "…"
