"""Steps that a run is wrong without are left out."""

from hypothesis import given
from hypothesis import strategies as st

from tests.simulation.shrink import Recorded, Replayed, fewest
from tests.simulation.test_simulation import DRAFTS


@given(st.lists(st.integers(), unique=True, min_size=1, max_size=40), st.data())
def test_those_stay_that_make_it_wrong(numbers: list[int], data: st.DataObject) -> None:
    guilty = set(data.draw(st.lists(st.sampled_from(numbers), min_size=1)))
    steps = [("do", number) for number in numbers]
    left = fewest(steps, lambda some: guilty <= {number for _, number in some})
    assert left == [step for step in steps if step[1] in guilty]


async def test_all_steps_do_what_the_run_did() -> None:
    whole = Recorded(7, more=True)
    await whole.run(DRAFTS)
    again = Replayed(7, more=True)
    await again.play(whole.steps)
    assert [one.files for one in again.site.commits] == [one.files for one in whole.site.commits]
