"""The podcast in the terminal: a script gives its file, and people's edits of it stay."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.adapters.lookup_file import read_lookups
from tests.local.conftest import House
from tests.needs import need
from tests.patience import LONGEST
from tests.samples import podcast
from tests.services.desk.house import git, make_site


@pytest.fixture
async def home(tmp_path: Path) -> House:
    need("git")
    site = make_site(tmp_path / "site")
    for path, data in podcast.profile_files().items():
        (site / path).parent.mkdir(exist_ok=True)
        (site / path).write_bytes(data)
    git(site, "add", "--all")
    git(site, "commit", "--quiet", "--message=profile")
    git(site, "branch", "--move", podcast.BRANCH)
    house = House(site, tmp_path / "rundown.db")
    async with house.open() as (desk, _):
        await desk.know(read_lookups(podcast.LOOKUPS))
    return house


def committed(home: House) -> str:
    return git(home.site, "show", f"HEAD:{podcast.PATH}")


async def test_the_script_gives_the_file_to_the_byte(home: House) -> None:
    code, _, errors = await home.play(podcast.script())
    assert code == 0, errors
    assert committed(home) == podcast.expected()
    changed = git(home.site, "show", "--name-only", "--format=", "HEAD").split()
    assert changed == [podcast.PATH]


def test_the_program_itself_does_the_same(home: House) -> None:
    rundown = str(Path(sys.executable).with_name("rundown"))
    done = subprocess.run(
        [rundown, "chat", "--site", str(home.site), "--db", str(home.db), "--offline"],
        input=podcast.script(),
        capture_output=True,
        text=True,
        timeout=LONGEST,
    )
    assert done.returncode == 0, done.stderr
    assert committed(home) == podcast.expected()


@pytest.mark.long
async def test_what_people_did_over_fourteen_revisions_stays_to_the_byte(home: House) -> None:
    await home.play(podcast.script())
    text = podcast.expected()
    file = home.site / podcast.PATH
    for step in podcast.later():
        text = podcast.put(text, step.edits)
        file.write_text(text, encoding="utf-8")
        git(home.site, "commit", "--quiet", "--all", f"--message={step.who}")
        code, output, errors = await home.play(step.types + "/draft\n")
        assert code == 0, (step.who, output, errors)
        text = podcast.put(text, step.gives)
        assert committed(home) == text, step.who
        assert file.read_text("utf-8") == text
