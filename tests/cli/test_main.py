"""How the `rundown` command ends where the system does not give it what it needs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.adapters.new_profile import init
from bot.local.demo import make_site
from tests.cli.program import program_text
from tests.needs import need
from tests.patience import LONGEST

RUNDOWN = str(Path(sys.executable).with_name("rundown"))
FULL = Path("/dev/full")


@pytest.fixture
async def site(tmp_path: Path) -> Path:
    need("git")
    await make_site(tmp_path / "site", put_profile=init)
    return tmp_path / "site"


def shell(line: str, *arguments: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a line of the shell in which `"$@"` is the command with these arguments."""
    return subprocess.run(
        ["sh", "-c", line, "sh", RUNDOWN, *map(str, arguments)],
        input="# T\n/outline\n",
        capture_output=True,
        text=True,
        env={**os.environ, "LC_ALL": "C.UTF-8"} | more,
        timeout=LONGEST,
    )


@pytest.mark.skipif(not FULL.exists(), reason="this system has no full device to write to")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_an_output_that_is_full_is_told_in_one_line(site: Path, unbuffered: str) -> None:
    options = ("chat", "--offline", "--site", str(site))
    done = shell('"$@" >/dev/full', *options, PYTHONUNBUFFERED=unbuffered)
    assert done.returncode == 2
    assert done.stderr.startswith("rundown: Reading or writing failed: No space left on device.")
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(not FULL.exists(), reason="this system has no full device to write to")
def test_where_not_even_errors_can_be_written_the_exit_code_says_it(tmp_path: Path) -> None:
    assert shell('"$@" 2>/dev/full', "chat", "--site", tmp_path).returncode == 2


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_stream_that_is_closed_is_an_empty_one(site: Path, closed: str) -> None:
    done = shell(f'"$@" {closed}', "chat", "--offline", "--site", site)
    assert (done.returncode, done.stderr) == (0, "")
    assert ("1. T" in done.stdout) == (closed == "2>&-")


@pytest.mark.parametrize("options", [["--db"], ["--as", "x", "--site"]])
def test_a_name_that_is_too_long_is_told_in_one_line(site: Path, options: list[str]) -> None:
    name = "n" * 300
    done = shell('"$@"', "chat", "--offline", "--site", site, *options, name)
    assert done.returncode == 2
    assert name in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("language", ["C.UTF-8", "ja_JP.UTF-8"])
def test_a_folder_without_a_name_is_not_taken_for_this_one(tmp_path, language):
    (tmp_path / "_config.yml").write_text("title: Test\n")
    done = program_text("init", "", folder=tmp_path, LC_ALL=language)
    assert done.returncode == 2
    assert "`.`" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["_config.yml"]
