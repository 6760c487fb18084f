"""`rundown chapters`: the times of an episode's file as chapters, for players and audio files."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.adapters.profile_files import read_profile
from bot.core.chapters.clock import ClockError, read_clock, short_clock
from bot.core.chapters.fit import Fitted, fitted
from bot.core.chapters.formats import TEXTS
from bot.core.chapters.id3 import chapter_frames, tag
from bot.core.chapters.read import Chapter, ChapterFault, read_chapters
from bot.core.document.plain_text import plain_text
from bot.core.front_matter.values import FrontMatterFault, text_at, values_in
from bot.core.profile.profile import Profile, load
from bot.errors import InputError, os_cause
from bot.texts import say

WRONG = 1
"""The exit code where the times are wrong: each fault is a line on standard error."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChaptersOptions:
    """What `rundown chapters` was called with."""

    file: Path
    format: str
    audio: Path | None
    profile: Path | None
    length: str | None


def chapters(options: ChaptersOptions, *, language: str) -> int:
    """Print the chapters of a file, or write them into an audio file; return the exit code."""
    if options.audio is not None and options.format not in ("id3", "mp4"):
        raise InputError("chapters.not-written-into", name=options.format)
    text = text_of(options.file).removeprefix("\ufeff")
    profile = profile_in(options.profile) if options.profile else None
    length = _length(options)
    reading = read_chapters(text, profile.times if profile else None, length=length)
    if reading.faults:
        return tell_faults(options.file, reading.faults, language)
    if length is None and options.format in ("ffmetadata", "id3", "mp4"):
        raise InputError("chapters.no-length")
    opening = _title(text) or say("chapters.opening", profile.language if profile else language)
    fit = fitted(reading.chapters, options.format, opening=opening, length=length)
    if fit.faults:
        return tell_faults(options.file, fit.faults, language)
    _write(options, fit, length or 0, language)
    return 0


def _write(options: ChaptersOptions, fit: Fitted, length: int, language: str) -> None:
    if options.audio is not None:
        _into(options.audio, options.format, fit.chapters, length)
        count = len(fit.chapters)
        print(say("chapters.written", language, count=count, path=options.audio), file=sys.stderr)
    elif options.format == "id3":
        sys.stdout.flush()
        sys.stdout.buffer.write(tag(chapter_frames(fit.chapters, length)))
    else:
        print(TEXTS[options.format](fit.chapters, length), end="")
    for chapter in fit.left_out:
        values = {"time": short_clock(chapter.start), "title": chapter.title}
        print(say("chapters.left-out", language, **values), file=sys.stderr)


def _into(audio: Path, name: str, shown: Sequence[Chapter], length: int) -> None:
    try:
        if name == "id3":
            from bot.adapters.audio.mp3 import write_mp3

            write_mp3(audio, shown, length)
        else:
            from bot.adapters.audio.mp4 import write_mp4

            write_mp4(audio, shown, length)
    except OSError as error:
        raise InputError("chapters.unread", path=audio, cause=os_cause(error)) from error


def _length(options: ChaptersOptions) -> int | None:
    """Return the length that was typed, else that of the audio file; None if there is neither."""
    if options.length is not None:
        try:
            return read_clock(options.length)
        except ClockError:
            raise InputError("chapters.length", typed=options.length) from None
    if options.audio is None:
        return None
    from bot.adapters.audio.read import audio_length

    return audio_length(options.audio)


def _title(text: str) -> str:
    """Return the title in a file's front matter, without mark-up; "" if there is none."""
    try:
        return plain_text(text_at(values_in(text), "title") or "")
    except FrontMatterFault:  # the times are there all the same
        return ""


def tell_faults(path: Path, faults: Sequence[ChapterFault], language: str) -> int:
    """Tell each fault with its line; return the exit code."""
    for fault in faults:
        said = say(f"chapters.{fault.what}", language, time=fault.time, other=fault.other)
        where = "chapters.at-line" if fault.line else "chapters.at-file"
        line = say(where, language, path=path, line=fault.line, fault=said)
        print(f"rundown: {line}", file=sys.stderr)
    return WRONG


def profile_in(folder: Path) -> Profile:
    """Return the profile in a folder."""
    files = read_profile(folder)
    return load(files.settings, files.template, folder=str(folder), further=files.further)


def text_of(path: Path) -> str:
    """Return the text of a file; raise InputError where it is none, or cannot be read.

    A mark that tells the order of bytes is part of it.
    """
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise InputError("chapters.not-text", path=path) from None
    except OSError as error:
        raise InputError("chapters.unread", path=path, cause=os_cause(error)) from error
