"""`rundown chapters`, as its own process, on published episodes and on made-up ones."""

import json
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from mutagen.id3 import ID3

from bot.adapters.audio.mp3 import write_mp3
from bot.cli.options import CHAPTER_FORMATS
from bot.core.chapters.clock import read_clock, short_clock
from bot.core.chapters.formats import NAMES
from bot.core.chapters.read import read_chapters
from tests.cli.program import program
from tests.needs import need, sample

RUNDOWN = str(Path(sys.executable).with_name("rundown"))
EPISODES = ("ep30", "ep40", "ep50", "ep57", "ep63", "ep66")
GOOD = """---
title: '57: A *b*'
---

### 0:10 One

### 2:00 Two

#### 2:05 Two and

### 1:00:00 Three
"""
BAD = {
    "descending": ("### 1:00 A\n### 0:30 B\n", 2),
    "doubled": ("### 1:00 A\n### 1:00 B\n", 2),
    "none": ("### A\n", None),
    "hours": ("### 100:00:00 A\n", 1),
    "minutes": ("### 60:00 A\n", 1),
    "seconds": ("### 0:60 A\n", 1),
    "beyond": ("### 0:00 A\n### 3:00:00 B\n", 2),
}


def run(*arguments, language="en_US.UTF-8"):
    return program("chapters", *arguments, LC_ALL=language)


@pytest.fixture
def file(tmp_path):
    def write(text):
        path = tmp_path / "ep.md"
        path.write_text(text, "utf-8")
        return path

    return write


def test_the_formats_that_can_be_asked_for_are_those_that_there_are():
    assert sorted(CHAPTER_FORMATS) == sorted(NAMES)


def test_chapters_are_printed_and_what_is_left_out_is_told(file):
    done = run(file(GOOD), "--format", "youtube", "--length", "2:00:00")
    assert done.stdout.decode() == "0:00 57: A b\n0:10 One\n2:00 Two\n1:00:00 Three\n"
    assert done.stderr.decode() == "Left out, too close to another chapter: 2:05 Two and\n"
    assert done.returncode == 0


def test_the_profile_says_where_the_times_stand(file, tmp_path):
    (tmp_path / "site.yml").write_text("times: '{title} ({time})'\n")
    (tmp_path / "draft.md.j2").write_text("{{ body }}\n")
    done = run(
        file("### A (0:00)\n\n### B (1:00)\n"), "--format", "audacity", "--profile", tmp_path
    )
    assert done.stdout.decode() == "0.000000\t0.000000\tA\n60.000000\t60.000000\tB\n"


@pytest.mark.parametrize(("what", "name"), list(zip(BAD, CHAPTER_FORMATS, strict=False)))
def test_bad_times_are_told_by_line_and_nothing_is_printed(file, what, name):
    text, line = BAD[what]
    path = file(text)
    done = run(path, "--format", name, "--length", "2:00:00")
    assert (done.returncode, done.stdout) == (1, b"")
    where = f"{path}, line {line}: " if line else f"{path}: "
    assert done.stderr.decode().splitlines()[0].startswith(f"rundown: {where}")
    japanese = run(path, "--format", name, "--length", "2:00:00", language="ja_JP.UTF-8")
    assert re.search("[ぁ-ん]", japanese.stderr.decode())


def test_with_bad_times_an_audio_file_is_left_alone(file, tmp_path):
    audio = tmp_path / "a.mp3"
    audio.write_bytes(b"\xff\xfb\x90\x00" * 100)
    done = run(file("### 0:60 A\n"), "--format", "id3", "--audio", audio, "--length", "2:00:00")
    assert (done.returncode, audio.read_bytes()) == (1, b"\xff\xfb\x90\x00" * 100)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--format", "podlove", "--audio", "x.mp3"], "are not written into audio files: podlove"),
        (["--format", "ffmetadata"], "Add --length"),
        (["--format", "id3", "--length", "soon"], "“soon” is not a length"),
        (["--format", "id3", "--length", "2:00:00", "--audio", "none.mp3"], "none.mp3"),
        (["--format", "podlove", "--profile", "nowhere"], "site.yml"),
    ],
)
def test_what_cannot_be_done_is_one_line(file, arguments, words):
    done = run(file(GOOD), *arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    (line,) = done.stderr.decode().splitlines()
    assert words in line


@pytest.mark.parametrize("episode", EPISODES)
def test_a_published_episode_goes_into_an_mp3_and_an_m4a_and_comes_back(tmp_path, episode):
    need("ffmpeg")
    folder = sample("interaxion", "published")
    kept = yaml.safe_load((folder / episode / "chapters.yml").read_text("utf-8"))["topics"]
    split = [topic.rpartition("(") for topic in kept]
    hosts = [(read_clock(time.rstrip(")")), name.strip()) for name, _, time in split]
    for name, ending in (("id3", "mp3"), ("mp4", "m4a")):
        audio = tmp_path / f"a.{ending}"
        source = ["-f", "lavfi", "-i", "anullsrc=r=8000:cl=mono", "-t", "1"]
        codec = ["-c:a", "aac" if name == "mp4" else "libmp3lame", "-b:a", "8k"]
        subprocess.run(["ffmpeg", "-v", "error", *source, *codec, str(audio)], check=True)
        options = ["--profile", folder / "profile", "--length", "3:30:00", "--audio", audio]
        assert run(folder / episode / "site.md", "--format", name, *options).returncode == 0
        assert [pair for pair in by_ffprobe(audio) if pair in hosts] == hosts
        assert len(by_ffprobe(audio)) - len(hosts) in (0, 1)


def by_ffprobe(path):
    command = ["ffprobe", "-v", "error", "-show_chapters", "-of", "json", f"file:{path}"]
    found = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)["chapters"]
    return [(round(float(one["start_time"]) * 1000), one["tags"]["title"]) for one in found]


def by_mutagen(path):
    found = ID3(path).getall("CHAP")
    return [(one.start_time, str(one.sub_frames["TIT2"])) for one in found]


def escaped(title):
    return re.sub(r"([\\<>&*_`#])", r"\\\1", title)


@pytest.mark.long
def test_two_hundred_made_up_episodes_come_back_from_one_mp3(file, tmp_path):
    """In one process: what is tried is the file and the tag, not the start of Python."""
    need("ffmpeg")
    audio = tmp_path / "a.mp3"
    source = ["-f", "lavfi", "-i", "anullsrc=r=8000:cl=mono", "-t", "1"]
    subprocess.run(["ffmpeg", "-v", "error", *source, str(audio)], check=True)
    chance = random.Random(16)  # noqa: S311 - made up, and alike each time
    for turn in range(200):
        starts = sorted(chance.sample(range(359_999), chance.randint(1, 60)))
        titles = [
            "".join(chance.choices("=;#\\<>&\"' 超伝導パaé", k=60)).strip() or "x" for _ in starts
        ]
        text = "".join(
            f"### {short_clock(start * 1000)} {escaped(title)}\n\n"
            for start, title in zip(starts, titles, strict=True)
        )
        reading = read_chapters(text)
        assert not reading.faults, text
        write_mp3(audio, reading.chapters, 360_000_000)
        plain = [re.sub(r"\s+", " ", title) for title in titles]
        read = by_ffprobe(audio) if turn % 20 == 0 else by_mutagen(audio)
        back = [(start, re.sub(r"\s+", " ", title)) for start, title in read]
        assert back == list(zip((start * 1000 for start in starts), plain, strict=True))
