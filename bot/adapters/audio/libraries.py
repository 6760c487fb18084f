"""The programs and libraries that know audio files, where they are installed."""

import importlib
import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.errors import InputError

_SECONDS = 600
"""The longest that FFmpeg may take for a file: it copies what it does not understand."""


def mutagen_of(module: str) -> Any:  # noqa: ANN401 - it comes without types
    """Return a module of mutagen; raise InputError, with how to install it, where it is not there.

    It is GPL-2.0-or-later, so it is no requirement of ours: only who writes audio files needs it.
    """
    try:
        return importlib.import_module(module)
    except ImportError:
        raise InputError("chapters.no-mutagen") from None


def run_ffmpeg(arguments: Sequence[str | Path], path: Path) -> None:
    """Run FFmpeg; raise InputError with its last words where it fails or is not installed."""
    _run(["ffmpeg", "-nostdin", "-v", "error", "-y", *map(str, arguments)], path)


def probed(path: Path) -> dict[str, Any]:
    """Return what FFmpeg sees in a file: `format` and `chapters`, as ffprobe's JSON has them."""
    shown = ["-show_chapters", "-show_format", "-of", "json", "-i", f"file:{path}"]
    found: dict[str, Any] = json.loads(_run(["ffprobe", "-v", "error", *shown], path))
    return found


def has_ffmpeg() -> bool:
    """Return whether FFmpeg is installed."""
    return shutil.which("ffmpeg") is not None and shutil.which("ffprobe") is not None


def _run(command: Sequence[str], path: Path) -> str:
    program = shutil.which(command[0])
    if program is None:
        raise InputError("chapters.no-ffmpeg")
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program; files are named `file:…`
            [program, *command[1:]], capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise InputError("chapters.ffmpeg", path=path, cause="timeout") from None
    if done.returncode:
        words = done.stderr.decode(errors="replace").strip().splitlines() or ["?"]
        raise InputError("chapters.ffmpeg", path=path, cause=words[-1][:200])
    return done.stdout.decode(errors="replace")
