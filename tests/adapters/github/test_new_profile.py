"""A profile for a site on GitHub is learned from its episodes, and proposed in a pull request."""

import asyncio

import pytest

from bot.adapters.github.new_profile import BRANCH, propose
from bot.core.profile.profile import load
from bot.errors import SiteError
from tests.adapters.github.github_house import environment
from tests.cli.program import program
from tests.core.survey.made_sites import SITES

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


async def test_a_pull_request_brings_the_profile_and_the_branch_stays_as_it_was(house):
    for path, text in SITES["seasons"].files.items():
        house.local.site.edit(path, text, by="ada")
    head = house.local.site.head()
    proposed = await propose(house.github, None, show=None, language="en")
    assert proposed.new.site.next == "25"
    assert house.local.site.head() == head
    [pull] = house.local.site.pulls
    assert (pull.base, pull.head) == ("main", BRANCH)
    assert proposed.url == f"{house.local.site.page}/pull/{pull.number}"
    texts = [house.local.site.read(f".rundown/{name}", BRANCH) for name in
             ("site.yml", "draft.md.j2")]  # fmt: skip
    assert load(*texts).number_from is not None
    with pytest.raises(SiteError, match=f"has a branch {BRANCH} already"):
        await propose(house.github, None, show=None, language="en")


async def test_the_command_tells_what_was_learned_and_where_it_waits(house, tmp_path):
    for path, text in SITES["jekyll"].files.items():
        house.local.site.edit(path, text, by="ada")
    variables = environment(house.local)
    done = await asyncio.to_thread(
        program, "init", house.local.site.full_name, folder=tmp_path, **variables
    )
    told = done.stdout.decode()
    assert done.returncode == 0, done.stderr
    [pull] = house.local.site.pulls
    assert f"{house.local.site.page}/pull/{pull.number}" in told
    assert "the next will be 25" in told
    assert 'title: "25. Title"' in told
    again = await asyncio.to_thread(
        program, "init", house.local.site.full_name, folder=tmp_path, **variables
    )
    assert again.returncode == 2
    assert b"has a branch rundown/profile already" in again.stderr


async def test_a_site_without_episodes_or_with_a_profile_is_left_as_it_is(house):
    with pytest.raises(SiteError, match=r"No episodes .* looked at: _posts \(1\)[.] .*--show"):
        await propose(house.github, None, show=None, language="en")
    house.local.site.edit(".rundown/site.yml", "name: mine\n", by="ada")
    with pytest.raises(SiteError, match="is there already"):
        await propose(house.github, "main", show=None, language="en")
    assert house.local.site.pulls == []


async def test_pages_whose_order_is_in_their_front_matter_are_all_asked(house):
    for path, text in SITES["hugo_toml"].files.items():
        house.local.site.edit(path, text, by="ada")
    house.asked()
    proposed = await propose(house.github, None, show=None, language="ja")
    assert (proposed.new.site.next, proposed.new.site.newest) == ("25", "24")
    assert house.asked().count("Texts") < 8
