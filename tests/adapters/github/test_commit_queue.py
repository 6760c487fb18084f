"""The queue of a branch: who comes second, what goes out together, and how fast."""

import asyncio
from collections.abc import Callable

import pytest

from bot.adapters.github.site import GitHubSite
from bot.core.git_ids import drafts_in
from bot.errors import SiteError, SiteMoved
from bot.services.site_port import Change, Commit, Seen
from tests.adapters.github.github_house import PATH, House, change, github_house
from tests.fakes.github import Asked

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


def when(house: House, name: str, do: Callable[[], object], times: int = 1) -> None:
    """Let somebody do something on GitHub right before a request of this name is carried out."""
    left = times

    def before(asked: Asked) -> None:
        nonlocal left
        if asked.name == name and left:
            left -= 1
            do()

    house.local.before = before


async def test_a_commit_on_another_file_in_between_costs_a_look_and_no_merge(house):
    site = house.site()
    seen = await site.look(PATH, number="57")
    house.local.site.edit("index.md", "quicker")
    commit = await site.commit(change(seen, "# 57\n"))
    assert house.asked() == ["Look", "Commit", "Recheck", "Commit"]
    assert house.local.site.head() == commit.id
    assert house.local.site.read("index.md") == "quicker"


async def test_an_edit_of_the_same_file_in_between_asks_for_another_merge(house):
    site = house.site()
    house.local.site.edit(PATH, "# 57\n")
    seen = await site.look(PATH, number="57")
    edit = house.local.site.append(PATH, "theirs")
    with pytest.raises(SiteMoved):
        await site.commit(change(seen, "# 57\nours\n"))
    assert house.local.site.head() == edit
    assert house.asked() == ["Look", "Commit", "Recheck"]


async def test_a_branch_that_moves_a_few_times_is_run_after(house):
    site = house.site()
    seen = await site.look(PATH, number="57")
    when(house, "Commit", lambda: house.local.site.append("index.md", "again"), times=5)
    await site.commit(change(seen, "# 57\n"))
    assert house.asked().count("Commit") == 6
    assert house.local.site.read(PATH) == "# 57\n"
    assert 0 < sum(house.clock.slept) < 10


async def test_a_branch_that_never_stands_still_is_given_up(house):
    site = house.site()
    seen = await site.look(PATH, number="57")
    when(house, "Commit", lambda: house.local.site.append("index.md", "again"), times=99)
    with pytest.raises(SiteError, match="all the time"):
        await site.commit(change(seen, "# 57\n"))
    assert house.local.site.read(PATH) is None


async def test_a_branch_that_is_gone_is_looked_for_anew(house):
    site = house.site()
    seen = await site.look(PATH, number="57")
    house.local.site.rename_branch("main", "trunk")
    with pytest.raises(SiteMoved):
        await site.commit(change(seen, "# 57\n"))
    assert (await site.look(PATH, number="57")).branch == "trunk"


async def test_what_waits_while_a_commit_is_under_way_goes_out_as_one(house):
    seen = [await house.site().look(f"{n}.md", number=str(n)) for n in range(6)]
    house.asked()
    under_way = asyncio.Event()
    when(house, "Commit", under_way.set)

    def commit(n: int) -> "asyncio.Task[Commit]":
        made = change(seen[n], f"# {n}\n", f"d{n}", f"{n}.md")
        return asyncio.create_task(house.site().commit(made))

    first = commit(0)
    await under_way.wait()
    commits = await asyncio.gather(first, *(commit(n) for n in range(1, 6)))
    assert house.asked() == ["Commit", "Commit"]
    assert len({commit.id for commit in commits}) == 2
    assert [house.local.site.read(f"{n}.md") for n in range(6)] == [f"# {n}\n" for n in range(6)]
    newest = house.local.site.messages()[0]
    assert newest.startswith("5 drafts\n\nep57: 1 topic, 2 links\n")
    assert drafts_in(newest) == ("d1", "d2", "d3", "d4", "d5")
    assert newest.count("Co-authored-by: Ada") == 1
    found = await house.site().find("d3", path="3.md", number="3")
    assert found == commits[3]


async def test_of_those_that_wait_only_the_one_whose_file_changed_is_refused(house):
    site = house.site()
    seen = [await site.look(f"{n}.md", number=str(n)) for n in range(3)]
    house.local.site.edit("1.md", "by hand")
    done = await asyncio.gather(
        *(site.commit(change(one, "ours", f"d{n}", f"{n}.md")) for n, one in enumerate(seen)),
        return_exceptions=True,
    )
    assert [type(one) for one in done] == [Commit, SiteMoved, Commit]
    assert [house.local.site.read(f"{n}.md") for n in range(3)] == ["ours", "by hand", "ours"]


async def test_two_drafts_of_one_file_never_go_out_over_each_other(house):
    seen = await house.site().look(PATH, number="57")
    done = await asyncio.gather(
        *(house.site().commit(change(seen, f"{n}\n", f"d{n}")) for n in range(3)),
        return_exceptions=True,
    )
    assert [type(one) for one in done] == [Commit, SiteMoved, SiteMoved]
    assert house.local.site.read(PATH) == "0\n"


async def test_one_change_that_github_refuses_does_not_keep_the_others(house):
    site = house.site()
    seen = [await site.look(f"{n}.md", number=str(n)) for n in range(3)]
    refusal = {"data": None, "errors": [{"type": "UNPROCESSABLE", "message": "No such path"}]}
    house.local.trouble("Commit", status=200, body=refusal, times=2)  # the three, then one alone
    done = await asyncio.gather(
        *(site.commit(change(one, "ours", f"d{n}", f"{n}.md")) for n, one in enumerate(seen)),
        return_exceptions=True,
    )
    assert [type(one) for one in done] == [SiteError, Commit, Commit]
    assert [house.local.site.read(f"{n}.md") for n in range(3)] == [None, "ours", "ours"]


async def test_a_caller_who_gives_up_while_waiting_has_nothing_committed(house):
    site = house.site()
    seen = [await site.look(f"{n}.md", number=str(n)) for n in range(3)]
    tasks = [
        asyncio.create_task(site.commit(change(one, "ours", f"d{n}", f"{n}.md")))
        for n, one in enumerate(seen)
    ]
    await asyncio.sleep(0)
    tasks[1].cancel()
    done = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(one) for one in done] == [Commit, asyncio.CancelledError, Commit]
    assert [house.local.site.read(f"{n}.md") for n in range(3)] == ["ours", None, "ours"]


# --- how fast ----------------------------------------------------------------------------------


async def test_writes_keep_below_what_github_takes_a_minute(house):
    site = house.site()
    for n in range(100):
        path = f"{n}.md"
        await site.commit(change(await site.look(path, number="1"), "x", f"d{n}", path))
    assert house.local.writes_in(60) == 75
    assert house.clock.now() - 1_800_000_000 == 60
    assert house.local.names().count("Commit") == 100  # none was refused


async def test_what_comes_while_the_rate_allows_nothing_goes_out_as_one_commit(tmp_path):
    async with github_house(tmp_path, limits={"a_minute": 2}) as house:
        site = house.site()
        for n in range(2):
            path = f"{n}.md"
            await site.commit(change(await site.look(path, number="1"), "x", f"d{n}", path))
        seen = [await site.look(f"w{n}.md", number="1") for n in range(5)]
        house.asked()
        await asyncio.gather(
            *(site.commit(change(one, "x", f"w{n}", f"w{n}.md")) for n, one in enumerate(seen))
        )
        assert house.asked() == ["Commit"]
        assert house.clock.slept == [60.0]


async def test_writes_keep_below_what_github_takes_an_hour(tmp_path):
    async with github_house(tmp_path, limits={"an_hour": 3}) as house:
        site = house.site()
        for n in range(4):
            path = f"{n}.md"
            await site.commit(change(await site.look(path, number="1"), "x", f"d{n}", path))
        assert house.clock.now() - 1_800_000_000 >= 3600


async def test_where_others_use_up_the_rate_we_wait_as_long_as_github_asks(tmp_path):
    async with github_house(tmp_path, limits={"a_minute": 1000}) as house:
        site = house.site()
        for n in range(85):
            path = f"{n}.md"
            await site.commit(change(await site.look(path, number="1"), "x", f"d{n}", path))
        assert house.clock.slept == [60.0]
        assert house.local.site.read("84.md") == "x"


# --- everything at once ------------------------------------------------------------------------


async def show(house: House, name: str, count: int) -> int:
    """Draft a show's episodes as the publisher does: look, append our lines, commit, or again."""
    site: GitHubSite = house.site()
    path = f"_posts/{name}.md"
    merges = 0
    for n in range(count):
        line = f"- {name} link {n}\n"
        while True:
            merges += 1
            seen: Seen = await site.look(path, number=name)
            text = (seen.data or b"").decode() + line
            made = Change(path, text, seen, f"{name}: {n}", (f"Rundown-Draft: {name}-{n}",))
            try:
                await site.commit(made)
                break
            except SiteMoved:
                continue
    return merges


@pytest.mark.long
async def test_200_drafts_of_8_shows_at_once_while_a_person_edits_lose_nothing(house):
    edits = 0

    def person() -> None:
        nonlocal edits
        if edits < 60:
            house.local.site.append(f"_posts/show{edits % 8}.md", f"- by hand {edits}")
            edits += 1

    when(house, "Look", person, times=60)
    await asyncio.gather(*(show(house, f"show{n}", 25) for n in range(8)))
    assert edits == 60
    for n in range(8):
        text = house.local.site.read(f"_posts/show{n}.md") or ""
        ours = [line for line in text.splitlines() if "link" in line]
        assert ours == [f"- show{n} link {k}" for k in range(25)]
        theirs = {line for line in text.splitlines() if "hand" in line}
        assert theirs == {f"- by hand {k}" for k in range(60) if k % 8 == n}
    named = [draft for message in house.local.site.messages() for draft in drafts_in(message)]
    assert sorted(named) == sorted(f"show{n}-{k}" for n in range(8) for k in range(25))
    assert house.local.writes_in(60) <= 80
    house.local.site.bare.git("fsck", "--strict", "--no-dangling")


async def test_the_pace_of_200_drafts_is_kept_where_all_come_at_the_same_time(house):
    site = house.site()
    seen = await asyncio.gather(*(site.look(f"{n}.md", number="1") for n in range(200)))
    house.asked()
    await asyncio.gather(
        *(site.commit(change(one, "x", f"d{n}", f"{n}.md")) for n, one in enumerate(seen))
    )
    assert house.asked() == ["Commit"] * 4  # fifty each
    assert all(house.local.site.read(f"{n}.md") == "x" for n in range(200))
