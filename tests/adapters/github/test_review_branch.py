"""`draft: pull_request`: an episode's branch and pull request, whatever people do with them."""

from dataclasses import replace

import pytest

from bot.adapters.github.site import GitHubSite
from bot.errors import SiteError, SiteMoved
from bot.services.site_port import Commit
from tests.adapters.github.github_house import PATH, House, change

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
BRANCH = "rundown/ep57"


@pytest.fixture
def site(house: House) -> GitHubSite:
    return house.site(review=True)


async def draft(
    house: House, site: GitHubSite, text: str, draft: str = "d1", until: str | None = None
) -> Commit:
    commit = await site.commit(change(await site.look(PATH, number="57", until=until), text, draft))
    house.asked()
    return commit


async def test_the_first_draft_makes_a_branch_and_a_pull_request(house, site):
    seen = await site.look(PATH, number="57")
    assert (seen.branch, seen.head) == (BRANCH, house.local.site.head())
    commit = await site.commit(change(seen, "# 57\n"))
    assert house.asked() == ["Look", "Branch", "Commit", "Review"]
    assert house.clock.slept == []
    (pull,) = house.local.site.pulls
    assert (pull.head, pull.base, pull.title) == (BRANCH, "main", "Draft of episode 57")
    assert commit.review.page == f"{house.local.site.page}/pull/1"
    assert house.local.site.read(PATH, BRANCH) == "# 57\n"
    assert house.local.site.read(PATH) is None


async def test_the_next_drafts_take_two_requests_and_stay_in_the_pull_request(house, site):
    await draft(house, site, "# 57\n")
    seen = await site.look(PATH, number="57")
    commit = await site.commit(change(seen, "# 57\nmore\n", "d2"))
    assert house.asked() == ["Look", "Commit"]
    assert (commit.review.page, len(house.local.site.pulls)) == (
        f"{house.local.site.page}/pull/1",
        1,
    )


async def test_a_page_makes_the_pull_request_ready_that_people_made_a_draft(house, site):
    await draft(house, site, "# 57\n")
    (pull,) = house.local.site.pulls
    pull.draft = True
    seen = await site.look(PATH, number="57")
    await site.commit(change(seen, "# 57\nmore\n", "d2"))
    assert pull.draft
    seen = await site.look(PATH, number="57")
    house.asked()
    await site.commit(replace(change(seen, "# 57\npage\n", "d3"), is_page=True))
    assert house.asked() == ["Commit", "Open", "Ready"]
    assert not pull.draft


async def test_a_pull_request_that_may_not_be_made_ready_stays_and_the_commit_is_made(house, site):
    await draft(house, site, "# 57\n")
    (pull,) = house.local.site.pulls
    pull.draft = True
    seen = await site.look(PATH, number="57")
    house.local.site.rights.discard("pull_requests")
    commit = await site.commit(replace(change(seen, "# 57\npage\n", "d2"), is_page=True))
    assert commit.review.page == f"{house.local.site.page}/pull/1"
    assert pull.draft


async def test_the_words_of_a_pull_request_are_in_the_profile_s_language(house):
    await draft(house, house.site(review=True, language="ja"), "# 57\n")
    assert house.local.site.pulls[0].title == "第57回の原稿"


async def test_what_people_do_in_the_pull_request_is_seen(house, site):
    blob = (await draft(house, site, "# 57\n")).blob
    edit = house.local.site.append(PATH, "by hand", branch=BRANCH, by="aoi")
    seen = await site.look(PATH, number="57", until=blob)
    assert [(one.commit, one.by) for one in seen.edits] == [(edit, "aoi")]
    assert seen.data == b"# 57\nby hand\n"


async def test_each_episode_has_a_branch_of_its_own(house, site):
    await draft(house, site, "# 57\n")
    seen = await site.look("58.md", number="58")
    await site.commit(change(seen, "# 58\n", "d2", "58.md"))
    assert [pull.head for pull in house.local.site.pulls] == [BRANCH, "rundown/ep58"]


@pytest.mark.parametrize(
    ("number", "branch"),
    [
        ("57", "rundown/ep57"),
        ("57.5", "rundown/ep57.5"),
        ("", "rundown/ep-draft"),
        ("第3回 特別編", "rundown/ep3"),
        ("../../main", "rundown/epmain"),
        ("a..b.lock", "rundown/epa-b"),
    ],
)
async def test_any_number_makes_a_branch_that_git_takes(house, site, number, branch):
    seen = await site.look(PATH, number=number)
    assert seen.branch == branch
    await site.commit(change(seen, "x"))
    assert branch in house.local.site.bare.branches()


# --- merged ------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["squash", "merge"])
async def test_after_a_merge_the_next_draft_begins_anew_from_the_default_branch(house, site, how):
    blob = (await draft(house, site, "# 57\n")).blob
    merge = house.local.site.merge(house.local.site.pulls[0], how=how)
    seen = await site.look(PATH, number="57", until=blob)
    assert (seen.branch, seen.head, seen.data, seen.known) == (BRANCH, merge, b"# 57\n", True)
    commit = await site.commit(change(seen, "# 57\nmore\n", "d2"))
    assert commit.review.page == f"{house.local.site.page}/pull/2"
    assert house.asked() == ["Look", "Branch", "Commit", "Review"]


async def test_while_the_old_branch_stands_the_new_one_has_a_number(house, site):
    blob = (await draft(house, site, "# 57\n")).blob
    house.local.site.merge(house.local.site.pulls[0], delete=False)
    seen = await site.look(PATH, number="57", until=blob)
    assert seen.branch == f"{BRANCH}-2"
    await site.commit(change(seen, "# 57\nmore\n", "d2"))
    assert (await site.look(PATH, number="57")).data == b"# 57\nmore\n"


async def test_what_people_did_before_a_squash_is_told_though_the_branch_forgot_it(house, site):
    blob = (await draft(house, site, "# 57\n")).blob
    within = house.local.site.append(PATH, "in review", branch=BRANCH, by="aoi")
    house.local.site.merge(house.local.site.pulls[0])
    after = house.local.site.append(PATH, "after", by="jonas")
    seen = await site.look(PATH, number="57", until=blob)
    assert seen.known
    assert [(one.commit, one.by) for one in seen.edits] == [(after, "jonas"), (within, "aoi")]


async def test_a_draft_is_found_in_the_squash_that_took_it(house, site):
    commit = await draft(house, site, "# 57\n")
    assert (await site.find("d1", path=PATH, number="57")).id == commit.id
    merge = house.local.site.merge(house.local.site.pulls[0])
    assert "\n  Rundown-Draft: d1" in house.local.site.messages()[0]
    found = await site.find("d1", path=PATH, number="57")
    assert (found.id, found.blob) == (merge, commit.blob)


async def test_people_who_went_on_with_a_merged_branch_are_joined(house, site):
    blob = (await draft(house, site, "# 57\n")).blob
    house.local.site.merge(house.local.site.pulls[0], how="merge", delete=False)
    house.local.site.append(PATH, "and one more thing", branch=BRANCH)
    seen = await site.look(PATH, number="57", until=blob)
    assert (seen.branch, seen.data) == (BRANCH, b"# 57\nand one more thing\n")
    commit = await site.commit(change(seen, "# 57\nand one more thing\nours\n", "d2"))
    assert commit.review.page == f"{house.local.site.page}/pull/2"


# --- closed ------------------------------------------------------------------------------------


@pytest.mark.parametrize("delete", [False, True])
async def test_a_closed_pull_request_is_told_and_nothing_is_made(house, site, delete):
    await draft(house, site, "# 57\n")
    house.local.site.close(house.local.site.pulls[0], delete=delete)
    with pytest.raises(SiteError, match=r"#1 was closed .*/pull/1.*recreate:yes"):
        await site.look(PATH, number="57")


@pytest.mark.parametrize("delete", [False, True])
async def test_asked_to_a_new_one_is_made_beside_the_closed_one(house, site, delete):
    await draft(house, site, "# 57\n")
    house.local.site.close(house.local.site.pulls[0], delete=delete)
    seen = await site.look(PATH, number="57", recreate=True)
    assert (seen.branch, seen.data) == (f"{BRANCH}-2", None)
    await site.commit(change(seen, "# 57 anew\n", "d2"))
    assert (await site.look(PATH, number="57")).data == b"# 57 anew\n"


async def test_reopened_it_goes_on(house, site):
    await draft(house, site, "# 57\n")
    house.local.site.close(house.local.site.pulls[0], delete=True)
    house.local.site.reopen(house.local.site.pulls[0])
    assert (await site.look(PATH, number="57")).data == b"# 57\n"


# --- cut short ---------------------------------------------------------------------------------


@pytest.mark.parametrize("lost", [{"cut": "before"}, {"cut": "after"}])
async def test_a_branch_of_which_nobody_knows_whether_it_was_made_is_looked_for(house, site, lost):
    seen = await site.look(PATH, number="57")
    house.local.trouble("Branch", **lost)
    with pytest.raises(SiteMoved):
        await site.commit(change(seen, "# 57\n"))
    await draft(house, site, "# 57\n")
    assert len(house.local.site.pulls) == 1


@pytest.mark.parametrize("lost", [{"cut": "before"}, {"cut": "after"}, {"status": 502}])
async def test_a_pull_request_of_which_nobody_knows_is_opened_once(house, site, lost):
    seen = await site.look(PATH, number="57")
    house.local.trouble("Review", **lost)
    commit = await site.commit(change(seen, "# 57\n"))
    assert (len(house.local.site.pulls), commit.review.page) == (
        1,
        f"{house.local.site.page}/pull/1",
    )


async def test_killed_before_the_pull_request_the_next_draft_opens_it(house, site):
    await draft(house, site, "# 57\n")
    house.local.site.pulls.clear()
    commit = await draft(house, site, "# 57\nmore\n", "d2")
    assert commit.review.page == f"{house.local.site.page}/pull/1"


async def test_a_token_that_may_open_none_gives_the_page_where_a_person_can(house, site):
    house.local.site.rights.discard("pull_requests")
    seen = await site.look(PATH, number="57")
    commit = await site.commit(change(seen, "# 57\n"))
    assert commit.review.page == f"{house.local.site.page}/pull/new/{BRANCH}"
    assert house.local.site.read(PATH, BRANCH) == "# 57\n"


async def test_a_protected_default_branch_does_not_hinder(house, site):
    house.local.site.protected.add("main")
    await draft(house, site, "# 57\n")
    assert house.local.site.read(PATH, BRANCH) == "# 57\n"


async def test_the_pull_request_of_a_stranger_s_fork_is_not_ours(house, site):
    pull = house.local.site.open_pull(BRANCH, "main")
    pull.from_fork, pull.head_oid = True, house.local.site.head()
    commit = await draft(house, site, "# 57\n")
    assert commit.review.page == f"{house.local.site.page}/pull/2"


async def test_when_all_names_are_used_up_that_is_told(house, site):
    for n in range(1, 10):
        name = BRANCH if n == 1 else f"{BRANCH}-{n}"
        house.local.site.bare.point(name, house.local.site.head())
        pull = house.local.site.open_pull(name, "main")
        house.local.site.head_of(pull)
        pull.state = "MERGED"
    with pytest.raises(SiteError, match="delete those that were merged"):
        await site.look(PATH, number="57")
