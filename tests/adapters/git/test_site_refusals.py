"""What cannot be committed is refused in one clear line, and nothing is changed."""

import contextlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.adapters.git.site import LocalSite
from bot.errors import SiteError, SiteMoved
from tests.adapters.git.repositories import PATH, Repo, commit_to, empty_repo, message, site_repo
from tests.needs import need


@pytest.fixture
def repo(tmp_path) -> Repo:
    return site_repo(tmp_path / "site")


async def commit(folder: Path, path: str = PATH, *, text: str = "x\n", **options) -> None:
    site = await LocalSite.open(folder, patience=0.2, **options)
    await commit_to(site, path=path, text=text, message=message(), head=await site.head())


async def refused(repo: Repo, says: str, path: str = PATH, **options) -> SiteError:
    before = repo.state()
    with pytest.raises(SiteError, match=says) as caught:
        await commit(repo.folder, path, **options)
    assert repo.state() == before
    for language in ("en", "ja"):
        assert len(caught.value.say(language).splitlines()) == 1
    return caught.value


# --- the repository ----------------------------------------------------------------------------


async def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(SiteError, match=r"no folder .*/nowhere"):
        await LocalSite.open(tmp_path / "nowhere")


async def test_a_folder_without_git_is_named(tmp_path):
    with pytest.raises(SiteError, match=r"site is not a git repository: run `git init`"):
        (tmp_path / "site").mkdir()
        await LocalSite.open(tmp_path / "site")


async def test_a_folder_inside_a_repository_is_not_taken_for_it(repo):
    with pytest.raises(SiteError, match=rf"_posts lies inside the repository {repo.folder}:"):
        await LocalSite.open(repo.folder / "_posts")


async def test_git_variables_of_the_caller_lead_nowhere_else(repo, tmp_path, monkeypatch):
    other = site_repo(tmp_path / "other")
    before = other.state()
    for name, value in {
        "GIT_DIR": ".git",
        "GIT_WORK_TREE": ".",
        "GIT_INDEX_FILE": ".git/index",
    }.items():
        monkeypatch.setenv(name, str(other.folder / value))
    await commit(repo.folder)
    monkeypatch.undo()
    assert other.state() == before
    assert repo.blob(PATH) == b"x\n"


async def test_a_machine_without_git_is_told(repo, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SiteError, match="git is not installed"):
        await LocalSite.open(repo.folder)


async def test_a_git_that_is_too_old_is_told(repo, tmp_path, monkeypatch):
    program = tmp_path / "git"
    program.write_text("#!/bin/sh\necho git version 2.17.1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    with pytest.raises(SiteError, match=r"git 2\.17 is too old: install version 2\.25"):
        await LocalSite.open(repo.folder)


async def test_a_repository_of_another_user_is_told_with_the_remedy(repo):
    if os.geteuid():
        pytest.skip("only root can give a folder away")
    for place in (repo.folder, repo.folder / ".git"):
        os.chown(place, 65534, 65534)
    with pytest.raises(SiteError, match=r"safe\.directory "):
        await LocalSite.open(repo.folder)


async def test_without_an_identity_the_two_commands_are_told(repo):
    for key in ("user.name", "user.email"):
        before = repo("config", key).strip()
        repo("config", "--unset", key)
        await refused(repo, r"git config user\.name NAME` and `git config user\.email ADDRESS`")
        repo("config", key, before)


async def test_a_detached_head_is_told(repo):
    repo("switch", "-q", "--detach")
    await refused(repo, "No branch is checked out")


@pytest.mark.parametrize("branch", ["nope", "main~1", "--all", "a b", "main\n", "\0", ""])
async def test_a_branch_that_is_not_there_is_told(repo, branch):
    repo.add("index.md", "second\n")
    await refused(repo, "There is no branch", branch=branch)


async def test_a_branch_that_another_working_tree_is_at_is_told(repo, tmp_path):
    repo("worktree", "add", "-q", "-b", "drafts", str(tmp_path / "other"))
    await refused(repo, f"drafts is checked out in {tmp_path / 'other'}", branch="drafts")
    shutil.rmtree(tmp_path / "other")
    await commit(repo.folder, branch="drafts")


@pytest.mark.parametrize(
    ("command", "what"),
    [
        (["merge", "other"], "merge"),
        (["rebase", "other"], "rebase"),
        (["cherry-pick", "other"], "cherry-pick"),
        (["revert", "--no-commit", "HEAD"], "revert"),
    ],
)
async def test_what_is_in_progress_is_told(repo, command, what):
    repo("switch", "-q", "-c", "other")
    repo.add("index.md", "theirs\n")
    repo("switch", "-q", "main")
    repo.add("index.md", "ours\n")
    repo(*command, code=0 if what == "revert" else 1)
    await refused(repo, f"A {what} is in progress", branch="main")


async def test_conflicts_that_are_left_are_told(repo):
    repo.write("index.md", "stashed\n")
    repo("stash", "-q")
    repo.add("index.md", "ours\n")
    repo("stash", "pop", code=1)
    await refused(repo, "merge conflicts")


async def test_a_lock_of_another_git_is_waited_for_then_named(repo):
    lock = repo.write(".git/index.lock", b"DIRC")
    with pytest.raises(SiteError, match=r"Another git process .*index\.lock"):
        await commit(repo.folder)
    assert lock.read_bytes() == b"DIRC"
    assert repo("log", "--format=%s").strip() == "Begin the site"


async def test_a_signature_that_cannot_be_made_is_told(repo):
    repo("config", "commit.gpgSign", "true")
    repo("config", "gpg.format", "ssh")
    repo("config", "user.signingKey", "/nowhere/key")
    await refused(repo, "could not be signed")


@pytest.fixture
def key(tmp_path) -> Path:
    need("ssh-keygen")
    file = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file], check=True)
    return file


async def test_a_signature_that_is_asked_for_is_made(repo, key):
    repo("config", "commit.gpgSign", "true")
    repo("config", "gpg.format", "ssh")
    repo("config", "user.signingKey", str(key))
    await commit(repo.folder)
    assert "-----BEGIN SSH SIGNATURE-----" in repo("cat-file", "commit", "HEAD")


# --- the path ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "../outside.md",
        "_posts/../../outside.md",
        "a/./b.md",
        "a//b.md",
        "",
        "a/",
        "..",
    ],
)
async def test_a_path_that_leaves_the_repository_is_told(repo, path):
    await refused(repo, "can have no file at", path)


@pytest.mark.parametrize("path", [".git/hooks/pre-commit", "a/.GIT/config", "git~1/config"])
async def test_a_path_into_gits_own_folder_is_told(repo, path):
    await refused(repo, "git's own folder", path)


@pytest.mark.parametrize(
    "path",
    ["a\0b.md", "a\nb.md", "\x1b[2J.md", "a\\b.md", "C:/x.md", "a?.md", "con.md", "LPT1", "a./b.md",
     "a /b.md", "é" * 101 + ".md", "\ud800.md", "a\x85b.md"],
)  # fmt: skip
async def test_a_name_that_not_every_system_can_store_is_told(repo, path):
    error = await refused(repo, "not every system can store", path)
    assert str(error).isprintable()


async def test_a_folder_in_the_place_of_the_file_is_told(repo):
    await refused(repo, "_posts is a folder", "_posts")
    (repo.folder / PATH).mkdir()
    await refused(repo, "is a folder")


async def test_a_file_in_the_place_of_a_folder_is_told(repo):
    await refused(repo, r"goes through index\.md", "index.md/ep57.md")


@pytest.mark.parametrize("leads_to", ["/etc", "../..", "_posts", "nowhere"])
async def test_a_symbolic_link_on_the_way_is_told(repo, leads_to):
    (repo.folder / "linked").symlink_to(leads_to)
    await refused(repo, "goes through linked", "linked/ep57.md")
    repo("add", "linked")
    repo("commit", "-qm", "link")
    repo("branch", "drafts")
    await refused(repo, "goes through linked", "linked/ep57.md", branch="drafts")


async def test_a_symbolic_link_in_the_place_of_the_file_is_told(repo):
    (repo.folder / PATH).symlink_to("/etc/hostname")
    await refused(repo, "symbolic link")
    site = await LocalSite.open(repo.folder)
    with pytest.raises(SiteError, match="symbolic link"):
        await site.read(PATH)
    repo("add", PATH)
    repo("commit", "-qm", "link")
    repo("branch", "drafts")
    await refused(repo, "symbolic link", branch="drafts")


async def test_a_pipe_in_the_place_of_the_file_does_not_hold_us(repo):
    os.mkfifo(repo.folder / PATH)
    site = await LocalSite.open(repo.folder)
    with pytest.raises(SiteError, match="no plain file"):
        await site.read(PATH)


async def test_another_repository_on_the_way_is_told(repo):
    site_repo(repo.folder / "inner")
    await refused(repo, "goes through inner", "inner/ep57.md")


async def test_an_ignored_path_is_told(repo):
    repo.add(".gitignore", "_drafts/\n*.tmp\n!keep.tmp\n")
    await refused(repo, r"ignored by \.gitignore", "_drafts/[ep]57.md")
    await refused(repo, r"ignored by \.gitignore", "ep57.tmp")
    await commit(repo.folder, "keep.tmp")


async def test_an_ignored_path_that_is_committed_already_is_no_obstacle(repo):
    repo.add("_drafts/ep57.md", "old\n")
    repo.add(".gitignore", "_drafts/\n")
    await commit(repo.folder, "_drafts/ep57.md")


async def test_an_earlier_draft_that_is_staged_keeps_no_new_one_out(repo):
    await commit(repo.folder, text="one\n")
    first = repo("ls-files", "--stage", PATH).split()[1]
    await commit(repo.folder, text="two\n")
    repo("update-index", "--cacheinfo", f"100644,{first},{PATH}")
    await commit(repo.folder, text="three\n")
    assert repo.blob(PATH) == b"three\n"
    assert repo("status", "--porcelain") == ""


async def test_a_staged_text_that_stands_nowhere_else_is_not_lost(repo):
    repo.write(PATH, "staged\n")
    repo("add", PATH)
    repo.write(PATH, "edited\n")
    site = await LocalSite.open(repo.folder)
    await site.read(PATH)
    before = repo.state()
    with pytest.raises(SiteError, match="is staged with a text"):
        await commit_to(site, path=PATH, text="x\n", message=message(), head=await site.head())
    assert repo.state() == before


async def test_half_a_character_is_told(repo):
    await refused(repo, "half a character", text="a\ud83d")


async def test_a_file_that_is_too_large_is_not_read(repo):
    with repo.write(PATH, "").open("r+b") as file:
        file.truncate(2**30)
    site = await LocalSite.open(repo.folder)
    with pytest.raises(SiteError, match="larger than 8192 KB"):
        await site.read(PATH)


# --- the disk ----------------------------------------------------------------------------------


@pytest.fixture
def open_repo() -> Iterator[Repo]:
    """Yield a repository that is not below pytest's folder, which only its owner may enter."""
    with tempfile.TemporaryDirectory() as top:
        Path(top).chmod(0o755)
        yield site_repo(Path(top) / "site")


@contextlib.contextmanager
def nobodys_rights(folder: Path) -> Iterator[None]:
    """Return `folder` to somebody, and become them: root's rights know no permissions."""
    if os.geteuid():
        yield
        return
    subprocess.run(["chown", "-R", "65534:65534", folder], check=True)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.parametrize("locked", [".", "_posts", ".git", ".git/objects", ".git/refs/heads"])
async def test_what_may_not_be_written_is_told(open_repo, locked):
    path = "new/ep57.md" if locked == "." else PATH
    with nobodys_rights(open_repo.folder):
        before = open_repo.state()
        top = open_repo.folder / locked
        below = () if locked == "." else top.rglob("*")
        folders = [each for each in (top, *below) if each.is_dir()]
        for folder in folders:
            folder.chmod(0o500)
        with pytest.raises(SiteError, match=re.compile("denied|permission", re.IGNORECASE)):
            await commit(open_repo.folder, path)
        for folder in folders:
            folder.chmod(0o700)
        assert open_repo.state() == before


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Path]:
    """Yield a disk of a few hundred kilobytes, where this may be made."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=400k", "none", disk]
    if subprocess.run(command, capture_output=True).returncode:
        pytest.skip("no right to mount a small disk")
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)


async def test_a_full_disk_is_told_wherever_it_fills_up(small_disk):
    repo = empty_repo(small_disk / "site", "--template=")
    repo.add("index.md", "home\n")
    text = "a line of the draft\n" * 600
    told = 0
    for blocks in range(20):
        before = repo.state()
        filler = small_disk / "filler"
        with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
            while True:
                file.write(b"\0" * 4096)
        os.truncate(filler, max(0, filler.stat().st_size - blocks * 4096))
        try:
            await commit(repo.folder, text=text)
        except SiteMoved:
            raise
        except SiteError:
            told += 1
            filler.unlink()
            assert repo.state() == before
        else:
            filler.unlink()
            break
    assert told > 3
    assert repo.blob(PATH) == text.encode() == (repo.folder / PATH).read_bytes()
    assert repo.clean()
