"""Chapters in real audio files, written by us and read by FFmpeg and mutagen."""

import json
import subprocess
from pathlib import Path

import mutagen
import pytest
from mutagen.id3 import ID3

from bot.adapters.audio import replace as replace_module
from bot.adapters.audio.mp3 import write_mp3
from bot.adapters.audio.mp4 import write_mp4
from bot.adapters.audio.read import audio_chapters, audio_length
from bot.core.chapters.read import Chapter
from bot.errors import InputError
from tests.needs import need

need("ffmpeg")

MADE = [
    Chapter(0, "はじめに"),
    Chapter(
        1_250,
        "同時に出たUCバークレー自動実験論文も熱い (色んな意味で) " * 3,
        "https://example.org/a",
    ),
    Chapter(2_000, "x"),
    *(Chapter(2_000 + 10 * number, f"= ; # \\ {number}") for number in range(1, 60)),
]
LENGTH = 4_000
CODECS = {"mp3": "libmp3lame", "m4a": "aac", "opus": "libopus"}


@pytest.fixture
def audio(tmp_path):
    """Return a function that makes four seconds of sound, with a title and an artist."""

    def make(ending, *options):
        path = tmp_path / f"an episode.{ending}"
        source = ["-f", "lavfi", "-i", "sine=frequency=300:duration=4"]
        tags = ["-metadata", "title=第57回", "-metadata", "artist=Interaxion"]
        command = ["ffmpeg", "-v", "error", *source, *tags, "-c:a", CODECS[ending], *options]
        subprocess.run([*command, str(path)], check=True)
        return path

    return make


def sound(path: Path) -> bytes:
    command = ["ffmpeg", "-v", "error", "-i", f"file:{path}", "-map", "0:a", "-c", "copy"]
    return subprocess.run([*command, "-f", "md5", "-"], capture_output=True, check=True).stdout


def by_ffmpeg(path: Path) -> list[tuple[int, str]]:
    command = ["ffprobe", "-v", "error", "-show_chapters", "-of", "json", f"file:{path}"]
    found = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return [
        (round(float(one["start_time"]) * 1000), one["tags"]["title"]) for one in found["chapters"]
    ]


def pairs(made):
    return [(one.start, one.title) for one in made]


@pytest.mark.parametrize("version", ["3", "4"])
def test_an_mp3_gets_its_chapters_and_keeps_its_sound_and_its_tags(audio, version):
    path = audio("mp3", "-id3v2_version", version)
    before = sound(path)
    path.chmod(0o640)
    for _ in range(2):  # the second time instead of those that are there
        write_mp3(path, MADE, LENGTH)
        assert by_ffmpeg(path) == pairs(MADE)
        assert pairs(audio_chapters(path)) == pairs(MADE)
        assert (sound(path), path.stat().st_mode & 0o777) == (before, 0o640)
        tags = ID3(path)
        assert (str(tags["TIT2"]), str(tags["TPE1"])) == ("第57回", "Interaxion")
        assert len(tags.getall("CTOC")) == 1


def test_an_mp3_without_a_tag_gets_one(audio):
    path = audio("mp3", "-id3v2_version", "0", "-write_id3v1", "1")
    raw = path.read_bytes()
    write_mp3(path, MADE, LENGTH)
    assert path.read_bytes().endswith(raw)
    assert by_ffmpeg(path) == pairs(MADE)


def test_an_m4a_gets_both_of_its_lists_and_keeps_its_sound_and_its_tags(audio):
    path = audio("m4a")
    before = sound(path)
    short = [Chapter(one.start, one.title[:60]) for one in MADE[:3]]
    for _ in range(2):
        write_mp4(path, short, LENGTH)
        assert by_ffmpeg(path) == pairs(short)
        assert pairs(audio_chapters(path)) == pairs(short)
        assert sound(path) == before
        assert mutagen.File(path)["\xa9nam"] == ["第57回"]
        assert path.read_bytes()[8:11] == b"M4A"


def test_chapters_of_an_opus_file_are_read(audio):
    path = audio("opus")
    file = mutagen.File(path)
    file["CHAPTER001"], file["CHAPTER001NAME"] = "00:00:01.250", "いち"
    file["CHAPTER000"], file["CHAPTER000NAME"] = "00:00:00.000", "Zero"
    file.save()
    assert pairs(audio_chapters(path)) == [(0, "Zero"), (1250, "いち")]
    assert abs(audio_length(path) - LENGTH) < 100


@pytest.mark.parametrize(
    ("write", "name", "error"),
    [
        (write_mp3, b"RIFF....WAVE", "chapters.not-mp3"),
        (write_mp3, b"", "chapters.not-mp3"),
        (write_mp3, b"ID3\x04\0\0\x7f\x7f\x7f\x7fTIT2\0\0\x7f\x7f\0\0", None),
        (write_mp4, b"ID3\x03\0\0\0\0\0\0", "chapters.not-mp4"),
        (write_mp4, b"\0\0\0\x18ftypM4A \0\0\0\0", "chapters.ffmpeg"),
    ],
)
def test_what_is_not_such_a_file_is_told_and_left_alone(tmp_path, write, name, error):
    path = tmp_path / "x"
    path.write_bytes(name)
    if error is not None:
        with pytest.raises(InputError) as told:
            write(path, MADE, LENGTH)
        assert told.value.name == error
        assert path.read_bytes() == name
    assert [one.name for one in tmp_path.iterdir()] == ["x"]


def test_a_failure_in_the_middle_leaves_the_file_as_it_was(audio, monkeypatch):
    path = audio("mp3")
    raw = path.read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("bot.adapters.audio.mp3.copy_from", full)
        with pytest.raises(OSError, match="No space"):
            write_mp3(path, MADE, LENGTH)
    with monkeypatch.context() as patch:
        patch.setattr(replace_module.os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            write_mp3(path, MADE, LENGTH)
    assert path.read_bytes() == raw
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_where_the_kernel_cannot_copy_it_is_copied_piece_by_piece(audio, monkeypatch):
    path = audio("mp3")
    before = sound(path)

    def refuse(*_):
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(replace_module.os, "copy_file_range", refuse)
    write_mp3(path, MADE, LENGTH)
    assert (sound(path), by_ffmpeg(path)) == (before, pairs(MADE))


def test_without_mutagen_it_says_what_to_install(audio, monkeypatch):
    path = audio("mp3")
    monkeypatch.setitem(__import__("sys").modules, "mutagen.id3", None)
    with pytest.raises(InputError, match="pip install mutagen"):
        write_mp3(path, MADE, LENGTH)
