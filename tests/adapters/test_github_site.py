"""GitHubSite: looking at a draft's file on GitHub, and committing it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.github_house import PATH, House, change, github_house

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with github_house(tmp_path) as made:
        yield made


async def test_a_draft_with_nothing_in_the_way_takes_two_requests_and_waits_for_nothing(house):
    site = house.site()
    seen = await site.look(PATH, number="57")
    assert (seen.branch, seen.head, seen.data) == ("main", house.local.site.head(), None)
    commit = await site.commit(change(seen, "# 57\n"))
    assert house.asked() == ["Look", "Commit"]
    assert house.clock.slept == []
    assert house.local.site.read(PATH) == "# 57\n"
    assert commit.id == house.local.site.head()
    assert commit.where == f"{house.local.site.page}/commit/{commit.id}"
    assert house.local.site.messages()[0] == (
        "ep57: 1 topic, 2 links\n\nCo-authored-by: Ada <ada@rundown.invalid>\nRundown-Draft: d1"
    )
    assert (await site.look(PATH, number="57", until=commit.blob)).edits == ()
