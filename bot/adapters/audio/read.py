"""What an audio file says of itself: its length, and the chapters that it has already."""

from pathlib import Path
from typing import Any

from bot.adapters.audio.libraries import has_ffmpeg, mutagen_of, probed
from bot.core.chapters.clock import ClockError, read_clock
from bot.core.chapters.read import Chapter
from bot.errors import InputError


def audio_length(path: Path) -> int:
    """Return the length of an audio file, in milliseconds.

    Raises InputError for what is none, or where neither library is installed.
    """
    if has_ffmpeg():
        return round(float(probed(path).get("format", {}).get("duration") or 0) * 1000)
    return round(float(_opened(path).info.length) * 1000)


def audio_chapters(path: Path) -> list[Chapter]:
    """Return the chapters in an MP3, MP4 or Opus file, in order of time; none is no error.

    mutagen reads MP4's older list, whose first chapter stands where it was put; FFmpeg the rest.
    """
    try:
        found = _by_mutagen(_opened(path))
    except InputError as error:
        if error.name != "chapters.no-mutagen" or not has_ffmpeg():
            raise
        found = []
    if not found and has_ffmpeg():
        found = [
            Chapter(round(float(one["start_time"]) * 1000), one.get("tags", {}).get("title", ""))
            for one in probed(path).get("chapters", ())
        ]
    return sorted(found, key=lambda chapter: chapter.start)


def _opened(path: Path) -> Any:  # noqa: ANN401 - mutagen comes without types
    mutagen = mutagen_of("mutagen")
    try:
        found = mutagen.File(path)
    except mutagen.MutagenError as error:
        raise InputError("chapters.tag-unread", path=path, cause=str(error)) from error
    if found is None:
        raise InputError("chapters.not-audio", path=path)
    return found


def _by_mutagen(audio: Any) -> list[Chapter]:  # noqa: ANN401 - mutagen comes without types
    if hasattr(audio.tags, "getall"):  # ID3
        frames = audio.tags.getall("CHAP")
        return [Chapter(frame.start_time, _title(frame)) for frame in frames]
    if getattr(audio, "chapters", None):  # MP4
        return [Chapter(round(one.start * 1000), one.title) for one in audio.chapters]
    return _vorbis(dict(audio.tags or {}))


def _title(frame: Any) -> str:  # noqa: ANN401 - mutagen comes without types
    titles = frame.sub_frames.getall("TIT2")
    return str(titles[0]) if titles else ""


def _vorbis(comments: dict[str, list[str]]) -> list[Chapter]:
    """Read `CHAPTER001=00:01:30.000` and `CHAPTER001NAME=…` (wiki.xiph.org/Chapter_Extension)."""
    found = []
    for name, values in comments.items():
        number = name.lower().removeprefix("chapter")
        if number == name.lower() or not number.isdigit():
            continue
        titles = comments.get(f"{name}name") or comments.get(f"{name}NAME") or [""]
        try:
            found.append(Chapter(read_clock(values[0]), titles[0]))
        except ClockError:
            continue  # a list of somebody else's making; what can be read counts
    return found
