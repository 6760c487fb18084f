"""Hosts in the chat and people on the site, at random, over many drafts: nothing is lost."""

import pytest

from tests.simulation.world import World

DRAFTS = 6


@pytest.mark.parametrize("seed", range(24))
async def test_nothing_is_lost_doubled_or_brought_back(seed: int) -> None:
    world = World(seed)
    await world.run(DRAFTS)


@pytest.mark.soak
@pytest.mark.parametrize("hundred", range(200))
async def test_nothing_is_lost_in_twenty_thousand_runs(hundred: int) -> None:
    for seed in range(1000 + 100 * hundred, 1100 + 100 * hundred):
        world = World(seed)
        await world.run(DRAFTS)
