"""A repository on a local GitHub for each test, and the site that is in it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.adapters.github.site import GitHubSite
from tests.adapters.github.github_house import House, github_house


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with github_house(tmp_path) as made:
        yield made


@pytest.fixture
def site(house: House) -> GitHubSite:
    return house.site()
