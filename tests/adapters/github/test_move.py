"""A file that moves in the commit that changes it: on GitHub, and in a folder."""

from dataclasses import replace

import pytest

from bot.adapters.git.site import LocalSite
from bot.adapters.git.working_tree_follower import WorkingTreeFollower
from bot.errors import SiteError, SiteMoved
from bot.services.site_port import Change
from tests.adapters.github.github_house import PATH, change, github_house
from tests.services.desk.house import git, make_site

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
PAGE = "_posts/2026/2026-12-09-ep57.md"


async def test_on_github_one_commit_takes_the_file_to_its_new_place(tmp_path):
    async with github_house(tmp_path) as house:
        site = house.site()
        await site.commit(change(await site.look(PATH, number="57"), "# 57\n"))
        moved = replace(
            change(await site.look(PATH, number="57"), "# 57!\n", "d2", PAGE), former=PATH
        )
        before = house.local.site.head()
        await site.commit(moved)
        assert house.local.site.bare.git("rev-parse", "main~1").decode().strip() == before
        assert house.local.site.read(PAGE) == "# 57!\n"
        assert (await site.look(PATH, number="57")).data is None


async def test_on_github_what_people_changed_meanwhile_keeps_the_file_where_it_is(tmp_path):
    async with github_house(tmp_path) as house:
        site = house.site()
        await site.commit(change(await site.look(PATH, number="57"), "# 57\n"))
        seen = await site.look(PATH, number="57")
        house.local.site.append(PATH, "mine", by="mika")
        with pytest.raises(SiteMoved):
            await site.commit(replace(change(seen, "# 57!\n", "d2", PAGE), former=PATH))
        assert house.local.site.read(PATH) == "# 57\nmine\n"


async def moving(site, text="# 57!\n"):
    seen = await site.look(PATH, number="57")
    return Change(PAGE, text, seen, "ep57: publish", ("Rundown-Draft: d2",), former=PATH)


@pytest.fixture
async def folder(tmp_path):
    root = make_site(tmp_path / "site")
    site = await LocalSite.open(root)
    seen = await site.look(PATH, number="57")
    await site.commit(Change(PATH, "# 57\n", seen, "ep57: 1 topic", ("Rundown-Draft: d1",)))
    return root


async def test_in_a_folder_file_and_index_follow_the_commit(folder):
    site = await LocalSite.open(folder)
    await site.commit(await moving(site))
    assert (folder / PAGE).read_text() == "# 57!\n"
    assert not (folder / PATH).exists()
    assert git(folder, "status", "--porcelain") == ""
    assert git(folder, "log", "--format=%s", "-1") == "ep57: publish\n"


async def test_in_a_folder_other_things_stay_as_people_have_them(folder):
    (folder / "_posts/other.md").write_text("mine\n")
    (folder / "_config.yml").write_text("title: Changed\n")
    git(folder, "add", "_config.yml")
    site = await LocalSite.open(folder)
    await site.commit(await moving(site))
    assert git(folder, "status", "--porcelain") == "M  _config.yml\n?? _posts/other.md\n"


async def test_in_a_folder_an_edit_that_nobody_saw_keeps_the_file_where_it_is(folder):
    site = await LocalSite.open(folder)
    change = await moving(site)
    (folder / PATH).write_text("# 57\nmine\n")
    with pytest.raises(SiteMoved):
        await site.commit(change)
    assert (folder / PATH).read_text() == "# 57\nmine\n"
    assert not (folder / PAGE).exists()


async def test_after_a_crash_behind_the_commit_the_folder_follows_at_the_next_start(
    folder, monkeypatch
):
    site = await LocalSite.open(folder)
    change = await moving(site)

    async def die(*_):
        raise SiteError("site.unreadable", path=PAGE, why="it died")

    with monkeypatch.context() as patch:
        patch.setattr(WorkingTreeFollower, "follow", die)
        await site.commit(change)
    assert (folder / PATH).exists()
    again = await LocalSite.open(folder)
    await again.look(PAGE, number="57")
    assert (folder / PAGE).read_text() == "# 57!\n"
    assert not (folder / PATH).exists()
    assert git(folder, "status", "--porcelain") == ""


async def test_in_a_bare_repository_the_commit_is_all(folder, tmp_path):
    git(tmp_path, "clone", "--quiet", "--bare", str(folder), str(tmp_path / "bare.git"))
    git(tmp_path / "bare.git", "config", "user.name", "Host")
    git(tmp_path / "bare.git", "config", "user.email", "host@example.org")
    site = await LocalSite.open(tmp_path / "bare.git")
    await site.commit(await moving(site))
    assert await site.paths() == ["_config.yml", PAGE]
