"""Killed at any moment, a commit is there or not, and running it again settles it."""

import asyncio
import contextlib
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.adapters.git.site import LocalSite
from bot.adapters.git.working_tree import _SIGNATURE
from bot.adapters.git.working_tree_follower import WorkingTreeFollower
from tests.adapters.git.repositories import PATH, Repo, commit_to, message, site_repo
from tests.needs import ROOT

OLD = "# 57\nmine, not committed\n"
NEW = OLD + "a line of the draft\n" * 20_000


async def draft(repo: Repo) -> None:
    """Commit the draft if it is not committed yet, as a start after a kill does."""
    site = await LocalSite.open(repo.folder)
    print("opened", flush=True)
    if await site.find("d1", path=PATH, number="57"):
        return
    theirs = await site.read(PATH)
    assert theirs is not None
    text = NEW if theirs == OLD.encode() else theirs.decode()
    await commit_to(site, path=PATH, text=text, message=message("d1"), head=await site.head())


def run(repo: Repo, kill_after: float | None = None) -> float:
    """Draft in a process of its own, killed after so many seconds; return how long it was at it."""
    program = (
        "import asyncio, sys; from pathlib import Path\n"
        "from tests.adapters.git.repositories import Repo\n"
        "from tests.adapters.git.test_site_kills import draft\n"
        "asyncio.run(draft(Repo(Path(sys.argv[1]))))"
    )
    command = [sys.executable, "-m", "tests.code", program, repo.folder]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"opened\n"
        start = time.monotonic()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(kill_after)
        process.send_signal(signal.SIGKILL)
        return time.monotonic() - start


def prepared(folder: Path) -> Repo:
    """Return a site with a draft that people edited, and other work of theirs staged and not."""
    repo = site_repo(folder)
    repo.add(PATH, "# 57\n", message("d0"))
    repo.write(PATH, OLD)
    repo.write("index.md", "staged\n")
    repo("add", "index.md")
    repo.write("index.md", "edited\n")
    return repo


@pytest.fixture(scope="module")
def usual(tmp_path_factory) -> float:
    """Return how many seconds a draft takes here and now when nobody kills it."""
    return run(prepared(tmp_path_factory.mktemp("site")))


def survives(repo: Repo, seed: int, usual: float) -> bool:
    """Kill three drafts, then let one through; return whether the first beat its kill."""
    chance = random.Random(seed)  # noqa: S311 - seeded, so that a failure comes again
    drafts = []
    for _ in range(3):
        run(repo, chance.uniform(0, 1.2 * usual))
        assert repo.clean()
        drafts.append(repo("log", "--format=%(trailers:key=Rundown-Draft,valueonly)").split())
        assert drafts[-1] in (["d0"], ["d1", "d0"])
        assert (repo.folder / PATH).read_text() in (OLD, NEW)
    asyncio.run(draft(repo))
    asyncio.run(draft(repo))
    assert repo("log", "--format=%(trailers:key=Rundown-Draft,valueonly)").split() == ["d1", "d0"]
    assert repo.blob(PATH).decode() == (repo.folder / PATH).read_text() == NEW
    assert repo("status", "--porcelain", "--untracked-files=all") == "MM index.md\n"
    assert repo.clean()
    return drafts[0] == ["d1", "d0"]


@pytest.mark.parametrize("seed", range(2))
def test_a_killed_commit_is_settled_by_the_next_run(tmp_path, seed, usual):
    survives(prepared(tmp_path / "site"), seed, usual)


@pytest.mark.soak
def test_commits_killed_at_a_hundred_moments_are_settled(tmp_path, usual):
    through = [survives(prepared(tmp_path / str(seed)), seed, usual) for seed in range(100)]
    assert 5 < sum(through) < 95, "the kills did not fall into the commit"


async def test_what_was_left_behind_when_the_branch_had_moved_is_finished(tmp_path, monkeypatch):
    repo = site_repo(tmp_path / "site")
    repo.add(PATH, OLD, message("d0"))
    site = await LocalSite.open(repo.folder)
    await site.read(PATH)

    async def stop(*_: object) -> None:
        raise asyncio.CancelledError

    # The last moment at which nothing has followed the branch yet.
    monkeypatch.setattr(WorkingTreeFollower, "follow", stop)
    with pytest.raises(asyncio.CancelledError):
        await commit_to(site, path=PATH, text=NEW, message=message(), head=await site.head())
    monkeypatch.undo()
    assert (repo.folder / PATH).read_text() == OLD
    assert repo.blob(PATH).decode() == NEW
    assert (await (await LocalSite.open(repo.folder)).read(PATH)).decode() == NEW
    assert repo("status", "--porcelain", "--untracked-files=all") == ""
    assert not (repo.folder / ".git/rundown-commit").exists()


async def test_edits_made_since_are_not_written_over_by_finishing(tmp_path, monkeypatch):
    repo = site_repo(tmp_path / "site")
    site = await LocalSite.open(repo.folder)

    async def stop(*_: object) -> None:
        raise asyncio.CancelledError

    monkeypatch.setattr(WorkingTreeFollower, "follow", stop)
    with pytest.raises(asyncio.CancelledError):
        await commit_to(site, path=PATH, text=NEW, message=message(), head=await site.head())
    monkeypatch.undo()
    repo.write(PATH, "mine\n")
    repo.write("index.md", "staged since\n")
    repo("add", "index.md")
    assert await (await LocalSite.open(repo.folder)).read(PATH) == b"mine\n"
    assert repo("status", "--porcelain", "--untracked-files=all").split("\n") == [
        f" M {PATH}",
        "M  index.md",
        "",
    ]


async def test_a_lock_that_a_killed_process_left_is_taken_over(tmp_path):
    repo = site_repo(tmp_path / "site")
    repo.write(".git/index.lock", _SIGNATURE)
    site = await LocalSite.open(repo.folder, patience=0.5)
    await commit_to(site, path=PATH, text="x\n", message=message(), head=await site.head())
    assert not (repo.folder / ".git/index.lock").exists()


async def test_two_at_once_follow_each_other(tmp_path):
    repo = site_repo(tmp_path / "site")
    sites = [await LocalSite.open(repo.folder) for _ in range(2)]
    head = await sites[0].head()
    done = await asyncio.gather(
        *(
            commit_to(site, path=f"{number}.md", text="x\n", message=message(), head=head)
            for number, site in enumerate(sites)
        ),
        return_exceptions=True,
    )
    assert sorted(type(each).__name__ for each in done) == ["Commit", "SiteMoved"]
    assert repo("rev-list", "--count", "HEAD").strip() == "2"
    assert repo("status", "--porcelain") == ""
