"""Where a site says that its pages are: addresses follow what its settings say."""

from tests.services.site_index.test_memory import commit, find, known, remembering


async def test_addresses_follow_the_settings_of_the_site_each_time_they_change(tmp_path):
    async with remembering(tmp_path) as house:
        for name in ("one", "two", "three", "four"):
            (house.site / "_config.yml").write_text(
                f"url: https://show.example\npermalink: /{name}/:title\n"
            )
            commit(house.site)
            await known(house.desk)
            (first, *_) = await find(house, "paper")
            assert first == f"1: Title 1 (2026-01-01): https://show.example/{name}/ep1"
