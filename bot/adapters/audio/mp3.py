"""Chapters in the ID3 tag of an MP3 file."""

import io
from collections.abc import Sequence
from pathlib import Path

from bot.adapters.audio.libraries import mutagen_of
from bot.adapters.audio.replace import copy_from, replacing
from bot.core.chapters.id3 import HEADER, chapter_frames, tag, tag_length
from bot.core.chapters.read import Chapter
from bot.errors import InputError

_PADDING = 2048
"""Bytes left free behind the frames, so that other tools can edit the tag in its place."""


def write_mp3(path: Path, chapters: Sequence[Chapter], length: int) -> None:
    """Write these chapters into an MP3 file instead of those that it has; all other frames stay.

    The audio is copied as it is. Raises InputError for what is not an MP3 file.
    """
    with path.open("rb") as source:
        start = source.read(HEADER + 2)
        skipped = tag_length(start)
        if not skipped and not _is_frame(start):
            raise InputError("chapters.not-mp3", path=path)
        frames = _other_frames(source, path) if skipped else b""
        with replacing(path) as part, part.open("wb") as target:
            target.write(tag(chapter_frames(chapters, length) + frames, _PADDING))
            copy_from(source, skipped, target)


def _is_frame(start: bytes) -> bool:
    """Return whether MPEG audio begins here: eleven bits that are set (ISO 11172-3, 2.4.1.3)."""
    return start[:1] == b"\xff" and len(start) > 1 and start[1] & 0xE0 == 0xE0


def _other_frames(source: io.BufferedReader, path: Path) -> bytes:
    """Return the frames of a tag but for its chapters, as ID3v2.3 has them."""
    mutagen = mutagen_of("mutagen.id3")
    source.seek(0)
    try:
        tags = mutagen.ID3(source, translate=False)
        for name in ("CHAP", "CTOC"):
            tags.delall(name)
        if not tags:
            return b""
        tags.update_to_v23()
        made = io.BytesIO()
        tags.save(made, v1=0, v2_version=3, padding=lambda _: 0)
    except mutagen.error as error:
        raise InputError("chapters.tag-unread", path=path, cause=str(error)) from error
    return made.getvalue()[HEADER:]
