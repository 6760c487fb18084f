"""Over a year, whoever publishes and when: no link that was kept disappears in silence."""

import pytest

from tests.simulation.year import Year

WRONG_ONCE = (5, 57, 3000473, 3000585)
"""Seeds that failed on the way: headings that were erased while their topics waited, or came late
below one that waits; and the oldest message, of which the simulated platform had not told."""


@pytest.mark.parametrize("seed", [*range(3), *WRONG_ONCE])
async def test_each_kept_link_is_in_a_file_or_waits_or_was_named(seed: int) -> None:
    await Year(seed).run()


@pytest.mark.soak
@pytest.mark.parametrize("hundred", range(20))
async def test_no_link_disappears_in_silence_in_two_thousand_years(hundred: int) -> None:
    for seed in range(1000 + 100 * hundred, 1100 + 100 * hundred):
        await Year(seed).run()
