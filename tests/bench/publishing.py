"""Chapters into a recording of three hours, and short notes of the longest episode."""

import difflib
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from bot.core.profile.profile import Profile, load
from bot.core.short_notes.lines import note_lines
from bot.core.short_notes.shorten import ShortNotes, shorten
from tests.bench.merging import best
from tests.bench.row import Row
from tests.machine import has
from tests.needs import SAMPLES

PUBLISHED = SAMPLES / "interaxion" / "published"
EPISODES = ("ep30", "ep40", "ep50", "ep57", "ep63", "ep66")
TIMES = 8
"""Runs of which the quickest counts."""

ALONE = """
import os, resource, sys
if (pid := os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)) and os.waitpid(pid, 0)[1]:
    sys.exit(1)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
"""Run a command from a small process: what it needs at most begins with what its parent has."""

RUNDOWN = str(Path(sys.executable).with_name("rundown"))


def chapters() -> Iterator[Row]:
    """Write chapters into an MP3 of 173 MB, as the command does, start and disk included."""
    if not has("ffmpeg"):
        return
    with TemporaryDirectory() as folder:
        audio, episode = Path(folder) / "a.mp3", Path(folder) / "ep.md"
        source = ["-f", "lavfi", "-i", "sine=frequency=300:duration=10800", "-ac", "2"]
        tags = ["-metadata", "title=A", "-b:a", "128k"]
        subprocess.run(["ffmpeg", "-v", "error", *source, *tags, str(audio)], check=True)
        episode.write_text("".join(f"### {n // 60}:{n % 60:02}:00 T{n}\n\n" for n in range(1, 170)))
        command = [RUNDOWN, "chapters", str(episode), "--format", "id3", "--audio", str(audio)]
        seconds, cpu, most = [], [], 0
        for _ in range(TIMES):
            start = time.perf_counter()
            alone = [sys.executable, "-ISc", ALONE, *command, "--length", "3:00:00"]
            told = subprocess.run(alone, capture_output=True, text=True, check=True).stdout
            seconds.append(time.perf_counter() - start)
            used, memory = map(float, told.split()[-2:])
            cpu.append(used)
            most = max(most, int(memory))
        size = audio.stat().st_size / 1e6
    what = f"169 chapters into an MP3 of 3 hours ({size:.0f} MB)"
    yield Row(what, f"{min(seconds):.2f} s (CPU: {min(cpu):.2f} s)", "≤ 1 s")
    yield Row("the most memory of a process that did it", f"{most / 1024:.0f} MB", "≤ 60 MB")


def notes() -> Iterator[Row]:
    """Make the published episodes' notes; tell how many lines are those of the hosts."""
    if not PUBLISHED.is_dir():
        return
    profile = load(
        (PUBLISHED / "profile/site.yml").read_text("utf-8"),
        (PUBLISHED / "profile/draft.md.j2").read_text("utf-8"),
    )
    texts = {one: (PUBLISHED / one / "site.md").read_text("utf-8") for one in EPISODES}
    longest = max(texts.values(), key=len)
    seconds = best(lambda: _made(longest, profile))
    yield Row("short notes of the longest episode", f"{seconds * 1e3:.0f} ms", "≤ 50 ms")
    shares = []
    for episode, text in texts.items():
        hosts = (PUBLISHED / episode / "notes.md").read_text("utf-8")
        lines = [
            [line.rstrip() for line in notes.strip("\n").split("\n")]
            for notes in (_made(text, profile).markdown, hosts)
        ]
        shares.append(difflib.SequenceMatcher(None, *lines, autojunk=False).ratio())
    mean = sum(shares) / len(shares)
    shown = ", ".join(f"{share:.0%}" for share in shares)
    yield Row(f"lines of notes equal to the hosts' ({shown})", f"{mean:.1%}", "> 74 %")


def _made(text: str, profile: Profile) -> ShortNotes:
    page = yaml.safe_load(text.split("\n---\n")[0][4:])
    title, about = page["title"].replace(": ", " ", 1), page["excerpt"]
    whole = f"https://interaxion-podcast.github.io{page['permalink']}"
    below = f"以下の Show Notes は簡易版です。完全版は[こちら]({whole})。"
    head = f"# Ep. {title}\n\n{about}  \n{below}\n\n"
    return shorten(note_lines(text, profile), profile.notes, whole=lambda body: head + body)


ALL = (chapters, notes)
