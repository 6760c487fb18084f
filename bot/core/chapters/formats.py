"""Chapters as each of their readers demands them."""

import json
import re
from collections.abc import Callable, Sequence
from html import escape

from bot.core.chapters.clock import HOUR, long_clock, short_clock
from bot.core.chapters.read import Chapter

_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 has no way to write (section 2.2)."""


def podcast_json(chapters: Sequence[Chapter], length: int) -> str:
    """Return JSON Chapters 1.2 (github.com/Podcastindex-org/podcast-namespace, chapters)."""
    entries = []
    for chapter in chapters:
        entry: dict[str, object] = {"startTime": _seconds(chapter.start), "title": chapter.title}
        if chapter.url:
            entry["url"] = chapter.url
        if chapter.picture:
            entry["img"] = chapter.picture
        entries.append(entry)
    whole = {"version": "1.2.0", "chapters": entries}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def ffmetadata(chapters: Sequence[Chapter], length: int) -> str:
    """Return FFmpeg's metadata file (ffmpeg.org/ffmpeg-formats.html#Metadata-2).

    Every chapter has its END: FFmpeg takes the title of one without for something else.
    """
    lines = [";FFMETADATA1"]
    for chapter, end in zip(chapters, ends(chapters, length), strict=True):
        title = re.sub(r"([=;#\\])", r"\\\1", chapter.title)
        if title.endswith("\\"):
            title += " "  # FFmpeg takes a line's last backslash for one that joins the next line
        times = f"START={chapter.start}", f"END={end}"
        lines += ["[CHAPTER]", "TIMEBASE=1/1000", *times, f"title={title}"]
    return "\n".join(lines) + "\n"


def youtube(chapters: Sequence[Chapter], length: int) -> str:
    """Return the lines of a description (support.google.com/youtube/answer/9884579).

    YouTube refuses a description with < or >: those of full width stand for them.
    """
    shown = (chapter.title.translate({0x3C: "＜", 0x3E: "＞"}) for chapter in chapters)
    return "".join(
        f"{short_clock(chapter.start)} {title}\n"
        for chapter, title in zip(chapters, shown, strict=True)
    )


def spotify(chapters: Sequence[Chapter], length: int) -> str:
    """Return the lines of a description, `(MM:SS) Title` (support.spotify.com, "chapters")."""
    return "".join(f"({_padded(chapter.start)}) {chapter.title}\n" for chapter in chapters)


def podlove(chapters: Sequence[Chapter], length: int) -> str:
    """Return Podlove Simple Chapters 1.2 (podlove.org/simple-chapters), an element of a feed."""
    lines = ['<psc:chapters version="1.2" xmlns:psc="http://podlove.org/simple-chapters">']
    for chapter in chapters:
        values = {
            "start": long_clock(chapter.start),
            "title": chapter.title,
            "href": chapter.url,
            "image": chapter.picture,
        }
        shown = "".join(
            f' {name}="{escape(_UNREADABLE.sub(" ", value))}"'
            for name, value in values.items()
            if value
        )
        lines.append(f"  <psc:chapter{shown}/>")
    return "\n".join([*lines, "</psc:chapters>"]) + "\n"


def audacity(chapters: Sequence[Chapter], length: int) -> str:
    """Return a label track (manual.audacityteam.org, "Importing and Exporting Labels")."""
    return "".join(
        f"{chapter.start / 1000:.6f}\t{chapter.start / 1000:.6f}\t{chapter.title}\n"
        for chapter in chapters
    )


def mp4chaps(chapters: Sequence[Chapter], length: int) -> str:
    """Return the text file that tools for MP4 take: `HH:MM:SS.mmm Title` a line."""
    return "".join(f"{long_clock(chapter.start)} {chapter.title}\n" for chapter in chapters)


TEXTS: dict[str, Callable[[Sequence[Chapter], int], str]] = {
    "podcast-json": podcast_json,
    "ffmetadata": ffmetadata,
    "youtube": youtube,
    "spotify": spotify,
    "podlove": podlove,
    "audacity": audacity,
    "mp4": mp4chaps,
}
"""The formats that are text, by name. Each takes chapters in order and the length in ms."""

NAMES = (*TEXTS, "id3")


def ends(chapters: Sequence[Chapter], length: int) -> list[int]:
    """Return where each chapter ends: where the next one begins, the last with the recording."""
    return [*(chapter.start for chapter in chapters[1:]), length][: len(chapters)]


def _seconds(at: int) -> int | float:
    return at / 1000 if at % 1000 else at // 1000


def _padded(at: int) -> str:
    return short_clock(at).zfill(8 if at >= HOUR else 5)
