"""A draft starts few gits: each is a process, and they are most of what a draft costs."""

import shutil
from collections.abc import Callable

import pytest

from bot.adapters.git.site import LocalSite
from bot.services.site_port import Change
from tests.adapters.git.repositories import PATH, Repo, site_repo

MOST = 10


@pytest.fixture
def repo(tmp_path) -> Repo:
    return site_repo(tmp_path / "site")


@pytest.fixture
def started(tmp_path, monkeypatch) -> Callable[[], list[str]]:
    """Return the commands of the gits that were started since it was asked last."""
    real, told = shutil.which("git"), tmp_path / "started"
    program = tmp_path / "bin" / "git"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho "$*" >> {told}\nexec {real} "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=":")
    told.touch()

    def since() -> list[str]:
        lines = told.read_text().splitlines()
        told.write_text("")
        return lines

    return since


async def draft(site: LocalSite, line: str, *, until: str | None = None) -> str:
    """Add a line to the draft as a /draft does; return the id of the file's content."""
    seen = await site.look(PATH, number="57", until=until)
    assert seen.known
    text = (seen.data or b"").decode() + line + "\n"
    done = await site.commit(Change(PATH, text, seen, f"ep57: {line}", ("Rundown-Draft: d",)))
    return done.blob


async def test_a_first_draft_and_the_next(repo, started):
    site = await LocalSite.open(repo.folder)
    started()
    blob = await draft(site, "one")
    assert len(started()) < MOST
    await draft(site, "two", until=blob)
    assert len(started()) < MOST


async def test_a_draft_after_a_persons_commit_and_after_an_edit_of_theirs(repo, started):
    site = await LocalSite.open(repo.folder)
    blob = await draft(site, "one")
    repo.add(PATH, "one\ntheirs\n")
    started()
    blob = await draft(site, "two", until=blob)
    assert len(started()) <= MOST
    repo.write(PATH, "one\ntheirs\ntwo\nmore of theirs\n")
    blob = await draft(site, "three", until=blob)
    assert len(started()) <= MOST
    assert repo.blob(PATH) == b"one\ntheirs\ntwo\nmore of theirs\nthree\n"


async def test_a_draft_that_changes_nothing_writes_nothing(repo, started):
    site = await LocalSite.open(repo.folder)
    blob = await draft(site, "one")
    seen = await site.look(PATH, number="57", until=blob)
    started()
    await site.commit(Change(PATH, "one\n", seen, "ep57", ()))
    assert not any("unpack-objects" in line or "update-ref" in line for line in started())


async def test_a_draft_in_a_bare_repository(repo, tmp_path, started):
    repo("clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
    bare = Repo(tmp_path / "bare.git")
    bare("config", "user.name", "Site")
    bare("config", "user.email", "site@example.org")
    site = await LocalSite.open(bare.folder)
    blob = await draft(site, "one")
    started()
    await draft(site, "two", until=blob)
    assert len(started()) <= MOST
    assert bare.blob(PATH, "main") == b"one\ntwo\n"
