"""`rundown outline`, `history` and `draft`, as their own processes: for scripts."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.needs import need
from tests.patience import LONGEST
from tests.services.desk.house import git, make_site

RUNDOWN = str(Path(sys.executable).with_name("rundown"))


def run(*arguments: str, site: Path, given: str = "", code: int = 0) -> str:
    done = subprocess.run(
        [RUNDOWN, *arguments, "--site", str(site)],
        input=given, capture_output=True, text=True, timeout=LONGEST,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    return done.stdout + done.stderr


def test_a_script_sees_the_episode_and_drafts_it(tmp_path: Path) -> None:
    need("git")
    site = make_site(tmp_path / "site")
    talk = "# A\n[T](https://example.org/t)\nhttps://example.org/u\n/topic rename A Robots\n"
    run("chat", "--offline", site=site, given=talk)
    outline = run("outline", site=site)
    assert "1. Robots" in outline
    assert "1.1 T" in outline
    data = json.loads(run("outline", "--json", site=site))
    assert data["fields"]["number"] == "1"
    [topic] = data["topics"]
    assert (topic["number"], topic["name"]) == ("1", "Robots")
    assert [item["number"] for item in topic["items"]] == ["1.1", "1.2"]
    links = [link for item in topic["items"] for link in item["links"]]
    assert [(link["url"], link["title"]) for link in links] == [
        ("https://example.org/t", "T"),
        ("https://example.org/u", None),
    ]
    assert "1. " in run("history", site=site)
    assert "renamed a topic to “Robots”" in run("history", site=site)
    assert "Commit " in run("draft", "--offline", site=site)
    assert "Rundown-Draft" in git(site, "log", "-1", "--format=%B")


def test_what_cannot_be_done_is_one_line_and_an_exit_code(tmp_path: Path) -> None:
    need("git")
    said = run("outline", site=tmp_path / "nowhere", code=2)
    assert said.startswith("rundown: ")
    assert said.count("\n") == 1
    site = make_site(tmp_path / "site")
    assert run("outline", "--json", site=site).startswith("{")
    run("draft", "--offline", site=site, code=2)
