"""The profile of a site on GitHub: its own, or the one shipped for its kind."""

import pytest

from bot.adapters.github.profile import github_profile
from bot.adapters.profile_files import MOST, SHIPPED
from bot.errors import ProfileError, SiteError

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
SETTINGS, TEMPLATE = ".rundown/site.yml", ".rundown/draft.md.j2"


async def test_a_site_s_own_profile_is_read_in_one_request(house):
    house.local.site.commit({SETTINGS: "name: ポッド\n".encode(), TEMPLATE: b"{{ body }}\r\n"})
    files = await github_profile(house.github, None)
    assert (files.settings, files.template) == ("name: ポッド\n", "{{ body }}\r\n")
    assert str(files.folder) == "hosts/site/.rundown"
    assert house.asked() == ["Profile"]


async def test_it_is_read_from_the_branch_that_was_named(house):
    house.local.site.bare.point("drafts", house.local.site.head())
    house.local.site.commit({SETTINGS: b"name: x\n", TEMPLATE: b""}, branch="drafts")
    assert (await github_profile(house.github, "drafts")).settings == "name: x\n"
    with pytest.raises(SiteError, match="no branch gone"):
        await github_profile(house.github, "gone")


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        (["_config.yml"], "jekyll"),
        (["_config.toml"], "jekyll"),
        (["hugo.toml"], "hugo"),
        (["config/_default/hugo.yaml"], "hugo"),
        (["config.toml", "content/post.md"], "hugo"),
    ],
)
async def test_a_site_without_one_gets_the_one_of_its_kind(house, files, kind):
    house.local.site.commit(dict.fromkeys(files, b"x"))
    assert (await github_profile(house.github, None)).folder == SHIPPED / kind


async def test_another_kind_of_site_is_told(house):
    house.local.site.commit({"config.toml": b"no content beside it"})
    with pytest.raises(SiteError, match=r"in hosts/site .* neither a Jekyll nor a Hugo site"):
        await github_profile(house.github, None)


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({SETTINGS: b""}, "no draft.md.j2 in hosts/site/.rundown"),
        ({SETTINGS: b"", TEMPLATE: b"x" * (MOST + 1)}, "larger than 256 KB"),
        ({SETTINGS: b"caf\xe9", TEMPLATE: b""}, "not UTF-8 text .byte 4"),
        ({SETTINGS + "/x": b"", TEMPLATE: b""}, "site.yml is a folder"),
    ],
)
async def test_a_profile_that_cannot_be_read_is_told_with_its_file(house, files, words):
    house.local.site.commit(files)
    with pytest.raises(ProfileError, match=words):
        await github_profile(house.github, None)


async def test_an_empty_repository_is_told(house):
    house.local.site.bare.remove_branch("main")
    with pytest.raises(SiteError, match="has no commit yet"):
        await github_profile(house.github, None)
