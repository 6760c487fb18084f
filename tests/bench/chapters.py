"""Chapters of 200 made-up and six real episodes in each format, read back by what reads them.

`python -m tests.bench.chapters` prints a row for each format and reader: of how many episodes all
times and titles came back. The package podcast-chapter-tools reads, too, where it is installed.
"""

import io
import json
import random
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import podcastparser  # type: ignore[import-untyped]  # it has no types
from mutagen.id3 import ID3  # type: ignore[import-untyped]  # it has no types

from bot.adapters.audio.mp3 import write_mp3
from bot.adapters.audio.mp4 import write_mp4
from bot.core.chapters.fit import fitted
from bot.core.chapters.formats import TEXTS
from bot.core.chapters.read import Chapter, read_chapters
from bot.core.profile.profile import load
from tests.bench.publishing import EPISODES, PUBLISHED
from tests.machine import has

LENGTH = 12_600_000
MADE_UP = 200
DESCRIPTIONS = ("youtube", "spotify")
LETTERS = "=;#<>&\"'*_`~|!%@,. abcXYZ超伝導パ𠮷éÅ"
FEED = '<rss version="2.0"><channel><title>t</title><item><guid>1</guid>{}{}</item></channel></rss>'
ENCLOSURE = '<enclosure url="https://example.org/a.mp3" type="audio/mpeg" length="1"/>'

Read = list[tuple[int, str]]
"""Times in milliseconds, and titles."""

Reader = Callable[[list[Chapter], Path], Read]
"""Writes chapters in a format, perhaps into a file of that folder, and has them read back."""


def episodes() -> Iterator[list[Chapter]]:
    """Yield the chapters of the six published episodes, and of the made-up ones."""
    if PUBLISHED.is_dir():
        profile = load(
            (PUBLISHED / "profile/site.yml").read_text("utf-8"),
            (PUBLISHED / "profile/draft.md.j2").read_text("utf-8"),
        )
        for name in EPISODES:
            text = (PUBLISHED / name / "site.md").read_text("utf-8")
            yield list(read_chapters(text, profile.times).chapters)
    chance = random.Random(57)  # noqa: S311 - made up, and alike each time
    for _ in range(MADE_UP):
        starts = sorted(chance.sample(range(1, LENGTH // 1000), chance.randint(3, 40)))
        yield [
            Chapter(start * 1000, _title(chance), chance.choice([None, "https://example.org/?a=1"]))
            for start in starts
        ]


def _title(chance: random.Random) -> str:
    words = "".join(chance.choices(LETTERS, k=chance.randint(1, 60)))
    return " ".join(words.split()) or "x"


# --- readers -------------------------------------------------------------------------------------


def _feed(chapters: list[Chapter]) -> str:
    return FEED.format(ENCLOSURE, TEXTS["podlove"](chapters, LENGTH))


def by_json(chapters: list[Chapter], _: Path) -> Read:
    """PodcastIndex chapters by Python's own reader."""
    read = json.loads(TEXTS["podcast-json"](chapters, LENGTH))["chapters"]
    return [(round(one["startTime"] * 1000), one["title"]) for one in read]


def by_podcastparser(chapters: list[Chapter], _: Path) -> Read:
    """Podlove Simple Chapters in a feed."""
    (one,) = podcastparser.parse("https://example.org", io.StringIO(_feed(chapters)))["episodes"]
    return [(part["start"] * 1000, part["title"]) for part in one["chapters"]]


def by_ffmpeg(chapters: list[Chapter], _: Path) -> Read:
    """FFmpeg's metadata file."""
    return _probed(["-f", "ffmetadata", "-"], TEXTS["ffmetadata"](chapters, LENGTH).encode())


def by_mutagen(chapters: list[Chapter], folder: Path) -> Read:
    """The tag of an MP3."""
    write_mp3(folder / "a.mp3", chapters, LENGTH)
    found = ID3(folder / "a.mp3")
    by_id = {one.element_id: one for one in found.getall("CHAP")}
    (table,) = found.getall("CTOC")
    frames = [by_id[name] for name in table.child_element_ids]
    return [(one.start_time, str(one.sub_frames["TIT2"])) for one in frames]


def mp3_by_ffmpeg(chapters: list[Chapter], folder: Path) -> Read:
    """The same tag, by another reader."""
    write_mp3(folder / "a.mp3", chapters, LENGTH)
    return _probed([f"file:{folder / 'a.mp3'}"])


def mp4_by_ffmpeg(chapters: list[Chapter], folder: Path) -> Read:
    """The chapters of an M4A."""
    write_mp4(folder / "a.m4a", chapters, LENGTH)
    return _probed([f"file:{folder / 'a.m4a'}"])


def pci_by_tools(chapters: list[Chapter], _: Path) -> Read:
    """PodcastIndex chapters."""
    return _tools("extract_pci_chapters", json.loads(TEXTS["podcast-json"](chapters, LENGTH)))


def psc_by_tools(chapters: list[Chapter], _: Path) -> Read:
    """Podlove Simple Chapters."""
    element = ET.fromstring(TEXTS["podlove"](chapters, LENGTH))  # noqa: S314 - our own
    return _tools("extract_psc_chapters", element)


def youtube_by_tools(chapters: list[Chapter], _: Path) -> Read:
    """Lines of a description."""
    return _tools("extract_description_chapters", TEXTS["youtube"](chapters, LENGTH))


def spotify_by_tools(chapters: list[Chapter], _: Path) -> Read:
    """Lines of a description."""
    return _tools("extract_description_chapters", TEXTS["spotify"](chapters, LENGTH))


def labels_by_tabs(chapters: list[Chapter], _: Path) -> Read:
    """Audacity's labels: two times and a title, with tabs between them."""
    lines = TEXTS["audacity"](chapters, LENGTH).splitlines()
    rows = [line.split("\t") for line in lines]
    return [(round(float(start) * 1000), title) for start, _, title in rows]


def _tools(name: str, given: object) -> Read:
    import podcast_chapter_tools as tools  # type: ignore[import-not-found]  # where installed

    extract: Callable[[object], Iterable[Any]] = getattr(tools, name)
    return [(one.start * 1000, one.title) for one in extract(given) or ()]


def _probed(source: list[str], given: bytes = b"") -> Read:
    command = ["ffprobe", "-v", "error", "-show_chapters", "-of", "json", *source]
    done = subprocess.run(command, input=given, capture_output=True, check=True)
    found = json.loads(done.stdout)["chapters"]
    return [(round(float(one["start_time"]) * 1000), one["tags"]["title"]) for one in found]


READERS: tuple[tuple[str, str, Reader], ...] = (
    ("podcast-json", "json", by_json),
    ("podcast-json", "podcast-chapter-tools", pci_by_tools),
    ("podlove", "podcastparser", by_podcastparser),
    ("podlove", "podcast-chapter-tools", psc_by_tools),
    ("ffmetadata", "ffmpeg", by_ffmpeg),
    ("id3", "mutagen", by_mutagen),
    ("id3", "ffmpeg", mp3_by_ffmpeg),
    ("mp4", "ffmpeg", mp4_by_ffmpeg),
    ("youtube", "podcast-chapter-tools", youtube_by_tools),
    ("spotify", "podcast-chapter-tools", spotify_by_tools),
    ("audacity", "its columns", labels_by_tabs),
)


def main() -> None:
    """Print a row for each format and reader; name what did not come back on standard error."""
    every = list(episodes())
    print(f"| format | reader | read back the same, of {len(every)} episodes |")
    print("| --- | --- | ---: |")
    with TemporaryDirectory() as folder:
        _recordings(Path(folder))
        for name, reader, read in READERS:
            if reader == "podcast-chapter-tools" and find_spec("podcast_chapter_tools") is None:
                print(f"| {name} | {reader} | not installed |")
                continue
            same = sum(_is_same(name, one, read, Path(folder)) for one in every)
            print(f"| {name} | {reader} | {same} |", flush=True)


def _is_same(name: str, chapters: list[Chapter], read: Reader, folder: Path) -> bool:
    readable = _readable(name, chapters)
    made = list(fitted(readable, name, opening="Opening", length=LENGTH).chapters)
    wanted = [(one.start, " ".join(one.title.split())) for one in made]
    back = [(start, " ".join(title.split())) for start, title in read(made, folder)]
    if back != wanted:
        unlike = next(
            pair for pair in zip(wanted, [*back, None], strict=False) if pair[0] != pair[1]
        )
        print(f"{name}: {unlike}", file=sys.stderr)
    return back == wanted


def _readable(name: str, chapters: list[Chapter]) -> list[Chapter]:
    """Return chapters whose titles the reader of a description reads whole.

    It passes by lines with an opening bracket, and ends at an angle one.
    """
    if name not in DESCRIPTIONS:
        return chapters
    titles = [re.sub(r"[\[(<>]", " ", one.title).strip(" -") or "x" for one in chapters]
    pairs = zip(chapters, titles, strict=True)
    return [replace(one, title=" ".join(title.split())) for one, title in pairs]


def _recordings(folder: Path) -> None:
    assert has("ffmpeg")
    for name, codec in (("a.mp3", "libmp3lame"), ("a.m4a", "aac")):
        source = ["-f", "lavfi", "-i", "anullsrc=r=8000:cl=mono", "-t", "1"]
        command = ["ffmpeg", "-v", "error", *source, "-c:a", codec, "-b:a", "8k", folder / name]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
