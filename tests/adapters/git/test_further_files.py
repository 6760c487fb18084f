"""A draft's further files go into its commit, all or none, and nobody's words are written over."""

import pytest

from bot.adapters.git.site import LocalSite
from bot.adapters.git.working_tree_follower import WorkingTreeFollower
from bot.errors import SiteError, SiteMoved
from bot.services.site_port import Change, FileChange
from tests.adapters.git.repositories import PATH, site_repo

DATA, PAGE = "data/57.yml", "data/57.json"


async def commit(site, *files, text="# 57\n"):
    seen = await site.look(PATH, number="57")
    return await site.commit(
        Change(PATH, text, seen, "ep57", ("Rundown-Draft: d1",), None, tuple(files))
    )


async def change(site, path, text, **more):
    seen = await site.look(more.get("former") or path, number="57")
    return FileChange(path, text, seen.blob, **more)


async def test_all_of_them_are_one_commit_and_stand_in_the_folder(tmp_path):
    repo = site_repo(tmp_path)
    site = await LocalSite.open(repo.folder)
    await commit(site, await change(site, DATA, "a: 1\n"), await change(site, PAGE, "{}\n"))
    assert repo("show", "--format=", "--name-only", "HEAD").split() == sorted([PATH, DATA, PAGE])
    assert (repo.folder / DATA).read_text() == "a: 1\n"
    assert repo.clean()
    moved = await change(site, "data/58.yml", "a: 2\n", former=DATA)
    await commit(site, moved, text="# 58\n")
    assert not (repo.folder / DATA).exists()
    assert repo("show", "HEAD:data/58.yml") == "a: 2\n"
    assert repo.clean()


async def test_one_file_of_many_may_be_all_that_changes(tmp_path):
    repo = site_repo(tmp_path)
    site = await LocalSite.open(repo.folder)
    await commit(site)
    head = repo("rev-parse", "HEAD")
    await commit(site, await change(site, DATA, "a: 1\n"))
    assert repo("show", "--format=", "--name-only", "HEAD").split() == [DATA]
    assert repo("rev-parse", "HEAD~1") == head


async def test_a_commit_that_was_cut_short_is_finished_at_the_next_start(tmp_path, monkeypatch):
    repo = site_repo(tmp_path)
    site = await LocalSite.open(repo.folder)

    class Killed(BaseException):
        pass

    async def killed(self, plan, index):
        raise Killed

    monkeypatch.setattr(WorkingTreeFollower, "follow", killed)
    files = [await change(site, DATA, "a: 1\n"), await change(site, PAGE, "{}\n")]
    with pytest.raises(Killed):
        await commit(site, *files)
    assert not (repo.folder / DATA).exists()
    monkeypatch.undo()
    await LocalSite.open(repo.folder)
    assert [(repo.folder / path).read_text() for path in (PATH, DATA, PAGE)] == [
        "# 57\n", "a: 1\n", "{}\n",
    ]  # fmt: skip
    assert repo.clean()
    assert list(repo.folder.rglob(".rundown-draft*")) == []


async def test_what_people_wrote_meanwhile_is_not_written_over(tmp_path):
    repo = site_repo(tmp_path)
    site = await LocalSite.open(repo.folder)
    file = await change(site, DATA, "a: 1\n")
    repo.write(DATA, "mine: 1\n")
    with pytest.raises(SiteMoved):
        await commit(site, file)
    assert (repo.folder / DATA).read_text() == "mine: 1\n"
    assert not (repo.folder / PATH).exists()


async def test_a_file_in_a_files_place_is_refused(tmp_path):
    repo = site_repo(tmp_path)
    repo.add("data", "no folder\n")
    site = await LocalSite.open(repo.folder)
    with pytest.raises(SiteError):
        await commit(site, FileChange(DATA, "a: 1\n", None))
    assert repo.clean()
