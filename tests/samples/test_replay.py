"""The podcast from an export: `rundown replay` prints its file, and commits it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.needs import need
from tests.patience import LONGEST
from tests.samples import podcast
from tests.services.desk.house import git, make_site

RUNDOWN = str(Path(sys.executable).with_name("rundown"))


@pytest.fixture(params=["discord", "slack"])
def export(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param == "discord":
        return podcast.write_discord_export(tmp_path / "export.json")
    return podcast.write_slack_export(tmp_path / "export")


def replay(export: Path, *more: str) -> str:
    options = {
        "--profile": podcast.PODCAST / "profile",
        "--episode": podcast.EPISODE / "episode.yml",
        "--lookups": podcast.LOOKUPS,
    }
    words = [str(word) for pair in options.items() for word in pair]
    done = subprocess.run(
        [RUNDOWN, "replay", str(export), *words, "--offline", *more],
        capture_output=True,
        text=True,
        timeout=LONGEST,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_an_export_gives_the_file_to_the_byte(export: Path) -> None:
    assert replay(export) == podcast.expected()


def test_committing_it_touches_that_file_alone(tmp_path: Path, export: Path) -> None:
    need("git")
    site = make_site(tmp_path / "site")
    git(site, "branch", "--move", podcast.BRANCH)
    replay(export, "--commit", str(site))
    assert git(site, "show", "--name-only", "--format=", "HEAD").split() == [podcast.PATH]
    assert (site / podcast.PATH).read_text("utf-8") == podcast.expected()


def test_parts_of_an_export_in_any_order_give_the_same(tmp_path: Path) -> None:
    whole = podcast.discord_export()
    half = len(whole["messages"]) // 2
    parts = {"b.json": whole["messages"][:half], "a.json": whole["messages"][half:]}
    folder = tmp_path / "parts"
    folder.mkdir()
    for name, messages in parts.items():
        part = {**whole, "messages": messages}
        (folder / name).write_text(json.dumps(part), encoding="utf-8")
    assert replay(folder) == podcast.expected()
