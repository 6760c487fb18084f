"""However large an export is, and whatever its shape, it is read in little memory."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import chain, repeat
from pathlib import Path

import pytest

from tests.adapters.export.exports import discord, discord_message, put, slack

READ = """
import sys
from pathlib import Path
from bot.adapters.export.read import read_export
from bot.errors import ExportError
for line in sys.stdin:
    count = 0
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
    try:
        for snapshot in read_export(Path(line.removesuffix("\\n"))):
            count += 1
    except ExportError as error:
        print(error)
    # Not ru_maxrss: that begins with what the process that started this one had.
    peak = Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]
    print(count, peak, "read", flush=True)
"""
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="peaks are read from /proc")
MOST = 64  # MB, of the 200 that the whole app may take
HEAD = b'{"guild": {"id": "1"}, "channel": {"id": "2", "name": "x"}, "messages": [\n'

Read = Callable[[Path], tuple[str, int, int]]


@pytest.fixture(scope="module")
def read() -> Iterator[Read]:
    """Yield what reads in a process of its own: what it said, the messages, and its peak in MB."""
    with subprocess.Popen(
        [sys.executable, "-c", READ],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        cwd=Path(__file__).parents[3],
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        ask, answers = process.stdin, process.stdout

        def read_one(path: Path) -> tuple[str, int, int]:
            print(path, file=ask, flush=True)
            said = []
            while not (line := answers.readline()).endswith(" read\n"):
                assert line, "it ended"
                said.append(line)
            count, peak, _ = line.split()
            return "".join(said).removesuffix("\n"), int(count), int(peak) // 1024

        yield read_one
        ask.close()


def write(path: Path, pieces: Iterator[bytes], size: int) -> Path:
    """Write as many pieces as make that many bytes."""
    with path.open("wb") as stream:
        while stream.tell() < size:
            stream.write(next(pieces))
    return path


def messages() -> Iterator[bytes]:
    for number in range(1 << 40):
        content = (
            f'"id": "{10**18 + number}", "content": "https://a.example/{number}\\n- {"あ" * 99}"'
        )
        raw = (
            f'{{{content}, "type": "Default", "timestamp": "2023-12-20T21:00:00+09:00", '
            f'"author": {{"id": "{number % 9}", "name": "x", "roles": [{{"id": "7"}}]}}, '
            '"reactions": [], "embeds": [], "mentions": []}'
        )
        yield (",\n" * (number > 0) + raw).encode()


def long(head: bytes, piece: bytes) -> Callable[[], Iterator[bytes]]:
    return lambda: chain([HEAD + head], repeat(piece * (65536 // len(piece))))


SHAPES = {
    "a string without an end": long(b'{"id": "1", "content": "', b"x"),
    "a string that is not read": long(b'{"junk": "', b"\\u3042"),
    "a key without an end": long(b'{"', b"k"),
    "a number without an end": long(b'{"id": ', b"9"),
    "a list that is read": long(b'{"mentions": [', b"{},"),
    "lists in a list that is read": long(b'{"mentions": [', b"[],"),
    "words in a list that is read": long(b'{"mentions": [', b'"abcdefghijklmnop",'),
    "lists without an end": long(b'{"mentions": ', b"["),
    "objects without an end": long(b"", b'{"embeds":'),
    "lists that are not read": long(b'{"junk": ', b"["),
    "nothing but blanks": long(b"", b" "),
    "no JSON": lambda: repeat(b"abc" * 20_000),
    "zeros": lambda: repeat(bytes(65536)),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_hostile_shape_is_refused_in_little_memory(
    read: Read, tmp_path: Path, shape: str
) -> None:
    said, count, peak = read(write(tmp_path / "e.json", SHAPES[shape](), 60_000_000))
    assert "e.json" in said
    assert "\n" not in said
    assert count == 0
    assert peak < MOST


def test_many_messages_without_an_end(read: Read, tmp_path: Path) -> None:
    path = write(tmp_path / "e.json", chain([HEAD], messages()), 60_000_000)
    said, count, peak = read(path)
    assert "ends in the middle, after entry" in said
    assert count > 50_000
    assert peak < MOST


def test_a_long_list_that_is_not_read_is_passed_over(read: Read, tmp_path: Path) -> None:
    head = HEAD + b'{"junk": [0'
    path = write(tmp_path / "e.json", chain([head], repeat(b',{"a":"b"}' * 6000)), 30_000_000)
    with path.open("ab") as stream:
        stream.write(b"], " + next(messages())[1:] + b"]}")
    said, count, peak = read(path)
    assert (said, count) == ("", 1)
    assert peak < MOST


@pytest.mark.long
def test_a_day_and_the_people_of_slack_are_streams_too(read: Read, tmp_path: Path) -> None:
    folder = slack(tmp_path, {"C/2023-12-20": []})
    day = b'{"user": "U1", "ts": "1703073600.000100", "text": "x", "blocks": []},\n'
    write(folder / "C" / "2023-12-20.json", chain([b"["], repeat(day * 500)), 7_500_000)
    put(folder / "users.json", [{"id": f"U{number}", "name": "x" * 20} for number in range(99_999)])
    said, count, peak = read(folder)
    assert "ends in the middle" in said
    assert count > 100_000
    assert peak < MOST


@pytest.mark.soak
def test_a_gigabyte(read: Read, tmp_path: Path) -> None:
    """Not only 60 MB: what grows slowly shows here."""
    path = write(tmp_path / "e.json", chain([HEAD], messages()), 1_000_000_000)
    with path.open("ab") as stream:
        stream.write(b"]}")
    said, count, peak = read(path)
    assert said == ""
    assert count > 1_000_000
    assert peak < MOST


def test_a_message_with_thousands_of_reactions_is_still_read(read: Read, tmp_path: Path) -> None:
    users = [{"id": str(number), "name": "x", "isBot": False} for number in range(20_000)]
    reaction = {"emoji": {"id": "", "name": "📝"}, "count": 20_000, "users": users}
    path = put(tmp_path / "e.json", discord(discord_message(0, "x", reactions=[reaction])))
    said, count, _ = read(path)
    assert (said, count) == ("", 1)
