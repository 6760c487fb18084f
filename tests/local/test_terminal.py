"""The local chat as people meet it: the real command, on a pipe and on a real terminal."""

import asyncio
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.fakes.pages import pages
from tests.local.conftest import House
from tests.needs import ROOT
from tests.patience import LONGEST

CHAT = [sys.executable, "-m", "bot", "chat"]
RUNDOWN = [*CHAT, "--offline"]
MOST_MEMORY = 45 * 1024  # KiB


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT), **more}


def script(house: House, text: bytes, **more: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*RUNDOWN, "--site", str(house.site)],
        input=text,
        capture_output=True,
        timeout=LONGEST,
        cwd=house.site.parent,
        env=environment(**more),
    )


def test_a_piped_conversation_ends_in_one_commit_of_the_right_file(house: House) -> None:
    said = "/as ミカ\n# 話題\nhttps://example.org/a\\\n- メモ\n"
    done = script(house, f"{said}/episode set title 最初\n/draft\n".encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert house.git("rev-list", "--count", "HEAD").strip() == "2"
    assert house.git("status", "--porcelain") == ""
    (path,) = house.git("show", "--format=", "--name-only").split()
    text = (house.site / path).read_text()
    assert text.endswith("### 話題\n\n- <https://example.org/a>\n  - メモ\n")
    assert "最初" in text.split("---")[1]
    assert "Co-authored-by: ミカ" in house.git("log", "-1", "--format=%B")


def test_a_second_run_goes_on_where_the_first_one_ended(house: House) -> None:
    script(house, b"# T\n- one\n")
    done = script(house, b"- two\n/preview\n/nothing\n")
    assert done.returncode == 2
    assert done.stdout.decode().endswith("### T\n\n- one\n- two\n")
    assert done.stderr.decode().count("\n") == 1


@pytest.mark.parametrize("locale", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}])
def test_no_locale_makes_a_traceback(house: House, locale: dict[str, str]) -> None:
    done = script(house, "# 話題\n- 点 \ud800\n".encode("utf-8", "surrogatepass"), **locale)
    assert b"Traceback" not in done.stderr
    assert done.stderr.startswith(b"line 2: ")


class Terminal:
    """A process on a terminal of its own, and what it has shown so far."""

    def __init__(self, process: subprocess.Popen[bytes], master: int) -> None:
        self.process = process
        self._master = master
        self._seen = 0  # characters of what is shown that were waited for
        self.raw = b""

    def type(self, keys: str) -> None:
        self.type_bytes(keys.encode())

    def type_bytes(self, keys: bytes) -> None:
        os.write(self._master, keys)

    def wait_for(self, text: str) -> str:
        """Wait until something is shown after what was waited for before; return all up to it."""
        end = time.monotonic() + LONGEST
        while text not in (shown := self.shown()):
            ready, _, _ = select.select([self._master], [], [], max(0, end - time.monotonic()))
            assert ready, f"{text!r} does not come:\n{shown}"
            self.raw += os.read(self._master, 65_536)
        end_of_it = shown.index(text) + len(text)
        self._seen += end_of_it
        return shown[:end_of_it]

    def shown(self) -> str:
        """Return what was not waited for yet, without what steers the terminal."""
        text = self.raw.decode(errors="replace")
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|\r", "", text)[self._seen :]

    def end(self) -> int:
        """Wait for the end; what is shown until then is read, so that nothing holds it up."""
        end = time.monotonic() + LONGEST
        while self.process.poll() is None and time.monotonic() < end:
            ready, _, _ = select.select([self._master], [], [], 0.05)
            try:
                self.raw += os.read(self._master, 65_536) if ready else b""
            except OSError:  # the other side is closed
                break
        return self.process.wait(LONGEST)

    def memory(self) -> int:
        """Return the resident memory of the process in KiB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0])


@contextmanager
def terminal(*arguments: str, cwd: Path, offline: bool = True, **more: str) -> Iterator[Terminal]:
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [*(RUNDOWN if offline else CHAT), *arguments],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        cwd=cwd,
        env=environment(TERM="xterm", PROMPT_TOOLKIT_NO_CPR="1", **more),
        start_new_session=True,
    )
    os.close(slave)
    try:
        yield Terminal(process, master)
    finally:
        process.kill()
        process.wait()
        os.close(master)


@pytest.fixture
def room(house: House) -> Iterator[Terminal]:
    with terminal("--site", str(house.site), "--as", "buka", cwd=house.site.parent) as one:
        one.wait_for("buka>")
        yield one


def test_a_host_types_a_topic_a_link_and_a_draft(room: Terminal, house: House) -> None:
    room.type("# DeepMind GNoME\r")
    room.wait_for("[1] buka: # DeepMind GNoME  ✓")
    room.type("https://example.org/a\r")
    room.wait_for("[2] buka: https://example.org/a  ✓ no title yet")
    room.type("/topic rename Dee")
    room.wait_for("1 DeepMind GNoME")
    room.type("\t")
    room.wait_for('Mind GNoME"')  # a prompt draws only what changes
    room.type("Crystals\r")
    room.wait_for("Crystals")
    room.type("/draft\r")
    room.wait_for("ep3")
    room.type("/quit\r")
    assert room.end() == 0
    assert (
        "### Crystals\n\n- <https://example.org/a>\n"
        in (house.site / house.git("show", "--format=", "--name-only").strip()).read_text()
    )


def test_several_lines_are_one_message_however_they_are_typed(room: Terminal) -> None:
    room.type("one\\\rtwo\r")
    room.wait_for("[1] buka: one\n     two")
    room.type("three\x1b\rfour\r")
    room.wait_for("[2] buka: three\n     four")
    room.type("\x1b[200~five\nsix\n/draft\x1b[201~\r")
    room.wait_for("[3] buka: five\n     six\n     /draft")


def test_the_room_is_shown_again_with_who_spoke(room: Terminal, house: House) -> None:
    room.type("/as ミカ\r")
    room.wait_for("ミカ>")
    room.type("# 話題\r")
    room.wait_for("[1] ミカ: # 話題  ✓")
    room.wait_for("ミカ>")
    room.type("\x04")
    assert room.end() == 0
    with terminal("--site", str(house.site), cwd=house.site.parent, LC_ALL="ja_JP.UTF-8") as again:
        shown = again.wait_for("[1] ミカ: # 話題  ✓")
        assert "書いてください" in shown


@pytest.mark.parametrize("key", ["\x04", "\x03"])
def test_control_d_and_control_c_leave_with_everything_stored(
    room: Terminal, house: House, key: str
) -> None:
    room.type("# T\r")
    room.wait_for("[1] buka: # T")
    room.wait_for("buka>")
    room.type(key)
    assert room.end() == 0
    assert "Traceback" not in room.shown()
    assert script(house, b"/preview\n").stdout.endswith(b"### T\n")


def test_bytes_that_are_no_text_are_refused_and_the_room_stays_open(room: Terminal) -> None:
    room.type_bytes(b"- \xff\xfe\r")
    room.wait_for("This line is not UTF-8; it was left out.")
    room.type("- 点\r")
    room.wait_for("[1] buka: - 点  ✓")


def test_control_c_drops_what_is_half_typed(room: Terminal) -> None:
    room.type("not to be sent")
    room.wait_for("sent")
    room.type("\x03# T\r")
    room.wait_for("[1] buka: # T  ✓")


def test_a_script_that_waits_is_stopped_at_once_and_quietly(house: House) -> None:
    process = subprocess.Popen(
        [*RUNDOWN, "--site", str(house.site)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=house.site.parent,
        env=environment(),
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"# T\n/outline\n")
    process.stdin.flush()
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=LONGEST)
    assert process.returncode == 130
    assert errors == b""
    assert script(house, b"/preview\n").stdout.endswith(b"### T\n")


def test_the_idle_chat_is_small(house: House) -> None:
    alone = {"PYTHONNOUSERSITE": "1"}  # (a setting of Python's: executed, not forked)
    options = ("--site", str(house.site), "--as", "buka")
    for number in (1, 2):  # the first compiles what never ran on this machine, and keeps the room
        with terminal(*options, cwd=house.site.parent, **alone) as room:
            room.wait_for("buka>")
            room.type("# T\r")
            room.wait_for(f"[{number}] buka: # T")
            room.type("/outline\r")
            room.wait_for("1. T")
            memory = room.memory()
    assert memory < MOST_MEMORY


def test_colours_are_left_out_where_they_are_not_wanted(house: House) -> None:
    with terminal("--site", str(house.site), cwd=house.site.parent, NO_COLOR="1") as one:
        one.type("# T\r")
        one.wait_for("# T  ✓")
        assert b"\x1b[2m" not in one.raw


@pytest.mark.enable_socket
@pytest.mark.allow_hosts(["127.0.0.1"])
async def test_a_title_is_shown_when_it_comes_above_the_line_that_is_being_typed(
    house: House,
) -> None:
    async with pages() as served:
        address = served.put("/a", "<title>Here it is</title>")
        held = served.hold("/a")
        options = ("--allow-private", "--site", str(house.site), "--as", "buka")
        with terminal(*options, cwd=house.site.parent, offline=False) as one:
            await asyncio.to_thread(one.wait_for, "buka>")
            one.type(f"{address}\r")
            await asyncio.to_thread(one.wait_for, f"[1] buka: {address}  ✓ no title yet")
            one.type("half a li")
            held.go.set()
            await asyncio.to_thread(one.wait_for, "↳ Here it is")
            one.type("ne\r")
            await asyncio.to_thread(one.wait_for, "[2] buka: half a line")
