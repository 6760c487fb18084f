"""`rundown times`, as its own process, in a terminal and without one."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import LONGEST

RUNDOWN = str(Path(sys.executable).with_name("rundown"))
FILE = "### 0:00 A\r\n\n- a\n\n### 1:00 B\n\n### C\n\n- about elephants\n"
ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8"}


def run(*arguments, **options):
    command = [RUNDOWN, "times", *map(str, arguments)]
    return subprocess.run(
        command,
        capture_output=True,
        env=ENVIRONMENT,
        timeout=LONGEST,
        stdin=subprocess.DEVNULL,
        **options,
    )


@pytest.fixture
def files(tmp_path):
    def write(markers, text=FILE):
        (tmp_path / "ep.md").write_bytes(text.encode())
        (tmp_path / "markers.txt").write_text(markers)
        return tmp_path / "ep.md", tmp_path / "markers.txt"

    return write


def test_a_file_with_its_new_times_is_printed(files):
    done = run(*files("0.5\t0.5\tA\n50\t50\tB\n"))
    assert done.stdout.decode() == FILE.replace("1:00 B", "0:50 B")
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_byte_order_mark_stays(files):
    done = run(*files("0:00 A\n0:50 B\n", "\ufeff" + FILE))
    assert done.stdout.decode() == "\ufeff" + FILE.replace("1:00 B", "0:50 B")


def test_a_file_is_written_if_that_is_asked_for(files):
    file, markers = files("0.5\t0.5\tA\n50\t50\tB\n")
    done = run(file, markers, "--write")
    assert file.read_bytes().decode() == FILE.replace("1:00 B", "0:50 B")
    assert (done.returncode, done.stdout) == (0, b"")


def test_what_nobody_can_be_asked_is_told_and_nothing_is_printed(files):
    done = run(*files("0:00 A\n0:50 bee\n"))
    assert (done.returncode, done.stdout) == (1, b"")
    assert "“bee” at 0:50: is it the topic “B”?" in done.stderr.decode()
    accepted = run(*files("0:00 A\n0:50 bee\n"), "--accept")
    assert accepted.stdout.decode() == FILE.replace("1:00 B", "0:50 B")


@pytest.mark.parametrize(("answer", "code"), [("y", 0), ("n", 1)])
def test_in_a_terminal_it_is_asked(files, answer, code):
    file, markers = files("0:00 A\n0:50 bee\n")
    outer, inner = pty.openpty()
    command = [RUNDOWN, "times", str(file), str(markers)]
    with subprocess.Popen(
        command, stdin=inner, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT
    ) as process:
        os.write(outer, f"{answer}\n".encode())
        shown, asked = process.communicate(timeout=LONGEST)
    os.close(inner)
    os.close(outer)
    assert "[y/N]" in asked.decode()
    assert process.returncode == code
    assert shown.decode() == (FILE.replace("1:00 B", "0:50 B") if code == 0 else "")


def test_a_transcript_proposes_times_for_topics_that_have_none(files):
    cue = "WEBVTT\n\n02:30.000 --> 02:40.000\nand now about elephants\n"
    done = run(*files(cue, FILE.replace("### C", "### Elephants")), "--accept")
    assert "### 2:30 Elephants" in done.stdout.decode()
    left = run(*files(cue, FILE.replace("### C", "### Elephants")))
    assert left.stdout.decode() == FILE.replace("### C", "### Elephants")
    assert "“Elephants” seems to begin at 2:30" in left.stderr.decode()


def test_times_that_would_not_ascend_are_told_by_line(files):
    done = run(*files("0:50 B\n1:20 A\n"))
    assert (done.returncode, done.stdout) == (1, b"")
    assert "ep.md, line 5: 0:50 is not after 1:20" in done.stderr.decode()


@pytest.mark.parametrize(
    ("markers", "words"),
    [
        ("#,Name,Start,End,Length\nM1,A,5.1.00,,\n", "choose “Minutes:Seconds”"),
        ("hello\n", "line 1 is not a marker: hello"),
        ("", "has no markers"),
    ],
)
def test_what_cannot_be_read_is_one_line(files, markers, words):
    done = run(*files(markers))
    assert (done.returncode, done.stdout) == (2, b"")
    (line,) = done.stderr.decode().splitlines()
    assert words in line
