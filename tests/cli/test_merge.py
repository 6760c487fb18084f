"""`rundown merge`, as its own process, and as the merge driver of a real git."""

import os
import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.needs import ROOT, need
from tests.patience import LONGEST
from tests.services.desk.house import git

RUNDOWN = str(Path(sys.executable).with_name("rundown"))
ITEM = "- [a](https://example.org/a)\n"
BASE = f"---\ntitle: x\n---\n\n### A\n\n{ITEM}\n### B\n\n- [b](https://example.org/b)\n"
OURS = BASE.replace("a)\n", "a)\n- [c](https://example.org/c)\n")
THEIRS = BASE.replace("a)\n", "a)\n  - a note\n").replace("### B", "### 1:30 B")
BOTH = THEIRS.replace("  - a note\n", "  - a note\n- [c](https://example.org/c)\n")


def run(*arguments, language="en_US.UTF-8", **options):
    return subprocess.run(
        [RUNDOWN, "merge", *map(str, arguments)],
        capture_output=True,
        env={**os.environ, "LC_ALL": language},
        timeout=LONGEST,
        **options,
    )


@pytest.fixture
def files(tmp_path):
    """Return a function that writes three files, and gives the options that name them."""

    def write(base=BASE, ours=OURS, theirs=THEIRS):
        options = []
        for name, text in (("base", base), ("ours", ours), ("theirs", theirs)):
            data = text if isinstance(text, bytes) else text.encode()
            (tmp_path / name).write_bytes(data)
            options += [f"--{name}", tmp_path / name]
        return options

    return write


def test_the_merge_is_printed(files):
    done = run(*files())
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, BOTH, b"")


def test_the_merge_is_written_to_the_file_that_is_named_even_if_it_is_one_of_the_three(files):
    options = files()
    done = run(*options, "--output", options[3])
    assert (done.returncode, done.stdout) == (0, b"")
    assert options[3].read_text("utf-8") == BOTH


def test_bytes_are_kept(files):
    base = "\ufeff" + BASE.replace("\n", "\r\n").removesuffix("\r\n")
    done = run(*files(base, base, base.replace("x", "日本")))
    assert done.stdout.decode() == base.replace("x", "日本")


@pytest.mark.parametrize(("language", "word"), [("en_US.UTF-8", "Both"), ("ja_JP.UTF-8", "両方")])
def test_a_disagreement_is_marked_and_told(files, language, word):
    done = run(*files(ours=BASE.replace("[b]", "[c]"), theirs=BASE.replace("[b]", "[d]")),
               language=language)  # fmt: skip
    assert done.returncode == 1
    text = done.stdout.decode()
    assert "<<<<<<< ours\n- [c](https://example.org/b)\n=======\n- [d]" in text
    assert word in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("language", ["en_US.UTF-8", "ja_JP.UTF-8"])
def test_what_cannot_be_merged_ends_with_a_code_that_git_takes_for_a_failure(
    files, tmp_path, language
):
    options = files()
    (tmp_path / "latin").write_bytes("é".encode("latin-1"))
    for arguments in (
        [*options[:4], "--theirs", tmp_path / "latin"],
        [*options[:4], "--theirs", tmp_path / "absent"],
        [*options[:4], "--theirs", tmp_path],
        [*options[:4], "--theirs", "nul\udc80"],
        options[:4],
        [*options, "--nonsense"],
        [*options, "--output", tmp_path / "no" / "folder"],
        ["more"],
    ):
        done = run(*arguments, language=language)
        assert done.returncode == 129, arguments
        assert b"Traceback" not in done.stderr
        assert done.stderr
        assert done.stdout == b""


def test_help_is_no_failure():
    assert run("--help").returncode == 0


def test_it_comes_at_once(files):
    options = files()
    seconds = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        run(*options)
        seconds.append(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before)
    assert min(seconds) < 0.5  # 0.1 s on an idle machine; others may be at work on this one


# --- in git --------------------------------------------------------------------------------------


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A repository set up by the lines of docs/editing.md, and two branches that changed a file."""
    need("git")
    folder = tmp_path / "site"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    (tmp_path / "its own/.venv/bin").mkdir(parents=True)
    (tmp_path / "its own/.venv/bin/rundown").symlink_to(RUNDOWN)
    text = (ROOT / "docs/editing.md").read_text("utf-8")
    once, each = (
        re.findall(pattern, text, re.M) for pattern in (r"^    (git .*)$", r"^    (echo .*)$")
    )
    for lines, where in ((once, tmp_path / "its own"), (each, folder)):
        assert lines
        for line in lines:
            subprocess.run(["sh", "-c", line], cwd=where, check=True)
    commit(folder, BASE)
    git(folder, "checkout", "-q", "-b", "chat")
    return folder


def commit(folder, text):
    file = folder / "_posts" / "2026" / "a b.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())
    git(folder, "add", "-A")
    who = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    git(folder, *who, "commit", "-q", "-m", "x")
    return file


def merge_in(folder):
    who = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    return subprocess.run(
        ["git", *who, "merge", "-q", "--no-edit", "chat"], cwd=folder, capture_output=True
    )


def test_git_merges_two_branches_with_it(site):
    commit(site, OURS)
    git(site, "checkout", "-q", "main")
    file = commit(site, THEIRS)
    assert merge_in(site).returncode == 0
    both = THEIRS.replace("  - a note\n", "  - a note\n- [c](https://example.org/c)\n")
    assert file.read_text("utf-8") == both
    assert git(site, "status", "--porcelain") == ""


def test_git_stops_where_both_branches_disagree(site):
    commit(site, BASE.replace("[b]", "[chat]"))
    git(site, "checkout", "-q", "main")
    file = commit(site, BASE.replace("[b]", "[site]"))
    assert merge_in(site).returncode == 1
    assert "<<<<<<< ours\n- [site](https://example.org/b)\n=======\n- [chat]" in file.read_text(
        "utf-8"
    )
    assert git(site, "status", "--porcelain").startswith("UU")


def test_git_keeps_a_file_that_is_no_text_as_it_was(site):
    commit(site, "chat\n")
    git(site, "checkout", "-q", "main")
    file = commit(site, "main\n")
    file.write_bytes(b"\xff\n")
    git(site, "add", "-A")
    git(site, "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-q", "-m", "x")
    assert merge_in(site).returncode != 0
    assert file.read_bytes() == b"\xff\n"
