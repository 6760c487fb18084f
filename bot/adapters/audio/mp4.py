"""Chapters in an MP4 file (M4A, M4B): FFmpeg writes both of its lists, and copies all streams."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from bot.adapters.audio.libraries import run_ffmpeg
from bot.adapters.audio.replace import replacing
from bot.core.chapters.formats import ffmetadata
from bot.core.chapters.read import Chapter
from bot.errors import InputError


def write_mp4(path: Path, chapters: Sequence[Chapter], length: int) -> None:
    """Write these chapters into an MP4 file instead of those that it has; the first has to be at 0.

    Sound, pictures and tags are copied as they are. Raises InputError for what is not MP4.
    """
    with path.open("rb") as stream:
        start = stream.read(12)
    if start[4:8] != b"ftyp":
        raise InputError("chapters.not-mp4", path=path)
    kind = "ipod" if start[8:11] in (b"M4A", b"M4B") else "mp4"  # what a file says that it is
    with (
        tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".ffmetadata") as list_file,
        replacing(path) as part,
    ):
        list_file.write(ffmetadata(chapters, length))
        list_file.flush()
        inputs = ["-i", f"file:{path}", "-f", "ffmetadata", "-i", f"file:{list_file.name}"]
        streams = ["-map", "0:a", "-map", "0:v?", "-c", "copy"]
        about = ["-map_metadata", "0", "-map_chapters", "1", "-movflags", "+faststart"]
        run_ffmpeg([*inputs, *streams, *about, "-f", kind, f"file:{part}"], path)
