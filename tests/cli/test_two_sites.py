"""One database, two sites: what one's hosts said never gets into the other's repository."""

from pathlib import Path

import pytest

from bot.adapters.new_profile import init
from bot.local.demo import make_site
from tests.cli.test_backup import rundown
from tests.needs import need
from tests.services.desk.house import git

TALK = "# Not for everybody\n- our own business\n/draft\n"


@pytest.fixture
async def sites(tmp_path: Path) -> tuple[Path, Path]:
    need("git")
    for name in ("ours", "theirs"):
        await make_site(tmp_path / name, put_profile=init)
    return tmp_path / "ours", tmp_path / "theirs"


def chat(site: Path, *more: str | Path, given: str = "/draft\n", code: int = 0) -> str:
    options = ("chat", "--offline", "--site", site, "--db", site.parent / "shared.db")
    return rundown(*options, *more, given=given, code=code)


def test_a_database_keeps_to_the_site_that_it_began_with(sites):
    ours, theirs = sites
    chat(ours, given=TALK)
    said = chat(theirs, code=2)
    assert str(ours) in said
    assert "which must not get into" in said
    assert "our own business" not in git(theirs, "log", "--patch")
    assert "our own business" in git(ours, "log", "--patch")


def test_another_way_of_writing_the_site_is_the_same_site(sites, tmp_path):
    ours, _ = sites
    chat(ours, given=TALK)
    (tmp_path / "link").symlink_to(ours)
    chat(tmp_path / "link", given="/outline\n")


def test_a_site_that_moved_is_gone_on_with_once_that_is_said(sites, tmp_path):
    ours, _ = sites
    chat(ours, given=TALK)
    moved = ours.rename(tmp_path / "moved")
    chat(moved, code=2)
    chat(moved, "--site-moved", given="- one more\n/draft\n")
    assert "one more" in git(moved, "log", "--patch")
    chat(moved, given="/outline\n")
