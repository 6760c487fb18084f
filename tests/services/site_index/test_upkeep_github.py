"""The index of a site on GitHub: few requests, and after a commit only what it changed."""

from pathlib import Path

import pytest

from bot.core.profile.profile import load
from bot.services.site_index.memory import SiteMemory
from bot.services.site_index.upkeep import SiteUpkeep
from storage.site_index import SqliteSiteIndex
from tests.adapters.github.github_house import github_house

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


async def test_a_site_is_read_with_one_tree_and_blobs_in_batches(tmp_path: Path) -> None:
    index = SqliteSiteIndex(tmp_path / "index.db")
    async with github_house(tmp_path) as house:
        text = "---\ntitle: '{n}: Title'\n---\n\n- Words {n}\n"
        pages = {f"_posts/2026-01-01-ep{n}.md": text.format(n=n).encode() for n in range(1, 111)}
        house.local.site.commit({**pages, "_config.yml": b"url: https://show.example\n"})
        profile = load("", "")
        upkeep = SiteUpkeep(site=house.site(), index=index, profile=lambda: profile)
        house.asked()
        assert await upkeep.bring_up_to_date()
        asked = house.asked()
        assert len(asked) == 5  # a tree, the settings, and 110 pages
        assert asked.count("Blobs") == 4
        assert index.is_whole
        assert not await upkeep.bring_up_to_date()
        assert len(house.asked()) == 1
        house.local.site.edit("_posts/2026-01-01-ep7.md", "- Another word\n")
        house.local.site.delete("_posts/2026-01-01-ep8.md")
        house.asked()
        assert await upkeep.bring_up_to_date()
        assert len(house.asked()) == 2
        memory = SiteMemory(index)
        [hit] = (await memory.find("another")).hits
        assert (hit.page.number, hit.entry.text) == ("7", "Another word")
        assert (await memory.find("words 8 ")).hits == ()
    await index.aclose()
