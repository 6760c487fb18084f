"""`rundown titles`, as its own process against pages on this machine."""

import asyncio
import json
import os
import shlex
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.cli.titles import Progress
from tests.fakes.pages import Pages, pages

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]

RUNDOWN = str(Path(sys.executable).with_name("rundown"))


@pytest.fixture
async def served() -> AsyncIterator[Pages]:
    async with pages() as site:
        site.put("/a", "<title>A &amp; co</title><meta property='og:site_name' content='Site'>")
        site.put("/b", "<title>日本語の題</title>")
        yield site


async def titles(*arguments: str, given: str = "", code: int = 0) -> tuple[list[str], str]:
    """Run the command; return its lines and what it said beside them."""
    process = await asyncio.create_subprocess_exec(
        *(RUNDOWN, "titles", *arguments),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    out, err = await process.communicate(given.encode())
    assert process.returncode == code, err.decode()
    return out.decode().splitlines(), err.decode()


async def test_a_line_for_each_address_in_the_order_asked(served: Pages) -> None:
    served.hold("/a")
    served._held.clear()
    asked = [served.root + path for path in ("/b", "/a", "/gone", "/b")]
    lines, said = await titles("--allow-private", *asked, code=1)
    gone = f"(the site answers 404) {served.root}/gone"
    assert lines == ["日本語の題", "A & co", gone, "日本語の題"]
    assert said == ""
    assert served.asked["/b"] == 1


async def test_a_list_on_standard_input_as_json(served: Pages) -> None:
    lines, _ = await titles("--json", "--allow-private", given=f"\n{served.root}/a\n")
    [found] = map(json.loads, lines)
    assert found["title"] == "A & co"
    assert found["source"] == "page"
    assert found["site_name"] == "Site"


async def test_what_is_recorded_can_be_given_to_a_replay(served: Pages, tmp_path: Path) -> None:
    file = tmp_path / "seen.jsonl"
    await titles("--allow-private", "--record", str(file), f"{served.root}/a")
    [found] = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    assert (found["url"], found["title"]) == (f"{served.root}/a", "A & co")


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("{root}/a", "its port is not allowed"),
        ("http://10.0.0.1/", "not on the public internet"),
        ("http://[::1]/", "not on the public internet"),
        ("http://169.254.169.254/latest", "not on the public internet"),
        ("ftp://example.org/", "not a web address"),
        ("no address", "not a"),
        ("http://[::1/", "not a"),
        ("http://\u2100.example/", "not a"),
    ],
)
async def test_what_must_not_be_asked_is_not(served: Pages, address: str, reason: str) -> None:
    lines, _ = await titles(address.format(root=served.root), code=1)
    assert len(lines) == 1
    assert reason in lines[0]
    assert not served.asked


async def test_an_address_cannot_steer_the_terminal_nor_break_its_line() -> None:
    lines, _ = await titles("ftp://a/\x1b[31m\nb\u202e", "\udcff", code=1)
    assert lines == ["(not a web address) ftp://a/ [31m b", "(not a good address) "]


@pytest.mark.parametrize("way", ["--json", "--max=16"])
async def test_a_list_that_is_not_text_or_not_read_to_the_end_is_no_fault(way: str) -> None:
    given = b"\xff\n" + b"".join(b"https://127.0.0.1/%d\n" % one for one in range(2_000))
    process = await asyncio.create_subprocess_shell(
        f"{shlex.quote(RUNDOWN)} titles {way} | head -1",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "utf-8:strict"},
    )
    out, err = await process.communicate(given)
    assert out.decode().count("\n") == 1
    assert err == b""


@pytest.mark.parametrize("most", ["0", "many"])
async def test_a_number_that_is_none_is_refused(most: str) -> None:
    _, said = await titles("--max", most, "https://example.org/", code=2)
    assert "--max" in said


def test_the_progress_says_how_much_is_left_and_breaks_no_line(capsys) -> None:
    shown = Progress(3, "en")
    shown.show(1)
    shown.clear()
    assert capsys.readouterr().err == "\r1 of 3 looked up, 2 to go\r\x1b[K"
